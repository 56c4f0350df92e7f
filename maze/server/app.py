"""The routes of the HTTP API."""

from __future__ import annotations

import asyncio
import json
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Coroutine,
    Mapping,
    Sequence,
)
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import TypeVar

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import SecretStr
from starlette.exceptions import HTTPException
from starlette.routing import Route

from maze import __version__
from maze.errors import (
    AuthorizationError,
    BusyError,
    ContextError,
    MazeError,
    NotReadyError,
    SizeError,
    UsageError,
)
from maze.server.gate import Gate
from maze.server.openai import OpenAi
from maze.server.service import Event, Service
from maze.server.wire import BatchBody, Fields, GenerateBody, failure, malformed

T = TypeVar("T")
Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]
RETRY_AFTER_SECONDS = 1
CLIENT_LEFT = 499
STATUS = {
    AuthorizationError: 401,
    SizeError: 413,
    ContextError: 413,
    UsageError: 400,
    BusyError: 429,
    NotReadyError: 503,
    MazeError: 500,
}


def create_app(
    service: Service, *, token: SecretStr | None = None, lifespan: Lifespan | None = None
) -> FastAPI:
    """The app over a service; with a `token`, all but /health want it.

    Whoever makes it starts the service, or lets `lifespan` do that.
    """
    app = FastAPI(title="maze", version=__version__, lifespan=lifespan)
    app.add_middleware(Gate, token=token, status=status_of)
    app.add_exception_handler(MazeError, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http_error)

    @app.post("/generate", response_model=None)
    async def generate(body: GenerateBody, request: Request) -> Response:
        """Generate source code under a grammar."""
        if body.stream:
            return await _streamed(request, service.stream(body))
        return await _until_left(request, service.generate(body))

    @app.post("/generate/batch", response_model=None)
    async def generate_batch(body: BatchBody, request: Request) -> Response:
        """Several requests, answered in their order."""
        return await _until_left(request, _batch(service, body.items))

    @app.get("/health", response_model=None)
    async def health() -> Response:
        """Whether it is ready (else 503), and what runs here."""
        fields = service.health()
        return JSONResponse(fields, 200 if fields["ready"] else 503)

    app.router.routes.append(Route("/v1/{rest:path}", OpenAi(service), include_in_schema=False))

    @app.get("/metrics", response_model=None)
    async def metrics() -> Response:
        """Counts and times in the format of Prometheus."""
        return Response(service.metrics.text(), media_type=CONTENT_TYPE_LATEST)

    return app


def running(service: Service, failed: Callable[[], None]) -> Lifespan:
    """Has the service run as long as the app, which answers from the beginning.

    `failed` is called when the service has come to an end by itself.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        task = asyncio.create_task(service.run(failed))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await service.close()

    return lifespan


def status_of(error: MazeError) -> int:
    """The HTTP status of the nearest kind of error that has one."""
    return next(STATUS[kind] for kind in type(error).mro() if kind in STATUS)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, MazeError)
    busy = isinstance(error, BusyError | NotReadyError)
    headers = {"retry-after": str(RETRY_AFTER_SECONDS)} if busy else None
    return JSONResponse(failure(error), status_of(error), headers)


async def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return JSONResponse(failure(malformed(error.errors())), 422)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    wrong = UsageError(f"the request can't be read: {error.detail}")
    if error.status_code in (404, 405):
        wrong = UsageError(
            f"there is no `{request.method} {request.url.path}`",
            hint="`GET /docs` lists the routes",
        )
    return JSONResponse(failure(wrong), error.status_code, error.headers)


async def _batch(service: Service, items: Sequence[Mapping[str, object]]) -> Fields:
    service.check()
    with service.admission.batch():
        return {"results": await service.answers(items)}


async def _until_left(request: Request, work: Coroutine[None, None, Fields]) -> Response:
    """The answer as JSON; a client that goes away ends the work."""
    fields = await _unless_left(request, work)
    return Response(status_code=CLIENT_LEFT) if fields is None else JSONResponse(fields)


async def _unless_left(request: Request, work: Coroutine[None, None, T]) -> T | None:
    """What the work comes to; None if the client has gone away meanwhile, which ends the work."""
    working = asyncio.create_task(work)
    leaving = asyncio.create_task(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, leaving):
            task.cancel()
        with suppress(asyncio.CancelledError, MazeError):
            await working


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _streamed(request: Request, events: AsyncGenerator[Event, None]) -> Response:
    """Server-sent events; what fails before the first of them is an answer of its own."""

    async def begin() -> Event:
        return await anext(events)

    first = await _unless_left(request, begin())
    if first is None:
        await events.aclose()
        return Response(status_code=CLIENT_LEFT)

    async def lines() -> AsyncIterator[str]:
        try:
            yield _line(first)
            async for event in events:
                yield _line(event)
        finally:
            await events.aclose()

    headers = {"cache-control": "no-cache", "x-accel-buffering": "no"}
    return StreamingResponse(lines(), media_type="text/event-stream", headers=headers)


def _line(event: Event) -> str:
    name, fields = event
    return f"event: {name}\ndata: {json.dumps(fields, ensure_ascii=False)}\n\n"
