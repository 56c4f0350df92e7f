"""Where fetched and built things are kept: `$MAZE_TEST_CACHE`, or else the user's cache folder."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path


def folder(name: str) -> Path:
    """The folder `name` in the cache; it is made if it is missing."""
    root = os.environ.get("MAZE_TEST_CACHE")
    path = (Path(root) if root else user_cache_path("maze-tests")) / name
    path.mkdir(parents=True, exist_ok=True)
    return path
