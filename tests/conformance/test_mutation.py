"""Real code with a few tokens changed: the grammar and the language's parser say the same."""

from __future__ import annotations

import pytest

from tests.conformance import mutation, pythons, recall
from tests.conformance.language import LanguageName
from tests.conformance.languages import language
from tests.conformance.mutation import Mutation
from tests.conformance.size import Size, most

# How many percent of the mutants the grammar may wrongly accept, and how many wrongly refuse.
MOST: dict[LanguageName, tuple[float, float]] = {
    "python": (0.01, 0.01),
    "go": (0.02, 0.1),
    "rust": (0.03, 0.05),
    "typescript": (0.1, 0.3),
    "tsx": (0.1, 0.3),
    "zig": (0.05, 0.2),
}
# The same for what the parser refuses and no grammar can foresee.
MOST_BEYOND = 0.4
FURTHER = [
    *(("python", version) for version in pythons.VERSIONS if version != pythons.RUNNING),
    ("rust", "2021"),
    ("zig", "0.16"),
    ("zig", "0.15"),
]


@pytest.mark.parametrize("name", MOST)
def test_the_profile_full_judges_as_the_parser(name: LanguageName, size: Size) -> None:
    judges_as_the_parser(name, mutation.measure(name, "full", cases=size.mutants))


@pytest.mark.parametrize(("name", "version"), FURTHER)
def test_so_do_other_versions(name: LanguageName, version: str, size: Size) -> None:
    read = recall.measure(name, "full", sample=size.version_files, version=version)
    assert not read.refused
    assert len(read.excused) <= max(3, 0.05 * read.files)
    found = mutation.measure(name, "full", cases=size.version_mutants, version=version)
    judges_as_the_parser(name, found)


@pytest.mark.parametrize("name", MOST)
def test_the_profile_generate_accepts_only_what_parses(name: LanguageName, size: Size) -> None:
    found = mutation.measure(name, "generate", cases=size.generate_mutants, seed=1)
    assert found.valid > found.cases / 10
    accepts_hardly_any(name, found)


def judges_as_the_parser(name: LanguageName, found: Mutation) -> None:
    print(f"{found.cases} mutants, {found.valid} valid, lenient: {dict(found.lenient)}")
    refused = most(MOST[name][1] / 100, found.cases)
    assert not found.unjudged
    assert found.valid > found.cases / 10
    accepts_hardly_any(name, found)
    assert len(found.wrongly_refused) <= refused, "\n\n".join(found.wrongly_refused)


def accepts_hardly_any(name: LanguageName, found: Mutation) -> None:
    beyond = [text for text in found.wrongly_accepted if language(name).is_beyond(text)]
    others = [text for text in found.wrongly_accepted if not language(name).is_beyond(text)]
    assert len(beyond) <= most(MOST_BEYOND / 100, found.cases), "\n\n".join(beyond)
    assert len(others) <= most(MOST[name][0] / 100, found.cases), "\n\n".join(others)
