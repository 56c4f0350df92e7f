"""The keys of the settings: what they are called, of which kind, and what they accept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from types import NoneType
from typing import Annotated, Literal, get_args, get_origin

from pydantic import SecretStr

from maze.errors import SettingsError
from maze.settings.schema import Settings, Table

Kind = Literal["string", "integer", "number", "list"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key such as `generation.max_tokens`; `accepts` ends the sentence "expected …"."""

    table: str
    name: str
    kind: Kind
    secret: bool
    accepts: str

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"


def find(name: str) -> Key:
    """The key called `name`; raises SettingsError with the nearest one if there is none."""
    if name in KEYS:
        return KEYS[name]
    raise unknown(name)


def unknown(name: str, where: str = "", *, noun: Literal["key", "table"] = "key") -> SettingsError:
    """The error for a name that is no key or table; `where` goes on like ` in FILE`."""
    if name in TABLES:
        return SettingsError(f"`{name}` is a table, not a key{where}", hint=_keys_of(name))
    shown = name if name.isprintable() else ascii(name)[1:-1]  # no escape sequences in a terminal
    return SettingsError(f"unknown {noun} `{shown}`{where}", hint=_nearest(name, noun))


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that is spelled most like `name`, if any is."""
    return next(iter(get_close_matches(name, list(names), n=1)), None)


def _nearest(name: str, noun: str) -> str:
    table, _, leaf = name.partition(".")
    if table in TABLES:
        found = nearest(leaf, TABLES[table].model_fields)
        return f"did you mean `{table}.{found}`?" if found else _keys_of(table)
    if noun == "table":
        found = nearest(name, TABLES)
    else:
        same_leaf = (str(key) for key in KEYS.values() if key.name == name)
        found = next(same_leaf, None) or nearest(name, KEYS)
    return f"did you mean `{found}`?" if found else f"the tables are {_listed(TABLES)}"


def _keys_of(table: str) -> str:
    return f"the keys of `{table}` are {_listed(TABLES[table].model_fields)}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


# --- Read from the schema --------------------------------------------------------------------


def _leaves(annotation: object) -> list[object]:
    """The plain types and the literals in an annotation: `str` in `Annotated[str, …] | None`."""
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    if get_origin(annotation) is None:
        return [] if annotation in (NoneType, ...) else [annotation]
    inner = get_args(annotation)
    if get_origin(annotation) is Annotated:
        inner = inner[:1]
    return [leaf for each in inner for leaf in _leaves(each)]


def _key(table: str, name: str, annotation: object, accepts: str) -> Key:
    leaves = _leaves(annotation)
    kinds: dict[object, Kind] = {int: "integer", float: "number"}
    is_list = get_origin(annotation) is tuple
    choices = ", ".join(json.dumps(leaf) for leaf in leaves if isinstance(leaf, str))
    return Key(
        table,
        name,
        kind="list" if is_list else kinds.get(leaves[0], "string"),
        secret=SecretStr in leaves,
        accepts=accepts.format(choices=choices),
    )


TABLES: dict[str, type[Table]] = {
    name: field.annotation
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Table)
}
KEYS: dict[str, Key] = {
    f"{table}.{name}": _key(table, name, field.annotation, field.description or "a value")
    for table, model in TABLES.items()
    for name, field in model.model_fields.items()
}
SECRET_NAMES = frozenset(key.name for key in KEYS.values() if key.secret)
