"""Settings: what they are, where each value comes from, and how one is written to a file."""

from maze.settings.files import target, user_file
from maze.settings.loading import LoadedSettings, load
from maze.settings.schema import Settings
from maze.settings.writing import set_value, unset_value

__all__ = [
    "LoadedSettings",
    "Settings",
    "load",
    "set_value",
    "target",
    "unset_value",
    "user_file",
]
