"""Zig: a release brings its library and compiler as source, and its own parser is the judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from tests.conformance import judges, zigtools
from tests.conformance.chunks import indented_chunks
from tests.conformance.corpus import Corpus, Formatter, formatted
from tests.conformance.language import Language

TOKEN = re.compile(
    r"//[^\n]*\n?|\\\\[^\n]*\n?|@?\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
    r"|\d[\w.]*(?<!\.)(?:[eEpP][+-]\d+)?|@?\w+|\.\*|\.\?|\.\.\.?|<<\|?=?|>>=?|[*+-][%|]=?"
    r"|[=!<>*/%+\-&^|]=|\+\+|\*\*|\|\||=>|->|\n[ \n]*|[^\s]"
)
WORDS = """
addrspace align allowzero and anyframe anytype asm break callconv catch comptime const continue
defer else enum errdefer error export extern fn for if inline linksection noalias noinline
nosuspend opaque or orelse packed pub resume return struct suspend switch test threadlocal try
union unreachable var volatile while x T @import @"a b" 0 1.5 0x1F 'c' "s" + - * / % ++ ** || +%
-% *% +| -| *| & | ^ << >> <<| == != < > <= >= = += -= *= /= %= &= |= ^= <<= >>= +%= ! ~ ? . .* .?
.. ... .x .{ => -> : ; , ( ) [ ] { } |x| |*x| :x x: [*] [*c] []
"""
MEMBER = re.compile(r"\s*(?:///.*\n\s*)*(?:pub|export|extern|inline fn|noinline|fn|test)\b|.*,$")


@cache
def zig(version: str = "0.17") -> Language:
    """A version of the language, as the last release of it parses it."""
    release = zigtools.RELEASES[version]
    place = partial(zigtools.library, version)
    library = Corpus(f"Zig {release}: std and compiler", place, ".zig", folders=("std", "compiler"))
    runtime = Corpus(
        f"Zig {release}: compiler_rt and c", place, ".zig", folders=("compiler_rt", "c")
    )
    fmt = Formatter(
        f"zig fmt {release}",
        [zigtools.zig(version), "fmt", "--stdin"],
        re.compile(rb"// *zig fmt: *off"),
    )
    return Language(
        name="zig",
        parser=f"std.zig.Ast of Zig {release}",
        judge=partial(judges.zig, version=version),
        library=library,
        packages=(runtime,),
        formatted=tuple(formatted(each, fmt) for each in (library, runtime)),
        fragments=lambda sources: [list(_fragments(source)) for source in sources],
        token=TOKEN,
        tokens=(*WORDS.split(), "\n", "// c\n", "/// d\n", "\\\\s\n"),
        ends=('"', "'"),
        needed=("x", "fn", ",", ":", " =", "=>", " =>", "|", "0", " else", "void", " void"),
        options={"version": version},
    )


def _fragments(source: bytes) -> Iterator[bytes]:
    """Declarations, and statements of functions, each with what makes it a file."""
    lines = source.decode().split("\n")
    for chunk in indented_chunks(lines, "", " "):
        yield f"{chunk}\n".encode()
    for indent in (" " * 4, " " * 8):
        for chunk in indented_chunks(lines, indent, " "):
            around = "const T = struct" if MEMBER.match(chunk) else "fn f() void"
            end = ";" if around.startswith("const") else ""
            yield f"{around} {{\n{chunk}\n}}{end}\n".encode()
