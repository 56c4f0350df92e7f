"""Which grammar a request follows: its language's own, one by name, or a file of the user's."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from maze import languages
from maze.errors import LanguageError, UsageError
from maze.grammar import check, load, load_file
from maze.languages import Language, Versions
from maze.request import Grammar

NEWEST_PYTHON = (3, 14)
NEWEST = Versions()
# `full` takes all that the language has; `generate` what formatters write, with cheaper masks.
Profile = Literal["full", "generate"]


@dataclass(frozen=True, slots=True)
class GrammarName:
    """The name of a grammar that comes with maze: `typescript/no-semicolons:type`.

    `style` is None for the usual one, and `start` for whole files.
    """

    language: Language
    style: str | None = None
    start: str | None = None

    @classmethod
    def of(cls, language: Language, style: str | None, start: str | None = None) -> GrammarName:
        """The name of a style, which may be the usual one. Raises UsageError for another."""
        usual = next(iter(language.styles), None)
        if style is not None and style not in language.styles:
            styles = " and ".join(f"`{each}`" for each in language.styles)
            raise UsageError(
                f"no style `{style}` for {language.label}",
                hint=f"there are {styles}" if styles else "it is written in one style",
            )
        return cls(language, None if style == usual else style, start)

    def __str__(self) -> str:
        style = f"/{self.style}" if self.style else ""
        return f"{self.language.name}{style}{f':{self.start}' if self.start else ''}"

    @property
    def options(self) -> dict[str, str]:
        """What the language and the style ask of the grammar's file."""
        styles = self.language.styles
        style = self.style or next(iter(styles), None)
        return {**self.language.options, **(styles[style] if style else {})}


def grammar_for(
    language: Language | None,
    profile: Profile,
    *,
    named: str | Grammar | None = None,
    style: str | None = None,
    versions: Versions = NEWEST,
) -> Grammar:
    """The grammar called `named` (a name or a `.lark` file) or given as such, else the language's
    own in a style."""
    if named is not None:
        if style is not None:
            raise UsageError(
                "`--style` and `--grammar` are both given",
                hint="a grammar's name may hold the style: "
                "`--grammar typescript/no-semicolons:expression`",
            )
        if isinstance(named, Grammar) or is_file(named):
            own = named if isinstance(named, Grammar) else load_file(Path(named).expanduser())
            check(own)
            return own
        name = parse_name(named)
    elif language is not None:
        name = GrammarName.of(language, style)
    else:
        raise UsageError("neither a language nor a grammar is given")
    file = name.language.grammar + (f":{name.start}" if name.start else "")
    options = {"profile": profile, **name.options, **_version(name.language, versions)}
    return replace(load(file, options=options), name=str(name), shipped=True, start=name.start)


def parse_name(named: str) -> GrammarName:
    """The parts of a shipped grammar's name. Raises UsageError for a style that it doesn't have."""
    whole, _, start = named.partition(":")
    name, _, style = whole.partition("/")
    return GrammarName.of(languages.find(name), style or None, start or None)


def _version(language: Language, versions: Versions) -> dict[str, str]:
    if language.name == "python":
        return {"python": versions.python or _running_python()}
    if language.name == "rust" and versions.rust:
        return {"edition": versions.rust}
    if language.name == "zig" and versions.zig:
        return {"version": versions.zig}
    return {}


def _running_python() -> str:
    """The running version, or the newest that the grammar knows: a newer one has all of it."""
    major, minor = min(sys.version_info[:2], NEWEST_PYTHON)
    return f"{major}.{minor}"


def check_language(named: str, language: Language) -> None:
    """Raises UsageError if `named` is a shipped grammar of another language."""
    if not is_file(named) and parse_name(named).language != language:
        raise UsageError(
            f"`--grammar {named}` is not for `--language {language.name}`",
            hint="leave out one of the two, or name a part of that language: "
            f"`--grammar {language.name}:expression`",
        )


def is_file(named: str) -> bool:
    """Whether `--grammar` means a file: everything that isn't a shipped grammar's name."""
    name, _, style = named.partition(":")[0].partition("/")
    try:
        language = languages.find(name)
    except LanguageError:
        return True
    is_name = name == language.name and (not style or style in language.styles)
    return named.endswith(".lark") or (not is_name and Path(named).exists())
