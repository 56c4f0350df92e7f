"""The versions that a bug report needs."""

from __future__ import annotations

import platform
from importlib.metadata import version

from maze import __version__


def versions() -> str:
    """Of maze, llguidance and Python, on one line."""
    engine = version("llguidance")
    return f"maze {__version__} (llguidance {engine}, Python {platform.python_version()})"
