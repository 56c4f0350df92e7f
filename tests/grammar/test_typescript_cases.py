"""Small programs, one a file in tests/grammars/typescript: adding a case is adding a file.

valid       TypeScript's parser and the grammar accept it; its profile `generate` if prettier would
            leave it as it is, in the style with or without semicolons
incomplete  a beginning that can be continued, and no program yet
invalid     TypeScript's parser and the grammar refuse it

Files that end in `.tsx` are TSX.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.conformance import tstools
from tests.conformance.acceptor import Acceptor
from tests.conformance.language import Profile
from tests.conformance.languages import language
from tests.conformance.tstools import Dialect, Style

CASES = Path(__file__).parents[1] / "grammars" / "typescript"
STYLES: tuple[Style, ...] = ("semicolons", "no-semicolons")


def cases(kind: str) -> list[Path]:
    return sorted((CASES / kind).iterdir())


def dialect(case: Path) -> Dialect:
    return "tsx" if case.suffix == ".tsx" else "typescript"


@cache
def grammar(profile: Profile, dialect: Dialect, style: Style = "semicolons") -> Acceptor:
    return Acceptor(language(dialect, style).grammar(profile))


def is_taken(case: Path) -> bool:
    taken, _ = tstools.parse(case.read_bytes(), dialect(case))
    return taken


def is_formatted(case: Path, style: Style) -> bool:
    program = case.read_bytes()
    return tstools.pretty(program, dialect(case), style) == (True, program)


@pytest.mark.parametrize("case", cases("valid"), ids=lambda case: case.name)
def test_valid_programs_are_accepted(case: Path) -> None:
    program = case.read_bytes()
    assert is_taken(case)
    assert grammar("full", dialect(case)).run(program) == (len(program), True)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", cases("valid"), ids=lambda case: case.name)
def test_formatted_programs_are_accepted_by_the_profile_generate(case: Path, style: Style) -> None:
    program = case.read_bytes()
    if is_formatted(case, style):
        assert grammar("generate", dialect(case), style).run(program) == (len(program), True)


@pytest.mark.parametrize("case", cases("incomplete"), ids=lambda case: case.name)
def test_incomplete_programs_can_be_continued(case: Path) -> None:
    program = case.read_bytes()
    assert not is_taken(case)
    assert grammar("full", dialect(case)).run(program) == (len(program), False)


@pytest.mark.parametrize("case", cases("invalid"), ids=lambda case: case.name)
def test_invalid_programs_are_refused(case: Path) -> None:
    program = case.read_bytes()
    assert not is_taken(case)
    assert not grammar("full", dialect(case)).accepts(program)
    for style in STYLES:
        assert not grammar("generate", dialect(case), style).accepts(program)
