"""Rust: Debian has the sources of its library, compiler and tools, and rustc is the judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from tests.conformance import judges, rusttools
from tests.conformance.chunks import indented_chunks
from tests.conformance.corpus import Corpus, Formatter, formatted
from tests.conformance.language import Language
from tests.conformance.packages import debian

TOKEN = re.compile(
    r"//[^\n]*|/\*(?s:.*?)\*/|[bc]?r(?:\"[^\"]*\"|#\"(?s:.*?)\"#|##\"(?s:.*?)\"##)"
    r"|[bc]?\"(?:\\(?s:.)|[^\"\\])*\"|b?'(?:\\.[^']*|[^'\\\n])'|'\w+"
    r"|\d\w*(?:\.\d\w*)?|(?:r#)?\w+|<<=|>>=|\.\.[.=]|\.\.|[:<>=&|+\-*/%^!]=|::|->|=>|<-|&&|\|\||<<|>>"
    r"|\n[ \n]*|[^\s]"
)
WORDS = """
as async await break const continue crate dyn else enum extern false fn for gen if impl in let loop
match mod move mut pub ref return self Self static struct super trait true type unsafe use where
while union macro_rules x T 'a 0 1.5 1u8 "s" b"s" r"s" 'c' _ + - * / % ^ ! & | && || << >> += -= &=
== < > = != <= >= @ . .. ... ..= , ; : :: -> => # $ ? ~ ( ) [ ] { } #[x] #![x] ///d
"""
PACKAGES = (
    "librust-tokio-dev",
    "librust-cargo-dev",
    "librust-sequoia-openpgp-dev",
    "librust-syn-dev",
    "librust-regex-dev",
    "librust-nix-dev",
)
MEMBER = re.compile(r"\s*(?:pub|fn|const|type|(?:async|unsafe|default|extern)\s.*fn)\b")
# Of the sources of Rust itself. Debian's `rust-src` is as old as the distribution; this one is for
# its browsers, and new.
SOURCES = "rust-web-src"
# What the compiler's speed is measured on: copies of crates, many of them of editions before 2021.
OLD = ("/rustc-perf/collector/",)
FOLDERS = tuple(
    f"usr/src/*/{part}"
    for part in ("library", "compiler", "src/tools", "src/bootstrap", "src/librustdoc")
)


@cache
def rust(edition: str = "2024") -> Language:
    """An edition of the language."""
    library = Corpus(SOURCES, partial(debian, SOURCES), ".rs", folders=FOLDERS, without=OLD)
    packages = tuple(Corpus(each, partial(debian, each), ".rs") for each in PACKAGES)
    rustfmt = Formatter(
        f"rustfmt of {rusttools.version()}, edition {edition}",
        [rusttools.rustfmt(), "--quiet", "--edition", edition],
        re.compile(rb"rustfmt::skip|rustfmt_skip|// rustfmt-\w+"),
        other_layout,
    )
    return Language(
        name="rust",
        parser=f"{rusttools.version()}, edition {edition}",
        judge=partial(judges.rust, edition=edition),
        library=library,
        packages=packages,
        formatted=tuple(formatted(each, rustfmt) for each in (library, *packages)),
        fragments=lambda sources: [list(_fragments(source)) for source in sources],
        token=TOKEN,
        tokens=(*WORDS.split(), "\n", "/* c */", "// c\n"),
        ends=('"', "'", "*/", '"#', '"##'),
        needed=("x", "fn", " x", ">", " =", "=>", " =>", ":", ",", "|", "0", " in", " else", "!"),
        options={"edition": edition},
        unstable=partial(_unstable, edition=edition),
        older="2021" if edition == "2024" else None,
    )


def other_layout(source: bytes) -> bytes:
    """The program with one blank more wherever there are blanks between tokens."""
    pieces = []
    end = 0
    text = source.decode()
    for found in TOKEN.finditer(text):
        blanks = text[end : found.start()]
        token = found.group()
        # A line end with the blanks behind it is a token.
        more = " " if blanks or (token.startswith("\n") and token.endswith(" ")) else ""
        pieces += [blanks, more, token] if blanks else [token, more]
        end = found.end()
    return "".join([*pieces, text[end:]]).encode()


def _unstable(program: bytes, place: int, edition: str) -> str:
    """What rustc says of the syntax that begins on the line of that byte, if it isn't stable."""
    line = program.rfind(b"\n", 0, place) + 1
    # Up to the token that begins there.
    last = place + len(program[place:]) - len(program[place:].lstrip()) + 1
    for start, said in rusttools.experimental(program, edition):
        if line <= start <= last:
            return f"rustc: {said}"
    return ""


def _fragments(source: bytes) -> Iterator[bytes]:
    """Items, and statements of functions, each with what makes it a file."""
    lines = source.decode().split("\n")
    for chunk in indented_chunks(lines, "", " "):
        yield f"{chunk}\n".encode()
    for indent in (" " * 4, " " * 8):
        for chunk in indented_chunks(lines, indent, " "):
            around = "impl T" if MEMBER.match(chunk) else "fn f()"
            yield f"{around} {{\n{chunk}\n}}\n".encode()
