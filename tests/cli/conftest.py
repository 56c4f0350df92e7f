"""What the tests of `maze generate` share: a tiny model, and grammars for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.providers.tiny import write_checkpoint

SUM = "start: DIGIT (SIGN DIGIT)~3\nDIGIT: /[0-9]/\nSIGN: /[-+]/\n"
ENDLESS = "start: (WORD BLANK)* STOP\nWORD: /[a-z]+/\nBLANK: /[ ]/\nSTOP: /!{900}/\n"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_checkpoint(tmp_path_factory.mktemp("tiny"), context=8192))


@pytest.fixture
def summing(tmp_path: Path, tiny: str) -> list[str]:
    """Options for a text of seven characters, always valid."""
    path = tmp_path / "sum.lark"
    path.write_text(SUM)
    return ["-m", tiny, "-g", str(path), "--seed", "1"]


@pytest.fixture
def endless(tmp_path: Path, tiny: str) -> list[str]:
    """Options for a text that doesn't end by itself."""
    path = tmp_path / "endless.lark"
    path.write_text(ENDLESS)
    return ["-m", tiny, "-g", str(path), "--seed", "1"]


def is_sum(text: str) -> bool:
    return len(text) == 7 and text[::2].isdigit() and set(text[1::2]) <= {"+", "-"}
