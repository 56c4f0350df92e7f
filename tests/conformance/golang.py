"""Go: its standard library comes with the toolchain, and gofmt's parser is the judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.conformance import gotools, judges
from tests.conformance.language import Language

TOKEN = re.compile(
    r"//[^\n]*|/\*(?s:.*?)\*/|`[^`]*`|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|[\w.]*\d[\w.]*|\w+"
    r"|<-|\+\+|--|&&|\|\||&\^=?|(?:<<|>>)=?|[:!=<>+\-*/%&|^]=|\.\.\.|\n[\t\n]*|[^\s]"
)
WORDS = """
break case chan const continue default defer else fallthrough for func go goto if import interface
map package range return select struct switch type var + - * / % & | ^ << >> &^ += &= && || <- ++ --
== < > = ! ~ != <= >= := ... ( ) [ ] { } , ; . : x T 0 1.5 "s" `r` 'c' nil
"""


@cache
def go() -> Language:
    """The language of the installed toolchain."""
    return Language(
        name="go",
        parser=f"gofmt of {gotools.version()}",
        judge=judges.go,
        library=lambda: gotools.goroot() / "src",
        suffix=".go",
        read=Path.read_bytes,
        fragments=_fragments,
        token=TOKEN,
        tokens=(*WORDS.split(), "\n", "/* c */", "// c\n"),
        ends=('"', "'", "`", "*/"),
    )


def _fragments(source: bytes) -> Iterator[bytes]:
    """Declarations, and statements of functions, each with what makes it a file."""
    lines = source.decode().split("\n")
    for chunk in _indented_chunks(lines, ""):
        if re.match(r"(func|type|var|const)\b", chunk):
            yield f"package p\n\n{chunk}\n".encode()
    for chunk in _indented_chunks(lines, "\t"):
        yield f"package p\n\nfunc f() {{\n{chunk}\n}}\n".encode()


def _indented_chunks(lines: list[str], indent: str, longest: int = 12) -> Iterator[str]:
    """Lines with exactly this indent, each with the deeper ones up to its closing bracket."""
    start = 0
    while start < len(lines):
        end = start
        if _has_indent(lines[start], indent):
            while end + 1 < len(lines) and _goes_on(lines[end + 1], indent):
                end += 1
            if end - start < longest:
                yield "\n".join(lines[start : end + 1])
        start = end + 1


def _has_indent(line: str, indent: str) -> bool:
    return line.startswith(indent) and line[len(indent) : len(indent) + 1].strip() != ""


def _goes_on(line: str, indent: str) -> bool:
    return line.startswith(indent + "\t") or bool(re.match(indent + r"[)}\]]", line))
