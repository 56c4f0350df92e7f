"""What the grammar says of a text: accepted, incomplete, or refused at a place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maze.decoding.matcher import Matcher
from maze.decoding.vocabulary import byte_vocabulary
from maze.request import CheckResult, Grammar
from maze.validation.expected import expected_at, only_word_goes_on

WORD_BEFORE = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*\Z")
NEXT_LEXEME = re.compile(rb"[A-Za-z_0-9]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class GrammarCheck:
    """`offset` is the byte where the text is refused, or its length."""

    result: CheckResult
    offset: int
    unexpected: str | None = None
    expected: tuple[str, ...] = ()

    @property
    def message(self) -> str | None:
        """One line on what is wrong; None if nothing is."""
        if self.result == "accepted":
            return None
        if self.unexpected is None:
            return f"the text ends too early: expected {listed(self.expected)}"
        if not self.expected:
            return f"unexpected {self.unexpected}"
        return f"unexpected {self.unexpected}, expected {listed(self.expected)}"


def check_grammar(source: bytes, grammar: Grammar) -> GrammarCheck:
    """Match the whole text. Raises EngineError if the engine's limits are hit."""
    matcher = Matcher(grammar, byte_vocabulary())
    taken = matcher.consume_prefix(source)
    if taken == len(source):
        if matcher.is_accepting:
            return GrammarCheck("accepted", taken)
        return GrammarCheck("incomplete", taken, None, expected_at(matcher, source))
    back = _inside_character(source, taken) or _unfinished_word(matcher, source, taken)
    matcher.rollback(back)
    offset = taken - back
    return GrammarCheck(
        "refused", offset, _shown(source, offset), expected_at(matcher, source[:offset])
    )


def _inside_character(source: bytes, taken: int) -> int:
    """How far to step back to the first byte of the character that is at fault."""
    back = 0
    while taken - back > 0 and 0x80 <= source[taken - back] < 0xC0:
        back += 1
    return back


def _unfinished_word(matcher: Matcher, source: bytes, taken: int) -> int:
    """How far to step back to the word that is at fault, in bytes.

    The lexer refuses a misplaced keyword one byte after it: `return` may be the beginning of the
    name `returned`. If the word could go on, but not end here, the word itself is the error.
    """
    word = WORD_BEFORE.search(source[:taken])
    if not word or WORD_BEFORE.fullmatch(source[taken : taken + 1]):
        return 0
    return len(word.group()) if only_word_goes_on(matcher) else 0


def _shown(source: bytes, offset: int) -> str:
    lexeme = NEXT_LEXEME.match(source, offset)
    text = lexeme.group().decode("utf-8", errors="ignore") if lexeme else ""
    if text in ("\n", "\r"):
        return "end of line"
    if text in (" ", "\t"):
        return "blank" if source[:offset].rstrip(b" \t")[-1:] not in (b"\n", b"") else "indent"
    if not text:
        text = source[offset : offset + 4].decode("utf-8", errors="replace")[:1]
    return f"`{text}`" if text.isprintable() else f"character U+{ord(text[0]):04X}"


def listed(words: tuple[str, ...]) -> str:
    """`a`, `b` or `c`."""
    if not words:
        return "something else"
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} or {words[-1]}"
