"""Packages from Debian and PyPI, unpacked into the cache and not installed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.conformance.cache import folder


def debian(package: str) -> Path:
    """The files of a Debian package; fetched once."""

    def fetch(place: Path) -> None:
        # Fetched in a folder that Debian's download user can't write: it says so on stderr.
        apt = ["apt-get", "download", "-qq", package]
        subprocess.run(apt, cwd=place, check=True, capture_output=True)
        (archive,) = place.glob("*.deb")
        subprocess.run(["dpkg-deb", "-x", archive, place], check=True)
        archive.unlink()

    return _once(folder("debian") / package, fetch)


def pypi(requirement: str) -> Path:
    """The files of a wheel from PyPI; fetched once."""

    def fetch(place: Path) -> None:
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:"]
        subprocess.run([*pip, requirement], cwd=place, check=True)
        (archive,) = place.glob("*.whl")
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(place)
        archive.unlink()

    return _once(folder("pypi") / requirement, fetch)


def _once(place: Path, fetch: Callable[[Path], None]) -> Path:
    """The folder `place`, filled by `fetch` unless it is there."""
    if not place.exists():
        being_made = place.with_suffix(".part")
        being_made.mkdir(exist_ok=True)
        fetch(being_made)
        being_made.rename(place)
    return place
