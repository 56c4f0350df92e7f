"""The web server before a deployed app: Modal's proxy authentication, then the function."""

from __future__ import annotations

import asyncio
import hashlib
import socket
from collections.abc import Callable
from itertools import count

import uvicorn
from modal._serialization import _deserialize_asgi, _serialize_asgi, serialize
from modal_proto import api_pb2 as pb
from starlette.types import Message, Receive, Scope, Send

from tests.deployment.containers import Call, Containers

NUMBERS = count(1)


class Served:
    """An ASGI app on a port of its own, from `open` to `close`."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        config = uvicorn.Config(self, log_level="warning", access_log=False, lifespan="off")
        self._server = uvicorn.Server(config)
        self._task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def open(self) -> None:
        """Begin to serve, in the running loop."""
        if self._task is None:
            self._task = asyncio.create_task(self._server.serve([self._socket]))

    async def close(self) -> None:
        """Stop serving: connections are refused from then on."""
        self._server.should_exit = self._server.force_exit = True
        if self._task is not None:
            await self._task
        self._socket.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        raise NotImplementedError


class Blobs(Served):
    """Where clients put files that are too large for a message."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.data[scope["path"].lstrip("/")] = body
        tag = hashlib.md5(body, usedforsecurity=False).hexdigest()
        await _answer(send, 200, b"", (b"etag", f'"{tag}"'.encode()))


class Front(Served):
    """One web function."""

    def __init__(
        self, method: str, tokens: dict[str, str] | None, calls: Callable[[Call], None]
    ) -> None:
        super().__init__()
        self.containers: Containers | None = None
        self.refused = 0
        self._method = method
        self._tokens = tokens
        self._calls = calls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        assert scope["type"] == "http"
        if self._tokens is not None and not self._is_authorized(scope):
            self.refused += 1
            await _answer(send, 401, b"modal-http: missing or invalid proxy credentials\n")
            return
        call = Call(f"fc-{next(NUMBERS):06d}", self._method, _scope(scope), pb.DATA_FORMAT_PICKLE)
        self._calls(call)
        forwarding = asyncio.create_task(_forward(receive, call))
        assert self.containers is not None
        await self.containers.submit(call)
        begun = False
        try:
            while True:
                item = await call.outgoing.get()
                if isinstance(item, pb.GenericResult):
                    break
                message = _deserialize_asgi(pb.Asgi.FromString(item.data))
                begun = begun or message["type"] == "http.response.start"
                await send(message)
        finally:
            forwarding.cancel()
        if not begun:
            await _answer(send, 500, b"modal-http: internal error: function failed\n")

    def _is_authorized(self, scope: Scope) -> bool:
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        key, secret = headers.get("modal-key"), headers.get("modal-secret")
        assert self._tokens is not None
        return key is not None and secret is not None and self._tokens.get(key) == secret


async def _forward(receive: Receive, call: Call) -> None:
    """The body, and that the client has gone."""
    while True:
        message = await receive()
        await call.send(_serialize_asgi(message).SerializeToString())
        if message["type"] == "http.disconnect":
            return


def _scope(scope: Scope) -> bytes:
    """The arguments of a web function."""
    kept = {
        "type": "http",
        "http_version": "1.1",
        "method": scope["method"],
        "scheme": "http",
        "path": scope["path"],
        "query_string": scope["query_string"],
        "headers": scope["headers"],
        "client": scope["client"],
    }
    return serialize(((kept,), {}))


async def _answer(send: Send, status: int, text: bytes, *headers: tuple[bytes, bytes]) -> None:
    start: Message = {
        "type": "http.response.start",
        "status": status,
        "headers": [(b"content-type", b"text/plain"), *headers],
    }
    await send(start)
    await send({"type": "http.response.body", "body": text})
