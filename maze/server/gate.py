"""What stands before the routes: credentials, and the size of a body."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress

from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from maze.errors import AuthorizationError, MazeError, SizeError, UsageError
from maze.server.wire import MAX_BODY_BYTES, failure

BODY_SECONDS = 30
SEND_SECONDS = 60
OPEN = frozenset({"/health"})


class Gate:
    """Refuses a request without the token, and a body over the limit, before anything reads it.

    The body is read here as a whole: a client that sends one slowly holds nothing else up.
    """

    def __init__(self, app: ASGIApp, token: SecretStr | None, status: Callable[..., int]) -> None:
        self._app = app
        self._token = token
        self._status = status

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            self._authorize(scope)
            body = await body_of(scope, receive)
        except TimeoutError:
            slow = UsageError(f"the body took longer than {BODY_SECONDS} seconds")
            await JSONResponse(failure(slow), 408)(scope, receive, send)
            return
        except MazeError as error:
            headers = {"www-authenticate": "Bearer"} if self._status(error) == 401 else None
            response = JSONResponse(failure(error), self._status(error), headers)
            await response(scope, receive, send)
            return
        if body is None:
            return

        async def send_soon(message: Message) -> None:
            async with asyncio.timeout(SEND_SECONDS):
                await send(message)

        # A client that stops reading would keep its place for ever; its connection is closed.
        with suppress(TimeoutError):
            await self._app(scope, again(body, receive), send_soon)

    def _authorize(self, scope: Scope) -> None:
        if self._token is None or scope["path"] in OPEN:
            return
        given = Headers(scope=scope).get("authorization", "").encode()
        wanted = f"Bearer {self._token.get_secret_value()}".encode()
        if not given:
            raise AuthorizationError(
                "this server wants a token", hint="send it as `Authorization: Bearer TOKEN`"
            )
        if not secrets.compare_digest(given, wanted):
            raise AuthorizationError("the token is another one")


async def body_of(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body; None if the client left. Raises SizeError or TimeoutError."""
    length = Headers(scope=scope).get("content-length", "0")
    if length.isdigit() and int(length) > MAX_BODY_BYTES:
        raise _too_large()
    body = bytearray()
    async with asyncio.timeout(BODY_SECONDS):
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > MAX_BODY_BYTES:
                raise _too_large()
            if not message.get("more_body", False):
                return bytes(body)


def _too_large() -> SizeError:
    return SizeError(
        "the body is too large", hint=f"at most {MAX_BODY_BYTES:,} bytes are taken in one request"
    )


def again(body: bytes, receive: Receive) -> Receive:
    """`receive` with a body that was read already in front."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return first.pop() if first else await receive()

    return receive_again
