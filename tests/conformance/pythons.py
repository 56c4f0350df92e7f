"""The Python interpreters on this machine, each a judge of its own version."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.conformance import pyjudge

VERSIONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
RUNNING = f"{sys.version_info.major}.{sys.version_info.minor}"


@cache
def interpreters() -> dict[str, Path]:
    """The interpreter of each version that is on the path or managed by pyenv."""
    found = {version: _interpreter(version) for version in VERSIONS}
    return {version: path for version, path in found.items() if path} | {
        RUNNING: Path(sys.executable)
    }


def _interpreter(version: str) -> Path | None:
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
def facts(version: str) -> tuple[str, Path]:
    """The full version number and the folder of the standard library."""
    code = (
        "import sys, sysconfig; print(sys.version.split()[0]); print(sysconfig.get_path('stdlib'))"
    )
    printed = subprocess.run(
        [interpreters()[version], "-c", code], capture_output=True, text=True, check=True
    )
    number, library = printed.stdout.splitlines()
    return number, Path(library)


def judge(version: str, programs: Sequence[bytes]) -> list[str]:
    """Why `ast.parse` of that version refuses each program, or nothing."""
    if version == RUNNING:
        return [pyjudge.judge(program) for program in programs]
    answers: list[str] = _ask(version, "judge", programs)
    return answers


def fragments(version: str, program: bytes) -> list[bytes]:
    """The small statements of a program."""
    if version == RUNNING:
        return pyjudge.fragments(program)
    (found,) = _ask(version, "fragments", [program])
    return [text.encode("latin-1") for text in found]


def _ask(version: str, task: str, programs: Sequence[bytes]) -> Any:
    done = subprocess.run(
        [interpreters()[version], pyjudge.__file__, task],
        input=json.dumps([program.decode("latin-1") for program in programs]),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
