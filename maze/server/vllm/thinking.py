"""What a reasoning model thinks, apart from what it answers."""

from __future__ import annotations

END = "</think>"
OPEN = "<think>\n"
NOTHING = "<think>\n\n</think>\n\n"


class Thinking:
    """Takes the text of a stream piece by piece, and gives back what is the answer's."""

    def __init__(self) -> None:
        self._held = ""
        self.has_ended = False

    @property
    def text(self) -> str:
        """What was thought, without its marks."""
        return self._held.removeprefix(OPEN.rstrip()).strip()

    def answer(self, piece: str) -> str:
        """The part of the next piece that belongs to the answer."""
        if self.has_ended:
            return piece
        self._held += piece
        thought, end, answer = self._held.partition(END)
        if not end:
            return ""
        self._held, self.has_ended = thought, True
        return answer


def skipped(prompt: str) -> str:
    """A prompt behind which a model answers at once."""
    return f"{prompt}\n</think>\n\n" if prompt.endswith(OPEN) else prompt + NOTHING
