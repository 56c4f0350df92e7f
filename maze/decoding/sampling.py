"""Drawing a token from the model's distribution, restricted to what the grammar allows.

The distribution is: softmax of the logits over the temperature, zero where the grammar refuses,
cut to the smallest set whose mass reaches `top_p`, normalised. A full token mask costs about a
hundred times a check of one token, so a token is drawn from the model's own distribution first.
If that token belongs to the restricted set it is taken; else the mask is computed and a second
token is drawn from the restricted distribution. With A the mass of the restricted set S,

    P(x) = p(x) + (1 - A) * p(x) / A = p(x) / A    for x in S,

which is the restricted distribution exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from maze.request import SamplingParams

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

# Checks of single tokens before the mask is the cheaper way to know.
MAX_CHECKS = 8


class Constraint(Protocol):
    """What may come next."""

    def allows(self, token: int) -> bool:
        """Whether this one token may come next."""

    def mask(self) -> Booleans:
        """True for each token that may come next, shape (vocabulary size,)."""


@dataclass(frozen=True, slots=True)
class Draw:
    """A drawn token, and whether the full mask was needed for it."""

    token: int
    used_mask: bool


class Sampler:
    """Draws tokens by the sampling parameters; one seed gives one sequence of draws."""

    def __init__(self, params: SamplingParams) -> None:
        self.temperature = params.temperature
        self.top_p = params.top_p
        self._random = np.random.default_rng(params.seed)

    def draw(self, logits: NDArray[np.float32], constraint: Constraint | None) -> Draw:
        """Draw one token; `logits` has the shape (vocabulary size,).

        Raises LookupError if the constraint allows no token at all.
        """
        if self.temperature == 0:
            return _greedy(logits, constraint)
        weights = _softmax(logits, self.temperature)
        first = self._pick(weights)
        if constraint is None:
            return self._unconstrained(weights, first)
        known = _membership(weights, first, self.top_p, constraint.allows)
        if known is True:
            return Draw(first, used_mask=False)
        mask = _padded(constraint.mask(), logits.size)
        if not mask.any():
            raise LookupError("no token is allowed")
        # Anew from the logits: what is allowed may be too unlikely to have any weight left.
        weights = _softmax(np.where(mask, logits, -np.inf), self.temperature)
        kept = _nucleus(weights, self.top_p)
        if known is None and kept[first]:
            return Draw(first, used_mask=True)
        return Draw(self._pick(np.where(kept, weights, 0.0)), used_mask=True)

    def _unconstrained(self, weights: Floats, first: int) -> Draw:
        kept = _nucleus(weights, self.top_p)
        token = first if kept[first] else self._pick(np.where(kept, weights, 0.0))
        return Draw(token, used_mask=False)

    def _pick(self, weights: Floats) -> int:
        cumulated = np.cumsum(weights)
        place = self._random.random() * cumulated[-1]
        return int(np.searchsorted(cumulated, place, side="right"))


def _greedy(logits: NDArray[np.float32], constraint: Constraint | None) -> Draw:
    best = int(np.argmax(logits))
    if constraint is None or constraint.allows(best):
        return Draw(best, used_mask=False)
    mask = _padded(constraint.mask(), logits.size)
    if not mask.any():
        raise LookupError("no token is allowed")
    return Draw(int(np.argmax(np.where(mask, logits, -np.inf))), used_mask=True)


def _softmax(logits: NDArray[np.float32], temperature: float) -> Floats:
    below = logits.astype(np.float64) - logits.max()
    with np.errstate(over="ignore"):  # far below at a low temperature is minus infinity
        weights: Floats = np.exp(below / temperature)
    weights /= weights.sum()
    return weights


def _padded(mask: Booleans, size: int) -> Booleans:
    """The mask at the logits' length: padding of either has no text and is never drawn."""
    if mask.size >= size:
        return mask[:size]
    return np.concatenate([mask, np.zeros(size - mask.size, np.bool_)])


def _nucleus(weights: Floats, top_p: float) -> Booleans:
    """True for the smallest set of tokens, likeliest first, whose mass reaches `top_p`.

    A token belongs to it if the mass before it is still below `top_p` of the whole.
    """
    if top_p >= 1:
        return weights > 0
    order = np.argsort(-weights, kind="stable")
    ordered = weights[order]
    before = np.cumsum(ordered) - ordered
    kept = np.zeros(weights.size, np.bool_)
    kept[order[(before < top_p * weights.sum()) & (ordered > 0)]] = True
    return kept


def _membership(
    weights: Floats, token: int, top_p: float, allows: Callable[[int], bool]
) -> bool | None:
    """Whether `token` is in the restricted set, by single checks; None if they can't tell.

    The mass `before` it is that of the allowed tokens that are likelier. The whole allowed mass
    is at least what was seen allowed and at most what wasn't seen refused.
    """
    if not allows(token):
        return False
    if top_p >= 1:
        return True
    weight = weights[token]
    likelier = np.flatnonzero(weights >= weight)
    likelier = likelier[(weights[likelier] > weight) | (likelier < token)]
    if likelier.size > MAX_CHECKS:
        return None
    before = refused = 0.0
    for other in likelier:
        if allows(int(other)):
            before += weights[other]
        else:
            refused += weights[other]
    if before < top_p * (before + weight):
        return True
    if before >= top_p * (weights.sum() - refused):
        return False
    return None
