"""The languages under test, by name."""

from __future__ import annotations

from tests.conformance import golang, pylang, rustlang, typescriptlang, ziglang
from tests.conformance.language import Language, LanguageName

LANGUAGES: tuple[LanguageName, ...] = ("python", "go", "rust", "typescript", "tsx", "zig")


def language(name: LanguageName, version: str | None = None) -> Language:
    """The language of that name; without a version, the one that the machine has or the newest."""
    match name:
        case "go":
            return golang.go()
        case "python":
            return pylang.python(version)
        case "rust":
            return rustlang.rust(version or "2024")
        case "tsx":
            return typescriptlang.tsx(version)
        case "typescript":
            return typescriptlang.typescript(version)
        case "zig":
            return ziglang.zig(version or "0.17")
