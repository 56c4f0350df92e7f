"""Small Zig programs, one a file in tests/grammars/zig: adding a case is adding a file.

valid       the compiler's parser and the grammar accept it; its profile `generate` if `zig fmt`
            would leave it as it is
incomplete  a beginning that can be continued, and no program yet
invalid     the parser and the grammar refuse it, or only the compiler behind its parser and the
            grammar do, as with the escapes in a string

A name that ends in `_0_15` or `_0_16` is a case for that version; all others are for 0.17.
"""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.conformance import judges, zigtools
from tests.conformance.acceptor import Acceptor
from tests.conformance.language import Profile
from tests.conformance.languages import language

CASES = Path(__file__).parents[1] / "grammars" / "zig"


def cases(kind: str) -> list[Path]:
    return sorted((CASES / kind).glob("*.zig"))


def version(case: Path) -> str:
    found = re.search(r"_(\d+)_(\d+)$", case.stem)
    return f"{found[1]}.{found[2]}" if found else "0.17"


@cache
def grammar(profile: Profile, version: str) -> Acceptor:
    return Acceptor(language("zig", version).grammar(profile))


@cache
def judgement(case: Path) -> str:
    """What the parser says of a case; all cases of its folder are judged at once."""
    return _judgements(case.parent.name)[case]


@cache
def _judgements(kind: str) -> dict[Path, str]:
    found = {}
    for release in zigtools.RELEASES:
        chosen = [case for case in cases(kind) if version(case) == release]
        answers = judges.zig([case.read_bytes() for case in chosen], release)
        found |= {case: answer.verdict for case, answer in zip(chosen, answers, strict=True)}
    return found


def is_formatted(case: Path) -> bool:
    program = case.read_bytes()
    command = [zigtools.zig(version(case)), "fmt", "--stdin"]
    return subprocess.run(command, input=program, capture_output=True).stdout == program


@pytest.mark.parametrize("case", cases("valid"), ids=lambda case: case.stem)
def test_valid_programs_are_accepted(case: Path) -> None:
    program = case.read_bytes()
    assert judgement(case) == "accepted"
    assert grammar("full", version(case)).run(program) == (len(program), True)


@pytest.mark.parametrize("case", cases("valid"), ids=lambda case: case.stem)
def test_formatted_programs_are_accepted_by_the_profile_generate(case: Path) -> None:
    program = case.read_bytes()
    if is_formatted(case):
        assert grammar("generate", version(case)).run(program) == (len(program), True)


@pytest.mark.parametrize("case", cases("incomplete"), ids=lambda case: case.stem)
def test_incomplete_programs_can_be_continued(case: Path) -> None:
    program = case.read_bytes()
    assert judgement(case) == "refused"
    assert grammar("full", version(case)).run(program) == (len(program), False)


@pytest.mark.parametrize("case", cases("invalid"), ids=lambda case: case.stem)
def test_invalid_programs_are_refused(case: Path) -> None:
    program = case.read_bytes()
    assert judgement(case) in ("refused", "lenient")
    assert not grammar("full", version(case)).accepts(program)
    assert not grammar("generate", version(case)).accepts(program)
