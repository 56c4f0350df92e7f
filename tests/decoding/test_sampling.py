"""Drawing first and masking only when the draw is refused is the masked distribution exactly."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maze.decoding.sampling import Sampler
from maze.request import SamplingParams


class Allowed:
    """A constraint by a list; counts what it was asked."""

    def __init__(self, allowed: list[bool]) -> None:
        self.allowed = np.array(allowed, np.bool_)
        self.masks = self.checks = 0

    def allows(self, token: int) -> bool:
        self.checks += 1
        return bool(self.allowed[token])

    def mask(self) -> np.ndarray:
        self.masks += 1
        return self.allowed


def masked_distribution(
    logits: np.ndarray, allowed: np.ndarray, temperature: float, top_p: float
) -> np.ndarray:
    """The definition, written the slow way: mask, softmax, nucleus, normalise."""
    scaled = np.where(allowed, logits.astype(np.float64) / temperature, -np.inf)
    weights = np.exp(scaled - scaled.max())
    weights /= weights.sum()
    kept, mass = np.zeros(weights.size, bool), 0.0
    for token in sorted(range(weights.size), key=lambda t: (-weights[t], t)):
        if mass >= top_p or weights[token] == 0:
            break
        kept[token] = True
        mass += weights[token]
    return np.where(kept, weights, 0) / weights[kept].sum()


@pytest.mark.parametrize("top_p", [1.0, 0.9, 0.5])
@pytest.mark.parametrize("temperature", [0.7, 1.0, 100.0])
@pytest.mark.parametrize("refused", [[], [0], [0, 1, 5], [2, 3, 4, 6, 7, 8, 9, 10, 11]])
def test_counts_follow_the_masked_distribution(
    top_p: float, temperature: float, refused: list[int]
) -> None:
    logits = np.linspace(2.0, -2.0, 12, dtype=np.float32)
    constraint = Allowed([token not in refused for token in range(12)])
    expected = masked_distribution(logits, constraint.allowed, temperature, top_p)
    sampler = Sampler(SamplingParams(temperature, top_p, 1, seed=7))
    draws = 20_000
    counts = Counter(sampler.draw(logits, constraint).token for _ in range(draws))

    assert set(counts) <= set(np.flatnonzero(expected))
    likely = expected * draws > 5
    seen = np.array([counts[token] for token in range(12)])[likely]
    chi_squared = ((seen - expected[likely] * draws) ** 2 / (expected[likely] * draws)).sum()
    # 99.99 % of the chi-squared distribution with 11 degrees of freedom lies below 37.4.
    assert chi_squared < 37.4


def test_a_wide_vocabulary_follows_the_masked_distribution_too() -> None:
    logits = np.random.default_rng(1).normal(0, 1, 200).astype(np.float32)
    constraint = Allowed([token % 3 != 0 for token in range(200)])
    expected = masked_distribution(logits, constraint.allowed, 1.0, 0.8)
    sampler = Sampler(SamplingParams(1.0, 0.8, 1, seed=3))
    draws = 40_000
    counts = Counter(sampler.draw(logits, constraint).token for _ in range(draws))

    assert set(counts) <= set(np.flatnonzero(expected))
    distance = sum(abs(counts[t] / draws - expected[t]) for t in range(200)) / 2
    # The expected distance of 40,000 exact draws over some 90 tokens is 0.018.
    assert distance < 0.03


def test_a_likely_token_that_is_allowed_needs_no_mask() -> None:
    constraint = Allowed([True] * 4)
    draw = Sampler(SamplingParams(1.0, 0.95, 1, 0)).draw(
        np.array([9, 0, 0, 0], np.float32), constraint
    )
    assert (draw.token, draw.used_mask, constraint.masks) == (0, False, 0)


def test_a_refused_draw_costs_one_mask() -> None:
    constraint = Allowed([False, True, False, False])
    draw = Sampler(SamplingParams(1.0, 0.95, 1, 0)).draw(
        np.array([9, 0, 0, 0], np.float32), constraint
    )
    assert (draw.token, draw.used_mask, constraint.masks) == (1, True, 1)


def test_temperature_zero_is_the_best_allowed_token() -> None:
    logits = np.array([3, 2, 1, 0], np.float32)
    greedy = Sampler(SamplingParams(0.0, 0.95, 1, None))
    assert greedy.draw(logits, None).token == 0
    assert greedy.draw(logits, Allowed([True] * 4)).used_mask is False
    assert greedy.draw(logits, Allowed([False, False, True, True])).token == 2


def test_one_seed_gives_one_sequence() -> None:
    logits = np.zeros(50, np.float32)
    params = SamplingParams(1.0, 1.0, 1, seed=11)
    first, second = (Sampler(params) for _ in range(2))
    constraint = Allowed([token % 2 == 0 for token in range(50)])
    sequence = [first.draw(logits, constraint).token for _ in range(30)]
    assert sequence == [second.draw(logits, constraint).token for _ in range(30)]
    assert len(set(sequence)) > 5


def test_nothing_allowed_is_an_error() -> None:
    for temperature in (0.0, 1.0):
        with pytest.raises(LookupError):
            Sampler(SamplingParams(temperature, 0.9, 1, 0)).draw(
                np.zeros(3, np.float32), Allowed([False] * 3)
            )


@pytest.mark.parametrize("temperature", [0.01, 1e-3, 1e-320])
def test_what_is_allowed_is_found_however_unlikely_it_is(temperature: float) -> None:
    constraint = Allowed([False, True, True])
    sampler = Sampler(SamplingParams(temperature, 0.95, 1, 0))
    assert sampler.draw(np.array([900, 0, 1], np.float32), constraint).token == 2


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.floats(-8, 8, width=32), min_size=2, max_size=30),
    st.data(),
    st.floats(0.05, 1.0),
    st.floats(1e-4, 5.0),
)
def test_every_draw_belongs_to_the_masked_nucleus(
    logits: list[float], data: st.DataObject, top_p: float, temperature: float
) -> None:
    allowed = data.draw(st.lists(st.booleans(), min_size=len(logits), max_size=len(logits)))
    allowed[data.draw(st.integers(0, len(logits) - 1))] = True
    constraint = Allowed(allowed)
    row = np.array(logits, np.float32)
    expected = masked_distribution(row, constraint.allowed, temperature, top_p)
    sampler = Sampler(SamplingParams(temperature, top_p, 1, seed=0))
    for _ in range(5):
        token = sampler.draw(row, constraint).token
        # Sums of floats differ in the last digits: a token at the very edge may fall either way.
        assert expected[token] > 0 or _at_edge(row, constraint.allowed, temperature, top_p, token)


def _at_edge(
    logits: np.ndarray, allowed: np.ndarray, temperature: float, top_p: float, token: int
) -> bool:
    return bool(masked_distribution(logits, allowed, temperature, min(top_p + 1e-9, 1.0))[token])
