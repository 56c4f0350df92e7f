"""What llguidance's regexes don't have, found at its place."""

from __future__ import annotations

import re

from maze.errors import GrammarError
from maze.grammar.nodes import Text

_PARTS = re.compile(
    r"(?P<set>\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\])"
    r"|(?P<look>\(\?<?[=!])"
    r"|(?P<back>\\[1-9]|\\k<|\(\?P=)"
    r"|(?P<word>\\[bB])"
    r"|(?P<anchor>\\[AzZ]|[\^$])"
    r"|(?P<lazy>(?:[*+?]|\{\s*[0-9]*\s*,?\s*[0-9]*\s*\})\?)"
    r"|\\[pPxuU]\{[^}]*\}|\\.|.",
    re.DOTALL,
)

_REASONS = {
    "look": ("look-around", "say what may follow in the rules, or subtract with `& ~`"),
    "back": ("back-references", "write one alternative for each case"),
    "word": (
        "word boundaries",
        "the longest match wins, so `/[a-z]+/` ends at a boundary by itself",
    ),
    "anchor": ("anchors", "a terminal always matches as a whole"),
    "lazy": ("lazy repetition", "write the end into the regex: `/[^x]*x/`"),
}


def check_regex(regex: Text) -> GrammarError | None:
    """The error for the first part of a regex that llguidance has no match for."""
    body = regex.text[1 : regex.text.rindex("/")]
    for part in _PARTS.finditer(body):
        if part.lastgroup in _REASONS:
            what, hint = _REASONS[part.lastgroup]
            place = regex.place.moved(1 + part.start())
            return place.error(f"`{part[0]}`: llguidance's regexes have no {what}", hint)
    return None
