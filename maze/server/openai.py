"""The engine's own OpenAI-compatible routes, without what would leave an answer unconstrained."""

from __future__ import annotations

import json

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from maze.errors import BusyError, MazeError, NotReadyError, UsageError
from maze.server.gate import again, body_of
from maze.server.service import Service

SERVER_ERROR = 500
# Behind the grammar's end the text would go on without it.
ENDLESS = ("ignore_eos", "min_tokens", "allowed_token_ids")


class OpenAi:
    """Everything under /v1; a request that generates takes a place like any other."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it; errors have the form of OpenAI's."""
        routes = self._service.engine.openai
        try:
            self._service.check()
            if routes is None:
                raise UsageError("this engine has no routes under /v1", hint="`POST /generate`")
            if scope["method"] != "POST":
                await routes(scope, receive, send)
                return
            body = await body_of(scope, receive)
            if body is None:
                return
            check(body)
            async with self._service.admission.place():
                await self._answer(routes, scope, again(body, receive), send)
        except MazeError as error:
            await _refused(error)(scope, receive, send)

    async def _answer(self, routes: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """The routes' own answer, but for what they make of an engine that has died."""
        refused = False

        async def send_or_refuse(message: Message) -> None:
            nonlocal refused
            if message.get("status") == SERVER_ERROR:
                try:
                    self._service.check()
                except MazeError as error:
                    refused = True
                    await _refused(error)(scope, receive, send)
            if not refused:
                await send(message)

        await routes(scope, receive, send_or_refuse)


def check(body: bytes) -> None:
    """Raises UsageError for fields with which vLLM answers 200 and applies no grammar."""
    try:
        fields = json.loads(body)
    except ValueError:
        return  # the engine says what is wrong with it
    except RecursionError:
        raise UsageError("the body is nested too deep") from None
    if not isinstance(fields, dict):
        return
    # Removed in vLLM 0.12; since then they are ignored.
    if removed := sorted(name for name in fields if name.startswith("guided_")):
        raise UsageError(
            f"`{removed[0]}` is no field of vLLM any more", hint='use `"structured_outputs": {…}`'
        )
    if fields.get("structured_outputs") or fields.get("response_format"):
        for name in ENDLESS:
            if fields.get(name):
                raise UsageError(f"`{name}` can't be given beside structured outputs")


def _refused(error: MazeError) -> JSONResponse:
    status = (
        429 if isinstance(error, BusyError) else 503 if isinstance(error, NotReadyError) else 400
    )
    said = error.message + (f" ({error.hint})" if error.hint else "")
    return JSONResponse(
        {"error": {"message": said, "type": type(error).__name__, "param": None, "code": status}},
        status,
    )
