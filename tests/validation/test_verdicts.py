"""Verdicts: what is valid, incomplete or invalid, where, and what was expected there."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

import maze
from maze import doctor
from maze.errors import MazeError, UsageError
from maze.grammar.choice import grammar_for
from maze.request import Verdict
from maze.validation.grammar_check import LONG
from maze.validation.parsers import ParserReport, other_python
from maze.validation.place import Place
from tests.conformance import zigtools
from tests.decoding.toys import grammar


def python(text: str) -> Verdict:
    return maze.validate(text, "python")


def go(text: str) -> Verdict:
    return maze.validate(f"package main\n\n{text}", "go")


def test_a_valid_text_is_accepted_by_both() -> None:
    verdict = python("def f(x):\n    return x\n")
    assert (verdict.name, verdict.grammar) == ("valid", "accepted")
    assert verdict.parser is not None
    assert (verdict.parser.name, verdict.parser.result) == ("ast", "accepted")
    assert (verdict.line, verdict.column, verdict.message) == (None, None, None)


def test_go_is_judged_by_gofmt_where_it_is_installed() -> None:
    verdict = go("func main() {\n\tprintln(1)\n}\n")
    assert verdict.parser is not None
    assert (verdict.name, verdict.parser.name) == ("valid", "gofmt")


def test_go_is_judged_by_tree_sitter_without_a_toolchain(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    good, bad = go("func main() {}\n"), go("func main() { x := 1 2 }\n")
    assert good.parser is not None
    assert (good.name, good.parser.name, bad.name) == ("valid", "tree-sitter", "invalid")
    assert go("type a b // a comment at the end").name == "valid"
    with pytest.raises(UsageError, match="`gofmt` is not installed"):
        maze.validate("package main\n", "go", parser="toolchain")


def test_rust_is_judged_by_rustfmt_where_it_is_installed() -> None:
    good, bad = maze.validate("fn f() {}\n", "rust"), maze.validate("\nfn f() { 1 + }\n", "rust")
    assert good.parser is not None
    assert bad.parser is not None
    assert (good.name, good.parser.name) == ("valid", "rustfmt")
    assert (bad.name, bad.line, bad.parser.message) == (
        "invalid",
        2,
        "expected expression, found `}`",
    )


def test_rust_is_judged_by_tree_sitter_without_a_toolchain(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    good, bad = maze.validate("fn f() {}\n", "rust"), maze.validate("fn f() { 1 2 }\n", "rust")
    assert good.parser is not None
    assert (good.name, good.parser.name, bad.name) == ("valid", "tree-sitter", "invalid")
    with pytest.raises(UsageError, match="`rustfmt` is not installed"):
        maze.validate("fn f() {}\n", "rust", parser="toolchain")


def test_a_broken_rustfmt_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "rustfmt").write_text("#!/bin/sh\necho no component >&2\nexit 1\n")
    (tmp_path / "rustfmt").chmod(0o755)
    with pytest.raises(MazeError, match="`rustfmt` failed: no component"):
        maze.validate("fn f() {}\n", "rust")


@pytest.mark.parametrize(
    "says",
    [
        "error: rustup could not choose a version of rustfmt to run, because",
        "error: 'rustfmt' is not installed for the toolchain 'stable-x86_64-unknown-linux-gnu'.",
        "error: toolchain '1.60.0-x86_64-unknown-linux-gnu' is not installed",
    ],
)
def test_the_launcher_alone_is_no_rustfmt(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, says: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "rustfmt").write_text(f'#!/bin/sh\necho "{says}" >&2\nexit 1\n')
    (tmp_path / "rustfmt").chmod(0o755)
    verdict = maze.validate("fn f() {}\n", "rust")
    assert verdict.parser is not None
    assert (verdict.name, verdict.parser.name) == ("valid", "tree-sitter")
    with pytest.raises(MazeError, match="only rustup's launcher") as raised:
        maze.validate("fn f() {}\n", "rust", parser="toolchain")
    assert raised.value.hint == "`rustup component add rustfmt`"
    found = next(each for each in doctor.examine().findings if each.name == "parser rust")
    assert found.good is None
    assert found.detail.startswith("no `rustfmt`: tree-sitter judges")


@pytest.mark.parametrize(
    ("language", "good", "bad", "line", "column", "reason"),
    [
        ("typescript", "const x: T = 1;\n", "\nlet é = (1 2);\n", 2, 12, "')' expected."),
        ("tsx", "<a>b</a>;\n", "\n<a>b</c>;\n", 2, 7, "Expected corresponding JSX closing tag"),
        ("zig", "const x = 1;\n", "\nconst x = 'é' 2;\n", 2, 15, "expected ';' after declaration"),
    ],
)
def test_the_toolchain_judges_where_it_is_installed(
    language: str, good: str, bad: str, line: int, column: int, reason: str
) -> None:
    name = {"zig": "zig fmt"}.get(language, "tsc")
    accepted = maze.validate(good, language).parser
    assert accepted is not None
    assert (accepted.name, accepted.result) == (name, "accepted")
    anything = grammar("start: /(?s:.*)/")
    verdict = maze.validate(bad, language, grammar=anything)
    assert verdict.parser is not None
    assert (verdict.name, verdict.line, verdict.column) == ("invalid", line, column)
    assert str(verdict.parser.message).startswith(reason)


@pytest.mark.parametrize("language", ["typescript", "tsx", "zig"])
def test_tree_sitter_judges_without_a_toolchain(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    text = "const x = 1;\n"
    good, bad = maze.validate(text, language), maze.validate("const x = 1 2;\n", language)
    assert good.parser is not None
    assert (good.name, good.parser.name, bad.name) == ("valid", "tree-sitter", "invalid")
    with pytest.raises(UsageError, match=r"`(tsc|zig)` is not installed"):
        maze.validate(text, language, parser="toolchain")


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("<a.b c={<d />}>e<></><f:g></f:g></a.b>;\n", None),
        ("<a>b</a >;\n", None),
        ("<aa>b</aa.c>;\n", 8),
        ("<a><bb>é</bc></a>;\n", 11),
        ("<a><></></a.b>;\n", 11),
    ],
)
def test_an_element_ends_with_its_name(text: str, column: int | None) -> None:
    for choice in ("tree-sitter", "toolchain"):
        verdict = maze.validate(text, "tsx", parser=choice)  # type: ignore[arg-type]
        assert verdict.name == ("invalid" if column else "valid")
        assert verdict.column == column
        assert verdict.grammar == "accepted"


def test_what_tsc_says_of_other_things_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    def tsc(script: str) -> None:
        (tmp_path / "tsc").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "tsc").chmod(0o755)

    old = "tsconfig.json(1,1): error TS5023: Unknown compiler option 'noCheck'."
    for script, reason, hint in (
        (f'echo "{old}"; exit 1', "tsconfig.json", "TypeScript 5.6 or newer is needed; or let"),
        ("exit 1", "exit code 1", "let tree-sitter judge"),
        ("echo no node >&2; exit 127", "no node", "let tree-sitter judge"),
        ("echo hi", "hi", "let tree-sitter judge"),
    ):
        tsc(script)
        with pytest.raises(MazeError, match=f"`tsc` failed: {reason}") as raised:
            maze.validate("f();\n", "typescript")
        assert str(raised.value.hint).startswith(hint)
    tsc("echo RangeError: Maximum call stack size exceeded >&2; exit 7")
    verdict = maze.validate("f();\n", "typescript")
    assert (verdict.name, verdict.grammar) == ("invalid", "accepted")
    assert "too deeply nested" in str(verdict.message)


def test_a_folder_that_cannot_be_written_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    with pytest.raises(MazeError, match="can't write a file for `tsc`: "):
        maze.validate("f();\n", "typescript")


def test_types_and_other_files_are_not_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "tsconfig.json").write_text("{ no json")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    text = (
        '/// <reference path="./x.d.ts" />\nimport { a } from "nowhere";\nlet x: Missing = a + 1;\n'
    )
    assert maze.validate(f"{text}let x = 'a' - 1;\n", "typescript").name == "valid"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("const s = '\U0001f4a5\u2028\U0001f4a5'; <aa>b</ac>;\n", 1, 25),
        ("const s = '\u2029';\r\n<aa>b</ac>;\n", 2, 8),
        ("f();\r<aa>b</ac>;\r", 1, 13),
        ("\ufeff<aa>b</ac>;", 1, 9),
        ("\ufefff();\n<aa>b</ac>;", 2, 8),
    ],
)
def test_a_place_of_tsc_is_one_of_the_text(text: str, line: int, column: int) -> None:
    verdicts = [
        maze.validate(text, "tsx", parser="toolchain"),
        maze.validate(text, "tsx", parser="tree-sitter"),
    ]
    assert [(each.line, each.column) for each in verdicts] == [(line, column)] * 2


def test_another_zig_than_the_settings_say_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "const a = [_]u8{1} ** 2;\n"
    old = maze.validate(text, "zig", zig_version="0.16")
    assert old.parser is not None
    assert (old.name, old.parser.name) == ("invalid", f"zig fmt {zigtools.RELEASES['0.17']}")
    (tmp_path / "zig").write_text('#!/bin/sh\n[ "$1" != version ] || echo 0.16.0\n')
    (tmp_path / "zig").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    new = maze.validate(text, "zig", zig_version="0.16")
    assert new.parser is not None
    assert (new.name, new.parser.name) == ("valid", "zig fmt")


def test_a_program_is_found_on_a_relative_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gofmt").write_text("#!/bin/sh\ncat\n")
    (tmp_path / "bin" / "gofmt").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"bin{os.pathsep}{os.environ['PATH']}")
    verdict = maze.validate("package p\n", "go")
    assert verdict.parser is not None
    assert (verdict.name, verdict.parser.name) == ("valid", "gofmt")


def test_the_folder_where_maze_runs_configures_no_rustfmt(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "rustfmt.toml").write_text("no_such_option = 1\nedition = '2015'\n")
    (tmp_path / "rust-toolchain.toml").write_text("[toolchain]\nchannel = '1.60.0'\n")
    monkeypatch.chdir(tmp_path)
    assert maze.validate("async fn f() {}\n", "rust").name == "valid"


def test_an_older_edition_has_other_keywords() -> None:
    assert maze.validate("fn gen() {}\n", "rust", rust_edition="2021").name == "valid"
    assert maze.validate("fn gen() {}\n", "rust").name == "invalid"


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("python:block", "    x = 1\n    y = 2\n", "    x = 1\n  y = 2\n"),
        ("python:type", "list[int] | None", "x: int"),
        ("python:expression", "a + 1", "a = 1"),
        ("go:function", "func f() {}", "var x int"),
        ("go:statement", "x := 1", "func f() {}"),
        ("go:expression", "f(x)[1]", "x := 1"),
        ("go:type", "map[string]int", "x + 1"),
        ("go:block", "{\n\tf()\n}", "f()"),
        ("rust:function", "fn f() {}", "let x = 1;"),
        ("rust:statement", "let x = 1;", "let x ="),
        ("rust:expression", "a + { b; c }", "let x = 1;"),
        ("rust:type", "&'a mut Vec<u8>", "1 + 1"),
        ("rust:block", "{ a; b }", "a; b"),
        ("typescript:function", "function f(): T {}", "let x = 1"),
        ("typescript:statement", "let x = 1;", "let x ="),
        ("typescript:expression", "a as T", "let x = 1"),
        ("typescript:type", "A | (() => B)[]", "1 + 1"),
        ("typescript:block", "{ a; b }", "a; b"),
        ("tsx:expression", "<a b={c} />", "let x = 1"),
        ("tsx/no-semicolons:statement", "<a />", "let x ="),
        ("zig:function", "fn f() void {}", "const x = 1;"),
        ("zig:statement", "const x = 1;", "const x ="),
        ("zig:expression", "a + if (b) c else d", "const x = 1;"),
        ("zig:type", "[]const u8", "1 ; 1"),
        ("zig:block", "{ a; }", "a;"),
    ],
)
def test_parts_of_a_language_are_judged_as_parts_of_a_file(name: str, good: str, bad: str) -> None:
    language = name.partition(":")[0].partition("/")[0]
    part = grammar_for(None, "full", named=name)
    verdict = maze.validate(good, language, grammar=part)
    assert verdict.parser is not None
    assert (verdict.name, verdict.parser.result) == ("valid", "accepted")
    assert verdict.parser.name != "tree-sitter"
    comment = "# comment\n" if language == "python" else "// comment\n"
    assert maze.validate(comment + good, language, grammar=part).name == "valid"
    verdict = maze.validate(bad, language, grammar=part)
    assert verdict.name in ("invalid", "incomplete")
    if name == "go:block":
        assert verdict.parser is not None
        assert verdict.parser.result == "refused"


def test_the_place_in_a_part_is_counted_in_the_part() -> None:
    assert Place(3, 1).behind("package p\nfunc _() {\n") == Place(1, 1)
    assert Place(2, 12).behind("package p\nvar _ = ") == Place(1, 4)
    assert Place(3, 5).behind("package p\nvar _ = ") == Place(2, 5)
    assert Place(1, 1).behind("if True:\n") == Place(1, 1)


def test_the_grammar_alone_judges_if_the_user_says_so() -> None:
    assert maze.validate("x = 1\n", "python", parser="grammar").parser is None


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("y = x +\n", 1, 8, "unexpected end of line, expected an expression"),
        ("f(x:\n", 1, 4, "unexpected `:`, expected `)`, `,`, an operator or a new line"),
        ("def f(x:\n  if 1\n", 2, 3, "unexpected `if`, expected an expression or a new line"),
        ("for x in y\n  z\n", 1, 11, "unexpected end of line, expected `,`, `:` or an operator"),
        ("class A\n    pass\n", 1, 8, "unexpected end of line, expected `:` or `(`"),
        ("x = 1\n  y = 2\n", 2, 3, "unexpected `y`, expected a new line or the end of the text"),
        ("é = ¿\n", 1, 5, "unexpected `¿`, expected an expression"),
    ],
)  # fmt: skip
def test_an_invalid_python_text_has_a_place_and_a_reason(
    text: str, line: int, column: int, message: str
) -> None:
    verdict = python(text)
    assert (verdict.name, verdict.line, verdict.column) == ("invalid", line, column)
    assert verdict.message == message
    assert verdict.grammar == "refused"
    assert verdict.parser is not None
    assert verdict.parser.result == "refused"


@pytest.mark.parametrize(
    ("text", "line", "column", "start"),
    [
        ("func main() {\n\tx := 1 2\n}\n", 4, 9, "unexpected `2`, expected "),
        ("func main() {\n\tif x {\n\t}\n\telse {\n\t}\n}\n", 6, 2, "unexpected `else`, expected "),
        ("fun main() {}\n", 3, 1, "unexpected `fun`, expected "),
    ],
)
def test_an_invalid_go_text_has_a_place_and_a_reason(
    text: str, line: int, column: int, start: str
) -> None:
    verdict = go(text)
    assert (verdict.name, verdict.line, verdict.column) == ("invalid", line, column)
    assert str(verdict.message).startswith(start)


@pytest.mark.parametrize("text", ["def f(", "x = [1,\n", "if x:\n", "s = '''abc", "try:\n    x\n"])
def test_a_prefix_of_a_valid_python_text_is_incomplete(text: str) -> None:
    verdict = python(text)
    assert (verdict.name, verdict.grammar, verdict.parser) == ("incomplete", "incomplete", None)
    assert str(verdict.message).startswith("the text ends too early: expected ")


@pytest.mark.parametrize("text", ["func main() {", "var x = ", "import (\n"])
def test_a_prefix_of_a_valid_go_text_is_incomplete(text: str) -> None:
    assert go(text).name == "incomplete"


def test_an_empty_python_file_is_valid_and_an_empty_go_file_is_not() -> None:
    assert python("").name == "valid"
    assert maze.validate("", "go").name == "incomplete"


def test_what_only_the_parser_refuses_is_invalid_and_names_both() -> None:
    verdict = maze.validate("x = 1 +", "python", grammar=grammar("start: /(?s:.*)/"))
    assert (verdict.name, verdict.grammar, verdict.line) == ("invalid", "accepted", 1)
    assert verdict.message == "the grammar accepts the text, `ast` refuses it: invalid syntax"


def test_what_only_the_grammar_refuses_is_invalid_and_names_both() -> None:
    verdict = maze.validate("x = 1\n", "python", grammar=grammar('start: "y"'))
    assert verdict.name == "invalid"
    assert verdict.message == (
        "unexpected `x`, expected `y` (`ast` accepts the text: the grammar may lack this syntax)"
    )


def test_a_long_text_is_judged_as_a_short_one() -> None:
    line = "x = '<|code|> \u00e9 \U0001f600'\n"  # a word of the vocabulary that stands for no text
    long = line * (2 * LONG // len(line))
    assert python(long).name == "valid"
    assert python(f"{long}y = (").name == "incomplete"
    refused = python(f"{long}y = = 1\n")
    assert (refused.name, refused.line, refused.column) == ("invalid", long.count("\n") + 1, 5)


def test_an_older_python_refuses_newer_syntax() -> None:
    text = "match x:\n    case 1:\n        pass\n"
    group = "try:\n    pass\nexcept* E:\n    pass\n"
    assert maze.validate(text, "python", python_version="3.10").name == "valid"
    assert maze.validate(group, "python", python_version="3.10").name == "invalid"
    assert maze.validate(group, "python", python_version="3.11").name == "valid"


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="no version is newer than the running one")
def test_a_newer_python_must_be_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken, kept = tmp_path / "shims", tmp_path / "versions" / "3.14.2" / "bin"
    broken.mkdir()
    kept.mkdir(parents=True)
    monkeypatch.setenv("PATH", f"{broken}{os.pathsep}{tmp_path}")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    # As pyenv's launchers do for a version that isn't activated.
    (broken / "python3.14").write_text("#!/bin/sh\nexit 127\n")
    (broken / "python3.14").chmod(0o755)
    with pytest.raises(MazeError, match=r"`python3\.14` is not installed"):
        maze.validate("type X = int\n", "python", python_version="3.14")
    os.symlink(sys.executable, kept / "python3.14")
    assert maze.validate("x = 1\n", "python", python_version="3.14").name == "valid"
    (kept / "python3.14").unlink()
    # The interpreter's name is all that counts: this one stands in for 3.14.
    os.symlink(sys.executable, tmp_path / "python3.14")
    assert maze.validate("x = 1\n", "python", python_version="3.14").name == "valid"
    other = python_parser_3_14(b"x = = 1\n")
    assert (other.accepted, other.message) == (False, "invalid syntax")
    (tmp_path / "python3.14").unlink()
    (tmp_path / "python3.14").write_text('#!/bin/sh\n[ -z "$3" ] || exit 9\n')
    (tmp_path / "python3.14").chmod(0o755)
    with pytest.raises(MazeError, match="failed: exit code 9"):
        maze.validate("x = 1\n", "python", python_version="3.14")


def python_parser_3_14(source: bytes) -> ParserReport:
    return other_python((3, 14))(source)


def test_odd_bytes_are_refused_with_a_place() -> None:
    assert python("x = 1\0\n").name == "invalid"
    assert python("x = '\ud800'\n").name == "invalid"
    assert python("\ufeffx = 1\n").name == "valid"


def test_deep_nesting_is_a_verdict_and_not_a_crash() -> None:
    assert python("(" * 150 + "1" + ")" * 150 + "\n").name == "valid"
    assert python("(" * 5000 + "1" + ")" * 5000 + "\n").name == "invalid"
