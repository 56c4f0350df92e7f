"""vLLM's asynchronous engine, in processes of its own, as an engine of the server."""

from __future__ import annotations

import asyncio
import re
import time
from argparse import Namespace
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING
from uuid import uuid4

from maze.errors import ContextError, EngineError, GrammarError, NotReadyError
from maze.models import prompt_format
from maze.prompt import Mark, messages, parts
from maze.providers import Capabilities, Health
from maze.request import Completion, Request, Usage
from maze.server.vllm.prefix import with_prefix
from maze.server.vllm.thinking import END, Thinking, skipped

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp
    from vllm import SamplingParams
    from vllm.v1.engine.async_llm import AsyncLLM


@dataclass(frozen=True, slots=True)
class VllmOptions:
    """How vLLM is started; None leaves the choice to it.

    `model` is a name on the hub or a folder, `name` what the server calls it. `more` are further
    options of `vllm serve`, as on its command line.
    """

    model: str
    name: str
    max_model_len: int | None = None
    max_num_seqs: int | None = None
    quantization: str | None = None
    revision: str | None = None
    reasoning_parser: str | None = None
    more: tuple[str, ...] = ()

    def arguments(self) -> list[str]:
        """The command line of `vllm serve` after its name."""
        outputs = '{"backend": "guidance"}'
        arguments = ["--model", self.model, "--served-model-name", self.name]
        # vLLM's `auto` would try another backend first.
        arguments += ["--structured-outputs-config", outputs]
        # Else the model's own sampling parameters stand for those that a request doesn't give.
        arguments += ["--generation-config", "vllm"]
        for option, value in (
            ("--max-model-len", self.max_model_len),
            ("--max-num-seqs", self.max_num_seqs),
            ("--quantization", self.quantization),
            ("--revision", self.revision),
            ("--reasoning-parser", self.reasoning_parser),
        ):
            if value is not None:
                arguments += [option, str(value)]
        return [*arguments, *self.more]


