"""What the grammar would have taken at a place, in words of the language.

Asked of the grammar itself, byte by byte, so that it holds for every language and for a user's
own grammar: the allowed bytes, and the keywords that the allowed letters lead to.
"""

from __future__ import annotations

from maze.decoding.matcher import Matcher

MOST = 6
LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS = frozenset(b"0123456789")
QUOTES = frozenset(b"'\"`")
TEMPLATES = frozenset(b"`")  # alone, it goes on with an expression
OPERATORS = frozenset(b"+-*/%&|^<>!~@=")
BINARY_ONLY = frozenset(b"/%|<>")
OPENERS = frozenset(b"([{")
PRINTABLE = frozenset(range(32, 127))
LONGEST_KEYWORD = 12
MANY = 40  # of 52 letters: any may follow


def expected_at(matcher: Matcher, before: bytes) -> tuple[str, ...]:
    """What may follow `before`, of which the matcher has taken every byte; at most six entries.

    Literals come in backticks, classes in words: a name, a number, an operator.
    """
    allowed = matcher.allowed_bytes()
    if len(allowed & PRINTABLE) >= 90:
        return ("the rest of a string or a comment",)
    in_word = bool(before) and (before[-1:].isalnum() or before.endswith(b"_"))
    goes_on = in_word and len(allowed & LETTERS) > MANY
    words = [] if goes_on else _words(matcher, allowed)
    # A name may begin with `$`, or go on with it.
    signs = allowed - frozenset(b"$") if words or goes_on else allowed
    words += _punctuation(signs - LETTERS - DIGITS, words)
    if ord("\n") in allowed:
        words.append("a new line")
    if matcher.is_accepting:
        words.append("the end of the text")
    if not words and goes_on:
        words = ["the rest of a word"]
    if len(words) > MOST and "an operator" in words:
        # The words among the rest are mostly operators themselves: `and`, `in`, `is`.
        words = [word for word in words if not word.strip("`").isalpha()]
    if len(words) > MOST:
        return (*words[: MOST - 1], "something else")
    return tuple(words)


def _words(matcher: Matcher, allowed: frozenset[int]) -> list[str]:
    name = frozenset(b"qzQ_") <= allowed
    number = allowed >= DIGITS
    if name and number and allowed & QUOTES and ord("(") in allowed:
        return ["an expression"]
    words = [] if name else [f"`{word}`" for word in _keywords(matcher, allowed)]
    if name:
        words.append("a name")
    elif starts := _starts(matcher, allowed):
        words.append(f"a name that begins with {starts}")
    if number:
        words.append("a number")
    if allowed & QUOTES - TEMPLATES:
        words.append("a string")
    return words


def _punctuation(allowed: frozenset[int], words: list[str]) -> list[str]:
    signs = allowed & frozenset(b"()[]{},:;.?$#\\") | allowed & OPERATORS
    if "an expression" in words:
        signs -= OPERATORS | OPENERS | frozenset(b"\\.")
    many = len(allowed & BINARY_ONLY) >= 4
    if many:
        signs -= OPERATORS | OPENERS | frozenset(b".")
    # Alone, `#`, `/` and a backslash begin a comment or a line that goes on.
    signs -= frozenset(b"#/\\")
    found = [f"`{chr(byte)}`" for byte in sorted(signs, key=lambda b: (b in OPENERS, b))]
    return [*found, "an operator"] if many else found


def _keywords(matcher: Matcher, allowed: frozenset[int]) -> list[str]:
    """The words that begin with an allowed letter, found by following the grammar."""
    found: list[str] = []
    for first in sorted(allowed & LETTERS):
        _follow(matcher, bytes([first]), found)
    return found


def _starts(matcher: Matcher, allowed: frozenset[int]) -> str:
    """The letters with which a name may begin, as at the end of an element in JSX."""
    letters = sorted(allowed & LETTERS)
    return " or ".join(f"`{chr(each)}`" for each in letters if _goes_on(matcher, each, 2))


def _goes_on(matcher: Matcher, letter: int, depth: int) -> bool:
    """Whether any letter may stand at most `depth` letters behind this one."""
    if depth == 0 or matcher.consume_prefix([letter]) != 1:
        return False
    letters = matcher.allowed_bytes() & LETTERS
    found = len(letters) > MANY or any(_goes_on(matcher, each, depth - 1) for each in letters)
    matcher.rollback(1)
    return found


def _follow(matcher: Matcher, word: bytes, found: list[str]) -> None:
    if len(word) > LONGEST_KEYWORD or len(found) > MOST:
        return
    if matcher.consume_prefix(word[-1:]) != 1:
        return
    letters = matcher.allowed_bytes() & (LETTERS | DIGITS)
    if not letters or matcher.is_accepting:
        found.append(word.decode())
    elif len(letters) <= 4:
        for letter in sorted(letters):
            _follow(matcher, word + bytes([letter]), found)
    matcher.rollback(1)
