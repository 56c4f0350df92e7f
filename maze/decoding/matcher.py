"""A grammar at one place of a text: what may come next, and whether the text may end here.

llguidance reports its errors by going silent: after a parser limit is hit, the mask allows only
the end of the text, and a cut text looks finished. Every call here checks for that and raises.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from llguidance import LLMatcher, LLParserLimits

from maze.decoding.vocabulary import Vocabulary
from maze.errors import EngineError, GrammarError
from maze.request import Grammar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Twice llguidance's defaults. A request in this process harms nobody else, and an error in the
# middle of a text costs the user the whole text.
LIMITS = LLParserLimits(max_items_in_row=4_000, step_max_items=100_000)


class Matcher:
    """Follows a text token by token and knows which tokens the grammar allows next."""

    def __init__(
        self, grammar: Grammar, vocabulary: Vocabulary, *, limits: LLParserLimits = LIMITS
    ) -> None:
        self.vocabulary = vocabulary
        self._matcher = LLMatcher(
            vocabulary.engine,
            LLMatcher.grammar_from_lark(grammar.text),
            log_level=0,
            limits=limits,
        )
        if self._matcher.is_error():
            raise GrammarError(_first_line(self._matcher.get_error()), name=grammar.name)

    def allows(self, token: int) -> bool:
        """Whether this token may come next; costs a hundredth of a mask."""
        allowed = self._matcher.validate_tokens([token]) == 1
        self._raise_on_error()
        return allowed

    def consume(self, token: int) -> None:
        """Take a token that the grammar allows here."""
        if not self._matcher.consume_token(token):
            self._raise_on_error()
            raise EngineError(f"the grammar refused token {token} that it had allowed")

    def consume_prefix(self, tokens: Sequence[int]) -> int:
        """Take tokens as far as the grammar allows; returns how many it took."""
        taken = self._matcher.try_consume_tokens(list(tokens))
        self._raise_on_error()
        return taken

    def mask(self) -> NDArray[np.bool_]:
        """One boolean a token, shape (vocabulary size,): true where it may come next."""
        import numpy as np  # validation does without it, and it is half of a cold start

        bits = np.frombuffer(self._bitmask(), np.uint8)
        return np.unpackbits(bits, bitorder="little")[: self.vocabulary.size].astype(np.bool_)

    def allowed_bytes(self) -> frozenset[int]:
        """The bytes that may come next; for the vocabulary of bytes."""
        bits = int.from_bytes(self._bitmask()[:32], "little")
        return frozenset(byte for byte in range(256) if bits >> byte & 1)

    def forced_tokens(self) -> list[int]:
        """The tokens that must come next whatever the model says; empty if there is a choice."""
        tokens = self._matcher.compute_ff_tokens()
        self._raise_on_error()
        return tokens

    def rollback(self, tokens: int) -> None:
        """Undo the last tokens that were consumed."""
        self._matcher.rollback(tokens)
        self._raise_on_error()

    @property
    def is_accepting(self) -> bool:
        """Whether the text may end here."""
        accepting = self._matcher.is_accepting()
        self._raise_on_error()
        return accepting

    @property
    def is_stopped(self) -> bool:
        """Whether the text must end here: nothing more can follow."""
        stopped = self._matcher.is_stopped()
        self._raise_on_error()
        return stopped

    def _bitmask(self) -> bytes:
        """One bit a token, little-endian."""
        bits = self._matcher.compute_bitmask()
        self._raise_on_error()
        return bits

    def _raise_on_error(self) -> None:
        if self._matcher.is_error():
            raise EngineError(
                f"the grammar engine gave up: {_first_line(self._matcher.get_error())}",
                hint="the grammar is too ambiguous at this place; a simpler one, or a shorter "
                "text, stays within the engine's limits",
            )


def _first_line(message: str) -> str:
    return message.strip().splitlines()[0] if message.strip() else "no reason given"
