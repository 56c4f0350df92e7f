"""The console examples of the documentation: run, compared, and written anew on demand.

    python -m tests.console docs/commands.md      # put what the commands print now into the file

A fenced block `console` holds commands after `$ ` and what they print, stdout and stderr
together. All blocks of one file run one after the other in one home, `/home/you`, from
`/home/you/shop`. An HTML comment before a block steers it:

    <!-- setup: COMMAND -->   runs a command that readers don't see
    <!-- varies -->           the block must succeed, but what it prints is not compared
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.conformance import gotools

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(
    r"(?P<notes>(?:<!-- [^\n]* -->\n)*)```console\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)
NOTE = re.compile(r"<!-- (?:setup: (?P<setup>.*?)|(?P<varies>varies)) -->")
HOME, FOLDER = "/home/you", "shop"


@dataclass(frozen=True)
class Block:
    """One example: what it says now, and what its commands print."""

    start: int
    end: int
    written: str
    printed: str
    varies: bool
    failed: tuple[str, ...]


class Shell:
    """A home of its own for one document."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        (self.home / FOLDER).mkdir(parents=True)
        programs = folder / "bin"
        programs.mkdir()
        shim = programs / "maze"
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m maze "$@"\n')
        shim.chmod(0o755)
        path = (str(programs), str(gotools.gofmt().parent), os.environ["PATH"])
        self.environment: Mapping[str, str] = {
            "HOME": str(self.home),
            "PATH": os.pathsep.join(path),
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "100",
            "NO_COLOR": "1",
            "LANG": "C.UTF-8",
        }

    def run(self, command: str) -> tuple[str, int]:
        """What a command prints, as the home's owner would see it, and its exit code."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.home / FOLDER,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        printed = done.stdout.replace(str(self.home), HOME)
        printed = printed.replace(str(gotools.gofmt().parent), "/usr/local/go/bin")
        return printed.replace(str(ROOT), "/opt/maze"), done.returncode


def blocks(document: Path) -> Iterator[Block]:
    """Run a document's examples in their order."""
    text = document.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        shell = Shell(Path(folder))
        for match in BLOCK.finditer(text):
            notes = list(NOTE.finditer(match["notes"]))
            for note in notes:
                if note["setup"]:
                    assert shell.run(note["setup"])[1] == 0, note["setup"]
            printed, failed = "", []
            for line in match["body"].splitlines():
                if line.startswith("$ "):
                    said, code = shell.run(line[2:])
                    printed += f"{line}\n{said}"
                    if code:
                        failed.append(line)
            varies = any(note["varies"] for note in notes)
            start, end = match.span("body")
            yield Block(start, end, match["body"], printed, varies, tuple(failed))


def rewritten(document: Path) -> str:
    """The document with what its commands print now."""
    text, shift = document.read_text(encoding="utf-8"), 0
    for block in blocks(document):
        text = text[: block.start + shift] + block.printed + text[block.end + shift :]
        shift += len(block.printed) - (block.end - block.start)
    return text


def main() -> None:
    """Rewrite the documents named on the command line."""
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(rewritten(path), encoding="utf-8")


if __name__ == "__main__":
    main()
