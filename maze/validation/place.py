"""A byte offset in a source text as line and column."""

from __future__ import annotations

import re
from dataclasses import dataclass

LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column, from 1; the column counts characters."""

    line: int
    column: int

    @classmethod
    def at(cls, source: bytes, offset: int) -> Place:
        """The place of the byte at `offset`, which may be just past the end."""
        start = source.rfind(b"\n", 0, offset) + 1
        before = source[start:offset].decode("utf-8", errors="ignore")
        return cls(source.count(b"\n", 0, offset) + 1, len(before) + 1)

    def behind(self, text: str) -> Place:
        """This place counted from the end of `text`, with which the source began."""
        head = text.split("\n")
        line = self.line - len(head) + 1
        column = self.column - len(head[-1]) if line == 1 else self.column
        return Place(line, column) if line >= 1 and column >= 1 else Place(1, 1)

    @classmethod
    def in_bytes(cls, source: bytes, line: int, column: int) -> Place:
        """From a parser that counts columns in bytes, from 1."""
        lines = source.split(b"\n")
        text = lines[line - 1] if 0 < line <= len(lines) else b""
        return cls(line, len(text[: max(column, 1) - 1].decode("utf-8", errors="ignore")) + 1)

    @classmethod
    def in_utf16(cls, source: bytes, line: int, column: int) -> Place:
        """From TypeScript's parser: it counts columns in UTF-16 units, from 1, has more line ends
        than others, and doesn't count a byte order mark."""
        text = source.decode("utf-8", errors="replace")
        ends = [match.end() for match in LINE_END.finditer(text)]
        start = [text.startswith("\ufeff"), *ends][min(line - 1, len(ends))]
        units = text[start:].encode("utf-16-le")[: 2 * (column - 1)]
        before = text[:start] + units.decode("utf-16-le", errors="ignore")
        return cls.at(source, len(before.encode("utf-8")))
