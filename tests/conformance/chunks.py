"""Small pieces of real code, for languages whose blocks are indented."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 30
# What belongs to the line below it.
HEAD = re.compile(r"\s*(?:#\[.*\]|//.*)$")


def indented_chunks(lines: list[str], indent: str, step: str) -> Iterator[str]:
    """Lines with exactly this indent, each with the deeper ones up to its closing bracket, and with
    the attributes and comments above it."""
    start = 0
    while start < len(lines):
        end = start
        if _has_indent(lines[start], indent):
            while (
                end + 1 < len(lines)
                and HEAD.match(lines[end])
                and _has_indent(lines[end + 1], indent)
            ):
                end += 1
            while end + 1 < len(lines) and _goes_on(lines[end + 1], indent, step):
                end += 1
            if end - start < LONGEST:
                yield "\n".join(lines[start : end + 1])
        start = end + 1


def _has_indent(line: str, indent: str) -> bool:
    return line.startswith(indent) and line[len(indent) : len(indent) + 1].strip() != ""


def _goes_on(line: str, indent: str, step: str) -> bool:
    return line.startswith(indent + step) or bool(re.match(indent + r"[)}\]]", line))
