"""The starts of the grammars beside whole files."""

from __future__ import annotations

import pytest

from tests.conformance.acceptor import Acceptor
from tests.conformance.language import STARTS, LanguageName, Profile
from tests.conformance.languages import language

PARTS: dict[LanguageName, dict[str, bytes]] = {
    "python": {
        "function": b"def f(x):\n    return x\n",
        "statement": b"if x:\n    y = 1\n",
        "expression": b"f(x) + 1\n",
        "type": b"list[int] | None\n",
        "block": b"    x = 1\n    y = 2\n",
    },
    "go": {
        "function": b"func f(x int) int {\n\treturn x\n}",
        "statement": b"if x > 1 {\n\ty++\n}",
        "expression": b'f(x)[1:] == "a"',
        "type": b"map[string][]*T",
        "block": b"{\n\tf()\n}",
    },
    "rust": {
        "function": b"fn f<T>(x: T) -> T {\n    x\n}",
        "statement": b"let x = 1;",
        "expression": b"f(x)[1..] == 'a'",
        "type": b"&'a mut [Vec<T>; 2]",
        "block": b"{\n    let x = 1;\n    x\n}",
    },
    "typescript": {
        "function": b"function f<T>(x: T): T {\n  return x;\n}",
        "statement": b"let x: T = 1;",
        "expression": b"f(x)[1] === 'a'",
        "type": b"{ a: T[] } | (() => U)",
        "block": b"{\n  let x = 1;\n}",
    },
    "tsx": {
        "function": b"function F() {\n  return <a />;\n}",
        "statement": b"const x = <a b={c}>d</a>;",
        "expression": b"<a />",
        "type": b"{ a: T[] } | (() => U)",
        "block": b"{\n  let x = <a />;\n}",
    },
    "zig": {
        "function": b"fn f(x: u8) u8 {\n    return x;\n}",
        "statement": b"const y = x + 1;",
        "expression": b"f(x)[1..] == 'a'",
        "type": b"[]const *T",
        "block": b"{\n    f();\n}",
    },
}
# What else a start takes: in Python a type is any expression, in Rust and Zig a block is one too.
ALSO = {
    ("python", "statement"): {"function", "expression", "type"},
    ("python", "expression"): {"type"},
    ("python", "type"): {"expression"},
    ("go", "statement"): {"block"},
    ("rust", "statement"): {"function", "expression", "block"},
    ("rust", "expression"): {"block"},
    ("typescript", "statement"): {"function", "block"},
    ("typescript", "expression"): {"function"},
    ("tsx", "statement"): {"function", "block"},
    ("tsx", "expression"): {"function"},
    ("zig", "statement"): {"block"},
    ("zig", "expression"): {"type", "block"},
}


@pytest.mark.parametrize("profile", ["full", "generate"])
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("name", PARTS)
def test_a_start_takes_what_its_name_says(name: LanguageName, start: str, profile: Profile) -> None:
    acceptor = Acceptor(language(name).grammar(profile, start))
    accepted = {part for part, text in PARTS[name].items() if acceptor.accepts(text)}
    also = ALSO.get((name, start), set())
    if name in ("typescript", "tsx") and start == "statement" and profile == "full":
        also = also | {"expression"}  # a semicolon is needed only where it is always written
    assert accepted == {start} | also


@pytest.mark.parametrize("profile", ["full", "generate"])
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("name", PARTS)
def test_a_part_may_begin_with_a_comment(name: LanguageName, start: str, profile: Profile) -> None:
    acceptor = Acceptor(language(name).grammar(profile, start))
    comment = b"# comment\n" if name == "python" else b"// comment\n"
    assert acceptor.accepts(comment + PARTS[name][start])
    indent = b"\t" if name == "go" else b"    "
    assert acceptor.accepts(indent + comment + PARTS[name][start])


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("name", PARTS)
def test_a_part_may_end_with_lines(name: LanguageName, start: str) -> None:
    acceptor = Acceptor(language(name).grammar("full", start))
    text = PARTS[name][start].rstrip()
    comment = b"# comment" if name == "python" else b"// comment"
    for ending in (b"", b"\n", b"\n\n", b"  " + comment, b"\n" + comment + b"\n\n"):
        assert acceptor.accepts(text + ending), ending
