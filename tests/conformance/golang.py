"""Go: the library comes with the toolchain, packages from Debian; gofmt's parser is the judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from tests.conformance import gotools, judges
from tests.conformance.chunks import indented_chunks
from tests.conformance.corpus import Corpus, Formatter, formatted
from tests.conformance.language import Language
from tests.conformance.packages import debian

TOKEN = re.compile(
    r"//[^\n]*|/\*(?s:.*?)\*/|`[^`]*`|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|[\w.]*\d[\w.]*|\w+"
    r"|<-|\+\+|--|&&|\|\||&\^=?|(?:<<|>>)=?|[:!=<>+\-*/%&|^]=|\.\.\.|\n[\t\n]*|[^\s]"
)
WORDS = """
break case chan const continue default defer else fallthrough for func go goto if import interface
map package range return select struct switch type var + - * / % & | ^ << >> &^ += &= && || <- ++ --
== < > = ! ~ != <= >= := ... ( ) [ ] { } , ; . : x T 0 1.5 "s" `r` 'c' nil
"""


PACKAGES = (
    "golang-golang-x-tools-dev",
    "golang-gvisor-gvisor-dev",
    "golang-github-cilium-ebpf-dev",
    "golang-google-grpc-dev",
)


@cache
def go() -> Language:
    """The language of the installed toolchain."""
    library = Corpus("Go's library", lambda: gotools.goroot() / "src", ".go")
    packages = tuple(Corpus(each, partial(debian, each), ".go") for each in PACKAGES)
    gofmt = Formatter(f"gofmt of {gotools.version()}", [gotools.gofmt()])
    return Language(
        name="go",
        parser=f"gofmt of {gotools.version()}",
        judge=judges.go,
        library=library,
        packages=packages,
        formatted=tuple(formatted(each, gofmt) for each in (library, *packages)),
        fragments=lambda sources: [list(_fragments(source)) for source in sources],
        token=TOKEN,
        tokens=(*WORDS.split(), "\n", "/* c */", "// c\n"),
        ends=('"', "'", "`", "*/"),
        needed=("x", "func", " x", "0", " =", " :=", ":"),
    )


def _fragments(source: bytes) -> Iterator[bytes]:
    """Declarations, and statements of functions, each with what makes it a file."""
    lines = source.decode().split("\n")
    for chunk in indented_chunks(lines, "", "\t"):
        if re.match(r"(func|type|var|const)\b", chunk):
            yield f"package p\n\n{chunk}\n".encode()
    for chunk in indented_chunks(lines, "\t", "\t"):
        yield f"package p\n\nfunc f() {{\n{chunk}\n}}\n".encode()
