"""What the measures need to know of a language: its grammar, real code, its own parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from maze.grammar import load
from tests.conformance.corpus import Corpus
from tests.conformance.judges import Judge

STARTS = ("function", "statement", "expression", "type", "block")
LanguageName = Literal["go", "python", "rust", "tsx", "typescript", "zig"]
Profile = Literal["full", "generate"]


def _nothing(_program: bytes, _place: int) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Language:
    """What the measures need to know of a language, or of a version of one.

    `library` is the code that edits and weights are taken from, `packages` is more of it, and
    `formatted` is code as a formatter writes it, first of all the library. `fragments` cuts small
    whole programs out of each of some files. `token` is a pattern for what an edit moves, `tokens`
    are some that an edit inserts, `ends` are what ends strings and comments, and `needed` what a
    text may need before it can end. `older` is the version of files that this one refuses.
    `unstable` tells of a program and a byte of it whether syntax stands there that the parser takes
    and the language hasn't yet: what, or nothing. `source` is the grammar's name if it is not the
    language's. `beyond` is how the parser's errors begin that no context-free grammar can foresee;
    what is refused for them is counted apart.
    """

    name: LanguageName
    parser: str
    judge: Judge
    library: Corpus
    packages: tuple[Corpus, ...]
    formatted: tuple[Corpus, ...]
    fragments: Callable[[Sequence[bytes]], list[list[bytes]]]
    token: re.Pattern[str]
    tokens: tuple[str, ...]
    ends: tuple[str, ...]
    needed: tuple[str, ...]
    older: str | None = None
    unstable: Callable[[bytes, int], str] = _nothing
    options: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    beyond: tuple[str, ...] = ()

    def is_beyond(self, refused: str) -> bool:
        """Whether a text that begins with the parser's error is refused for such a reason."""
        return refused.startswith(self.beyond)

    def grammar(self, profile: Profile, start: str | None = None) -> str:
        """The flat text of the language's grammar, or of that of a part such as `expression`."""
        source = self.source or self.name
        name = f"{source}:{start}" if start else source
        return load(name, options={**self.options, "profile": profile}).text

    def corpora(self, profile: Profile) -> tuple[Corpus, ...]:
        """What the profile has to accept: `generate` only what formatters write."""
        return self.formatted if profile == "generate" else (self.library, *self.packages)
