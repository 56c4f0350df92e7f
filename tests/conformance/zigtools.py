"""Zig releases from PyPI: the compiler, its library's source, and the judge in `zigjudge/`."""

from __future__ import annotations

import hashlib
import os
import subprocess
from functools import cache
from pathlib import Path

from tests.conformance.cache import folder
from tests.conformance.packages import pypi

JUDGE_SOURCE = Path(__file__).parent / "zigjudge" / "judge.zig"
# The last release of each language version.
RELEASES = {"0.15": "0.15.2", "0.16": "0.16.0", "0.17": "0.17.1"}


def library(version: str) -> Path:
    """The folder that holds `std` and `compiler` of a language version."""
    return _installation(version) / "lib"


def zig(version: str) -> Path:
    """The program zig of a language version."""
    program = _installation(version) / "zig"
    program.chmod(0o755)  # wheels are unpacked without permissions
    return program


@cache
def judge(version: str) -> Path:
    """The program in `zigjudge/` with the parser of a version, built if its source is new."""
    release = RELEASES[version]
    key = hashlib.sha256(release.encode() + JUDGE_SOURCE.read_bytes()).hexdigest()[:16]
    program = folder("zigjudge") / f"{release}-{key}"
    if not program.exists():
        built = program.with_suffix(f".{os.getpid()}")
        caches = ["--cache-dir", folder("zig-build"), "--global-cache-dir", folder("zig-build")]
        command = [zig(version), "build-exe", "-OReleaseSafe", "-lc", *caches]
        subprocess.run([*command, f"-femit-bin={built}", JUDGE_SOURCE], check=True)
        built.replace(program)
    return program


@cache
def _installation(version: str) -> Path:
    return pypi(f"ziglang=={RELEASES[version]}") / "ziglang"
