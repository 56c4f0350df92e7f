"""The grammars accept the languages' own standard libraries."""

from __future__ import annotations

import pytest

from tests.conformance import recall
from tests.conformance.language import LanguageName, Profile
from tests.conformance.size import Size

# `generate` takes what formatters write, and not all of that: no names in other scripts.
LEAST: dict[tuple[LanguageName, Profile], float] = {
    ("go", "full"): 1.0,
    ("go", "generate"): 0.95,
    ("python", "full"): 1.0,
    ("python", "generate"): 0.80,
}


@pytest.mark.parametrize(("language", "profile"), LEAST)
def test_the_standard_library_is_accepted(
    language: LanguageName, profile: Profile, size: Size
) -> None:
    found = recall.measure(language, profile, sample=size.recall_files)
    print(f"{found.files} files, {found.size} bytes, {found.megabytes_per_second:.2f} MB/s")
    for label, reason in found.left_out:
        print(f"left out: {label}: {reason}")
    assert found.share >= LEAST[language, profile], "\n".join(map(str, found.refused[:10]))
    assert len(found.left_out) < 0.05 * found.files
