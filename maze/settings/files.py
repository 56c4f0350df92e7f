"""Settings files: where they are, what they hold, and the place of a mistake in them."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maze.errors import SettingsError, SourceLocation
from maze.settings.keys import KEYS, SECRET_NAMES

PROJECT_FILE = "maze.toml"
FILE_VARIABLE = "MAZE_CONFIG_FILE"


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A settings file as it is written: its text, and the tables in it."""

    path: Path
    text: str = ""
    tables: dict[str, object] = field(default_factory=dict)

    def where(self, *keys: str) -> str:
        """` in FILE, line N`: where `keys` is written."""
        line = _line_of(self.text, keys)
        return f" in `{self.path}`" + (f", line {line}" if line else "")


def user_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The user's own file: `MAZE_CONFIG_FILE`, else `config.toml` in the platform's folder."""
    if named := environ.get(FILE_VARIABLE):
        return Path(named)
    from platformdirs import user_config_dir

    return Path(user_config_dir("maze", appauthor=False)) / "config.toml"


def find_project_file(start: Path) -> Path | None:
    """The nearest `maze.toml`, in `start` or a folder above it."""
    try:
        folder = start.absolute()
    except FileNotFoundError:  # the working directory has been deleted
        return None
    for each in (folder, *folder.parents):
        if os.path.lexists(each / PROJECT_FILE):
            return each / PROJECT_FILE
    return None


def target(*, project: bool = False) -> Path:
    """The file that is written: the user's; or the project's, a new one here if there is none."""
    if not project:
        return user_file()
    try:
        return find_project_file(Path()) or Path().absolute() / PROJECT_FILE
    except FileNotFoundError:
        raise SettingsError(
            "the working directory has been deleted", hint="change to a folder that exists"
        ) from None


def read(path: Path) -> SettingsFile:
    """The file's tables, unchecked; a file that isn't there holds none.

    Raises SettingsError if it can't be read or isn't TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return SettingsFile(path)
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"settings file `{path}` is not UTF-8: byte 0x{error.object[error.start]:02x} "
            f"at offset {error.start}",
            hint="save it as UTF-8",
        ) from None
    except OSError as error:
        raise unreadable(path, "read", error) from error
    try:
        return SettingsFile(path, text, tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        raise _broken(path, text, error) from None


def unreadable(path: Path, verb: str, error: OSError) -> SettingsError:
    """The error for a settings file that the system refuses to read or write."""
    reason = (error.strerror or str(error)).lower()
    return SettingsError(
        f"can't {verb} settings file `{path}`: {reason}",
        hint=f"look at its permissions, or name another file in `{FILE_VARIABLE}`",
    )


def _broken(path: Path, text: str, error: ValueError | RecursionError) -> SettingsError:
    """The error for a text that isn't TOML, with line and caret where the parser tells them."""
    message = f"invalid settings file `{path}`"
    hint = "the file is TOML: https://toml.io"
    if isinstance(error, RecursionError):
        return SettingsError(f"{message}: nested too deeply", hint=hint)
    if not isinstance(error, tomllib.TOMLDecodeError):  # a number with thousands of digits
        return SettingsError(f"{message}: a number is too long", hint=hint)
    # The place is an attribute of the error only since Python 3.14.
    reason, _, place = str(error).rpartition(" (at ")
    numbers = re.fullmatch(r"line (\d+), column (\d+)\)", place)
    lines = text.replace("\r\n", "\n").split("\n")
    if numbers:
        line, column = int(numbers[1]), int(numbers[2])
    else:  # "end of document"
        line = max((n for n, each in enumerate(lines, 1) if each.strip()), default=1)
        column = len(lines[line - 1]) + 1
    location = SourceLocation(str(path), line, column, _shown(lines[line - 1]))
    reason = reason[:1].lower() + reason[1:]
    return SettingsError(
        f"{message}\n  at {line}({column}): {reason}\n{location.caret()}", hint=hint
    )


_HARMLESS = frozenset(key.name for key in KEYS.values()) - SECRET_NAMES - {"endpoint_url"}


def _shown(line: str) -> str:
    """The line without control characters; stars instead of its value if it could be a secret."""
    line = "".join(each if each.isprintable() else " " for each in line)
    name = re.match(r"\s*(?:[\w-]+\s*\.\s*)*([A-Za-z_]*)", line)
    assert name is not None
    secret = re.search(rf"\b(?:{'|'.join(SECRET_NAMES)})\b", line)
    if not secret and (name[1] in _HARMLESS or re.fullmatch(r"\s*\[[\w\s.\[\]-]*", line)):
        return line
    kept = re.match(r"[^=]*=\s*", line) if re.match(r"\s*[\w.-]+\s*=", line) else name
    assert kept is not None
    return kept[0] + re.sub(r"\S", "*", line[kept.end() :])


def _line_of(text: str, keys: tuple[str, ...]) -> int | None:
    """The line, from 1, where `keys` is written; None where a glance doesn't find it."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+([^\]]+)\]", line):
            table = _parts(header[1])
            written = table
        elif assignment := re.match(r"\s*([^=#]+?)\s*=", line):
            written = table + _parts(assignment[1])
            if keys[: len(written)] == written:  # the key itself, or an inline table with it
                return number
        else:
            continue
        if written[: len(keys)] == keys:
            return number
    return None


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
