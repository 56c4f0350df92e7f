"""`maze validate`: many files, one report each, a sum, an exit code."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import RunMaze


def test_a_valid_file(run_maze: RunMaze, tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text("x = 1\n")
    run = run_maze("validate", "good.py")
    assert (run.stdout, run.stderr, run.returncode) == ("good.py: valid\n", "", 0)


def test_many_files_are_all_looked_at_and_summed_up(run_maze: RunMaze, tmp_path: Path) -> None:
    (tmp_path / "good.go").write_text("package main\n")
    (tmp_path / "bad.py").write_text("def f(:\n    pass\n")
    (tmp_path / "cut.py").write_text("x = (1,\n")
    run = run_maze("validate", "bad.py", "cut.py", "good.go")
    assert run.stdout == (
        "bad.py:1:7: invalid: unexpected `:`, expected a name, `)`, `*` or a new line\n"
        "     1 | def f(:\n"
        "               ^\n"
        "  ast says: invalid syntax\n"
        "cut.py:2:1: incomplete: the text ends too early: "
        "expected an expression, `)` or a new line\n"
        "     2 | \n"
        "         ^\n"
        "good.go: valid\n"
    )
    assert run.stderr == "3 files: 1 invalid, 1 incomplete, 1 valid\n"
    assert run.returncode == 1


def test_a_file_that_is_no_text_is_named_and_the_rest_goes_on(
    run_maze: RunMaze, tmp_path: Path
) -> None:
    (tmp_path / "binary.py").write_bytes(b"\x7fELF\0\0")
    (tmp_path / "latin.py").write_bytes(b"x = 1\ny = '\xe9'\n")
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "good.py").write_text("x = 1\n")
    (tmp_path / "notes.txt").write_text("x = 1\n")
    names = ["binary.py", "latin.py", "folder.py", "none.py", "notes.txt", "good.py"]
    run = run_maze("validate", *names)
    assert run.stdout == (
        "binary.py: error: `binary.py` is not source text: NUL byte at 1:5\n"
        "  hint: it looks like a binary file, or like UTF-16\n"
        "latin.py: error: `latin.py` is not UTF-8: byte 0xe9 at 2:6\n"
        "  hint: convert it first, for example with `iconv -t utf-8`\n"
        "folder.py: error: can't read `folder.py`: is a directory\n"
        "none.py: error: can't read `none.py`: no such file or directory\n"
        "notes.txt: error: the name of `notes.txt` doesn't tell its language\n"
        "  hint: name it with `--language`; "
        "the extensions maze knows are .py, .pyi, .pyw, .go, .rs, .ts, .mts, .cts, .tsx, .zig\n"
        "good.py: valid\n"
    )
    assert run.stderr == "6 files: 5 unreadable, 1 valid\n"
    assert run.returncode == 2


def test_standard_input_needs_a_language(run_maze: RunMaze) -> None:
    named = run_maze("validate", "-", "-l", "python", input="x = 1\n")
    assert (named.stdout, named.returncode) == ("-: valid\n", 0)
    bare = run_maze("validate", "-", input="x = 1\n")
    assert bare.stdout == (
        "-: error: standard input has no extension\n  hint: name it with `--language`\n"
    )
    assert bare.returncode == 2
    twice = run_maze("validate", "-", "-", "-l", "python", input="x = 1\n")
    assert (twice.stdout, twice.returncode) == ("", 2)


def test_a_grammar_of_another_language_is_refused(run_maze: RunMaze) -> None:
    run = run_maze("validate", "-l", "rust", "-g", "python:type", "-", input="int\n")
    assert run.returncode == 2
    assert "`--grammar python:type` is not for `--language rust`" in run.stderr


def test_json_is_one_object_a_file(run_maze: RunMaze, tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text("x = 1\n")
    (tmp_path / "bad.py").write_text("x = = 1\n")
    run = run_maze("validate", "good.py", "bad.py", "none.py", "--json")
    good, bad, none = (json.loads(line) for line in run.stdout.splitlines())
    assert good == {
        "file": "good.py", "verdict": "valid", "error": None,
        "validation": {
            "grammar": "accepted", "parser": {"name": "ast", "result": "accepted"},
            "line": None, "column": None, "message": None,
        },
    }  # fmt: skip
    assert (bad["verdict"], bad["validation"]["line"], bad["validation"]["column"]) == (
        "invalid", 1, 5,
    )  # fmt: skip
    assert none["error"]["message"] == "can't read `none.py`: no such file or directory"
    assert (run.stderr, run.returncode) == ("", 2)


def test_quiet_prints_only_what_is_not_valid(run_maze: RunMaze, tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text("x = 1\n")
    (tmp_path / "also.py").write_text("x = 1\n")
    run = run_maze("validate", "-q", "good.py", "also.py")
    assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)


def test_a_grammar_of_ones_own(run_maze: RunMaze, tmp_path: Path) -> None:
    (tmp_path / "abc.lark").write_text('start: "a" "b"*\n')
    (tmp_path / "good.txt").write_text("abb")
    (tmp_path / "bad.txt").write_text("aca")
    run = run_maze("validate", "-g", "abc.lark", "good.txt", "bad.txt")
    assert run.stdout == (
        "good.txt: valid\n"
        "bad.txt:1:2: invalid: unexpected `ca`, expected `b` or the end of the text\n"
        "     1 | aca\n"
        "          ^\n"
    )
    assert run.returncode == 1


def test_versions_and_dialects_follow_settings_and_extensions(
    run_maze: RunMaze, tmp_path: Path
) -> None:
    (tmp_path / "old.zig").write_text('fn f() void {\n    asm volatile ("" ::: "a", "b");\n}\n')
    (tmp_path / "cast.ts").write_text("const x = <T>y;\n")
    (tmp_path / "cast.tsx").write_text("const x = <T>y;\n")
    run = run_maze("validate", "old.zig", "cast.ts", "cast.tsx")
    verdicts = [line for line in run.stdout.splitlines() if line[:1].isalpha() and ": " in line]
    assert [line.split(": ")[1] for line in verdicts[:3]] == ["invalid", "valid", "incomplete"]
    older = {"MAZE_VALIDATION_ZIG_VERSION": "0.15", "MAZE_VALIDATION_PARSER": "grammar"}
    assert run_maze("validate", "old.zig", env=older).stdout == "old.zig: valid\n"


def test_the_settings_choose_parser_and_version(run_maze: RunMaze, tmp_path: Path) -> None:
    (tmp_path / "group.py").write_text("try:\n    pass\nexcept* E:\n    pass\n")
    old = run_maze("validate", "group.py", env={"MAZE_VALIDATION_PYTHON_VERSION": "3.10"})
    assert (old.stdout.splitlines()[0][:21], old.returncode) == ("group.py:3:7: invalid", 1)
    alone = run_maze("validate", "--json", "group.py", env={"MAZE_VALIDATION_PARSER": "grammar"})
    assert json.loads(alone.stdout)["validation"]["parser"] is None
