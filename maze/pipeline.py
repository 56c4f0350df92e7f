"""The pipeline: a request goes to a provider, its answer to validation, both into a Result."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from maze import language_choice, languages, providers, settings
from maze.errors import EngineError, UsageError
from maze.grammar.choice import (
    check_language,
    grammar_for,
    is_file,
    parse_name,
)
from maze.languages import Language, Versions
from maze.providers import Provider
from maze.request import Completion, Grammar, Request, Result, SamplingParams, Verdict
from maze.settings import Settings
from maze.validation import validate
from maze.validation.grammar_check import check_grammar
from maze.validation.place import Place
from maze.validation.reference import reference_parser


@dataclass(frozen=True, slots=True)
class Task:
    """What a user asks for, before settings and languages are looked at.

    `grammar` is the name of one that comes with maze, the path of a file, or a grammar itself.
    """

    prompt: str
    language: str | None = None
    output: Path | None = None
    grammar: str | Grammar | None = None
    style: str | None = None
    prefix: str = ""
    constrain: bool = True


def generate(
    prompt: str,
    *,
    language: str | None = None,
    grammar: str | None = None,
    style: str | None = None,
    prefix: str = "",
    model: str | None = None,
    temperature: float | None = None,
    top_p: float | None = None,
    max_tokens: int | None = None,
    seed: int | None = None,
) -> Result:
    """Generate source code that parses; what isn't given comes from the settings.

    Raises MazeError. Look at `result.verdict.name` before the text is used: a text that ran out
    of `max_tokens` is `incomplete`. The text begins with the `prefix`.
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
    request = request_for(Task(prompt, language, None, grammar, style, prefix), current)
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
    _check_text(task.prefix, "prefix")
    if task.style is not None and not task.constrain:
        raise UsageError(
            "`--style` and `--no-constrain` are both given",
            hint="the grammar writes in a style: leave out one of the two",
        )
    language = _language(task, current)
    versions = current.validation.versions
    if language:
        reference_parser(language, current.validation.parser, versions)
    chosen = current.generation
    return Request(
        prompt=task.prompt,
        language=language.name if language else None,
        grammar=_grammar(task, language, versions) if task.constrain else None,
        sampling=SamplingParams(chosen.temperature, chosen.top_p, chosen.max_tokens, chosen.seed),
        prefix=task.prefix,
    )


def _grammar(task: Task, language: Language | None, versions: Versions) -> Grammar:
    """What formatters write, in the style of the prefix; else all of the language."""
    choose = partial(grammar_for, language, named=task.grammar, versions=versions)
    styles = [task.style]
    if task.prefix and task.style is None and task.grammar is None and language:
        styles = [*language.styles] or styles
    grammars = [choose("generate", style=style) for style in styles]
    if not task.prefix:
        return grammars[0]
    source = task.prefix.encode()
    fitting = [each for each in grammars if check_grammar(source, each).result != "refused"]
    if fitting:
        return max(fitting, key=lambda each: _ends_lines_as(each, source))
    grammar = choose("full", style=task.style)
    check = check_grammar(source, grammar)
    if check.result == "refused":
        place = Place.at(source, check.offset)
        raise UsageError(
            f"the prefix is refused at {place.line}:{place.column}: {check.message}",
            hint="it must be the beginning of a valid text",
        )
    return grammar


def _ends_lines_as(grammar: Grammar, source: bytes) -> bool:
    """Whether the next line may begin with a name: in another style it would go on with this one.

    A text that doesn't end with a line tells nothing.
    """
    lines = source.rstrip(b" \t")
    names = [lines + b"x", lines + b"    x"] if lines.endswith(b"\n") else []
    return any(check_grammar(text, grammar).result != "refused" for text in names)


def _check_prompt(prompt: str) -> None:
    if not prompt.strip():
        raise UsageError(
            "the prompt is empty", hint='say what to write: `maze generate "a Go function that …"`'
        )
    _check_text(prompt, "prompt")


def _check_text(text: str, name: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError(f"the {name} is not UTF-8 text", hint="write it in UTF-8") from error


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
    if isinstance(task.grammar, Grammar) or is_file(task.grammar):
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
    if request.prefix and not provider.capabilities.prefix:
        raise UsageError(f"the provider `{provider.name}` can't go on from a prefix")
    on_text(request.prefix)
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
    if grammar and grammar.shipped and grammar.start is None:
        grammar = None  # judged by all of the language, not by what formatters write
    verdict = validate(
        request.prefix + completion.text,
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
