"""One grammar file as a set of names, and the files that it imports from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from maze.errors import GrammarError
from maze.grammar.nodes import (
    Definition,
    EngineOptions,
    Ignore,
    Import,
    Inline,
    Let,
    Option,
    Start,
    Statement,
    is_terminal,
)
from maze.grammar.source import MAX_SOURCE_BYTES, Place, Source, decode, read, too_large

COMMON = frozenset(
    {
        *("DIGIT", "HEXDIGIT", "INT", "SIGNED_INT", "DECIMAL", "_EXP", "FLOAT", "SIGNED_FLOAT"),
        *("NUMBER", "SIGNED_NUMBER", "ESCAPED_STRING", "LCASE_LETTER", "UCASE_LETTER", "LETTER"),
        *("WORD", "CNAME", "WS_INLINE", "WS", "CR", "LF", "NEWLINE"),
        *("SH_COMMENT", "CPP_COMMENT", "C_COMMENT", "SQL_COMMENT"),
    }
)
"""The terminals of llguidance's own `common` (its parser/src/lark/common.rs)."""


MAX_IMPORT_DEPTH = 32

_CASES = "a rule stays a rule and a terminal a terminal"

_MAX_COMPARED = 1_000
_MAX_LENGTH = 60
"""Of names that are looked through for one that may have been meant."""


class Module:
    """The names of one file; `prefix` goes before them in the flat text."""

    def __init__(self, source: Source, prefix: str) -> None:
        self.source = source
        self.prefix = prefix
        self.names: dict[str, tuple[Module, Definition]] = {}
        self.options: dict[str, Option] = {}
        self.lets: dict[str, list[Let]] = {}
        self.starts: list[Start] = []
        self.is_inlined = False
        self.ignores: list[Ignore] = []
        self.engine_options: list[EngineOptions] = []

    def definitions(self) -> list[Definition]:
        """What the file defines itself."""
        return [definition for module, definition in self.names.values() if module is self]

    def find(self, name: str, place: Place) -> tuple[Module, Definition]:
        """What a name means in this file, and the file that defines it."""
        if found := self.names.get(name):
            return found
        kind = "terminal" if is_terminal(name) else "rule"
        near = get_close_matches(name, islice(self._short_names(name), _MAX_COMPARED), n=1)
        raise place.error(
            f"undefined {kind} `{name}`", f"did you mean `{near[0]}`?" if near else None
        )

    def _short_names(self, name: str) -> Iterator[str]:
        """The names that are worth a comparison, which takes the time of both lengths."""
        if len(name) > _MAX_LENGTH:
            return iter(())
        return (each for each in self.names if len(each) <= _MAX_LENGTH)

    def add(self, name: str, owner: Module, definition: Definition, place: Place) -> None:
        """Defines a name, once."""
        if name in self.names:
            first = self.names[name][1].place.location()
            elsewhere = f" of `{first.file}`" if first.file != place.source.name else ""
            raise place.error(
                f"`{name}` is defined twice", f"it is first defined in line {first.line}{elsewhere}"
            )
        self.names[name] = (owner, definition)


class Files:
    """Reads a grammar and what it imports; `imports` are by the path where each was looked up.

    A file that is found by two paths, one of them a link, is there twice.
    """

    def __init__(self) -> None:
        self.imports: dict[Path, Source] = {}
        self._size = 0
        self._modules: dict[Path, Module] = {}
        self._open: list[Path] = []

    def root(self, source: Source) -> Module:
        """The grammar itself."""
        return self._module(source, "")

    def _module(self, source: Source, prefix: str) -> Module:
        from maze.grammar.parse import parse

        self._size += len(source.text)
        if self._size > MAX_SOURCE_BYTES:
            raise too_large(source.name)
        module = Module(source, prefix)
        if source.path:
            self._modules[_resolved(source.path)] = module
            self._open.append(_resolved(source.path))
        for statement in parse(source):
            self._add(module, statement)
        if source.path:
            self._open.pop()
        return module

    def _add(self, module: Module, statement: Statement) -> None:
        match statement:
            case Definition(name=name, place=place):
                module.add(name, module, statement, place)
            case Import(relative=True):
                self._import(module, statement)
            case Import():
                _import_common(module, statement)
            case Option(name=name, place=place):
                if name in module.options:
                    raise place.error(f"option `{name}` is declared twice")
                module.options[name] = statement
            case Let(name=name):
                module.lets.setdefault(name, []).append(statement)
            case Start():
                module.starts.append(statement)
            case Inline():
                module.is_inlined = True
            case Ignore():
                module.ignores.append(statement)
            case EngineOptions():
                module.engine_options.append(statement)

    def _import(self, module: Module, statement: Import) -> None:
        imported = self._imported(module, statement)
        for there, here in statement.names:
            owner, definition = imported.find(there, statement.place)
            if is_terminal(there) != is_terminal(here):
                raise statement.place.error(_CASES)
            module.add(here, owner, definition, statement.place)

    def _imported(self, module: Module, statement: Import) -> Module:
        place, parts = statement.place, statement.path
        if module.source.path is None:
            raise place.error("a grammar that isn't in a file can't import files")
        if not parts:
            raise place.error(
                "an import names a file and what to take from it", "%import .file (a, B)"
            )
        path = module.source.path.parent.joinpath(*parts).with_suffix(".lark")
        resolved = _resolved(path)
        if resolved in self._open:
            raise place.error(f"`{path}` imports itself, by way of this import")
        if resolved in self._modules:
            self.imports[path] = self._modules[resolved].source
            return self._modules[resolved]
        if len(self._open) >= MAX_IMPORT_DEPTH:
            raise place.error(f"imports are nested more than {MAX_IMPORT_DEPTH} deep")
        try:
            data = read(path)
        except GrammarError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise place.error(f"there is no file `{path}`") from None
            raise place.error(f"`{path}`: {error.reason}") from error
        self.imports[path] = decode(data, path)
        return self._module(self.imports[path], self._prefix(parts[-1]))

    def _prefix(self, stem: str) -> str:
        taken = {module.prefix for module in self._modules.values()}
        names = (f"{stem}{number or ''}__" for number in range(len(taken) + 1))
        return next(name for name in names if name not in taken)


def _resolved(path: Path) -> Path:
    """Where links lead; unlike `Path.resolve`, not an error where they lead in a circle."""
    return Path(os.path.realpath(path))


def _import_common(module: Module, statement: Import) -> None:
    place, path = statement.place, statement.path
    for there, here in statement.names:
        if path != ("common",):
            name = ".".join((*path, there))
            hint = f"write `%import .{name}` for a file beside this one"
            raise place.error(f"`{name}` is no library; there is only `common`", hint)
        if there not in COMMON:
            raise place.error(f"`common` has no `{there}`", f"it has {', '.join(sorted(COMMON))}")
        if is_terminal(there) != is_terminal(here):
            raise place.error(_CASES)
        definition = Definition(here, "", (), False, (), (), place, builtin=f"common.{there}")
        module.add(here, module, definition, place)


def modules(root: Module) -> Sequence[Module]:
    """The module and all that it imports from."""
    found = [root]
    for module in found:
        found += {owner for owner, _ in module.names.values()} - set(found)
    return found
