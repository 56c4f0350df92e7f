"""The `local` provider: the decoding loop in a thread of this process."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from maze import models
from maze.decoding.loop import Decoding, Piece, decode
from maze.decoding.matcher import Matcher
from maze.errors import ContextError, EngineError, MazeError
from maze.providers.local.checkpoint import Checkpoint
from maze.providers.provider import Capabilities, Health
from maze.request import Completion, Grammar, Request, Usage

if TYPE_CHECKING:
    from maze.providers.local.engine import Session

INTRODUCTION = (
    "`nano`, the model inside maze, is a demonstrator of 5 million parameters: its code parses, "
    "but only small everyday tasks come out right; for a real model, export one to ONNX "
    "(docs/models.md) and `maze config set local.model FOLDER`"
)
CANARY = Grammar("canary", '%llguidance {}\nstart: "zq7"\n', sha256="")


class LocalProvider:
    """Runs the embedded model, or an ONNX export in a folder, on the CPU."""

    name = "local"
    capabilities = Capabilities(grammar=True, prefix=True, seed=True, streaming=True)

    def __init__(self, model: str, *, threads: int | None = None) -> None:
        self.model = models.find(model)
        self.checkpoint = Checkpoint(self.model)
        self._threads = threads

    @property
    def introduction(self) -> str | None:
        """What the embedded model is; a real model needs no introduction."""
        return INTRODUCTION if self.model.is_embedded else None

    async def complete(self, request: Request) -> AsyncGenerator[str | Completion, None]:
        """Stream pieces of text, then the Completion; leaving the stream stops the decoding."""
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[str | Completion | MazeError | None] = asyncio.Queue()
        cancelled = threading.Event()

        def work() -> None:
            def put(item: str | Completion | MazeError | None) -> None:
                loop.call_soon_threadsafe(queue.put_nowait, item)

            try:
                for item in self.stream(request, cancelled):
                    put(item)
            except MazeError as error:
                put(error)
            finally:
                put(None)

        worker = asyncio.create_task(asyncio.to_thread(work))
        try:
            while (item := await queue.get()) is not None:
                if isinstance(item, MazeError):
                    raise item
                yield item
        finally:
            cancelled.set()
            await worker

    def stream(self, request: Request, cancelled: threading.Event) -> Iterator[str | Completion]:
        """The same without asyncio: pieces of text, then the Completion."""
        started = time.perf_counter()
        first_token = 0.0
        prefix = self.checkpoint.encode_text(request.prefix)
        prompt = [*self._encode(request, len(prefix)), *prefix]
        matcher = Matcher(request.grammar, self.checkpoint.vocabulary) if request.grammar else None
        if matcher and matcher.consume_prefix(prefix) < len(prefix):
            raise EngineError("the grammar refuses the prefix in the tokens of this model")
        room = self.checkpoint.config.max_position_embeddings - len(prompt)
        for item in decode(
            self._session.decoder(),
            self.checkpoint.vocabulary,
            prompt,
            matcher,
            request.sampling,
            budget=min(request.sampling.max_tokens, room),
            cancelled=cancelled.is_set,
        ):
            if isinstance(item, Piece):
                first_token = first_token or time.perf_counter() - started
                yield item.text
            else:
                yield self._completion(item, len(prompt), first_token)

    async def health(self) -> Health:
        """Load the model and let a canary grammar prove that grammars are enforced."""
        return await asyncio.to_thread(self._check)

    def _check(self) -> Health:
        try:
            request = Request("say hello", "python", CANARY)
            completion = list(self.stream(request, threading.Event()))[-1]
        except MazeError as error:
            return Health(ready=False, detail=error.message)
        if not isinstance(completion, Completion) or completion.text != "zq7":
            return Health(ready=False, detail="the canary grammar was not enforced")
        return Health(ready=True, detail=f"{self.model.name}: loaded, grammars are enforced")

    def _encode(self, request: Request, prefix: int) -> list[int]:
        """The prompt's tokens; behind them stand `prefix` more."""
        tokens = self.checkpoint.encode(request.prompt, request.language)
        context = self.checkpoint.config.max_position_embeddings
        if len(tokens) + prefix >= context:
            what = "prompt and the prefix take" if prefix else "prompt takes"
            which = "the prompt or the prefix" if prefix else "the prompt"
            raise ContextError(
                f"the {what} {len(tokens) + prefix} tokens and the model `{self.model.name}` "
                f"reads {context} in all",
                hint=f"shorten {which}, or choose a model with a longer context",
            )
        return tokens

    def _completion(self, decoding: Decoding, prompt_tokens: int, first_token: float) -> Completion:
        return Completion(
            text=decoding.text,
            finish_reason=decoding.finish_reason,
            usage=Usage(prompt_tokens, decoding.tokens),
            model=self.model.name,
            first_token_seconds=first_token,
            stats=decoding.stats,
        )

    @cached_property
    def _session(self) -> Session:
        from maze.providers.local.engine import Session, default_threads

        return Session(self.checkpoint.weights, self._threads or default_threads())
