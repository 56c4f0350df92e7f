"""Masks stay far from llguidance's limit of 50,000 items."""

from __future__ import annotations

import pytest

from tests.conformance import masks
from tests.conformance.language import LanguageName, Profile
from tests.conformance.languages import LANGUAGES
from tests.conformance.size import Size
from tests.conformance.vocabulary import VocabularyName

MOST_ITEMS: dict[Profile, int] = {"full": 40_000, "generate": 25_000}
MOST_ITEMS_OF_TYPESCRIPT: dict[Profile, int] = {"full": 40_000, "generate": 15_000}


@pytest.mark.parametrize("vocabulary", ["qwen", "o200k", "nano"])
@pytest.mark.parametrize("profile", MOST_ITEMS)
@pytest.mark.parametrize("name", LANGUAGES)
def test_masks_of_real_files_are_within_the_budget(
    name: LanguageName, profile: Profile, vocabulary: VocabularyName, size: Size
) -> None:
    found = masks.measure(name, profile, vocabulary, files=size.mask_files, tokens=size.mask_tokens)
    print(f"{len(found.microseconds)} masks: {found.mean:.0f} us, {max(found.items)} items")
    assert found.files == size.mask_files
    assert found.refused == []
    assert found.different == []
    typescript = name in ("typescript", "tsx")
    most = MOST_ITEMS_OF_TYPESCRIPT if typescript else MOST_ITEMS
    assert max(found.items) <= most[profile]
