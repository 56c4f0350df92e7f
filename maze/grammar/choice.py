"""Which grammar a request follows: its language's own, one by name, or a file of the user's."""

from __future__ import annotations

import sys
from pathlib import Path

from maze.grammar import available, load, load_file
from maze.languages import Language
from maze.request import Grammar


def grammar_for(
    language: Language | None, *, named: str | None = None, python_version: str | None = None
) -> Grammar:
    """The grammar called `named` (a name or a `.lark` file), else the language's own."""
    if named is not None and is_file(named):
        return load_file(Path(named).expanduser())
    if named is not None:
        return load(named, options=options(named.partition(":")[0], python_version))
    if language is None:
        raise ValueError("neither a language nor a grammar")
    return load(language.grammar, options=options(language.grammar, python_version))


def is_file(named: str) -> bool:
    """Whether `--grammar` means a file: by its ending, or because it isn't a shipped name."""
    return named.partition(":")[0] not in available()


def options(grammar: str, python_version: str | None) -> dict[str, str]:
    """The options that a shipped grammar is loaded with."""
    if grammar != "python":
        return {}
    return {"python": python_version or f"{sys.version_info[0]}.{sys.version_info[1]}"}
