"""The smaller commands: version, help, completion, grammar, model, doctor."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from llguidance import LLMatcher

from maze.languages import LANGUAGES
from tests.conftest import RunMaze


def test_version_names_maze_llguidance_and_python(run_maze: RunMaze) -> None:
    from importlib.metadata import version

    python = ".".join(str(part) for part in sys.version_info[:3])
    assert run_maze("--version").stdout == (
        f"maze {version('maze')} (llguidance {version('llguidance')}, Python {python})\n"
    )


def test_without_a_command_the_help_is_printed(run_maze: RunMaze) -> None:
    run = run_maze()
    assert "Usage: maze [OPTIONS] COMMAND" in run.stdout + run.stderr
    assert run.returncode == 2


def test_an_unknown_command_and_an_unknown_option_are_usage_errors(run_maze: RunMaze) -> None:
    assert run_maze("genrate").returncode == 2
    run = run_maze("generate", "x", "--tempreature", "1")
    assert "--tempreature" in run.stderr
    assert (run.stdout, run.returncode) == ("", 2)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_the_commands(run_maze: RunMaze, shell: str) -> None:
    run = run_maze(
        env={
            "_MAZE_COMPLETE": f"complete_{shell}",
            "COMP_WORDS": "maze v",
            "COMP_CWORD": "1",
            "_TYPER_COMPLETE_ARGS": "maze v",
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        }
    )
    assert "validate" in run.stdout


def test_grammar_list_shows_the_languages(run_maze: RunMaze) -> None:
    lines = run_maze("grammar", "list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [each.name for each in LANGUAGES]


@pytest.mark.parametrize("profile", ["generate", "full"])
@pytest.mark.parametrize(
    "name", ["python", "go", "rust", "typescript", "tsx/no-semicolons", "zig:type"]
)
def test_grammar_show_prints_what_the_engine_takes(
    run_maze: RunMaze, name: str, profile: str
) -> None:
    run = run_maze("grammar", "show", name, "--profile", profile)
    assert run.stdout.startswith("%llguidance {")
    assert LLMatcher.validate_grammar(LLMatcher.grammar_from_lark(run.stdout)) == ""


def test_grammar_check_accepts_a_good_one(run_maze: RunMaze, tmp_path: Path) -> None:
    (tmp_path / "good.lark").write_text('start: "a"\n')
    run = run_maze("grammar", "check", "good.lark")
    assert run.stdout.startswith("good.lark: accepted, ")
    assert run.returncode == 0


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ('start: "a\n', "1(8)"),
        ("start: one two\none: /a/\n", "1(12)"),
        ("start: /a(?!b)/\n", "1("),
        ("start: again\nagain: /a/ again\n", "2("),
        ("start: A\nA: /a/ A?\n", "2("),
        ("begin: /a/\n", ""),
        ("start: /[/\n", "1("),
        ("", ""),
    ],
)
def test_grammar_check_says_what_is_wrong_and_where(
    run_maze: RunMaze, tmp_path: Path, source: str, place: str
) -> None:
    (tmp_path / "bad.lark").write_text(source)
    run = run_maze("grammar", "check", "bad.lark")
    assert run.stderr.startswith("error: invalid grammar `bad.lark`\n")
    assert (f"  at {place}" if place else "") in run.stderr
    assert "Traceback" not in run.stderr
    assert "panic" not in run.stderr
    assert (run.stdout, run.returncode) == ("", 2)


def test_five_megabytes_of_rules_are_refused(run_maze: RunMaze, tmp_path: Path) -> None:
    rules = "".join(f"rule_{i}: /[a-z]+/ rule_{i + 1}\n" for i in range(170_000))
    (tmp_path / "huge.lark").write_text(f"start: rule_0\n{rules}rule_170000: /a/\n")
    assert (tmp_path / "huge.lark").stat().st_size > 5_000_000
    run = run_maze("grammar", "check", "huge.lark")
    assert run.stderr.startswith("error: invalid grammar `huge.lark`\n")
    assert (run.stdout, run.returncode) == ("", 2)


def test_model_list_and_path(run_maze: RunMaze) -> None:
    assert run_maze("model", "list").stdout.startswith("nano\t")
    folder = Path(run_maze("model", "path", "nano").stdout.strip())
    assert (folder / "model.onnx").is_file()
    assert run_maze("model", "path", "gpt-9").returncode == 2


def test_doctor_looks_at_everything(run_maze: RunMaze) -> None:
    run = run_maze("doctor")
    names = [line[8:].split("  ")[0] for line in run.stdout.splitlines()]
    assert names == [
        *("versions", "settings", "provider local", "grammar python", "grammar go"),
        *("grammar rust", "grammar typescript", "grammar typescript/no-semicolons"),
        *("grammar tsx", "grammar tsx/no-semicolons", "grammar zig"),
        *(f"parser {each.name}" for each in LANGUAGES),
    ]
    assert all(line.startswith("ok ") for line in run.stdout.splitlines())
    assert run.returncode == 0


def test_doctor_reports_what_is_broken_and_goes_on(run_maze: RunMaze, tmp_path: Path) -> None:
    run = run_maze("doctor", env={"MAZE_LOCAL_MODEL": str(tmp_path)})
    lines = run.stdout.splitlines()
    assert [line.split()[0] for line in lines].count("FAILED") == 1
    assert "tokenizer.json` is missing" in run.stdout
    assert len(lines) == 5 + 2 * len(LANGUAGES)
    assert run.returncode == 3


def test_doctor_goes_on_after_broken_settings(run_maze: RunMaze, tmp_path: Path) -> None:
    (tmp_path / "maze.toml").write_text("[generation\n")
    run = run_maze("doctor")
    assert [line.split()[0] for line in run.stdout.splitlines()].count("FAILED") == 1
    assert run.stdout.count("\nok ") == 3 + 2 * len(LANGUAGES)
    assert run.returncode == 3


def test_doctor_says_which_toolchain_is_absent(run_maze: RunMaze, tmp_path: Path) -> None:
    run = run_maze("doctor", env={"PATH": str(tmp_path)})
    assert "absent  parser go                         no `gofmt`: tree-sitter judges" in run.stdout
    assert run.returncode == 0


def test_doctor_asks_the_parsers_that_the_settings_name(run_maze: RunMaze, tmp_path: Path) -> None:
    wanted = {"MAZE_VALIDATION_PARSER": "toolchain", "PATH": str(tmp_path)}
    run = run_maze("doctor", env=wanted)
    assert "FAILED  parser go                         `gofmt` is not installed" in run.stdout
    assert run.returncode == 3
    run = run_maze("doctor", env={"MAZE_VALIDATION_PARSER": "tree-sitter"})
    assert "parser go                         tree-sitter, as the settings say" in run.stdout
    run = run_maze("doctor", env={"MAZE_VALIDATION_PARSER": "grammar"})
    assert "absent  parser go                         the grammar judges alone" in run.stdout
    assert run.returncode == 0
