"""The pipeline: a request goes to a provider, its answer to validation, both into a Result."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path

from maze import language_choice, languages, providers, settings
from maze.errors import EngineError, UsageError
from maze.grammar.choice import (
    check_language,
    grammar_for,
    is_file,
    is_whole_language,
    parse_name,
)
from maze.languages import Language
from maze.providers import Provider
from maze.request import Completion, Request, Result, SamplingParams, Verdict
from maze.settings import Settings
from maze.validation import validate
from maze.validation.reference import reference_parser


@dataclass(frozen=True, slots=True)
class Task:
    """What a user asks for, before settings and languages are looked at."""

    prompt: str
    language: str | None = None
    output: Path | None = None
    grammar: str | None = None
    style: str | None = None
    constrain: bool = True


def generate(
    prompt: str,
    *,
    language: str | None = None,
    grammar: str | None = None,
    style: str | None = None,
    model: str | None = None,
    temperature: float | None = None,
    top_p: float | None = None,
    max_tokens: int | None = None,
    seed: int | None = None,
) -> Result:
    """Generate source code that parses; what isn't given comes from the settings.

    Raises MazeError. Look at `result.verdict.name` before the text is used: a text that ran out
    of `max_tokens` is `incomplete`.
    """
    given = {
        "model": model,
        "temperature": temperature,
        "top_p": top_p,
        "max_tokens": max_tokens,
        "seed": seed,
    }
    flags = {f"generation.{key}": str(value) for key, value in given.items() if value is not None}
    current = settings.load(flags=flags).settings
    request = request_for(Task(prompt, language, None, grammar, style), current)
    return _run_now(run(request, providers.create(current), current))


def _run_now(work: Coroutine[None, None, Result]) -> Result:
    """Run to the end, also where an event loop is running already, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()


def request_for(task: Task, current: Settings) -> Request:
    """The request that a task means under these settings; whatever can't be done is said here."""
    _check_prompt(task.prompt)
    language = _language(task, current)
    versions = current.validation.versions
    if language:
        reference_parser(language, current.validation.parser, versions)
    chosen = current.generation
    return Request(
        prompt=task.prompt,
        language=language.name if language else None,
        grammar=grammar_for(
            language, "generate", named=task.grammar, style=task.style, versions=versions
        )
        if task.constrain
        else None,
        sampling=SamplingParams(chosen.temperature, chosen.top_p, chosen.max_tokens, chosen.seed),
    )


def _check_prompt(prompt: str) -> None:
    if not prompt.strip():
        raise UsageError(
            "the prompt is empty", hint='say what to write: `maze generate "a Go function that …"`'
        )
    try:
        prompt.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError("the prompt is not UTF-8 text") from error


def _language(task: Task, current: Settings) -> Language | None:
    """The task's language; None if the user's own grammar stands for one that isn't named.

    A grammar in a file is for a language only if the user says so: a word of the prompt, or what
    the settings call the usual language, says nothing about it.
    """
    if task.grammar is None or not task.constrain:
        return language_choice.infer(
            task.language,
            task.output,
            task.prompt,
            current.generation.language,
        )
    if is_file(task.grammar):
        if task.language:
            return languages.find(task.language)
        return languages.by_extension(task.output) if task.output else None
    if task.language:
        check_language(task.grammar, languages.find(task.language))
    return parse_name(task.grammar).language


async def run(request: Request, provider: Provider, current: Settings) -> Result:
    """Complete one request and judge the answer."""
    started = time.perf_counter()
    completion = await complete(request, provider)
    return conclude(request, provider, completion, current, started)


async def complete(
    request: Request, provider: Provider, on_text: Callable[[str], None] = lambda text: None
) -> Completion:
    """Let the provider complete a request; `on_text` sees each piece as it comes."""
    if request.grammar and not provider.capabilities.grammar:
        raise UsageError(f"the provider `{provider.name}` can't enforce a grammar")
    async with aclosing(provider.complete(request)) as stream:
        async for item in stream:
            if isinstance(item, Completion):
                return item
            on_text(item)
    raise EngineError(f"the provider `{provider.name}` ended without an answer")


def conclude(
    request: Request,
    provider: Provider,
    completion: Completion,
    current: Settings,
    started: float,
) -> Result:
    """Judge a completion; `started` is when its request began, by `time.perf_counter`."""
    verdict = _judge(request, completion, current)
    return Result(request, provider.name, completion, verdict, time.perf_counter() - started)


def sample_of(request: Request, index: int) -> Request:
    """The request for one of several samples: the first has the seed asked for, then it counts."""
    seed = request.sampling.seed
    if seed is None or index == 0:
        return request
    return replace(request, sampling=replace(request.sampling, seed=seed + index))


def _judge(request: Request, completion: Completion, current: Settings) -> Verdict:
    grammar = request.grammar
    if grammar and is_whole_language(grammar.name):
        grammar = None  # judged by all of the language, not by what formatters write
    verdict = validate(
        completion.text,
        request.language,
        grammar=grammar,
        parser=current.validation.parser,
        python_version=current.validation.python_version,
        rust_edition=current.validation.rust_edition,
        zig_version=current.validation.zig_version,
    )
    if verdict.name == "valid" and completion.finish_reason == "length":
        # It parses, but the model hadn't ended it: who asked for more didn't get it.
        return replace(verdict, name="incomplete", message="it could end here, but wasn't ended")
    return verdict
