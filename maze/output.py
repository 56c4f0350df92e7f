"""What people and programs see: text on stdout for programs, talk on stderr for people.

Text that maze didn't write never goes through rich's markup, which would eat `[…]`.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from maze.errors import MazeError, StandardOutputError
from maze.request import Result, Verdict

if TYPE_CHECKING:
    from rich.syntax import Syntax


def prepare_streams() -> None:
    """UTF-8 and plain line ends whatever the locale says, and a stand-in for a closed stream."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull)  # noqa: SIM115 - open as long as the process
    if sys.stdout is None:
        # Open for reading: data that is meant for nobody is an error, and `write` reports it.
        sys.stdout = open(os.devnull)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def write(text: str, stream: IO[str] | None = None) -> None:
    """Write data to standard output at once. Raises StandardOutputError if it can't be written."""
    stream = stream or sys.stdout
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        _silence(stream)
        raise StandardOutputError(
            f"can't write to standard output: {(error.strerror or str(error)).lower()}"
        ) from error


def say(text: str) -> None:
    """One line for people, on stderr; nobody listening is no error."""
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _silence(sys.stderr)


def show_error(error: MazeError) -> None:
    """What went wrong, and after a blank line what to do next."""
    say(f"error: {error.message}" + (f"\n\nhint: {error.hint}" if error.hint else ""))


def show_code(text: str, language: str | None) -> None:
    """Source text on stdout: highlighted on a terminal, untouched anywhere else."""
    if not sys.stdout.isatty():
        write(text)
        return
    from rich.console import Console

    Console(highlight=False).print(_syntax(text, language))


@contextmanager
def live_text(language: str | None, *, wanted: bool) -> Iterator[Callable[[str], None]]:
    """A callable that shows text while it grows, on a terminal's stderr; gone when it is whole."""
    if not wanted or not sys.stderr.isatty():
        yield lambda text: None
        return
    from rich.console import Console
    from rich.live import Live

    console = Console(stderr=True, highlight=False)
    grown: list[str] = []
    with Live(console=console, transient=True, refresh_per_second=12) as live:

        def add(text: str) -> None:
            grown.append(text)
            lines = "".join(grown).splitlines(keepends=True)
            live.update(_syntax("".join(lines[-(console.height - 2) :]), language))

        yield add


def result_json(result: Result) -> str:
    """One object in one line, as DESIGN 4.4 of the project has it."""
    completion, verdict, grammar = result.completion, result.verdict, result.request.grammar
    return json.dumps(
        {
            "verdict": verdict.name,
            "text": result.text,
            "language": result.request.language,
            "provider": result.provider,
            "model": completion.model,
            "finish_reason": completion.finish_reason,
            "usage": {
                "prompt_tokens": completion.usage.prompt_tokens,
                "completion_tokens": completion.usage.completion_tokens,
            },
            "timing": {
                "first_token_seconds": round(completion.first_token_seconds, 4),
                "total_seconds": round(result.total_seconds, 4),
            },
            "grammar": {"name": grammar.name, "sha256": grammar.sha256} if grammar else None,
            "attempts": result.attempts,
            "validation": verdict_fields(verdict),
            "error": None,
        },
        ensure_ascii=False,
    )


def error_json(error: MazeError) -> str:
    """An error in the place of a result: the same fields, all null but `error`."""
    names = (
        "verdict text language provider model finish_reason usage timing grammar attempts "
        "validation"
    )
    fields = {"type": type(error).__name__, "message": error.message, "hint": error.hint}
    return json.dumps({**dict.fromkeys(names.split()), "error": fields}, ensure_ascii=False)


def verdict_fields(verdict: Verdict) -> dict[str, object]:
    """The `validation` object of the JSON output."""
    parser = verdict.parser
    return {
        "grammar": verdict.grammar,
        "parser": {"name": parser.name, "result": parser.result} if parser else None,
        "line": verdict.line,
        "column": verdict.column,
        "message": verdict.message,
    }


def statistics(result: Result) -> str:
    """One line: the verdict, the model, the tokens, and what constrained decoding did."""
    completion, seconds = result.completion, result.total_seconds
    tokens = completion.usage.completion_tokens
    line = (
        f"{result.verdict.name}: {result.request.language or 'text'} by {completion.model}, "
        f"{counted(tokens)} in {seconds:.2f} s ({tokens / max(seconds, 1e-9):.0f} tokens/s)"
    )
    stats = completion.stats
    if stats and result.request.grammar:
        line += f", {stats.forced_tokens} forced, mask for {stats.mask_share:.0%} of draws"
    return line


def failure(result: Result, *, shown: bool) -> str:
    """Why a generated text is not valid, with its place, and what to do next."""
    verdict = result.verdict
    report = f"error: the text is {verdict.name}"
    if verdict.name == "incomplete" and result.completion.finish_reason == "length":
        tokens = result.completion.usage.completion_tokens
        if tokens < result.request.sampling.max_tokens:
            report += f": the model's context ended it after {counted(tokens)}"
            hint = "a shorter prompt, or a model with a longer context"
        else:
            report += f": the budget of {counted(tokens)} ended it"
            hint = "a larger `--max-tokens`"
    else:
        hint = "another `--seed`"
    if verdict.message:
        report += f"\n{indented(place_report(verdict, result.text))}"
    keep = "" if shown else ", or `--keep-invalid` to have the text anyway"
    return f"{report}\n\nhint: try {hint}{keep}"


def place_report(verdict: Verdict, text: str, kind: str | None = None) -> str:
    """Where a text is refused: line, column, kind, message, the source line and a caret."""
    said = f"{kind}: {verdict.message}" if kind else str(verdict.message)
    if verdict.line is None or verdict.column is None:
        return said
    lines = text.split("\n")
    source = lines[verdict.line - 1] if verdict.line <= len(lines) else ""
    margin = f"{verdict.line:>6} | "
    start = max(0, verdict.column - 80)
    shown = "".join(c if c.isprintable() else " " for c in source[start : start + 120])
    caret = " " * (len(margin) + verdict.column - 1 - start) + "^"
    return f"{verdict.line}:{verdict.column}: {said}\n{margin}{shown}\n{caret}"


def counted(tokens: int) -> str:
    """`1 token`, `2 tokens`."""
    return f"{tokens} token{'' if tokens == 1 else 's'}"


def indented(text: str) -> str:
    """Two blanks before each line."""
    return "\n".join(f"  {line}" for line in text.split("\n"))


def _syntax(text: str, language: str | None) -> Syntax:
    from rich.syntax import Syntax

    return Syntax(text.rstrip("\n"), language or "text", background_color="default", word_wrap=True)


def _silence(stream: IO[str]) -> None:
    """Point a stream that can't be written at nothing, so that the exit doesn't fail again."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return
