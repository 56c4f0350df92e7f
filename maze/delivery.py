"""From a task to what the user gets: text on stdout or in a file, talk on stderr, an exit code."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from maze import output, providers, settings
from maze.errors import MazeError, OutputError, UsageError
from maze.generate import Task, request_for, run, sample_of
from maze.output_file import OutputFile
from maze.providers import Provider
from maze.request import Request, Result
from maze.settings import Settings


@dataclass(frozen=True, slots=True)
class Display:
    """How results are to be shown."""

    as_json: bool = False
    keep_invalid: bool = False
    stream: bool = True
    verbose: bool = False
    quiet: bool = False


def deliver(task: Task, flags: Mapping[str, str], display: Display, *, samples: int = 1) -> int:
    """Generate, judge and write each sample; the exit code, 0 if all of them are valid.

    With JSON, an error is also written as an object before it is raised.
    """
    try:
        return _deliver(task, flags, display, samples)
    except MazeError as error:
        if display.as_json and not isinstance(error, OutputError):
            output.write(output.error_json(error) + "\n")
        raise


def _deliver(task: Task, flags: Mapping[str, str], display: Display, samples: int) -> int:
    if samples > 1 and not display.as_json and "{}" not in str(task.output or ""):
        raise UsageError(
            f"{samples} samples don't fit in one text",
            hint="`--json` prints one object a sample; `--output 'out-{}.py'` numbers the files",
        )
    current = settings.load(flags=flags).settings
    request = request_for(task, current)
    provider = providers.create(current)
    codes = [
        _sample(sample_of(request, index), provider, current, display, _numbered(task, index))
        for index in range(samples)
    ]
    return max(codes)


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
        live = display.stream and not (display.as_json or display.quiet)
        with output.live_text(request.language, wanted=live) as on_text:
            result = asyncio.run(run(request, provider, current, on_text=on_text))
        with _kept_on_failure(result):
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
def _kept_on_failure(result: Result) -> Iterator[None]:
    """If the text can't be written where it should go, put it where the user can fetch it."""
    try:
        yield
    except OutputError as error:
        place = _state_directory() / "unsaved.txt"
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(result.text, encoding="utf-8")
        except OSError:
            raise error from None
        raise OutputError(error.message, hint=f"the text was kept in `{place}`") from error


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


def _numbered(task: Task, index: int) -> Path | None:
    return Path(str(task.output).replace("{}", str(index + 1))) if task.output else None


def _state_directory() -> Path:
    import platformdirs

    return platformdirs.user_state_path("maze")


def read_prompt(argument: str | None, stdin: TextIO | None) -> str:
    """The prompt: the argument, then what was piped in; `-` asks for standard input alone."""
    parts = [argument] if argument not in (None, "-") else []
    if argument == "-" or (stdin and not stdin.isatty() and _is_fed(stdin)):
        parts.append(_read_all(stdin))
    if not parts:
        raise UsageError(
            "no prompt", hint='say what to write: `maze generate "a Go function that …"`'
        )
    return "\n\n".join(part for part in parts if part and part.strip()).strip()


def _is_fed(stdin: TextIO) -> bool:
    """Whether standard input is a pipe or a file, not a terminal, `/dev/null` or closed."""
    import os
    import stat

    try:
        mode = os.fstat(stdin.fileno()).st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)


def _read_all(stdin: TextIO | None) -> str:
    try:
        return stdin.buffer.read().decode("utf-8") if stdin else ""
    except UnicodeDecodeError as error:
        raise UsageError("the prompt on standard input is not UTF-8 text") from error
    except OSError as error:
        raise UsageError(f"can't read standard input: {error.strerror}") from error
