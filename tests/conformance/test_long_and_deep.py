"""Long and deep programs: accepted, and no mask of theirs reaches a limit of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from llguidance import LLMatcher

from tests.conformance import long
from tests.conformance.acceptor import Acceptor
from tests.conformance.language import LanguageName, Profile
from tests.conformance.languages import LANGUAGES, language
from tests.conformance.size import FULL, Size
from tests.conformance.vocabulary import vocabulary

CASES = [(name, case) for name in LANGUAGES for case in long.programs(name)]


@cache
def acceptor(name: LanguageName, profile: Profile) -> Acceptor:
    return Acceptor(language(name).grammar(profile))


def looked_at(tokens: list[int], size: Size) -> Iterator[int]:
    """After how many tokens a mask is asked for."""
    every = 1 if size == FULL else max(1, len(tokens) // 40)
    yield from range(0, len(tokens), every)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_the_parser_accepts_it(name: LanguageName, case: str) -> None:
    (judgement,) = language(name).judge([long.programs(name)[case].encode()])
    assert judgement.verdict == "accepted", judgement.reason


@pytest.mark.parametrize("profile", ["full", "generate"])
@pytest.mark.parametrize(("name", "case"), CASES)
def test_it_is_accepted(name: LanguageName, case: str, profile: Profile) -> None:
    program = long.programs(name)[case].encode()
    assert acceptor(name, profile).run(program) == (len(program), True)


@pytest.mark.parametrize("profile", ["full", "generate"])
@pytest.mark.parametrize(("name", "case"), CASES)
def test_masks_reach_no_limit(name: LanguageName, case: str, profile: Profile, size: Size) -> None:
    words = vocabulary("qwen")
    grammar = LLMatcher.grammar_from_lark(language(name).grammar(profile))
    matcher = LLMatcher(words.tokenizer, grammar, log_level=0)
    tokens = words.encode(long.programs(name)[case].encode())
    place = 0
    for stop in looked_at(tokens, size):
        assert matcher.consume_tokens(tokens[place:stop]), matcher.get_error()[:200]
        place = stop
        matcher.compute_bitmask()
        assert not matcher.is_error(), matcher.get_error()[:200]
