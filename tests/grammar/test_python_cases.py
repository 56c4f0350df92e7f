"""Small Python programs, one a file in tests/grammars/python: adding a case is adding a file.

valid       `ast.parse` and the grammar accept it; its profile `generate` if black or ruff would
            leave it as it is
incomplete  a beginning that can be continued, and no program yet
invalid     `ast.parse` and the grammar refuse it

A name that ends in `_since_3.12` or `_until_3.11` is a case for that version's grammar, and
`ast.parse` judges it only if the running Python is in that range.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import warnings
from functools import cache
from pathlib import Path

import black
import pytest

from maze.grammar import load
from tests.conformance.acceptor import Acceptor

CASES = Path(__file__).parents[1] / "grammars" / "python"
RUNNING = sys.version_info[:2]
# `generate` has no carriage returns; ruff leaves them as they are.
REFUSED_BY_GENERATE = {"lines_carriage_returns.py"}


def cases(kind: str) -> list[Path]:
    return sorted((CASES / kind).glob("*.py"))


def version(case: Path) -> tuple[int, int]:
    found = re.search(r"_(?:since|until)_(\d+)\.(\d+)$", case.stem)
    return (int(found[1]), int(found[2])) if found else RUNNING


def is_judged(case: Path) -> bool:
    return version(case) >= RUNNING if "_until_" in case.stem else version(case) <= RUNNING


@cache
def grammar(version: tuple[int, int], profile: str) -> Acceptor:
    options = {"python": "{}.{}".format(*version), "profile": profile}
    return Acceptor(load("python", options=options).text)


def parses(program: bytes) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of deprecated escapes, and `1if x`
        try:
            ast.parse(program)
        except (SyntaxError, ValueError):
            return False
    return True


@pytest.mark.parametrize("case", cases("valid"), ids=lambda case: case.stem)
def test_valid_programs_are_accepted(case: Path) -> None:
    program = case.read_bytes()
    assert grammar(version(case), "full").run(program) == (len(program), True)
    assert parses(program) or not is_judged(case)


def is_formatted(program: bytes, version: tuple[int, int]) -> bool:
    target = "--target-version=py{}{}".format(*version)
    ruff = [sys.executable, "-m", "ruff", "format", "--isolated", target, "-"]
    if subprocess.run(ruff, input=program, capture_output=True).stdout == program:
        return True
    try:
        return black.format_str(program.decode(), mode=black.Mode()) == program.decode()
    except ValueError:
        return False


@pytest.mark.parametrize("case", cases("valid"), ids=lambda case: case.stem)
def test_formatted_programs_are_accepted_by_the_profile_generate(case: Path) -> None:
    program = case.read_bytes()
    if case.name not in REFUSED_BY_GENERATE and is_formatted(program, version(case)):
        assert grammar(version(case), "generate").run(program) == (len(program), True)


@pytest.mark.parametrize("case", cases("incomplete"), ids=lambda case: case.stem)
def test_incomplete_programs_can_be_continued(case: Path) -> None:
    program = case.read_bytes()
    for profile in ("full", "generate"):
        assert grammar(version(case), profile).run(program) == (len(program), False)
    assert not parses(program)


def test_generate_refuses_a_line_without_indentation_behind_a_backslash() -> None:
    program = b"x = 'a' \\\n"
    assert not grammar(RUNNING, "generate").accepts(program + b"'b'\n")
    assert grammar(RUNNING, "generate").accepts(program + b"    'b'\n")


@pytest.mark.parametrize("case", cases("invalid"), ids=lambda case: case.stem)
def test_invalid_programs_are_refused(case: Path) -> None:
    program = case.read_bytes()
    for profile in ("full", "generate"):
        assert not grammar(version(case), profile).accepts(program)
    assert not parses(program) or not is_judged(case)
