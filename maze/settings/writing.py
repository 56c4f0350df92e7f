"""Settings written to a file: one key at a time, all other keys kept, whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from maze.errors import SettingsError
from maze.settings import files, keys, values
from maze.settings.keys import KEYS, SECRET_NAMES, TABLES
from maze.settings.lock import locked

Tables = dict[str, object]


def set_value(file: Path, name: str, text: str) -> None:
    """Write the value that `text` is to the key called `name`.

    Raises SettingsError, and leaves the file as it is, if the key is unknown, the value isn't one
    that it takes, or the file can't be read and written.
    """
    key = keys.find(name)
    value = values.parse(key, text)
    values.check(key, value, hint=values.example(key))

    def put(tables: Tables) -> bool:
        table = tables.setdefault(key.table, {})
        if not isinstance(table, dict):
            raise SettingsError(
                f"can't set `{name}` in `{file}`: `{key.table}` is no table there, "
                f"but {values.described(None, table)}",
                hint=f"`maze config unset {key.table}` removes it",
            )
        table[key.name] = value
        return True

    _rewrite(file, put)


def unset_value(file: Path, name: str) -> None:
    """Remove a key from the file, also one that maze doesn't know; its absence is no error.

    Raises SettingsError for a key that is neither known nor in the file.
    """

    def remove(tables: Tables) -> bool:
        removed = _remove(tables, name.split("."))
        if not removed and name not in KEYS:
            raise keys.unknown(name, f" in `{file}`")
        return removed

    if os.path.lexists(file):
        _rewrite(file, remove)
    else:
        keys.find(name)


def _remove(tables: Tables, path: list[str]) -> bool:
    """Take the key at `path` away, and the tables that it leaves empty; False if it isn't there."""
    name, *rest = path
    inner = tables.get(name)
    if rest:
        if not isinstance(inner, dict) or not _remove(inner, rest):
            return False
    elif inner is None or (name in TABLES and isinstance(inner, dict)):
        return False
    if not (rest and inner):
        del tables[name]
    return True


def _rewrite(file: Path, change: Callable[[Tables], bool]) -> None:
    """Change the file's tables in place, and write them if `change` says so."""
    path = Path(os.path.realpath(file))  # a symbolic link stays one: its target is rewritten
    try:
        if path.exists() and not path.is_file():  # a folder; or /dev/null, not to be replaced
            raise SettingsError(
                f"can't write settings file `{file}`: it is not a regular file",
                hint=f"move it away, or name another file in `{files.FILE_VARIABLE}`",
            )
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(path):
            tables = files.read(path).tables
            if change(tables):
                _replace(path, tables)
    except OSError as error:
        raise files.unreadable(file, "write", error) from error


def _replace(path: Path, tables: Mapping[str, object]) -> None:
    """Put a new file in the place of `path`, at once; private if it holds a secret."""
    import tomli_w

    data = tomli_w.dumps(tables).encode()
    secret = _holds_secret(tables)
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    new = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, 0o600 if secret or mode is not None else 0o666)

    try:
        with open(new, "xb", opener=opener) as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None and not secret:
            new.chmod(mode)
        os.replace(new, path)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise
    _sync_folder(path.parent)


def _holds_secret(tables: Mapping[str, object]) -> bool:
    """Whether a key, also one of a table that maze doesn't know, is called like a secret."""
    return any(
        name in SECRET_NAMES or (isinstance(inner, dict) and _holds_secret(inner))
        for name, inner in tables.items()
    )


def _sync_folder(folder: Path) -> None:
    """Make the new name outlast a power cut, where the system can do that for a folder."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
