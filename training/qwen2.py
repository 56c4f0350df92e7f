"""The shape of the model and its weights, without torch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

Weights = Mapping[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class Qwen2Config:
    """What a Qwen2 `config.json` says, by its own names; the defaults are nano's."""

    vocab_size: int = 4096
    hidden_size: int = 256
    intermediate_size: int = 768
    num_hidden_layers: int = 5
    num_attention_heads: int = 4
    num_key_value_heads: int = 2
    max_position_embeddings: int = 1024
    rms_norm_eps: float = 1e-6
    rope_theta: float = 10000.0

    @property
    def head_dim(self) -> int:
        return self.hidden_size // self.num_attention_heads

    def to_json(self, **more: object) -> str:
        fixed = {"architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "hidden_act": "silu",
                 "tie_word_embeddings": True, "use_sliding_window": False}  # fmt: skip
        return json.dumps({**fixed, **asdict(self), **more}, indent=2) + "\n"

    @classmethod
    def from_json(cls, path: Path) -> Qwen2Config:
        stored = json.loads(path.read_text())
        return cls(**{field.name: stored[field.name] for field in fields(cls)})


def shapes(config: Qwen2Config) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Names and shapes of all weights, as in Qwen2 checkpoints with tied embeddings."""
    size, inner = config.hidden_size, config.intermediate_size
    kv = config.num_key_value_heads * config.head_dim
    yield "model.embed_tokens.weight", (config.vocab_size, size)
    for i in range(config.num_hidden_layers):
        layer = f"model.layers.{i}"
        yield f"{layer}.input_layernorm.weight", (size,)
        for name, width in (("q", size), ("k", kv), ("v", kv)):
            yield f"{layer}.self_attn.{name}_proj.weight", (width, size)
            yield f"{layer}.self_attn.{name}_proj.bias", (width,)
        yield f"{layer}.self_attn.o_proj.weight", (size, size)
        yield f"{layer}.post_attention_layernorm.weight", (size,)
        yield f"{layer}.mlp.gate_proj.weight", (inner, size)
        yield f"{layer}.mlp.up_proj.weight", (inner, size)
        yield f"{layer}.mlp.down_proj.weight", (size, inner)
    yield "model.norm.weight", (size,)


def random_weights(config: Qwen2Config, seed: int) -> dict[str, np.ndarray]:
    """Weights large enough that a wrong graph shows in the logits."""
    rng = np.random.default_rng(seed)
    weights = {}
    for name, shape in shapes(config):
        scale = 0.3 if "bias" in name else 1.5 / shape[-1] ** 0.5
        values = rng.normal(0, 0.1, shape) + 1 if "norm" in name else rng.normal(0, scale, shape)
        weights[name] = values.astype(np.float32)
    return weights