class VllmEngine:
    """One model in vLLM; `model` is its name."""

    name = "vllm"
    capabilities = Capabilities(grammar=True, prefix=True, seed=True, streaming=True)
    introduction = None

    def __init__(self, options: VllmOptions, *, most_running: int = 256) -> None:
        self.model = options.name
        self.most_running = most_running
        self.versions = {name: version(name) for name in ("llguidance",)}
        self._options = options
        self._numbers = count(1)
        self._engine: AsyncLLM | None = None
        self._thought_end = -1
        self.openai: ASGIApp | None = None

    async def start(self) -> None:
        """Load the model, which takes minutes. Raises NotReadyError if vLLM can't."""
        try:
            await asyncio.to_thread(self._load)
            if parser := self._options.reasoning_parser:
                self._thought_end = self._end_of_thinking(parser)
            self.openai = await self._routes()
        except NotReadyError:
            raise
        except Exception as error:  # its configuration raises whatever happens to it
            raise NotReadyError(f"vLLM can't run `{self.model}`: {_first_line(error)}") from error

    def _load(self) -> None:
        import vllm
        from vllm.engine.arg_utils import AsyncEngineArgs
        from vllm.platforms import current_platform
        from vllm.v1.engine.async_llm import AsyncLLM

        self.versions["vllm"] = vllm.__version__
        arguments = AsyncEngineArgs.from_cli_args(self.arguments)
        if current_platform.is_cpu():
            # There, a step that takes a part of a prompt ends the engine if its request has a seed
            # (vLLM 0.32, gpu_model_runner.py: "CPU Generator does not use offset").
            arguments.enable_chunked_prefill = False
        self._engine = AsyncLLM.from_engine_args(arguments)

    def _end_of_thinking(self, parser: str) -> int:
        """The token with which the model ends its thinking, for vLLM's parser as for maze."""
        from vllm.reasoning import ReasoningParserManager

        tokenizer = self._running.get_tokenizer()
        token = tokenizer.get_vocab().get(END)
        if token is None:
            raise NotReadyError(
                f"`{self.model}` has no token `{END}`", hint="serve it without a reasoning parser"
            )
        if ReasoningParserManager.get_reasoning_parser(parser)(tokenizer).reasoning_end_str != END:
            raise NotReadyError(
                f"for `{parser}` thinking doesn't end with `{END}`",
                hint="`deepseek_r1` and `qwen3` are parsers for which it does",
            )
        return int(token)

    async def _routes(self) -> ASGIApp:
        """vLLM's own app, as `vllm serve` makes it."""
        from vllm.entrypoints.launchers.api_server.app_state import init_app_state
        from vllm.entrypoints.launchers.app import build_app

        engine = self._running
        tasks = await engine.get_supported_tasks()
        app: FastAPI = build_app(self.arguments, tasks, engine.model_config)
        await init_app_state(engine, app.state, self.arguments, tasks)
        # vLLM tells the server that it would have started to end; here `watch` sees to that.
        app.state.server = SimpleNamespace(should_exit=False)
        return app

    @cached_property
    def arguments(self) -> Namespace:
        """The options as `vllm serve` has them after parsing."""
        from vllm.entrypoints.launchers.cli_args import make_arg_parser
        from vllm.utils.argparse_utils import FlexibleArgumentParser

        parser = make_arg_parser(FlexibleArgumentParser())
        arguments: Namespace = parser.parse_args(self._options.arguments())
        return arguments

    async def close(self) -> None:
        """End vLLM's processes."""
        if self._engine is not None:
            await asyncio.to_thread(self._engine.shutdown)

    def check(self) -> None:
        """Raises NotReadyError if vLLM's processes have ended."""
        if self._engine is None or self._engine.errored:
            raise NotReadyError("vLLM has ended")

    @property
    def _running(self) -> AsyncLLM:
        self.check()
        assert self._engine is not None
        return self._engine

    async def complete(self, request: Request) -> AsyncGenerator[str | Completion, None]:
        """Stream pieces of text, then the Completion; leaving the stream aborts the request."""
        from vllm.exceptions import VLLMClientError
        from vllm.v1.engine.exceptions import EngineDeadError, EngineGenerateError

        engine = self._running
        prompt = await asyncio.to_thread(self._encode, request)
        context = engine.model_config.max_model_len
        if len(prompt) >= context:
            raise ContextError(
                f"prompt and prefix take {len(prompt)} tokens, and `{self.model}` reads {context}",
                hint="shorten the prompt, or serve the model with a longer context",
            )
        params = self._sampling(request, room=context - len(prompt))
        name = f"maze-{next(self._numbers)}"
        thinks = self._thinks(request)
        stream = _Stream(Thinking(self._thought_end) if thinks else None)
        # Told nothing, vLLM looks for marks in the prompt, where they may be the user's.
        answers = not thinks if self._options.reasoning_parser else None
        try:
            async with aclosing(
                engine.generate({"prompt_token_ids": prompt}, params, name, reasoning_ended=answers)
            ) as outputs:
                async for output in outputs:
                    (sample,) = output.outputs
                    if piece := stream.add(sample.text, sample.token_ids):
                        yield piece
                    stream.finish_reason = sample.finish_reason
        except EngineDeadError as error:
            raise NotReadyError("vLLM has ended") from error
        except VLLMClientError as error:
            raise _refusal(request, str(error)) from error
        except EngineGenerateError as error:
            self.check()
            raise EngineError(f"vLLM failed: {_first_line(error.__cause__ or error)}") from error
        yield stream.completion(self.model, len(prompt))

    async def health(self) -> Health:
        """Whether vLLM's processes run."""
        try:
            self.check()
        except NotReadyError as error:
            return Health(ready=False, detail=error.message)
        return Health(ready=True, detail=f"{self.model}: loaded in vLLM")

    def _thinks(self, request: Request) -> bool:
        """Not where the request says so, nor where the text has begun already."""
        parser = self._options.reasoning_parser
        return parser is not None and request.thinks and not request.prefix

    def _encode(self, request: Request) -> list[int]:
        """The tokens of the prompt and the prefix."""
        tokenizer = self._running.get_tokenizer()

        def encode(text: str) -> list[int]:
            # Special tokens that a prompt spells out are text.
            found: list[int] = tokenizer.encode(
                text, add_special_tokens=False, split_special_tokens=True
            )
            return found

        form = prompt_format(frozenset(tokenizer.get_added_vocab()))
        if self._options.reasoning_parser or (form == "completion" and tokenizer.chat_template):
            turns = messages(request.prompt, request.language)
            # What the template says may be special tokens, what the turns say is text.
            marks = {f"<{uuid4().hex}>": content for _, content in turns}
            text = tokenizer.apply_chat_template(
                [
                    {"role": role, "content": mark}
                    for (role, _), mark in zip(turns, marks, strict=True)
                ],
                add_generation_prompt=True,
                tokenize=False,
            )
            if self._options.reasoning_parser and not self._thinks(request):
                text = skipped(text)
            prompt = [
                token
                for part in re.split(f"({'|'.join(marks)})", text)
                for token in (
                    encode(marks[part])
                    if part in marks
                    else tokenizer.encode(part, add_special_tokens=False)
                )
            ]
        else:
            prompt = [
                token
                for part in parts(request.prompt, request.language, form)
                for token in (
                    [tokenizer.convert_tokens_to_ids(part.token)]
                    if isinstance(part, Mark)
                    else encode(part)
                )
            ]
        return [*prompt, *encode(request.prefix)]

    def _sampling(self, request: Request, room: int) -> SamplingParams:
        from vllm import SamplingParams
        from vllm.sampling_params import RequestOutputKind, StructuredOutputsParams

        asked, grammar = request.sampling, request.grammar
        return SamplingParams(
            temperature=asked.temperature,
            top_p=asked.top_p,
            max_tokens=min(asked.max_tokens, room),
            seed=asked.seed,
            output_kind=RequestOutputKind.DELTA,
            structured_outputs=StructuredOutputsParams(
                grammar=with_prefix(grammar.text, request.prefix)
            )
            if grammar
            else None,
        )


