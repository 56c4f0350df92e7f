"""From a task to what the user gets: text on stdout or in a file, talk on stderr, an exit code."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from maze import output, providers, settings
from maze.errors import InputError, MazeError, StandardOutputError, UsageError
from maze.output_file import OutputFile
from maze.pipeline import Task, complete, conclude, request_for, sample_of
from maze.providers import Provider
from maze.request import Request, Result
from maze.settings import Settings
from maze.validation.files import read_source


@dataclass(frozen=True, slots=True)
class Display:
    """How results are to be shown."""

    as_json: bool = False
    keep_invalid: bool = False
    stream: bool = True
    verbose: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What the user typed, before anything was read or loaded."""

    prompt: str | None
    language: str | None = None
    output: Path | None = None
    grammar: str | None = None
    style: str | None = None
    prefix: str | None = None
    constrain: bool = True
    samples: int = 1


def deliver(order: Order, flags: Mapping[str, str], display: Display) -> int:
    """Generate, judge and write each sample; the exit code, 0 if all of them are valid.

    With JSON, an error is also written as an object before it is raised.
    """
    try:
        return _deliver(order, flags, display)
    except MazeError as error:
        if display.as_json and not isinstance(error, StandardOutputError):
            output.write(output.error_json(error) + "\n")
        raise


def _deliver(order: Order, flags: Mapping[str, str], display: Display) -> int:
    _check_samples(order, display)
    prompt = read_prompt(order.prompt, sys.stdin)
    task = Task(
        prompt,
        order.language,
        order.output,
        order.grammar,
        order.style,
        read_prefix(order.prefix) if order.prefix is not None else "",
        order.constrain,
    )
    current = settings.load(flags=flags).settings
    request = request_for(task, current)
    provider = providers.create(current, say=(lambda text: None) if display.quiet else output.say)
    codes = [
        _sample(sample_of(request, index), provider, current, display, _path(order, index))
        for index in range(order.samples)
    ]
    return max(codes)


def _check_samples(order: Order, display: Display) -> None:
    if order.samples < 1:
        raise UsageError("`--samples` is a whole number, 1 or more")
    numbered = "{}" in str(order.output) if order.output else display.as_json
    if order.samples > 1 and not numbered:
        raise UsageError(
            f"{order.samples} samples don't fit in one text",
            hint="`--json` prints one object a sample; `--output 'out-{}.py'` numbers the files",
        )


def _path(order: Order, index: int) -> Path | None:
    if order.output is None or order.samples == 1:
        return order.output
    return Path(str(order.output).replace("{}", str(index + 1)))


def _sample(
    request: Request,
    provider: Provider,
    current: Settings,
    display: Display,
    path: Path | None,
) -> int:
    with OutputFile(path) if path else nullcontext() as file:
        if not display.quiet:
            _introduce(provider)
        started = time.perf_counter()
        live = display.stream and not (display.as_json or display.quiet)
        with output.live_text(request.language, wanted=live) as on_text:
            completion = asyncio.run(complete(request, provider, on_text))
        with _kept_on_failure(request.prefix + completion.text):
            result = conclude(request, provider, completion, current, started)
            return _write(result, display, file)


def _write(result: Result, display: Display, file: OutputFile | None) -> int:
    valid = result.verdict.name == "valid"
    on_screen = file is None and not display.as_json and sys.stdout.isatty()
    if file and (valid or display.keep_invalid):
        file.write(result.text)
    if display.as_json:
        output.write(output.result_json(result) + "\n")
    elif file is None and (valid or display.keep_invalid or on_screen):
        output.show_code(result.text, result.request.language)
    if display.verbose or (sys.stderr.isatty() and not display.quiet):
        output.say(output.statistics(result))
    if not valid:
        shown = display.as_json or on_screen or display.keep_invalid
        output.say(output.failure(result, shown=shown))
    return 0 if valid else 1


@contextmanager
def _kept_on_failure(text: str) -> Iterator[None]:
    """If a text can't be judged or written, put it where the user can fetch it."""
    try:
        yield
    except MazeError as error:
        place = _kept(text)
        kept = f"the text was kept in `{place}`" if place else "the text is lost"
        error.hint = f"{kept}; {error.hint}" if error.hint else kept
        raise


def _kept(text: str) -> Path | None:
    """Write to the state folder or else to that for temporary files; None if neither can be."""
    for folder in (_state_directory(), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix="unsaved-", suffix=".txt", dir=folder)
            with open(handle, "w", encoding="utf-8", newline="") as stream:
                stream.write(text)
        except OSError:
            continue
        return Path(name)
    return None


def _introduce(provider: Provider) -> None:
    """Say once what the embedded model is, so that nobody takes it for a real one."""
    if not provider.introduction:
        return
    marker = _state_directory() / "introduced"
    if marker.exists():
        return
    output.say(f"note: {provider.introduction}")
    try:
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
    except OSError:
        return


def _state_directory() -> Path:
    import platformdirs

    return platformdirs.user_state_path("maze")


def read_prompt(argument: str | None, stdin: TextIO) -> str:
    """The prompt: the argument, then what was piped in; `-` asks for standard input alone.

    A file as standard input is read only if there is no argument: in a shell's
    `while read line; do maze generate "$line"; done < prompts` it is the loop's.
    """
    parts = [argument] if argument not in (None, "-") else []
    if argument == "-" or (not stdin.isatty() and _is_fed(stdin, file=argument is None)):
        parts.append(_read_all(stdin))
    if not parts:
        raise UsageError(
            "no prompt", hint='say what to write: `maze generate "a Go function that …"`'
        )
    return "\n\n".join(part for part in parts if part and part.strip()).strip()


def read_prefix(argument: str) -> str:
    """The prefix: the argument, or the text of the file that it names behind `@`."""
    if not argument.startswith("@"):
        return argument
    if argument == "@-":
        raise UsageError(
            "the prefix can't be standard input, which is for the prompt",
            hint="write it into a file: `--prefix @FILE`",
        )
    try:
        return read_source(argument[1:])
    except InputError as error:
        error.hint = error.hint or "`@` names a file; a text that begins with `@` goes into one too"
        raise


def _is_fed(stdin: TextIO, *, file: bool) -> bool:
    """Whether standard input is a pipe, or a `file` if that counts; `/dev/null` is neither."""
    try:
        mode = os.fstat(stdin.fileno()).st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or (file and stat.S_ISREG(mode))


def _read_all(stdin: TextIO) -> str:
    try:
        return stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError("the prompt on standard input is not UTF-8 text") from error
    except OSError as error:
        raise UsageError(f"can't read standard input: {error.strerror}") from error
