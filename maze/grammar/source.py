"""Text of a grammar file, and places in it."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from maze.errors import GrammarError, SourceLocation

MAX_SOURCE_BYTES = 250_000
"""Of all files of one grammar together. The largest shipped grammar has about 40 kB."""


class Source:
    """The text of one grammar; `path` and `data` are those of its file, if it comes from one."""

    def __init__(self, name: str, text: str, path: Path | None = None, data: bytes = b"") -> None:
        self.name = name
        self.text = text
        self.path = path
        self.data = data

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines, without their ends."""
        return self.text.split("\n")


@dataclass(frozen=True, slots=True)
class Place:
    """A character of a source."""

    source: Source
    offset: int

    def location(self) -> SourceLocation:
        """The place as people read it."""
        before = self.source.text[: self.offset]
        line = before.count("\n") + 1
        column = self.offset - (before.rfind("\n") + 1) + 1
        text = self.source.lines[line - 1].rstrip("\r")
        return SourceLocation(self.source.name, line, column, text)

    def moved(self, characters: int) -> Place:
        """The place so many characters further on."""
        return Place(self.source, self.offset + characters)

    def error(self, reason: str, hint: str | None = None) -> GrammarError:
        """The error that refuses the grammar at this place."""
        return GrammarError(reason, location=self.location(), hint=hint)


def read(path: Path, *, pipe: bool = False) -> bytes:
    """The bytes of a grammar file, not more than one over the limit; it may be a `pipe`."""
    try:
        with open(path, "rb", opener=os.open if pipe else _open_at_once) as file:
            mode = os.fstat(file.fileno()).st_mode
            if not (stat.S_ISREG(mode) or (pipe and stat.S_ISFIFO(mode))):
                raise OSError(errno.EINVAL, "it is no regular file")
            return file.read(MAX_SOURCE_BYTES + 1)
    except OSError as error:
        reason = error.strerror.lower() if error.strerror else "it can't be read"
        raise GrammarError(f"the file can't be read: {reason}", name=str(path)) from error


def _open_at_once(path: str, flags: int) -> int:
    """Opens a file without waiting for a writer if it is a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def decode(data: bytes, path: Path) -> Source:
    """The source in a file's bytes; a byte order mark is dropped."""
    if len(data) > MAX_SOURCE_BYTES:
        raise too_large(str(path))
    try:
        return Source(str(path), data.decode("utf-8-sig"), path, data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"line {line} isn't UTF-8 (byte 0x{data[error.start]:02x})"
        raise GrammarError(reason, name=str(path), hint="save the file as UTF-8") from error


def too_large(name: str) -> GrammarError:
    """The error for a source over the limit."""
    kilobytes = MAX_SOURCE_BYTES // 1_000
    return GrammarError(f"the source is larger than {kilobytes} kB", name=name)