class _Stream:
    """What came out of vLLM so far."""

    def __init__(self, thinking: Thinking | None) -> None:
        self.finish_reason: str | None = None
        self._thinking = thinking
        self._pieces: list[str] = []
        self._tokens = 0
        self._started = time.perf_counter()
        self._first_token = 0.0

    def add(self, text: str, tokens: Sequence[int]) -> str:
        """Count tokens; the part of their text that is the answer's."""
        self._first_token = self._first_token or time.perf_counter() - self._started
        self._tokens += len(tokens)
        piece = self._thinking.answer(text, tokens) if self._thinking else text
        self._pieces.append(piece)
        return piece

    def completion(self, model: str, prompt_tokens: int) -> Completion:
        """The whole; raises EngineError if vLLM ended it with an error, or before any answer."""
        if self.finish_reason not in ("stop", "length"):
            raise EngineError(
                "the grammar reached a limit of the engine, and the text isn't whole",
                hint="a smaller grammar, or a shorter text",
            )
        if self.finish_reason == "stop" and self._thinking and not self._thinking.has_ended:
            raise EngineError(
                "the model ended while it was thinking, without an answer",
                hint="try again with another seed",
            )
        return Completion(
            text="".join(self._pieces),
            finish_reason="stop" if self.finish_reason == "stop" else "length",
            usage=Usage(prompt_tokens, self._tokens),
            model=model,
            first_token_seconds=self._first_token,
            reasoning=self._thinking.text if self._thinking else None,
        )


def _refusal(request: Request, message: str) -> GrammarError | EngineError:
    """What vLLM has against a request: only the grammar came from outside unchecked."""
    if request.grammar and "rammar" in message:
        return GrammarError(message.splitlines()[0], name=request.grammar.name)
    return EngineError(f"vLLM refuses the request: {message.splitlines()[0]}")


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__
