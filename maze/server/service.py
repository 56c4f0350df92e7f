"""What the routes do: one engine, its readiness, and requests from their body to their result."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import aclosing
from typing import NoReturn, TypeVar

from pydantic import ValidationError

from maze import __version__
from maze.errors import EngineError, MazeError, NotReadyError, UsageError
from maze.pipeline import conclude, sample_of
from maze.request import Completion, Request, Result
from maze.server.admission import Admission
from maze.server.engines import Engine, Served, shipped_grammars, warm_up
from maze.server.metrics import Metrics
from maze.server.requests import request_of
from maze.server.wire import Fields, GenerateBody, answer, failure, malformed
from maze.settings import Settings

WATCH_SECONDS = 0.5
T = TypeVar("T")
Event = tuple[str, Fields]


class Service:
    """An engine that is started once, and the requests that it is asked."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        *,
        most_waiting: int,
        deployment: str | None = None,
    ) -> None:
        self.engine = engine
        self.settings = settings
        self.admission = Admission(most_running=engine.most_running, most_waiting=most_waiting)
        self.metrics = Metrics(self.admission)
        self.failure: MazeError | None = None
        self._deployment = deployment
        self._grammars: list[Served] = []
        self._not_ready = NotReadyError("the model is being loaded")
        self._is_ready = False

    async def run(self, failed: Callable[[], None]) -> None:
        """Start, then watch the engine; calls `failed` once `failure` says what went wrong."""
        try:
            await self.start()
            await self.watch()
        except Exception as error:  # else it would seem to be loading for ever
            told = error if isinstance(error, MazeError) else EngineError(f"it failed: {error!r}")
            self._is_ready = False
            self._not_ready = NotReadyError(told.message, hint=told.hint)
            self.failure = told
            failed()

    async def watch(self) -> NoReturn:
        """Look after the engine. Raises NotReadyError when it has died."""
        while True:
            self.engine.check()
            await asyncio.sleep(WATCH_SECONDS)

    async def start(self) -> None:
        """Load the model and let it see each grammar. Raises MazeError if that fails."""
        await self.engine.start()
        shipped = await asyncio.to_thread(shipped_grammars, self.settings.validation.versions)
        self._not_ready = NotReadyError("the grammars are being prepared")
        await warm_up(self.engine, [grammar for _, grammar in shipped])
        self._grammars = [served for served, _ in shipped]
        self._is_ready = True

    async def close(self) -> None:
        """End the engine."""
        self._is_ready = False
        await self.engine.close()

    def check(self) -> None:
        """Raises NotReadyError if no request can be taken."""
        if not self._is_ready:
            raise self._not_ready
        self.engine.check()

    def health(self) -> Fields:
        """Whether it is ready, and what runs here."""
        try:
            self.check()
            detail = None
        except NotReadyError as error:
            detail = error.message
        return {
            "ready": detail is None,
            "detail": detail,
            "engine": self.engine.name,
            "model": self.engine.model,
            "deployment": self._deployment,
            "versions": {"maze": __version__, **self.engine.versions},
            "grammars": [
                {"name": each.name, "profile": each.profile, "sha256": each.sha256}
                for each in self._grammars
            ],
            "running": self.admission.running,
            "waiting": self.admission.waiting,
        }

    async def generate(self, body: GenerateBody, *, is_part: bool = False) -> Fields:
        """The answer to one body, which may be part of a batch that was let in."""
        self.check()
        request = await asyncio.to_thread(request_of, body, self.settings)
        return answer(
            await _all(
                self._result(sample_of(request, index), is_part=is_part or index > 0)
                for index in range(body.n)
            )
        )

    async def answer(self, fields: Mapping[str, object], *, is_part: bool = False) -> Fields:
        """The answer to a body as JSON has it; a refusal is an answer, too."""
        try:
            body = GenerateBody.model_validate(fields)
            if body.stream:
                raise UsageError("a stream has no place here", hint="leave out `stream`")
            return await self.generate(body, is_part=is_part)
        except ValidationError as error:
            return failure(malformed(error.errors()))
        except MazeError as error:
            return failure(error)

    async def answers(self, items: Sequence[Mapping[str, object]]) -> list[Fields]:
        """The answers to several bodies, in their order; one's failure is its own.

        At a time there are as many as the engine runs, so that others get in between.
        """
        turns = asyncio.Semaphore(self.admission.most_running)

        async def answered(item: Mapping[str, object]) -> Fields:
            async with turns:
                return await self.answer(item, is_part=True)

        return await _all(answered(item) for item in items)

    async def stream(self, body: GenerateBody) -> AsyncGenerator[Event, None]:
        """Events `token` with a piece of text, then `done` with the answer, or `error`.

        Until the first event an error is raised; from then on it is an event.
        """
        self.check()
        if body.n > 1:
            raise UsageError("a stream has one sample", hint="leave out `n` or `stream`")
        request = await asyncio.to_thread(request_of, body, self.settings)
        begun = False
        try:
            async with self.admission.place(), aclosing(self._pieces(request)) as pieces:
                async for item in pieces:
                    if isinstance(item, Result):
                        yield "done", answer([item])
                    else:
                        yield "token", {"text": item}
                    begun = True
        except MazeError as error:
            if not begun:
                raise
            yield "error", failure(error)

    async def _result(self, request: Request, *, is_part: bool) -> Result:
        async with self.admission.place(is_part=is_part), aclosing(self._pieces(request)) as pieces:
            async for item in pieces:
                if isinstance(item, Result):
                    return item
        raise EngineError("the engine ended without an answer")

    async def _pieces(self, request: Request) -> AsyncGenerator[str | Result, None]:
        """Pieces of text, then the result; in all not longer than the settings allow."""
        started = time.perf_counter()
        deadline = asyncio.get_running_loop().time() + self.settings.generation.timeout_seconds
        with self.metrics.measured() as measured:
            async with aclosing(self.engine.complete(request)) as stream:
                while not isinstance(item := await self._next(stream, deadline), Completion):
                    yield item
            result = await asyncio.to_thread(
                conclude, request, self.engine, item, self.settings, started
            )
            measured.result = result
            yield result

    async def _next(
        self, stream: AsyncGenerator[str | Completion, None], deadline: float
    ) -> str | Completion:
        try:
            async with asyncio.timeout_at(deadline):
                return await anext(stream)
        except TimeoutError:
            seconds = self.settings.generation.timeout_seconds
            raise EngineError(f"the generation took longer than {seconds:g} seconds") from None
        except StopAsyncIteration:
            raise EngineError("the engine ended without an answer") from None


async def _all(work: Iterable[Coroutine[None, None, T]]) -> list[T]:
    """The results in their order; the first error is raised and ends the others."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(each) for each in work]
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None
    return [task.result() for task in tasks]
