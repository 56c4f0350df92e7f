"""llguidance's own opinion of a grammar, with the place that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from llguidance import LLMatcher, LLTokenizer

_PLACED = re.compile(r"(?:at )?(?P<line>\d+)\((?P<column>\d+)\): (?P<reason>.*)", re.DOTALL)
_EXCERPT = re.compile(r"\n +\d+ \| .*", re.DOTALL)
_REGEX_ERROR = re.compile(r'(?P<what>invalid regex ".*?").*\nerror: (?P<why>.*)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why llguidance refuses a grammar; the place is in the flat text, None where it names none."""

    reason: str
    line: int | None
    column: int | None


def refusal(text: str) -> Refusal | None:
    """What llguidance has against a flat text: as it validates it, and as it compiles it.

    Both, because creation can fail where validation finds nothing (a constant parameter for a
    rule that is still being expanded).
    """
    grammar = LLMatcher.grammar_from_lark(text)
    message = LLMatcher.validate_grammar(grammar, _bytes())
    if not message or message.startswith("WARNING: "):
        message = LLMatcher(_bytes(), grammar, log_level=0).get_error()
    return _parsed(message) if message else None


@cache
def _bytes() -> LLTokenizer:
    return LLTokenizer("byte")


def _parsed(message: str) -> Refusal:
    message = message.split("\n<backtrace>")[0]
    placed = _PLACED.match(message)
    reason = _EXCERPT.sub("", placed["reason"] if placed else message).strip()
    if found := _REGEX_ERROR.search(reason):
        reason = f"{found['what']}: {found['why'].strip()}"
    if "is_self_ref()" in reason:
        reason = "a rule gets a constant `::` parameter while it is still being expanded"
    if placed:
        return Refusal(reason, int(placed["line"]), int(placed["column"]))
    return Refusal(reason, None, None)
