"""A user of `maze deploy` who is logged in to a control plane."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import FOREIGN, ROOT
from tests.deployment.control_plane import TOKEN, ControlPlane

Ran = subprocess.CompletedProcess[str]


def environment(plane: ControlPlane, folder: Path) -> dict[str, str]:
    """The user's environment, with a home in that folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return kept | {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "100",
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
