"""How much a run measures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Files for recall (None: all), drawn texts, mutants, and files and tokens for masks.

    Of the drawn texts at least `finished` must end by themselves within `text_tokens`.
    """

    recall_files: int | None
    texts: int
    finished: int
    text_tokens: int
    mutants: int
    mask_files: int
    mask_tokens: int


CI = Size(
    recall_files=150,
    texts=60,
    finished=20,
    text_tokens=160,
    mutants=2_000,
    mask_files=6,
    mask_tokens=250,
)
FULL = Size(
    recall_files=None,
    texts=1_300,
    finished=500,
    text_tokens=160,
    mutants=20_000,
    mask_files=20,
    mask_tokens=500,
)
