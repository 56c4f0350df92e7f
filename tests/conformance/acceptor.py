"""Whether a grammar accepts a text, by llguidance's matcher."""

from __future__ import annotations

from functools import cache

from llguidance import LLMatcher, LLTokenizer

from tests.conformance.vocabulary import NANO

CHUNK = 4096


class Acceptor:
    """A grammar, compiled once, that judges many texts."""

    def __init__(self, grammar: str) -> None:
        self._grammar = LLMatcher.grammar_from_lark(grammar)
        self._by_token = self._matcher(_tokens())
        self._by_byte = self._matcher(_bytes())

    def _matcher(self, tokenizer: LLTokenizer) -> LLMatcher:
        matcher = LLMatcher(tokenizer, self._grammar, log_level=0)
        if matcher.is_error():
            raise ValueError(matcher.get_error())
        return matcher

    def accepts(self, text: bytes) -> bool:
        """Whether the grammar accepts the whole text."""
        tokens = _tokens().tokenize_bytes(text)
        if _tokens().decode_bytes(tokens) != text:  # it holds a special token's name
            return self.run(text) == (len(text), True)
        try:
            taken, complete = _run(self._by_token.deep_copy(), tokens)
        except ValueError:
            # All copies share one lexer, whose size has a limit; a new one starts small.
            self._by_token = self._matcher(_tokens())
            taken, complete = _run(self._by_token.deep_copy(), tokens)
        return complete and taken == len(tokens)

    def is_prefix(self, text: bytes) -> bool:
        """Whether the text can be continued to one that the grammar accepts, or is one."""
        return self.run(text)[0] == len(text)

    def run(self, text: bytes) -> tuple[int, bool]:
        """How many bytes are taken, and whether the text up to there is complete.

        Byte by byte: `accepts` takes a third of the time.
        """
        try:
            return _run(self._by_byte.deep_copy(), list(text))
        except ValueError:
            self._by_byte = self._matcher(_bytes())
            return _run(self._by_byte.deep_copy(), list(text))


def _run(matcher: LLMatcher, tokens: list[int]) -> tuple[int, bool]:
    taken = 0
    for start in range(0, len(tokens), CHUNK):
        chunk = tokens[start : start + CHUNK]
        count = matcher.try_consume_tokens(chunk)
        taken += count
        if matcher.is_error():
            raise ValueError(matcher.get_error())
        if count < len(chunk):
            return taken, False
    return taken, matcher.is_accepting()


@cache
def _bytes() -> LLTokenizer:
    return LLTokenizer("byte")


@cache
def _tokens() -> LLTokenizer:
    """The smallest real vocabulary, with all single bytes in it."""
    return LLTokenizer(NANO.read_text("utf-8"))
