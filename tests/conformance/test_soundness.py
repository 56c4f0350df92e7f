"""Whatever is drawn from a grammar's token masks parses."""

from __future__ import annotations

import math

import pytest

from tests.conformance import soundness
from tests.conformance.language import LanguageName, Profile
from tests.conformance.size import Size

LEAST: dict[LanguageName, float] = {"python": 0.999, "go": 0.999, "rust": 0.998}
MOST_UNFINISHED = 0.05


@pytest.mark.parametrize("profile", ["full", "generate"])
@pytest.mark.parametrize("name", LEAST)
def test_finished_texts_parse(name: LanguageName, profile: Profile, size: Size) -> None:
    found = soundness.measure(name, profile, "o200k", texts=size.texts, tokens=size.text_tokens)
    print(dict(found.endings), f"{len(found.refused)} of the finished ones refused")
    finished = found.endings["finished"]
    assert found.endings["dead end"] == 0
    assert found.endings["limit"] == 0
    assert found.endings["unfinished"] <= math.ceil(size.texts * MOST_UNFINISHED)
    allowed = math.ceil(finished * (1 - LEAST[name]))
    assert len(found.refused) <= allowed, "\n\n".join(found.refused)
