"""maze makes language models write code that parses.

>>> import maze
>>> result = maze.generate("a Python function that reverses a string")
>>> result.verdict.name
'valid'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from maze.errors import MazeError

if TYPE_CHECKING:
    from maze.pipeline import generate
    from maze.request import Grammar, Request, Result, SamplingParams, Verdict
    from maze.validation import validate

__version__ = "0.1.0"

__all__ = [
    "Grammar",
    "MazeError",
    "Request",
    "Result",
    "SamplingParams",
    "Verdict",
    "__version__",
    "generate",
    "validate",
]

# Loaded on first use: `maze --help` needs none of them.
_HOMES = {
    "Grammar": "maze.request",
    "Request": "maze.request",
    "Result": "maze.request",
    "SamplingParams": "maze.request",
    "Verdict": "maze.request",
    "generate": "maze.pipeline",
    "validate": "maze.validation",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'maze' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
