"""How much a run measures."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Files of the library and of each package for recall (None: all), drawn texts and the most
    tokens of each, texts of each part of a language, mutants judged by the profile `full` and by
    `generate`, mutants and files of each further version, variants of each small case, files and
    tokens for masks."""

    library_files: int | None
    package_files: int | None
    texts: int
    text_tokens: int
    part_texts: int
    mutants: int
    generate_mutants: int
    version_mutants: int
    version_files: int
    variants: int
    mask_files: int
    mask_tokens: int

    def most_drawn(self, share: float, of: int) -> int:
        """How many of so many drawn texts may fail, where that share of all may.

        At full size the share itself. A small sample is another one with every change of a grammar
        or a corpus, and fails more often than that by chance: of 95 texts that fail with a
        probability of 0.2 %, one fails in one sample of six. It may show as many as 99 of 100
        samples do.
        """
        if self == FULL:
            return most(share, of)
        failing, probability = 0, (1 - share) ** of
        while probability < 0.99:
            failing += 1
            probability += math.comb(of, failing) * share**failing * (1 - share) ** (of - failing)
        return failing


def most(share: float, of: int) -> int:
    """The largest whole number that is at most that share."""
    return math.floor(share * of + 1e-9)


CI = Size(
    library_files=150,
    package_files=40,
    texts=60,
    text_tokens=240,
    part_texts=20,
    mutants=2_000,
    generate_mutants=2_000,
    version_mutants=1_000,
    version_files=40,
    variants=100,
    mask_files=6,
    mask_tokens=250,
)
# For an engine that differs little from the one that the other sizes are for.
QUICK = Size(
    library_files=150,
    package_files=10,
    texts=20,
    text_tokens=240,
    part_texts=6,
    mutants=1_000,
    generate_mutants=1_000,
    version_mutants=500,
    version_files=10,
    variants=50,
    mask_files=2,
    mask_tokens=250,
)
FULL = Size(
    library_files=None,
    package_files=None,
    texts=2_150,
    text_tokens=240,
    part_texts=200,
    mutants=100_000,
    generate_mutants=20_000,
    version_mutants=20_000,
    version_files=1_000,
    variants=2_000,
    mask_files=20,
    mask_tokens=500,
)
SIZES = {"quick": QUICK, "ci": CI, "full": FULL}
