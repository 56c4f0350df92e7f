"""How much memory a model takes, from its `config.json` alone.

Sizes are counted in parameters, as the architectures of the Qwen2 and Qwen3 families lay them out
(transformers, modeling_qwen2.py and modeling_qwen3_moe.py); norms and biases, a thousandth of the
whole, are left out. Bytes of a parameter by precision:

* `bf16`: 2.
* `fp8`: 1, with a scale of 4 bytes for each block of 128 by 128.
* `awq`: half a byte, with a scale of 2 bytes and a zero point of half a byte for each 128.

Embeddings and the output layer stay in 2 bytes in each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from maze.errors import ModelError

Precision = Literal["bf16", "fp8", "awq"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
GIB = 2**30
BYTES: dict[Precision, float] = {
    "bf16": 2,
    "fp8": 1 + 4 / (128 * 128),
    "awq": 0.5 + (2 + 0.5) / 128,
}
EMBEDDING_BYTES = 2
KEY_VALUE_BYTES = {"auto": 2, "fp8": 1}


@dataclass(frozen=True, slots=True)
class Architecture:
    """The shape of a decoder: what its weights and its key-value cache depend on.

    `experts` is 0 for a dense model; then `intermediate` is the width of the one feed-forward
    part, else that of each expert. `context` is the longest that it was trained for, in tokens.
    """

    layers: int
    hidden: int
    intermediate: int
    heads: int
    key_value_heads: int
    head: int
    vocabulary: int
    tied: bool
    context: int
    experts: int = 0

    @property
    def embeddings(self) -> int:
        """Parameters of the embeddings and the output layer, which may be the same."""
        return self.vocabulary * self.hidden * (1 if self.tied else 2)

    @property
    def parameters(self) -> int:
        """All of them."""
        return self._inner + self.embeddings

    @property
    def _inner(self) -> int:
        attention = 2 * self.hidden * self.head * (self.heads + self.key_value_heads)
        feed_forward = 3 * self.hidden * self.intermediate * max(1, self.experts)
        return self.layers * (attention + feed_forward + self.experts * self.hidden)

    def weights(self, precision: Precision) -> float:
        """Bytes of the weights."""
        return self._inner * BYTES[precision] + self.embeddings * EMBEDDING_BYTES

    def key_values(self, *, bytes_each: int = 2) -> int:
        """Bytes of the key-value cache for each token of a context."""
        return 2 * self.layers * self.key_value_heads * self.head * bytes_each


def of_config(config: Mapping[str, object]) -> Architecture:
    """The architecture in a `config.json`. Raises ModelError for a key that isn't there."""

    def number(name: str, default: int | None = None, least: int = 1) -> int:
        value = config.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise ModelError(f"`config.json` has no number `{name}`, {least} or more")
        return value

    heads, hidden = number("num_attention_heads"), number("hidden_size")
    experts = number("num_experts", 0, least=0)
    return Architecture(
        layers=number("num_hidden_layers"),
        hidden=hidden,
        intermediate=number("moe_intermediate_size" if experts else "intermediate_size"),
        heads=heads,
        key_value_heads=number("num_key_value_heads", heads),
        head=number("head_dim", hidden // heads),
        vocabulary=number("vocab_size"),
        tied=config.get("tie_word_embeddings") is True,
        context=number("max_position_embeddings"),
        experts=experts,
    )
