"""Whatever is drawn from a grammar's token masks parses."""

from __future__ import annotations

import math

import pytest

from tests.conformance import soundness
from tests.conformance.language import LanguageName, Profile
from tests.conformance.size import Size

LEAST: dict[LanguageName, float] = {"go": 0.995, "python": 0.993}


@pytest.mark.parametrize("profile", ["full", "generate"])
@pytest.mark.parametrize("language", LEAST)
def test_finished_texts_parse(language: LanguageName, profile: Profile, size: Size) -> None:
    found = soundness.measure(language, profile, "o200k", texts=size.texts, tokens=size.text_tokens)
    print(dict(found.endings), f"{len(found.refused)} of the finished ones refused")
    finished = found.endings["finished"]
    assert finished >= size.finished
    assert found.endings["dead end"] == 0
    assert found.endings["limit"] == 0
    allowed = math.ceil(finished * (1 - LEAST[language]))
    assert len(found.refused) <= allowed, "\n\n".join(found.refused)
