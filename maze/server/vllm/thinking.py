"""What a reasoning model thinks, apart from what it answers."""

from __future__ import annotations

from collections.abc import Sequence

END = "</think>"
OPEN = "<think>\n"
NOTHING = "<think>\n\n</think>\n\n"


class Thinking:
    """Takes the text of a stream piece by piece, and gives back what is the answer's.

    `end` is the token that ends the thinking: the grammar applies from there on, whatever text
    only looks like it.
    """

    def __init__(self, end: int) -> None:
        self._end = end
        self._is_over = False
        self._held = ""
        self.has_ended = False

    @property
    def text(self) -> str:
        """What was thought, without its marks."""
        return self._held.removeprefix(OPEN.rstrip()).strip()

    def answer(self, piece: str, tokens: Sequence[int]) -> str:
        """The part of the next piece, and of its tokens, that belongs to the answer."""
        if self.has_ended:
            return piece
        self._held += piece
        self._is_over = self._is_over or self._end in tokens
        if not (self._is_over and END in self._held):
            return ""
        self._held, _, answer = self._held.rpartition(END)
        self.has_ended = True
        return answer


def skipped(prompt: str) -> str:
    """A prompt behind which a model answers at once."""
    return f"{prompt}\n</think>\n\n" if prompt.endswith(OPEN) else prompt + NOTHING
