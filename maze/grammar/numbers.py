"""Numbers as they are written in a grammar."""

from __future__ import annotations

from maze.grammar.source import Place

MAX_DIGITS = 9


def whole(digits: str, place: Place) -> int:
    """The value of decimal digits, with or without a sign."""
    if len(digits.lstrip("+-")) > MAX_DIGITS:
        raise place.error(f"a number has at most {MAX_DIGITS} digits")
    return int(digits)


def hexadecimal(digits: str, place: Place) -> int:
    """The value of `0x1f`; `::` parameters have 64 bits."""
    if len(digits) > len("0x") + 16:
        raise place.error("a hexadecimal number has at most 16 digits")
    return int(digits, 16)
