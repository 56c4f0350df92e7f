"""Flat texts on disk, so that a grammar is parsed once and then read."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from maze.errors import GrammarError
from maze.grammar.source import read

_FORMAT = "maze grammar cache 1"
_ENCODING = ("utf-8", "surrogateescape")  # as `os.fsencode`: names of files are any bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A flat text, and the SHA-256 of each file that was imported for it."""

    text: str
    imports: Mapping[Path, str]


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def key(*parts: str) -> str:
    """The name of a cache file: what the flat text depends on, except imported files."""
    return digest("\0".join((_FORMAT, _loader(), *parts)).encode(*_ENCODING))


def _loader() -> str:
    """Tells versions of the loader apart, also while it is being worked on."""
    with os.scandir(Path(__file__).parent) as entries:
        stamps = [
            f"{entry.name} {entry.stat().st_mtime_ns}" for entry in entries if entry.is_file()
        ]
    return "\n".join(sorted(stamps))


def load(directory: Path, name: str) -> Entry | None:
    """The entry with a key; None if there is none, or if it or an imported file has changed."""
    try:
        data = (directory / name).read_bytes()
        entry = _decoded(data)
        fresh = all(digest(read(path)) == sha for path, sha in entry.imports.items())
    except (OSError, ValueError, GrammarError):
        return None
    return entry if fresh else None


def store(directory: Path, name: str, entry: Entry) -> None:
    """Keeps an entry, whole or not at all; a cache that can't be written is no cache."""
    with contextlib.suppress(OSError):
        directory.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=directory, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_encoded(entry))
            os.replace(temporary, directory / name)
        except OSError:
            os.unlink(temporary)
            raise


def _encoded(entry: Entry) -> bytes:
    """One line of head with the number of imports and a digest, a line each import, the text."""
    lines = [f"{sha} {path}" for path, sha in entry.imports.items()]
    body = "\n".join([*lines, entry.text]).encode(*_ENCODING)
    return f"{_FORMAT} {len(lines)} {digest(body)}\n".encode() + body


def _decoded(data: bytes) -> Entry:
    """Raises ValueError for anything but a whole entry."""
    head, body = data.split(b"\n", 1)
    name, count, sha = head.decode().rsplit(" ", 2)
    if name != _FORMAT or sha != digest(body):
        raise ValueError("not a whole cache entry")
    *lines, text = body.decode(*_ENCODING).split("\n", int(count))
    imports = {}
    for line in lines:
        file_sha, path = line.split(" ", 1)
        imports[Path(path)] = file_sha
    return Entry(text, imports)
