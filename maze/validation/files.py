"""Source files read for validation: one report each, whatever happens to the others."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from maze import languages
from maze.errors import InputError, MazeError, UsageError
from maze.grammar.choice import check_language, grammar_for, is_file, parse_name
from maze.languages import Language
from maze.request import Grammar, Verdict
from maze.settings import Settings
from maze.validation.place import Place
from maze.validation.verdict import validate

STDIN = "-"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: a verdict, or the error that kept it from being judged."""

    name: str
    text: str
    verdict: Verdict | None = None
    error: MazeError | None = None

    @property
    def exit_code(self) -> int:
        """0 if the file is valid."""
        if self.error:
            return self.error.exit_code
        return 0 if self.verdict and self.verdict.name == "valid" else 1


def validate_files(
    names: Sequence[str], settings: Settings, *, language: str | None, grammar: str | None
) -> Iterator[FileReport]:
    """Judge each file; `-` is standard input, once."""
    if names.count(STDIN) > 1:
        raise UsageError("`-` is named twice, but there is one standard input")
    chosen = languages.find(language) if language else None
    if chosen and grammar:
        check_language(grammar, chosen)
    own = (
        grammar_for(None, "full", named=grammar, versions=settings.validation.versions)
        if grammar
        else None
    )
    for name in names:
        try:
            text = read_source(name)
        except MazeError as error:
            yield FileReport(name, "", error=error)
            continue
        try:
            spoken = chosen or _language(name, own, grammar)
            yield FileReport(name, text, verdict=_judge(text, spoken, own, settings))
        except MazeError as error:
            yield FileReport(name, text, error=error)


def read_source(name: str) -> str:
    """A file's text. Raises InputError for what isn't UTF-8 text, with the place."""
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"can't read `{name}`: {reason}") from error
    if b"\0" in data:
        place = Place.at(data, data.index(b"\0"))
        raise InputError(
            f"`{name}` is not source text: NUL byte at {place.line}:{place.column}",
            hint="it looks like a binary file, or like UTF-16",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = Place.at(data, error.start)
        raise InputError(
            f"`{name}` is not UTF-8: byte 0x{data[error.start]:02x} at {place.line}:{place.column}",
            hint="convert it first, for example with `iconv -t utf-8`",
        ) from error


def _language(name: str, own: Grammar | None, grammar: str | None) -> Language | None:
    if own is not None and grammar is not None:
        return None if is_file(grammar) else parse_name(grammar).language
    if name == STDIN:
        raise UsageError("standard input has no extension", hint="name it with `--language`")
    return languages.for_path(Path(name))


def _judge(
    text: str, language: Language | None, own: Grammar | None, settings: Settings
) -> Verdict:
    chosen = settings.validation
    return validate(
        text,
        language.name if language else None,
        grammar=own,
        parser=chosen.parser,
        python_version=chosen.python_version,
        rust_edition=chosen.rust_edition,
        zig_version=chosen.zig_version,
    )
