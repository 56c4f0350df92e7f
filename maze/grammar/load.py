"""Grammars by name, from a file, or from text; and the check with llguidance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_path

from maze.errors import GrammarError, SourceLocation
from maze.grammar import cache, shipped
from maze.grammar.source import Source, decode, read
from maze.request import Grammar


@dataclass(frozen=True, slots=True)
class Origin:
    """What a grammar was made from."""

    source: Source
    options: Mapping[str, str]
    start: str | None


@dataclass(frozen=True, slots=True)
class LoadedGrammar(Grammar):
    """A grammar that knows its source, so that `check` can point into it."""

    origin: Origin = field(compare=False, repr=False, kw_only=True)


def load(
    name: str, *, options: Mapping[str, str] | None = None, cache_dir: Path | None = None
) -> LoadedGrammar:
    """The shipped grammar `name`; `python:expression` starts at another rule."""
    language, _, start = name.partition(":")
    path = shipped.path_of(language)
    return _load(path, name, options or {}, start or None, cache_dir)


def load_file(
    path: Path,
    *,
    start: str | None = None,
    options: Mapping[str, str] | None = None,
    cache_dir: Path | None = None,
) -> LoadedGrammar:
    """The grammar in a file."""
    return _load(path, str(path), options or {}, start, cache_dir)


def expand(
    text: str, *, name: str = "grammar", options: Mapping[str, str] | None = None
) -> LoadedGrammar:
    """The grammar in a text; it can't import files."""
    return _compiled(Origin(Source(name, text), options or {}, None), name)[0]


def check(grammar: Grammar) -> None:
    """Compiles a grammar with llguidance; raises GrammarError at the place in its source."""
    from maze.grammar.engine import refusal

    if found := refusal(grammar.text):
        location = None
        if found.line and found.column:
            location = _location(grammar, found.line, found.column)
        raise GrammarError(found.reason, location=location, name=grammar.name)


def _load(
    path: Path,
    name: str,
    options: Mapping[str, str],
    start: str | None,
    cache_dir: Path | None,
) -> LoadedGrammar:
    data = read(path, pipe=True)
    origin = Origin(decode(data, path), options, start)
    chosen = [f"{option}={options[option]}" for option in sorted(options)]
    key = cache.key(str(path.absolute()), cache.digest(data), start or "", *chosen)
    directory = cache_dir or user_cache_path("maze") / "grammars"
    if entry := cache.load(directory, key):
        return _grammar(name, entry.text, origin)
    grammar, imports = _compiled(origin, name)
    cache.store(directory, key, cache.Entry(grammar.text, imports))
    return grammar


def _compiled(origin: Origin, name: str) -> tuple[LoadedGrammar, dict[Path, str]]:
    from maze.grammar.compile import compile_source  # needs lark

    compiled = compile_source(origin.source, origin.options, origin.start)
    imports = {
        path.absolute(): cache.digest(source.data) for path, source in compiled.imports.items()
    }
    return _grammar(name, compiled.flat.text, origin), imports


def _grammar(name: str, text: str, origin: Origin) -> LoadedGrammar:
    return LoadedGrammar(name, text, cache.digest(text.encode()), origin=origin)


def _location(grammar: Grammar, line: int, column: int) -> SourceLocation | None:
    """The place in the source of a place in the flat text."""
    if isinstance(grammar, LoadedGrammar):
        from maze.grammar.compile import compile_source

        origin = grammar.origin
        flat = compile_source(origin.source, origin.options, origin.start).flat
        if flat.text == grammar.text and (place := flat.origin(line, column)):
            return place.location()
    lines = grammar.text.split("\n")
    return (
        SourceLocation(grammar.name, line, column, lines[line - 1]) if line <= len(lines) else None
    )
