"""Real code to judge a grammar on: a library, packages, and either as a formatter writes it."""

from __future__ import annotations

import hashlib
import os
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

    `name` is what tables call it; `read` gives a file as UTF-8 and raises NotTextError.
    """

    name: str
    root: Callable[[], Path]
    suffix: str
    read: Read = Path.read_bytes
    folders: tuple[str, ...] = ("",)
    without: tuple[str, ...] = ()

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


def formatted(original: Corpus, tool: str, command: Sequence[str | Path]) -> Corpus:
    """The corpus as a formatter writes it; each file is formatted when it is read first.

    `tool` is the formatter's name and version; `command` formats what is on its standard input.
    """
    read = partial(_read_formatted, original.read, tool, command)
    return replace(original, name=f"{original.name}, {tool}", read=read)


def _read_formatted(read: Read, tool: str, command: Sequence[str | Path], path: Path) -> bytes:
    text = read(path)
    key = hashlib.sha256(tool.encode() + b"\0" + text).hexdigest()
    kept = folder("formatted") / key[:2] / key
    if not kept.exists():
        done = subprocess.run(command, input=text, capture_output=True)
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise NotTextError(f"{tool} refuses it: {said[0] if said else done.returncode}")
        kept.parent.mkdir(exist_ok=True)
        being_made = kept.with_suffix(f".{os.getpid()}")
        being_made.write_bytes(done.stdout)
        being_made.replace(kept)
    return kept.read_bytes()
