"""What the measures need to know of a language: its grammar, its library, its own parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from maze.grammar import load
from tests.conformance.judges import Judge

LanguageName = Literal["go", "python"]
Profile = Literal["full", "generate"]


class NotTextError(Exception):
    """A file of the standard library isn't source text; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Language:
    """What the measures need to know of a language.

    `library` is the folder whose files are real code, `read` gives one as UTF-8, and `fragments`
    cuts small whole programs out of one. `token` is a pattern for what an edit moves, `tokens` are
    some that an edit inserts, and `ends` are what ends strings and comments.
    """

    name: LanguageName
    parser: str
    judge: Judge
    library: Callable[[], Path]
    suffix: str
    read: Callable[[Path], bytes]
    fragments: Callable[[bytes], Iterator[bytes]]
    token: re.Pattern[str]
    tokens: tuple[str, ...]
    ends: tuple[str, ...]
    options: Mapping[str, str] = field(default_factory=dict)

    def grammar(self, profile: Profile) -> str:
        """The flat text of the language's grammar."""
        return load(self.name, options={**self.options, "profile": profile}).text

    def files(self) -> list[Path]:
        """All source files of the standard library."""
        found = (path for path in self.library().rglob(f"*{self.suffix}") if path.is_file())
        return sorted(path for path in found if "site-packages" not in self.label(path))

    def label(self, path: Path) -> str:
        """A file's name within the library."""
        return path.relative_to(self.library()).as_posix()
