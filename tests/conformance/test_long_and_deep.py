"""Long and deep programs: accepted, and no mask of theirs reaches a limit of the engine."""

from __future__ import annotations

from functools import cache

import pytest

from tests.conformance import long
from tests.conformance.acceptor import Acceptor
from tests.conformance.language import LanguageName, Profile
from tests.conformance.languages import LANGUAGES, language
from tests.conformance.size import FULL, Size

# `generate` bounds a run of signs, or a model could write nothing else.
BOUNDED = {("go", "negations", "generate")}
CASES = [(name, case) for name in LANGUAGES for case in long.programs(name)]


@cache
def acceptor(name: LanguageName, profile: Profile) -> Acceptor:
    return Acceptor(language(name).grammar(profile))


@pytest.mark.parametrize(("name", "case"), CASES)
def test_the_parser_accepts_it(name: LanguageName, case: str) -> None:
    (judgement,) = language(name).judge([long.programs(name)[case].encode()])
    assert judgement.verdict == "accepted", judgement.reason


@pytest.mark.parametrize("profile", ["full", "generate"])
@pytest.mark.parametrize(("name", "case"), CASES)
def test_it_is_accepted(name: LanguageName, case: str, profile: Profile) -> None:
    program = long.programs(name)[case].encode()
    if (name, case, profile) in BOUNDED:
        assert not acceptor(name, profile).accepts(program)
    else:
        assert acceptor(name, profile).run(program) == (len(program), True)


@pytest.mark.parametrize("profile", ["full", "generate"])
@pytest.mark.parametrize(("name", "case"), CASES)
def test_masks_reach_no_limit(name: LanguageName, case: str, profile: Profile, size: Size) -> None:
    program = long.programs(name)[case].encode()
    if (name, case, profile) in BOUNDED:
        return
    every = 1 if size == FULL else max(1, len(program) // 100)
    assert long.mask_error(language(name).grammar(profile), program, "qwen", every) == ""
