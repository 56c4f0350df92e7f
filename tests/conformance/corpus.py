"""Real code to judge a grammar on: a library, packages, and either as a formatter writes it."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tests.conformance.cache import folder
from tests.conformance.packages import VERSION

Read = Callable[[Path], bytes]


class NotTextError(Exception):
    """A file isn't source text, or a formatter doesn't take it; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The source files under `folders` of `root`, less those with one of `without` in their path.

    `name` is what tables call it; `read` gives a file as UTF-8 and raises NotTextError. If a
    formatter wrote it, `read_relaid` gives what the formatter makes of the file in another layout.
    """

    name: str
    root: Callable[[], Path]
    suffix: str
    read: Read = Path.read_bytes
    folders: tuple[str, ...] = ("",)
    without: tuple[str, ...] = ()
    read_relaid: Read | None = None

    def files(self) -> list[Path]:
        """All its files, sorted."""
        root = self.root()
        bases = (
            base for part in self.folders for base in ([root] if not part else root.glob(part))
        )
        found = (path for base in bases for path in base.rglob(f"*{self.suffix}"))
        return sorted(path for path in found if path.is_file() and self._counts(path))

    def title(self) -> str:
        """The name, with the version of a package that is fetched."""
        version = self.root() / VERSION
        return f"{self.name} ({version.read_text()})" if version.exists() else self.name

    def label(self, path: Path) -> str:
        """A file's name within the corpus."""
        return path.relative_to(self.root()).as_posix()

    def _counts(self, path: Path) -> bool:
        return not any(part in f"/{self.label(path)}" for part in self.without)


@dataclass(frozen=True, slots=True)
class Formatter:
    """A formatter: its name and version, the command that formats its standard input, how a text
    tells it to leave parts alone, and what gives a text another layout.

    Where that layout is still in what it writes, it left the text as it was.
    """

    name: str
    command: Sequence[str | Path]
    skip: re.Pattern[bytes] | None = None
    relay: Callable[[bytes], bytes] | None = None

    def format(self, text: bytes) -> bytes:
        """The text as it writes it. Raises NotTextError if it doesn't."""
        done = subprocess.run(self.command, input=text, capture_output=True)
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise NotTextError(f"{self.name} refuses it: {said[0] if said else done.returncode}")
        return done.stdout


def formatted(original: Corpus, formatter: Formatter) -> Corpus:
    """The corpus as a formatter writes it; each file is formatted when it is read first."""
    read = partial(_read_formatted, original.read, formatter)
    relaid = partial(_read_relaid, original.read, formatter) if formatter.relay else None
    name = f"{original.name}, {formatter.name}"
    return replace(original, name=name, read=read, read_relaid=relaid)


def _read_relaid(read: Read, formatter: Formatter, path: Path) -> bytes:
    assert formatter.relay
    return formatter.format(formatter.relay(read(path)))


def _read_formatted(read: Read, formatter: Formatter, path: Path) -> bytes:
    text = read(path)
    if formatter.skip and (found := formatter.skip.search(text)):
        raise NotTextError(f"`{found[0].decode()}`: parts of it are not formatted")
    key = hashlib.sha256(formatter.name.encode() + b"\0" + text).hexdigest()
    kept = folder("formatted") / key[:2] / key
    if not kept.exists():
        made = formatter.format(text)
        kept.parent.mkdir(exist_ok=True)
        being_made = kept.with_suffix(f".{os.getpid()}")
        being_made.write_bytes(made)
        being_made.replace(kept)
    return kept.read_bytes()
