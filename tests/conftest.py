"""Fixtures that run the command as a user does: in a process of its own, in a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conformance import gotools, rusttools, tstools, zigtools
from tests.conformance.size import SIZES

RunMaze = Callable[..., "subprocess.CompletedProcess[str]"]

ROOT = Path(__file__).parents[1]
# What a test must not inherit from whoever runs it.
# `ORT_…` is set in this process as soon as a test loads the engine.
FOREIGN = ("MAZE_", "MODAL_", "OPENAI_", "ANTHROPIC_", "XDG_", "ORT_")


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much the suites of the grammars measure."""
    parser.addoption("--size", choices=SIZES, default="ci", help="size of the heavy suites")


@pytest.fixture(scope="session", autouse=True)
def formatters_on_the_path() -> None:
    """gofmt, tsc and zig are fetched without being put on the path; what stands there as rustfmt
    may be a launcher that looks into the home folder, and tests have another one."""
    programs = (gotools.gofmt(), rusttools.rustfmt(), tstools.tsc(), zigtools.zig("0.17"))
    folders = [str(program.parent) for program in programs]
    os.environ["PATH"] = os.pathsep.join([*folders, os.environ["PATH"]])


def home_in(folder: Path) -> dict[str, str]:
    """The environment of a user whose home is that folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(FOREIGN)}
    return kept | {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "100",
    }


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache of expanded grammars for the whole run; its content depends on sources alone."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def environment(tmp_path: Path, shared_cache: Path) -> dict[str, str]:
    """The environment of a fresh user."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(FOREIGN)}
    # Programs behave otherwise where `CI` is set: onnxruntime sends no telemetry there, for one.
    kept.pop("CI", None)
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    return kept | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        "XDG_CACHE_HOME": str(shared_cache),
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "error",
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }


@pytest.fixture
def run_maze(environment: Mapping[str, str], tmp_path: Path) -> RunMaze:
    """`run_maze("generate", …)` -> stdout, stderr and exit code of `maze generate …`."""

    def run(
        *arguments: str,
        input: str | bytes | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        text: bool = True,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "maze", *arguments],
            input=input,
            stdin=subprocess.DEVNULL if input is None else None,
            capture_output=True,
            text=text,
            env={**environment, **(env or {})},
            cwd=cwd or tmp_path,
            timeout=120,
            check=False,
        )

    return run
