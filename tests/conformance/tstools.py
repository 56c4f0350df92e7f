"""TypeScript's parser and prettier, from npm, in one process of Node that is asked many times."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Literal

from tests.conformance.packages import npm

TYPESCRIPT = "typescript@5.9.3"
PRETTIER = "prettier@3.10.1"
SERVER = Path(__file__).parent / "tsjudge.mjs"

Dialect = Literal["typescript", "tsx"]
Style = Literal["semicolons", "no-semicolons"]


def tsc() -> Path:
    """The compiler as a program."""
    program = npm(TYPESCRIPT) / "bin" / "tsc"
    program.chmod(0o755)
    return program


def parse(program: bytes, dialect: Dialect) -> tuple[bool, str]:
    """Whether the parser takes a program, and its first error."""
    taken, said = _ask(f"judge {dialect}", program)
    return taken, said.decode()


def pretty(program: bytes, dialect: Dialect, style: Style) -> tuple[bool, bytes]:
    """Whether prettier takes a program, and how it writes it, or else its error."""
    return _ask(f"format {dialect} {style}", program)


def _ask(request: str, text: bytes) -> tuple[bool, bytes]:
    server = _server(os.getpid())
    assert server.stdin
    assert server.stdout
    server.stdin.write(b"%b %d\n%b" % (request.encode(), len(text), text))
    server.stdin.flush()
    answer, size = server.stdout.readline().split()
    return answer == b"yes", server.stdout.read(int(size))


@cache
def _server(_process: int) -> subprocess.Popen[bytes]:
    """The server of this process; it ends with it, because its input does."""
    command = [
        "node",
        SERVER,
        npm(TYPESCRIPT) / "lib" / "typescript.js",
        npm(PRETTIER) / "index.mjs",
    ]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
