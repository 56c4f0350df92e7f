"""`maze generate --prefix`: the text begins as asked, and the grammar is for the whole of it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import RunMaze

PROMPT = ["add two numbers", "--seed", "1", "-q"]


def test_the_text_begins_with_the_prefix(run_maze: RunMaze, tmp_path: Path) -> None:
    (tmp_path / "head.go").write_text("package p\n\n// F adds.\nfunc F(")
    run = run_maze("generate", *PROMPT, "--prefix", "@head.go", "-o", "f.go")
    assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)
    assert (tmp_path / "f.go").read_text().startswith("package p\n\n// F adds.\nfunc F(")
    printed = run_maze("generate", *PROMPT, "-l", "python", "--prefix", "def add(a, b):").stdout
    assert printed.startswith("def add(a, b):")
    assert run_maze("validate", "-l", "python", "-", input=printed).returncode == 0


@pytest.mark.parametrize(
    ("options", "prefix", "grammar", "profile"),
    [
        ([], "const x", "typescript", "generate"),
        ([], "const x = 1;\n", "typescript", "generate"),
        ([], "const x = 1\n", "typescript/no-semicolons", "generate"),
        ([], "const x = 1\nconst y = x\nconst z =", "typescript/no-semicolons", "generate"),
        ([], "function f() {\n", "typescript", "generate"),
        ([], "function f() {\n  foo()\n", "typescript/no-semicolons", "generate"),
        ([], "function f() {\n  foo();\n  ", "typescript", "generate"),
        ([], "class A {\n  x = 1\n  ", "typescript/no-semicolons", "generate"),
        ([], "type A = {\n  b: string\n", "typescript/no-semicolons", "generate"),
        ([], "d('x', () => {\n  i('y', () => {\n    f()\n", "typescript/no-semicolons", "generate"),
        ([], "const a = [\n  1,\n", "typescript", "generate"),
        (["--style", "no-semicolons"], "const x", "typescript/no-semicolons", "generate"),
        ([], "const   x = 1;\n", "typescript", "full"),
        (["-g", "typescript:type"], "A |", "typescript:type", "generate"),
        (["-g", "typescript:type"], "A|", "typescript:type", "full"),
    ],
)
def test_the_prefix_chooses_style_and_profile(
    run_maze: RunMaze, options: list[str], prefix: str, grammar: str, profile: str
) -> None:
    command = ["generate", *PROMPT, "-l", "ts", "--prefix", prefix, "--max-tokens", "8", *options]
    result = json.loads(run_maze(*command, "--json").stdout)
    assert result["text"].startswith(prefix)
    assert result["verdict"] in ("valid", "incomplete")
    assert result["grammar"]["name"] == grammar
    shown = run_maze("grammar", "show", grammar, "--profile", profile).stdout
    assert result["grammar"]["sha256"] == sha256(shown.encode()).hexdigest()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--prefix", "def f(:"], "error: the prefix is refused at 1:7: unexpected `:`, expected "),
        (["--prefix", "@none.py"], "error: can't read `none.py`: no such file or directory"),
        (["--prefix", "# " + "a " * 20_000], "error: the prompt and the prefix take "),
        (["--prefix", "\udce9"], "error: the prefix is not UTF-8 text"),
        (["--prefix", "@-"], "error: the prefix can't be standard input"),
        (["--prefix", "@dataclass\nclass A:"], "error: can't read `dataclass\nclass A:`: no such"),
    ],
)
def test_a_prefix_that_cannot_be_continued_is_refused(
    run_maze: RunMaze, options: list[str], message: str
) -> None:
    run = run_maze("generate", *PROMPT, "-l", "python", *options)
    assert run.stderr.startswith(message)
    assert "\nhint: " in run.stderr
    assert (run.stdout, run.returncode) == ("", 2)


def test_a_grammar_of_ones_own_goes_on_from_a_prefix(
    run_maze: RunMaze, tmp_path: Path, tiny: str
) -> None:
    # The names are those of languages, but they are files.
    for name in ("zig/mine", "./go"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text('start: "select " NAME ";"\nNAME: /[a-z]{1,3}/\n')
        options = ["-m", tiny, "-g", name, "--prefix", "select a", "--json"]
        result = json.loads(run_maze("generate", *PROMPT, *options).stdout)
        assert (result["verdict"], result["language"]) == ("valid", None)
        assert result["text"].startswith("select a")
        assert result["text"].endswith(";")


def test_a_text_that_cannot_be_judged_is_kept_with_its_prefix(
    run_maze: RunMaze, tmp_path: Path
) -> None:
    (tmp_path / "gofmt").write_text("#!/bin/sh\nexit 9\n")
    (tmp_path / "gofmt").chmod(0o755)
    command = ["generate", *PROMPT, "-l", "go", "--prefix", "package prefixed\n"]
    run = run_maze(*command, env={"PATH": str(tmp_path)})
    kept = run.stderr.partition("the text was kept in `")[2].partition("`")[0]
    assert Path(kept).read_text().startswith("package prefixed\n")
    assert (run.stdout, run.returncode) == ("", 3)


def test_without_a_grammar_the_text_is_judged_with_its_prefix(run_maze: RunMaze) -> None:
    command = ["generate", *PROMPT, "-l", "python", "--no-constrain", "--max-tokens", "1"]
    result = json.loads(run_maze(*command, "--prefix", "x = = 1\n", "--json").stdout)
    assert (result["verdict"], result["validation"]["column"]) == ("invalid", 5)
