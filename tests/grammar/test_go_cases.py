"""Small Go programs, one a file in tests/grammars/go: adding a case is adding a file.

valid       gofmt and the grammar accept it; its profile `generate` if gofmt would leave it as it is
incomplete  a beginning that can be continued, and no program yet
invalid     the grammar refuses it, and so does gofmt; `spec_…`: only the specification refuses it
"""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.conformance import gotools, judges
from tests.conformance.acceptor import Acceptor
from tests.conformance.language import Profile
from tests.conformance.languages import language

CASES = Path(__file__).parents[1] / "grammars" / "go"

# `generate` doesn't look for byte order marks and knows only names in Latin script.
ACCEPTED_BY_GENERATE = {
    "source_byte_order_mark_in_comment.go",
    "source_byte_order_mark_in_string.go",
}
REFUSED_BY_GENERATE = {"lex_names_in_other_scripts.go"}


def cases(kind: str) -> list[Path]:
    return sorted((CASES / kind).glob("*.go"))


@cache
def grammar(profile: Profile) -> Acceptor:
    return Acceptor(language("go").grammar(profile))


def is_formatted(program: bytes) -> bool:
    done = subprocess.run([gotools.gofmt()], input=program, capture_output=True, check=True)
    return done.stdout == program


@pytest.mark.parametrize("case", cases("valid"), ids=lambda case: case.stem)
def test_valid_programs_are_accepted(case: Path) -> None:
    program = case.read_bytes()
    assert judges.go([program]) == [judges.ACCEPTED]
    assert grammar("full").run(program) == (len(program), True)


@pytest.mark.parametrize("case", cases("valid"), ids=lambda case: case.stem)
def test_formatted_programs_are_accepted_by_the_profile_generate(case: Path) -> None:
    program = case.read_bytes()
    if is_formatted(program) and case.name not in REFUSED_BY_GENERATE:
        assert grammar("generate").run(program) == (len(program), True)


@pytest.mark.parametrize("case", cases("incomplete"), ids=lambda case: case.stem)
def test_incomplete_programs_can_be_continued(case: Path) -> None:
    program = case.read_bytes()
    assert grammar("full").run(program) == (len(program), False)


@pytest.mark.parametrize("case", cases("invalid"), ids=lambda case: case.stem)
def test_invalid_programs_are_refused(case: Path) -> None:
    program = case.read_bytes()
    verdict = "lenient" if case.name.startswith("spec_") else "refused"
    assert judges.go([program])[0].verdict == verdict
    assert not grammar("full").accepts(program)
    if case.name not in ACCEPTED_BY_GENERATE:
        assert not grammar("generate").accepts(program)


def test_generate_keeps_comments_away_from_divisions() -> None:
    assert not grammar("generate").accepts(b"package p\n\nvar x = f(a//* b */c)\n")


def test_a_file_of_this_toolchain_is_accepted_as_a_whole() -> None:
    program = (gotools.goroot() / "src" / "go" / "parser" / "parser.go").read_bytes()
    assert grammar("full").accepts(program)
    assert grammar("generate").accepts(program)
