"""Small Rust programs, one a file in tests/grammars/rust: adding a case is adding a file.

valid       rustc's parser and the grammar accept it; its profile `generate` if rustfmt would leave
            it as it is
incomplete  a beginning that can be continued, and no program yet
invalid     rustc's parser and the grammar refuse it

A name that ends in `_2021` is a case for that edition; all others are for 2024.
"""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.conformance import judges, rusttools
from tests.conformance.acceptor import Acceptor
from tests.conformance.language import Profile
from tests.conformance.languages import language

CASES = Path(__file__).parents[1] / "grammars" / "rust"


def cases(kind: str) -> list[Path]:
    return sorted((CASES / kind).glob("*.rs"))


def edition(case: Path) -> str:
    return "2021" if case.stem.endswith("_2021") else "2024"


@cache
def grammar(profile: Profile, edition: str) -> Acceptor:
    return Acceptor(language("rust", edition).grammar(profile))


@cache
def judgement(case: Path) -> str:
    """What rustc says of a case; all cases of its folder are judged at once."""
    return _judgements(case.parent.name)[case]


@cache
def _judgements(kind: str) -> dict[Path, str]:
    found = {}
    for year in ("2021", "2024"):
        chosen = [case for case in cases(kind) if edition(case) == year]
        answers = judges.rust([case.read_bytes() for case in chosen], year)
        found |= {case: answer.verdict for case, answer in zip(chosen, answers, strict=True)}
    return found


def is_formatted(case: Path) -> bool:
    program = case.read_bytes()
    command = [rusttools.rustfmt(), "--quiet", "--edition", edition(case)]
    return subprocess.run(command, input=program, capture_output=True).stdout == program


@pytest.mark.parametrize("case", cases("valid"), ids=lambda case: case.stem)
def test_valid_programs_are_accepted(case: Path) -> None:
    program = case.read_bytes()
    assert judgement(case) == "accepted"
    assert grammar("full", edition(case)).run(program) == (len(program), True)


@pytest.mark.parametrize("case", cases("valid"), ids=lambda case: case.stem)
def test_formatted_programs_are_accepted_by_the_profile_generate(case: Path) -> None:
    program = case.read_bytes()
    if is_formatted(case):
        assert grammar("generate", edition(case)).run(program) == (len(program), True)


@pytest.mark.parametrize("case", cases("incomplete"), ids=lambda case: case.stem)
def test_incomplete_programs_can_be_continued(case: Path) -> None:
    program = case.read_bytes()
    assert judgement(case) == "refused"
    assert grammar("full", edition(case)).run(program) == (len(program), False)


@pytest.mark.parametrize("case", cases("invalid"), ids=lambda case: case.stem)
def test_invalid_programs_are_refused(case: Path) -> None:
    program = case.read_bytes()
    assert judgement(case) == "refused"
    assert not grammar("full", edition(case)).accepts(program)
    assert not grammar("generate", edition(case)).accepts(program)
