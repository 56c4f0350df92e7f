"""Re-parsing: the grammar's own matcher, then a parser that maze didn't write."""

from maze.validation.verdict import validate

__all__ = ["validate"]
