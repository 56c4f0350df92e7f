"""How much a run measures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Files of the library and of each package for recall (None: all), drawn texts and the most
    tokens of each, mutants, mutants of each further version, and files and tokens for masks."""

    library_files: int | None
    package_files: int | None
    texts: int
    text_tokens: int
    mutants: int
    version_mutants: int
    mask_files: int
    mask_tokens: int


CI = Size(
    library_files=150,
    package_files=40,
    texts=60,
    text_tokens=240,
    mutants=2_000,
    version_mutants=1_000,
    mask_files=6,
    mask_tokens=250,
)
FULL = Size(
    library_files=None,
    package_files=None,
    texts=2_150,
    text_tokens=240,
    mutants=100_000,
    version_mutants=20_000,
    mask_files=20,
    mask_tokens=500,
)
