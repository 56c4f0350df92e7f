"""The main job with the model that comes with maze: plain English in, code that parses out."""

from __future__ import annotations

import ast
import json
import subprocess
from pathlib import Path

import pytest

from benchmarks.generations import PROMPTS, tally
from maze import models
from tests.conformance import gotools
from tests.conftest import RunMaze

PROMPT = "a Python function that returns the factorial of a number"


def test_a_fresh_user_gets_a_program_and_one_line_on_what_wrote_it(run_maze: RunMaze) -> None:
    first = run_maze("generate", PROMPT, "--seed", "1")
    again = run_maze("generate", PROMPT, "--seed", "1")
    ast.parse(first.stdout)
    assert first.stdout.strip()
    assert first.stderr.count("\n") == 1
    assert first.stderr.startswith("note: `nano`, the model inside maze, is a demonstrator")
    assert (again.stdout, again.stderr) == (first.stdout, "")
    assert (first.returncode, again.returncode) == (0, 0)


def test_quiet_leaves_the_introduction_out(run_maze: RunMaze) -> None:
    run = run_maze("generate", PROMPT, "--seed", "1", "-q")
    assert (run.stderr, run.returncode) == ("", 0)


def test_a_go_file_is_written_for_the_next_command(run_maze: RunMaze, tmp_path: Path) -> None:
    run = run_maze("generate", "reverse a slice of ints", "-o", "reverse.go", "--seed", "1")
    assert run.returncode == 0
    gofmt = subprocess.run([gotools.gofmt(), "-e", tmp_path / "reverse.go"], capture_output=True)
    assert gofmt.returncode == 0


def test_the_grammar_can_be_switched_off(run_maze: RunMaze) -> None:
    run = run_maze("generate", PROMPT, "--no-constrain", "--seed", "1", "--json")
    result = json.loads(run.stdout)
    assert result["grammar"] is None
    assert result["validation"]["grammar"] in ("accepted", "incomplete", "refused")


@pytest.mark.parametrize("temperature", ["0", "100"])
def test_extreme_temperatures_still_follow_the_grammar(run_maze: RunMaze, temperature: str) -> None:
    options = ["--temperature", temperature, "--seed", "1", "--max-tokens", "60"]
    run = run_maze("generate", PROMPT, *options, "--json")
    assert json.loads(run.stdout)["verdict"] in ("valid", "incomplete")


# `nano` has seen little TypeScript: beyond what it knows it goes on without an end.
MOST_INCOMPLETE = {"typescript": 4, "tsx": 2}


@pytest.mark.parametrize("language", PROMPTS)
def test_no_generation_is_invalid_and_few_are_incomplete(language: str) -> None:
    sums = tally(language, range(2), constrain=True)
    assert sums.verdicts.total() == 20
    assert sums.verdicts["invalid"] == 0
    assert sums.verdicts["incomplete"] <= MOST_INCOMPLETE.get(language, 1)
    assert sums.disputed == []


def test_the_weights_come_with_their_sources_and_licences() -> None:
    folder = models.NANO_DIRECTORY
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert size <= 20_000_000
    assert (folder / "SOURCES.md").read_text()
    assert list((folder / "LICENSES").iterdir())
