"""A user of `maze deploy` who is logged in to a control plane."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import home_in
from tests.deployment.control_plane import ControlPlane
from tests.deployment.modal_service import TOKEN, control_plane

Ran = subprocess.CompletedProcess[str]
APP = "maze-inference"
FUNCTION = "MazeInferenceServer.*"


@pytest.fixture(scope="module")
def plane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane for the tests of one module, which import this."""
    with control_plane(tmp_path_factory.mktemp("modal")) as plane:
        yield plane


def environment(plane: ControlPlane, folder: Path) -> dict[str, str]:
    """The user's environment, with a home in that folder."""
    return home_in(folder) | {
        "MODAL_CONFIG_PATH": str(folder / "modal.toml"),
        "MODAL_SERVER_URL": plane.address,
        "MODAL_TOKEN_ID": TOKEN[0],
        "MODAL_TOKEN_SECRET": TOKEN[1],
    }


def maze(home: dict[str, str], *arguments: str, seconds: int = 300, **more: str) -> Ran:
    """Run the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "maze", *arguments],
        env=home | more,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
        cwd=home["HOME"],
        stdin=subprocess.DEVNULL,
    )
