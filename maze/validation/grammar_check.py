"""What the grammar says of a text: accepted, incomplete, or refused at a place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maze.decoding.matcher import Matcher
from maze.decoding.vocabulary import byte_vocabulary, embedded_vocabulary
from maze.errors import MazeError
from maze.request import CheckResult, Grammar
from maze.validation.expected import expected_at

LONG = 16_000  # bytes from which a second vocabulary pays
LAST_LEXEME = re.compile(rb"([A-Za-z_0-9]+|[^A-Za-z_0-9\s]{1,3})\Z")
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
    if len(source) > LONG and _is_accepted(source, grammar):
        return GrammarCheck("accepted", len(source))
    # Made anew for each text: copies share the lexer, and one that hits a limit would spoil all.
    matcher = Matcher(grammar, byte_vocabulary())
    taken = matcher.consume_prefix(source)
    if taken == len(source):
        if matcher.is_accepting:
            return GrammarCheck("accepted", taken)
        return GrammarCheck("incomplete", taken, None, expected_at(matcher, source))
    back = _inside_character(source, taken)
    matcher.rollback(back)
    back += _unfinished_lexeme(matcher, source[: taken - back])
    offset = taken - back
    unexpected = _shown(source, offset)
    # `:` is refused where only `:=` may stand: then `:` is allowed, but isn't what was expected.
    expected = [word for word in expected_at(matcher, source[:offset]) if word != unexpected]
    return GrammarCheck("refused", offset, unexpected, tuple(expected))


def _is_accepted(source: bytes, grammar: Grammar) -> bool:
    """Whether the text is accepted: by whole tokens, in half the time, but without a place."""
    try:
        vocabulary = embedded_vocabulary()
    except MazeError:
        return False
    tokens = vocabulary.engine.tokenize_bytes(source)
    matcher = Matcher(grammar, vocabulary)
    return (
        vocabulary.bytes_of(tokens) == source
        and matcher.consume_prefix(tokens) == len(tokens)
        and matcher.is_accepting
    )


def _inside_character(source: bytes, taken: int) -> int:
    """How far to step back to the first byte of the character that is at fault."""
    back = 0
    while taken - back > 0 and 0x80 <= source[taken - back] < 0xC0:
        back += 1
    return back


def _unfinished_lexeme(matcher: Matcher, before: bytes) -> int:
    """Step back to the lexeme that is at fault; how far, in bytes.

    The lexer refuses a misplaced `return` one byte after it, for it may be the beginning of the
    name `returned`, and a misplaced `:` after it, for it may be that of `:=`. Between two lexemes
    a blank may stand, inside one it may not: that tells them apart.
    """
    if matcher.is_accepting or _takes_blank(matcher):
        return 0
    run = LAST_LEXEME.search(before)
    length = len(run.group()) if run else 0
    is_word = before[-1:].isalnum() or before.endswith(b"_")
    for back in [length] if is_word else range(1, length + 1):
        matcher.rollback(back)
        if _takes_blank(matcher):
            return back
        matcher.consume_prefix(before[len(before) - back :])
    return 0


def _takes_blank(matcher: Matcher) -> bool:
    return bool(matcher.allowed_bytes() & {ord(" "), ord("\n")})


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
