"""Imports point down only, and each heavy dependency has one door."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "maze"

# From the bottom up; what stands in one tuple may import each other.
LAYERS = [
    ("errors", "versions"),
    ("request",),
    ("architecture", "catalogue", "models", "languages", "language_choice", "settings", "prompt"),
    ("decoding", "grammar"),
    ("providers", "validation"),
    ("pipeline", "doctor", "deploy"),
    ("output", "output_file", "delivery", "report"),
    ("server",),
    ("cli",),
]
DOORS = {
    "onnxruntime": "providers.local",
    "tokenizers": "providers.local",
    "psutil": "providers.local",
    "lark": "grammar",
    "tree_sitter": "validation",
    "tree_sitter_go": "validation",
    "tree_sitter_rust": "validation",
    "typer": "cli",
    "httpx": "providers",
    "fastapi": "server",
    "uvicorn": "server",
    "prometheus_client": "server",
    "vllm": "server.vllm",
    "modal": "deploy.remote",
    "tomli_w": "settings",
}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if name and name != "__main__":
            yield name, path


MODULES = list(modules())
NAMES = [name for name, _ in MODULES]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(name: str) -> int:
    first = name.split(".")[0]
    return next(place for place, layer in enumerate(LAYERS) if first in layer)


@pytest.mark.parametrize(("name", "path"), MODULES, ids=NAMES)
def test_a_module_imports_from_its_own_layer_or_below(name: str, path: Path) -> None:
    for imported in imports(path):
        top, _, inner = imported.partition(".")
        known = {part for layer in LAYERS for part in layer}
        if top == "maze" and inner.split(".")[0] in known:
            assert layer_of(inner) <= layer_of(name), f"maze.{name} imports {imported}"


@pytest.mark.parametrize(("name", "path"), MODULES, ids=NAMES)
def test_a_heavy_dependency_has_one_door(name: str, path: Path) -> None:
    for imported in imports(path):
        door = DOORS.get(imported.split(".")[0])
        assert door is None or f"{name}.".startswith(f"{door}."), f"maze.{name} imports {imported}"


@pytest.mark.parametrize("command", [["--help"], ["generate", "--help"], ["config", "path"]])
def test_a_command_that_needs_no_engine_loads_none(command: list[str]) -> None:
    code = (
        "import sys\n"
        "from maze.cli import main\n"
        f"try: main({command!r})\n"
        "except SystemExit: pass\n"
        "print([m for m in ('onnxruntime', 'llguidance', 'numpy', 'lark', 'tokenizers') "
        "if m in sys.modules], file=sys.stderr)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr == "[]\n"
