"""The languages under test, by name."""

from __future__ import annotations

from tests.conformance import golang, pylang
from tests.conformance.language import Language, LanguageName


def language(name: LanguageName) -> Language:
    """The language of that name."""
    return {"go": golang.go, "python": pylang.python}[name]()
