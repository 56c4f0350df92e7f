"""What `maze generate` refuses, and how it says so."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import RunMaze


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "error: no prompt\n"),
        ([""], "error: the prompt is empty\n"),
        (["  \n"], "error: the prompt is empty\n"),
        (["say hello"], "error: the prompt doesn't name a language\n"),
        (["x", "-l", "pyhton"], "error: unknown language `pyhton`\n\nhint: did you mean `python`?"),
        (["x", "-l", "go", "-p", "vllm"], "error: the provider `vllm` is not available yet\n"),
        (["x", "-l", "go", "-g", "python"], "error: `--grammar python` is not for `--language go`"),
        (["x", "-l", "tsx", "-g", "typescript"], "error: `--grammar typescript` is not for"),
        (
            ["x", "-g", "typescript/none"],
            "error: no style `none` for TypeScript\n\nhint: there are",
        ),
        (["x", "-l", "ts", "--style", "none"], "error: no style `none` for TypeScript\n"),
        (["x", "-l", "go", "--style", "x"], "error: no style `x` for Go\n\nhint: it is written in"),
        (["x", "-g", "tsx:type", "--style", "semicolons"], "error: `--style` and `--grammar` are"),
        (
            ["x", "-l", "ts", "--style", "semicolons", "--no-constrain"],
            "error: `--style` and",
        ),
        (["x", "-l", "go", "-n", "0"], "error: `--samples` is a whole number, 1 or more\n"),
        (["x", "-l", "go", "-n", "2", "-o", "f"], "error: 2 samples don't fit in one text\n"),
        (["x", "-l", "go", "-g", "no.lark"], "error: invalid grammar `no.lark`\n"),
        (["x", "-l", "go", "-o", "no/such/f.go"], "error: can't write `no/such/f.go`: no such"),
        (["x", "-l", "go", "-o", "home"], "error: can't write `home`: it is a directory\n"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_runs(
    run_maze: RunMaze, arguments: list[str], message: str
) -> None:
    run = run_maze("generate", *arguments)
    assert run.stderr.startswith(message)
    assert "Traceback" not in run.stderr
    assert (run.stdout, run.returncode) == ("", 2)


@pytest.mark.parametrize(
    "options",
    [
        ["--max-tokens", "0"],
        ["--max-tokens", "many"],
        ["--temperature", "-1"],
        ["--temperature", "101"],
        ["--top-p", "0"],
        ["--seed", "1.5"],
        ["-p", "nobody"],
    ],
)
def test_a_wrong_value_names_its_flag(run_maze: RunMaze, options: list[str]) -> None:
    run = run_maze("generate", "a Go function", *options)
    name = {"-p": "--provider"}.get(options[0], options[0])
    assert name in run.stderr.splitlines()[0]
    assert (run.stdout, run.returncode) == ("", 2)


def test_a_grammar_that_the_engine_refuses_is_shown_with_its_place(
    run_maze: RunMaze, tmp_path: Path, tiny: str
) -> None:
    (tmp_path / "bad.lark").write_text("start: WORD\nWORD: /[a-z]+(?=!)/\n")
    run = run_maze("generate", "a word", "-m", tiny, "-g", "bad.lark")
    assert run.stderr.startswith("error: invalid grammar `bad.lark`\n  at 2(")
    assert "     2 | WORD: /[a-z]+(?=!)/\n" in run.stderr
    assert (run.stdout, run.returncode) == ("", 2)


def test_an_unknown_model_names_the_known_ones(run_maze: RunMaze) -> None:
    run = run_maze("generate", "a Go function", "-m", "gpt-9")
    assert run.stderr.startswith("error: no model `gpt-9`\n\nhint: known models: nano")
    assert (run.stdout, run.returncode) == ("", 2)


def test_a_prompt_longer_than_the_context_is_refused(run_maze: RunMaze, summing: list[str]) -> None:
    run = run_maze("generate", *summing, input="x" * 20_000)
    assert run.stderr.startswith("error: the prompt takes ")
    assert (run.stdout, run.returncode) == ("", 2)


def test_a_prompt_that_is_no_text_is_refused(environment: Mapping[str, str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "maze", "generate", "-l", "go"],
        input=b"\xff\xfe",
        env=dict(environment),
        capture_output=True,
        check=False,
    )
    assert run.stderr.startswith(b"error: the prompt on standard input is not UTF-8 text")
    assert (run.stdout, run.returncode) == (b"", 2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["x", "-l", "cobol"], "unknown language `cobol`"),
        ([], "no prompt"),
        (["x", "-l", "go", "-o", "no/f.go"], "can't write `no/f.go`: no such file or directory"),
    ],
)
def test_with_json_an_error_is_an_object_too(
    run_maze: RunMaze, arguments: list[str], message: str
) -> None:
    run = run_maze("generate", *arguments, "--json")
    assert json.loads(run.stdout)["error"]["message"] == message
    assert run.returncode == 2


@pytest.mark.parametrize(
    ("language", "variable", "value"),
    [
        ("go", "MAZE_VALIDATION_PARSER", "toolchain"),
        ("python", "MAZE_VALIDATION_PYTHON_VERSION", "3.14"),
    ],
)
def test_a_parser_that_is_not_there_is_missed_before_anything_runs(
    run_maze: RunMaze, language: str, variable: str, value: str
) -> None:
    environment = {variable: value, "PATH": "/nowhere"}
    run = run_maze("generate", "x", "-l", language, "-m", "no-such-model", env=environment)
    assert "no model" not in run.stderr
    assert (run.stdout, run.returncode) == ("", 2)


def test_a_grammar_in_a_file_is_for_a_language_only_if_the_user_says_so(
    run_maze: RunMaze, summing: list[str]
) -> None:
    setting = {"MAZE_GENERATION_LANGUAGE": "go"}
    plain = run_maze("generate", "a sum in Python", *summing, "--json", env=setting)
    named = run_maze("generate", "a sum", "-l", "python", *summing, "--json", env=setting)
    assert json.loads(plain.stdout)["language"] is None
    assert json.loads(named.stdout)["validation"]["parser"] == {"name": "ast", "result": "accepted"}
