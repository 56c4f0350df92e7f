"""Packages from Debian, PyPI and npm, unpacked into the cache and not installed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import mkdtemp

from tests.conformance.cache import folder

# In a package's folder: which version of it was fetched.
VERSION = "VERSION.txt"


def debian(package: str) -> Path:
    """The files of a Debian package, the newest that apt knows; fetched once."""

    def fetch(place: Path) -> None:
        _run(["apt-get", "download", "-qq", package], place)
        (archive,) = place.glob("*.deb")
        _run(["dpkg-deb", "-x", str(archive), str(place)], place)
        version = _run(["dpkg-deb", "-f", str(archive), "Version"], place)
        (place / VERSION).write_text(version.strip())
        archive.unlink()

    return _once(folder("debian") / package, fetch)


def pypi(requirement: str) -> Path:
    """The files of a wheel from PyPI; fetched once."""

    def fetch(place: Path) -> None:
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:"]
        _run([*pip, requirement], place)
        (archive,) = place.glob("*.whl")
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(place)
        archive.unlink()

    return _once(folder("pypi") / requirement, fetch)


def npm(package: str) -> Path:
    """The files of an npm package, `name@version`, with what it needs beside it; fetched once."""

    def fetch(place: Path) -> None:
        npm = ["npm", "install", "--silent", "--no-save", "--ignore-scripts", "--prefix", "."]
        _run([*npm, package], place)

    name = package.rpartition("@")[0]
    return _once(folder("npm") / package.replace("/", "+"), fetch) / "node_modules" / name


def npm_sources(packages: Sequence[str]) -> Path:
    """A folder with the files of npm packages, `name@version`, alone; fetched once."""

    def fetch(place: Path) -> None:
        for package in packages:
            unpacked = place / package.replace("/", "+")
            unpacked.mkdir()
            _run(["npm", "pack", "--silent", package], unpacked)
            (archive,) = unpacked.glob("*.tgz")
            _run(["tar", "xzf", archive.name], unpacked)
            archive.unlink()

    key = hashlib.sha256(" ".join(packages).encode()).hexdigest()[:16]
    return _once(folder("npm") / f"sources-{key}", fetch)


def _run(command: Sequence[str], place: Path) -> str:
    """What a command prints; it shows its own errors only when it fails."""
    done = subprocess.run(command, cwd=place, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"`{' '.join(command)}` failed: {done.stderr.strip()}")
    return done.stdout


def _once(place: Path, fetch: Callable[[Path], None]) -> Path:
    """The folder `place`, filled by `fetch` unless it is there."""
    if not place.exists():
        being_made = Path(mkdtemp(prefix=f"{place.name}.", dir=place.parent))
        fetch(being_made)
        try:
            being_made.rename(place)
        except OSError:  # another process was faster
            shutil.rmtree(being_made)
    return place
