"""Each language's own formatter, over many small programs at once; it drops what it refuses."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

SUFFIXES = {
    "python": "py",
    "go": "go",
    "rust": "rs",
    "typescript": "ts",
    "tsx": "tsx",
    "zig": "zig",
}
BATCH = 400


def _commands(tools: Path) -> dict[str, list[str]]:
    scripts = Path(sys.executable).parent
    prettier = [str(tools / "node_modules/.bin/prettier"), "--write", "--log-level", "error"]
    return {
        "python": [str(scripts / "ruff"), "format", "--isolated", "--no-cache"],
        "go": [str(tools / "gofmt"), "-w"],
        "rust": ["rustfmt", "--edition", "2021"],
        "typescript": prettier,
        "tsx": prettier,
        "zig": [str(tools / "zig"), "fmt"],
    }


def _accepts(language: str, text: str) -> bool:
    if language != "python":
        return True
    try:
        ast.parse(text, feature_version=(3, 11))
    except (SyntaxError, ValueError):
        return False
    return True


def _run(command: list[str], language: str, texts: Sequence[str]) -> list[str | None]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"f{i:06}.{SUFFIXES[language]}") for i in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text)
        done = subprocess.run(
            [*command, *map(str, paths)],
            capture_output=True, text=True, cwd=folder, env={**os.environ, "NO_COLOR": "1"},
        )  # fmt: skip
        said = done.stderr + done.stdout if done.returncode else ""
        if done.returncode and not any(path.name in said for path in paths):
            raise RuntimeError(f"{command[0]} failed: {said[:400]}")
        return [None if path.name in said else path.read_text() for path in paths]


def format_all(language: str, texts: Sequence[str], tools: Path) -> list[str | None]:
    """The formatted texts in order; None where the formatter or the parser refuses one.

    `tools` holds `gofmt` and `zig` (links) and `node_modules/.bin/prettier`.
    """
    command = _commands(tools)[language]
    formatted: list[str | None] = []
    for start in range(0, len(texts), BATCH):
        formatted += _run(command, language, texts[start : start + BATCH])
    return [text if text and _accepts(language, text) else None for text in formatted]
