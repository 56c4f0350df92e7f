"""The settings in force: defaults, files, environment and flags, the later over the earlier."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from maze.errors import SettingsError
from maze.settings import files, keys, values
from maze.settings.files import SettingsFile
from maze.settings.keys import KEYS, TABLES, Key
from maze.settings.schema import Settings

DEFAULT = "default"
# Variables with a name of their own. They come before `MAZE_…`, which is the more exact name.
_KNOWN_VARIABLES = {
    "MODAL_ENDPOINT_URL": "modal.endpoint_url",
    "OPENAI_API_KEY": "openai.api_key",
    "ANTHROPIC_API_KEY": "anthropic.api_key",
}


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings, where each one comes from, and the project's file if there is one.

    An origin is `default`, a file's path, a variable's name or a flag: `--seed`.
    """

    settings: Settings
    origins: Mapping[str, str]
    user_file: Path
    project_file: Path | None

    def value(self, name: str) -> values.Value:
        """The value of `generation.model` and so on, None if it isn't set."""
        key = keys.find(name)
        value: values.Value = getattr(getattr(self.settings, key.table), key.name)
        return value

    def text(self, name: str) -> str:
        """The value as text, a secret as stars. Raises SettingsError if it isn't set."""
        value = self.value(name)
        if value is None:
            raise SettingsError(
                f"`{name}` is not set", hint=f"`maze config set {name} VALUE` sets it"
            )
        return values.as_text(value)

    def lines(self, *, show_origin: bool = False) -> str:
        """All settings that have a value as TOML lines, after their origin and a tab if wanted."""
        return "".join(
            (f"{self.origins[name]}\t" if show_origin else "")
            + f"{name} = {values.as_toml(self.value(name))}\n"
            for name in KEYS
            if self.value(name) is not None
        )

    def json(self) -> str:
        """One JSON object: for each key its value, null if it isn't set, and its origin."""
        return json.dumps(
            {
                name: {"value": values.as_plain(self.value(name)), "origin": self.origins[name]}
                for name in KEYS
            },
            ensure_ascii=False,
        )


def load(
    environ: Mapping[str, str] = os.environ,
    user_file: Path | None = None,
    project_start_dir: Path | None = None,
    flags: Mapping[str, str | int | float | None] | None = None,
) -> LoadedSettings:
    """Read every source of settings; raises SettingsError for the first mistake in one.

    `flags` are values by key, None where the flag wasn't given; text is read as in a variable.
    """
    user_path = user_file or files.user_file(environ)
    project_path = files.find_project_file(project_start_dir or Path("."))
    raw: dict[str, dict[str, object]] = {}
    origins = dict.fromkeys(KEYS, DEFAULT)
    for key, value, origin in _sources(environ, user_path, project_path, flags or {}):
        raw.setdefault(key.table, {})[key.name] = value
        origins[str(key)] = origin
    return LoadedSettings(Settings.model_validate(raw), origins, user_path, project_path)


def _sources(
    environ: Mapping[str, str],
    user_path: Path,
    project_path: Path | None,
    flags: Mapping[str, str | int | float | None],
) -> Iterator[tuple[Key, object, str]]:
    """Each value that is set somewhere with its key and its origin; later ones win."""
    yield from _in_file(files.read(user_path))
    if project_path is not None:
        yield from _in_file(files.read(project_path))
    yield from _in_environment(environ)
    yield from _in_flags(flags)


def _in_file(file: SettingsFile) -> Iterator[tuple[Key, object, str]]:
    project = " --project" if file.path.name == files.PROJECT_FILE else ""
    for table, content in file.tables.items():
        if table not in TABLES:
            is_table = isinstance(content, dict)
            raise keys.unknown(table, file.where(table), noun="table" if is_table else "key")
        if not isinstance(content, dict):
            raise SettingsError(
                f"wrong value for `{table}`{file.where(table)}: "
                f"expected a table, but it is {values.described(None, content)}",
                hint=f"a table begins with a line `[{table}]`",
            )
        for name, raw in content.items():
            key = KEYS.get(f"{table}.{name}")
            if key is None:
                raise keys.unknown(f"{table}.{name}", file.where(table, name))
            values.check(
                key,
                raw,
                where=file.where(table, name),
                hint=f"correct it there, or remove it: `maze config unset {key}{project}`",
            )
            yield key, raw, str(file.path)


def _in_environment(environ: Mapping[str, str]) -> Iterator[tuple[Key, object, str]]:
    for variable, name in (_KNOWN_VARIABLES | _maze_variables(environ)).items():
        # An empty variable is how a shell says that there is none.
        if text := environ.get(variable):
            key = KEYS[name]
            raw = values.parse(key, text)
            values.check(
                key,
                raw,
                where=f" in the environment variable `{variable}`",
                hint="correct the variable, or unset it",
            )
            yield key, raw, variable


def _maze_variables(environ: Mapping[str, str]) -> dict[str, str]:
    """The keys named by `MAZE_…` variables; one that names a table must name its key as well."""
    known = {f"MAZE_{key.table}_{key.name}".upper(): str(key) for key in KEYS.values()}
    tables = tuple(f"MAZE_{table}_".upper() for table in TABLES)
    for variable in environ:
        if variable.startswith(tables) and variable not in known:
            found = keys.nearest(variable, known)
            raise SettingsError(
                f"unknown settings variable `{variable}`",
                hint=f"did you mean `{found}`?"
                if found
                else "`maze config list --json` shows all keys",
            )
    return {variable: name for variable, name in known.items() if variable in environ}


def _in_flags(flags: Mapping[str, str | int | float | None]) -> Iterator[tuple[Key, object, str]]:
    for name, given in flags.items():
        if given is not None:
            key = keys.find(name)
            flag = "--" + key.name.replace("_", "-")
            raw = values.parse(key, given) if isinstance(given, str) else given
            values.check(key, raw, subject=flag, hint=values.example(key))
            yield key, raw, flag
