"""Real code with a few tokens changed: the grammar and the language's parser say the same."""

from __future__ import annotations

import math

import pytest

from tests.conformance import mutation
from tests.conformance.language import LanguageName
from tests.conformance.size import Size

# Of a thousand mutants: how many the grammar may wrongly accept, how many it may wrongly refuse.
MOST: dict[LanguageName, tuple[float, float]] = {"go": (0.1, 0.1), "python": (0.3, 0.3)}


@pytest.mark.parametrize("language", MOST)
def test_the_profile_full_judges_as_the_parser(language: LanguageName, size: Size) -> None:
    found = mutation.measure(language, "full", cases=size.mutants)
    print(f"{found.cases} mutants, {found.valid} valid, lenient: {dict(found.lenient)}")
    accepted, refused = (math.ceil(found.cases * most / 1000) for most in MOST[language])
    assert found.valid > found.cases / 4
    assert len(found.wrongly_accepted) <= accepted, "\n\n".join(found.wrongly_accepted)
    assert len(found.wrongly_refused) <= refused, "\n\n".join(found.wrongly_refused)
    assert len(found.lenient_accepted) <= accepted, "\n\n".join(found.lenient_accepted)


@pytest.mark.parametrize("language", MOST)
def test_the_profile_generate_accepts_only_what_parses(language: LanguageName, size: Size) -> None:
    found = mutation.measure(language, "generate", cases=size.mutants, seed=1)
    accepted = math.ceil(found.cases * MOST[language][0] / 1000)
    assert len(found.wrongly_accepted) <= accepted, "\n\n".join(found.wrongly_accepted)
