"""The decoding loop: the model proposes, the matcher disposes, one token at a time.

No token is taken that the matcher didn't check. A text ends where the grammar says that nothing
can follow, where the model ends it at a place that the grammar allows, or where the budget ends.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from maze.decoding.matcher import Matcher
from maze.decoding.sampling import Sampler
from maze.decoding.vocabulary import Vocabulary
from maze.errors import EngineError, Interrupted
from maze.request import DecodingStats, FinishReason, SamplingParams


class LanguageModel(Protocol):
    """A model that keeps its own key-value cache."""

    def logits(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """Append tokens to the text so far; the logits of the next one, (vocabulary size,)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Newly generated text and how many tokens it took; the text may be empty."""

    text: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Decoding:
    """The end of a decoding: the whole text, why it ended, and what it took."""

    text: str
    finish_reason: FinishReason
    tokens: int
    stats: DecodingStats


def decode(
    model: LanguageModel,
    vocabulary: Vocabulary,
    prompt: Sequence[int],
    matcher: Matcher | None,
    sampling: SamplingParams,
    *,
    budget: int,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Piece | Decoding]:
    """Generate from `prompt`, yielding pieces of text and at last the Decoding.

    `budget` is the largest number of tokens. Raises Interrupted once `cancelled` says so, and
    EngineError if the grammar engine gives up or the model returns no usable logits.
    """
    return _Run(model, vocabulary, matcher, Sampler(sampling), budget, cancelled).pieces(prompt)


class _Run:
    def __init__(
        self,
        model: LanguageModel,
        vocabulary: Vocabulary,
        matcher: Matcher | None,
        sampler: Sampler,
        budget: int,
        cancelled: Callable[[], bool],
    ) -> None:
        self.model, self.vocabulary, self.matcher = model, vocabulary, matcher
        self.sampler, self.budget, self.cancelled = sampler, budget, cancelled
        self.forced = self.sampled = self.draws = self.masks = 0
        self.texts: list[str] = []
        self.utf8 = codecs.getincrementaldecoder("utf-8")(errors="replace")

    @property
    def tokens(self) -> int:
        return self.forced + self.sampled

    def pieces(self, prompt: Sequence[int]) -> Iterator[Piece | Decoding]:
        unseen = list(prompt)
        while self.tokens < self.budget:
            if self.cancelled():
                raise Interrupted("interrupted")
            if self.matcher and self.matcher.is_stopped:
                yield self._end("stop")
                return
            taken = self._forced_tokens()
            if not taken:
                token = self._draw(self.model.logits(unseen))
                unseen = []
                if token in self.vocabulary.eos_tokens:
                    yield self._end("stop")
                    return
                taken = [token]
            unseen += taken
            yield self._piece(taken)
        yield self._end("stop" if self.matcher and self.matcher.is_stopped else "length")

    def _forced_tokens(self) -> list[int]:
        if self.matcher is None:
            return []
        forced = self.matcher.forced_tokens()[: self.budget - self.tokens]
        for token in forced:
            self.matcher.consume(token)
        self.forced += len(forced)
        return forced

    def _draw(self, logits: NDArray[np.float32]) -> int:
        # Logits beyond the vocabulary are padding and stand for no token.
        logits = logits[: self.vocabulary.size]
        if not np.isfinite(logits).all():
            raise EngineError("the model returned logits that aren't finite numbers")
        try:
            draw = self.sampler.draw(logits, self.matcher)
        except LookupError as error:
            raise EngineError("the grammar allows no token of this model here") from error
        self.draws += 1
        self.masks += draw.used_mask
        if draw.token not in self.vocabulary.eos_tokens:
            self.sampled += 1
            if self.matcher:
                self.matcher.consume(draw.token)
        return draw.token

    def _piece(self, tokens: Sequence[int]) -> Piece:
        text = self.utf8.decode(self.vocabulary.bytes_of(tokens))
        self.texts.append(text)
        return Piece(text, len(tokens))

    def _end(self, reason: FinishReason) -> Decoding:
        stats = DecodingStats(self.forced, self.draws, self.masks)
        return Decoding("".join(self.texts), reason, self.tokens, stats)
