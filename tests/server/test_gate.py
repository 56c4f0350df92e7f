"""What stands before the routes, on a socket of its own."""

from __future__ import annotations

import asyncio
import socket

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from maze.server import gate
from maze.server.app import status_of
from maze.server.gate import Gate


def test_a_client_that_stops_reading_loses_its_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gate, "SEND_SECONDS", 0.5)
    ended = asyncio.Event()

    async def endless(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            while True:
                body = b"x" * 1_000_000
                await send({"type": "http.response.body", "body": body, "more_body": True})
        finally:
            ended.set()

    async def main() -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        app = Gate(endless, None, status_of)
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="critical"))
        serving = asyncio.create_task(server.serve([listening]))
        _, writer = await asyncio.open_connection(*listening.getsockname())
        writer.write(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        await asyncio.wait_for(ended.wait(), 20)
        writer.close()
        server.should_exit = True
        await serving

    asyncio.run(main())
