"""Which grammar a request follows: its language's own, one by name, or a file of the user's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from maze import languages
from maze.errors import UsageError
from maze.grammar import available, check, load, load_file
from maze.languages import Language, Versions
from maze.request import Grammar

NEWEST_PYTHON = (3, 14)
NEWEST = Versions()
# `full` takes all that the language has; `generate` what formatters write, with cheaper masks.
Profile = Literal["full", "generate"]


def grammar_for(
    language: Language | None,
    profile: Profile,
    *,
    named: str | None = None,
    versions: Versions = NEWEST,
) -> Grammar:
    """The grammar called `named` (a name or a `.lark` file), else the language's own."""
    if named is not None and is_file(named):
        _refuse_language(named)
        own = load_file(Path(named).expanduser())
        check(own)
        return own
    if named is None and language is None:
        raise UsageError("neither a language nor a grammar is given")
    name = named or (language.grammar if language else "")
    return load(name, options={"profile": profile, **_version(name.partition(":")[0], versions)})


def _version(grammar: str, versions: Versions) -> dict[str, str]:
    if grammar == "python":
        return {"python": versions.python or _running_python()}
    if grammar == "rust" and versions.rust:
        return {"edition": versions.rust}
    return {}


def _running_python() -> str:
    """The running version, or the newest that the grammar knows: a newer one has all of it."""
    major, minor = min(sys.version_info[:2], NEWEST_PYTHON)
    return f"{major}.{minor}"


def _refuse_language(named: str) -> None:
    """A language's name isn't a file's: say that its grammar isn't ready."""
    for language in languages.LANGUAGES:
        if named.partition(":")[0] in (language.name, language.grammar):
            languages.usable(language)


def check_language(named: str, language: Language) -> None:
    """Raises UsageError if `named` is a shipped grammar of another language."""
    if not is_file(named) and named.partition(":")[0] != language.grammar:
        raise UsageError(
            f"`--grammar {named}` is not for `--language {language.name}`",
            hint="leave out one of the two, or name a part of that language: "
            f"`--grammar {language.grammar}:expression`",
        )


def is_file(named: str) -> bool:
    """Whether `--grammar` means a file: everything that isn't a shipped grammar's name."""
    return named.partition(":")[0] not in available()
