"""Whatever is drawn from a grammar's token masks parses."""

from __future__ import annotations

import pytest

from tests.conformance import soundness
from tests.conformance.language import STARTS, LanguageName, Profile
from tests.conformance.languages import language
from tests.conformance.size import Size

LEAST: dict[LanguageName, float] = {
    "python": 0.999,
    "go": 0.999,
    "rust": 0.998,
    "typescript": 0.995,
    "tsx": 0.995,
    "zig": 0.998,
}
MOST_UNFINISHED = 0.05
# What no grammar can foresee is much: names that are drawn are seldom the same.
MOST_BEYOND = 0.25


@pytest.mark.parametrize("profile", ["full", "generate"])
@pytest.mark.parametrize("name", LEAST)
def test_finished_texts_parse(name: LanguageName, profile: Profile, size: Size) -> None:
    found = soundness.measure(name, profile, "o200k", texts=size.texts, tokens=size.text_tokens)
    print(dict(found.endings), f"{len(found.refused)} of the finished ones refused")
    finished = found.endings["finished"]
    assert found.endings["dead end"] == 0
    assert found.endings["limit"] == 0
    assert found.endings["unfinished"] <= size.most_drawn(MOST_UNFINISHED, size.texts)
    refuses_hardly_any(name, size, found.refused, finished)


@pytest.mark.parametrize("profile", ["full", "generate"])
@pytest.mark.parametrize("name", LEAST)
def test_finished_parts_of_a_language_parse(
    name: LanguageName, profile: Profile, size: Size
) -> None:
    found = soundness.measure(
        name, profile, "o200k", texts=size.part_texts, tokens=size.text_tokens, starts=STARTS
    )
    print(dict(found.endings), f"{len(found.refused)} of the finished ones refused")
    endings = found.endings
    assert endings["dead end"] == 0
    assert endings["limit"] == 0
    assert endings["unfinished"] <= size.most_drawn(MOST_UNFINISHED, endings.total())
    refuses_hardly_any(name, size, found.refused, endings["finished"])


def refuses_hardly_any(name: LanguageName, size: Size, refused: list[str], finished: int) -> None:
    beyond = [text for text in refused if language(name).is_beyond(text)]
    others = [text for text in refused if not language(name).is_beyond(text)]
    assert len(beyond) <= size.most_drawn(MOST_BEYOND, finished), "\n\n".join(beyond)
    assert len(others) <= size.most_drawn(1 - LEAST[name], finished), "\n\n".join(others)
