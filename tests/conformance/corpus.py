"""Real code to judge a grammar on: a library, packages, and either as a formatter writes it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.conformance.cache import folder

Read = Callable[[Path], bytes]


class NotTextError(Exception):
    """A file isn't source text; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The source files under `folders` of `root`, less those with one of `without` in their path.

    `name` is what tables call it.
    """

    name: str
    root: Callable[[], Path]
    suffix: str
    folders: tuple[str, ...] = ("",)
    without: tuple[str, ...] = ()

    def files(self) -> list[Path]:
        """All its files, sorted."""
        root = self.root()
        found = (path for part in self.folders for path in (root / part).rglob(f"*{self.suffix}"))
        return sorted(path for path in found if path.is_file() and self._counts(path))

    def label(self, path: Path) -> str:
        """A file's name within the corpus."""
        return path.relative_to(self.root()).as_posix()

    def _counts(self, path: Path) -> bool:
        return not any(part in f"/{self.label(path)}" for part in self.without)


def formatted(original: Corpus, read: Read, tool: str, command: Sequence[str | Path]) -> Corpus:
    """The corpus as a formatter writes it, made once, in the cache.

    `tool` is the formatter's name and version; `command` formats what is on its standard input.
    Files that it doesn't take are listed in the file `refused`, with its message.
    """
    return Corpus(
        f"{original.name}, {tool}",
        partial(_format_all, original, read, tool, command),
        original.suffix,
    )


def _format_all(original: Corpus, read: Read, tool: str, command: Sequence[str | Path]) -> Path:
    key = hashlib.sha256(f"{original.root()} {tool}".encode()).hexdigest()[:8]
    place = folder("formatted") / f"{original.name.replace(' ', '_')}-{key}"
    if not place.exists():
        being_made = place.with_name(f"{place.name}.{os.getpid()}")
        work = partial(_format, original, read, command, being_made)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            refused = list(filter(None, pool.map(work, original.files())))
        (being_made / "refused").write_text("\n".join(refused))
        try:
            being_made.rename(place)
        except OSError:  # another process was faster
            shutil.rmtree(being_made)
    return place


def _format(
    original: Corpus, read: Read, command: Sequence[str | Path], place: Path, path: Path
) -> str | None:
    """Writes one file formatted; what the formatter said if it didn't take it."""
    label = original.label(path)
    target = place / label
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        text = read(path)
    except NotTextError as error:
        return f"{label}: {error}"
    done = subprocess.run(command, input=text, capture_output=True)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        return f"{label}: {said.splitlines()[0] if said else 'refused'}"
    target.write_bytes(done.stdout)
    return None
