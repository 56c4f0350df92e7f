"""Python interpreters, each a judge of its own version."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.conformance import pyjudge
from tests.conformance.cache import folder
from tests.conformance.packages import npm

VERSIONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
RUNNING = f"{sys.version_info.major}.{sys.version_info.minor}"
# CPython compiled to WebAssembly, for what isn't installed.
WEB_ASSEMBLY = {
    "3.10": "pyodide@0.21.3",
    "3.11": "pyodide@0.25.1",
    "3.12": "pyodide@0.27.7",
    "3.13": "pyodide@0.29.5",
    "3.14": "pyodide@314.0.7",
}


@cache
def installed(version: str) -> Path | None:
    """The interpreter of a version, if it is running, on the path or managed by pyenv."""
    if version == RUNNING:
        return Path(sys.executable)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    kept = sorted(pyenv.glob(f"{version}.*/bin/python{version}"))
    on_path = shutil.which(f"python{version}")
    candidates = [*kept, *([Path(on_path)] if on_path else [])]
    return next((path for path in candidates if _works(path, version)), None)


def _works(path: Path, version: str) -> bool:
    """Not every file of that name is one: pyenv's launchers may refuse."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([path, "-c", code], capture_output=True, text=True)
    return done.stdout.strip() == version


@cache
def number(version: str) -> str:
    """The full version number."""
    return _facts(version)[0]


@cache
def library(version: str) -> tuple[str, Path]:
    """The standard library: the full number of the version that it is of, and its folder.

    What runs as WebAssembly has no files; then it is the library that came with it, or else the
    running version's.
    """
    full, place = _facts(version)
    if installed(version):
        return full, Path(place)
    archive = npm(WEB_ASSEMBLY[version]) / "python_stdlib.zip"
    if not archive.exists():
        return library(RUNNING)
    kept = folder("python") / full
    if not kept.exists():
        with zipfile.ZipFile(archive) as members:
            members.extractall(kept)
    return full, kept


@cache
def _facts(version: str) -> tuple[str, str]:
    full, place = _ask(version, "facts", [])
    return full, place


def judge(version: str, programs: Sequence[bytes]) -> list[str]:
    """Why `ast.parse` of that version refuses each program, or nothing."""
    if version == RUNNING:
        return [pyjudge.judge(program) for program in programs]
    answers: list[str] = _ask(version, "judge", programs)
    return answers


def fragments(version: str, programs: Sequence[bytes]) -> list[list[bytes]]:
    """The small statements of each program."""
    if version == RUNNING:
        return [pyjudge.fragments(program) for program in programs]
    found: list[list[str]] = _ask(version, "fragments", programs)
    return [[text.encode("latin-1") for text in each] for each in found]


def _ask(version: str, task: str, programs: Sequence[bytes]) -> Any:
    judge = Path(pyjudge.__file__)
    if interpreter := installed(version):
        command = [interpreter, judge, task]
    else:
        command = [
            "node",
            judge.with_suffix(".mjs"),
            npm(WEB_ASSEMBLY[version]) / "pyodide.mjs",
            judge,
            task,
        ]
    done = subprocess.run(
        command,
        input=json.dumps([program.decode("latin-1") for program in programs]),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])  # Pyodide may say something first
