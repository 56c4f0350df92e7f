"""A prefix on its way to the plug-in: as a comment in front of the grammar."""

from __future__ import annotations

import base64
import re

_LINE = re.compile(r"\A// maze-prefix-b64: ([A-Za-z0-9+/=]*)\n")


def with_prefix(grammar: str, prefix: str) -> str:
    """The text of a grammar for what follows `prefix`."""
    if not prefix:
        return grammar
    return f"// maze-prefix-b64: {base64.b64encode(prefix.encode()).decode()}\n{grammar}"


def split_prefix(grammar: str) -> tuple[str, str]:
    """The prefix and the text of the grammar itself."""
    found = _LINE.match(grammar)
    if found is None:
        return "", grammar
    return base64.b64decode(found[1]).decode(), grammar[found.end() :]
