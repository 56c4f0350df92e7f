"""Whether a grammar accepts a text, by llguidance's matcher over single bytes."""

from __future__ import annotations

from functools import cache

from llguidance import LLMatcher, LLTokenizer

CHUNK = 4096


class Acceptor:
    """A grammar, compiled once, that judges many texts."""

    def __init__(self, grammar: str) -> None:
        self._grammar = LLMatcher.grammar_from_lark(grammar)
        self._fresh = self._matcher()

    def _matcher(self) -> LLMatcher:
        matcher = LLMatcher(_bytes(), self._grammar, log_level=0)
        if matcher.is_error():
            raise ValueError(matcher.get_error())
        return matcher

    def accepts(self, text: bytes) -> bool:
        """Whether the grammar accepts the whole text."""
        place, complete = self.run(text)
        return complete and place == len(text)

    def is_prefix(self, text: bytes) -> bool:
        """Whether the text can be continued to one that the grammar accepts, or is one."""
        return self.run(text)[0] == len(text)

    def run(self, text: bytes) -> tuple[int, bool]:
        """How many bytes are taken, and whether the text up to there is complete."""
        try:
            return _run(self._fresh.deep_copy(), text)
        except ValueError:
            # All copies share one lexer, whose size has a limit; a new one starts small.
            self._fresh = self._matcher()
            return _run(self._fresh.deep_copy(), text)


def _run(matcher: LLMatcher, text: bytes) -> tuple[int, bool]:
    taken = 0
    for start in range(0, len(text), CHUNK):
        chunk = list(text[start : start + CHUNK])
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
