"""The forward pass in plain numpy: what the exported graph and the torch model must agree with."""

from __future__ import annotations

import numpy as np

from training.qwen2 import Qwen2Config, Weights


def _norm(x: np.ndarray, weight: np.ndarray, eps: float) -> np.ndarray:
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + eps) * weight


def _rotate(x: np.ndarray, config: Qwen2Config) -> np.ndarray:
    """Half-split rotary embedding of [sequence, heads, head_dim] at positions 0, 1, …"""
    half = np.arange(0, config.head_dim, 2) / config.head_dim
    angles = np.outer(np.arange(len(x)), config.rope_theta**-half)[:, None]
    first, second = np.split(x, 2, axis=-1)
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate((first * cos - second * sin, second * cos + first * sin), axis=-1)


def _attend(x: np.ndarray, prefix: str, config: Qwen2Config, weights: Weights) -> np.ndarray:
    length, head = len(x), config.head_dim

    def heads(name: str) -> np.ndarray:
        weight, bias = (weights[f"{prefix}.{name}_proj.{part}"] for part in ("weight", "bias"))
        return (x @ weight.T + bias).reshape(length, -1, head)

    q, k, v = _rotate(heads("q"), config), _rotate(heads("k"), config), heads("v")
    groups = config.num_attention_heads // config.num_key_value_heads
    k, v = k.repeat(groups, axis=1), v.repeat(groups, axis=1)
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(head)
    scores += np.triu(np.full((length, length), -np.inf), 1)
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    shares /= shares.sum(-1, keepdims=True)
    mixed = np.einsum("hqk,khd->qhd", shares, v).reshape(length, -1)
    return mixed @ weights[f"{prefix}.o_proj.weight"].T


def _mlp(x: np.ndarray, prefix: str, weights: Weights) -> np.ndarray:
    gate, up, down = (weights[f"{prefix}.{name}_proj.weight"] for name in ("gate", "up", "down"))
    gated = x @ gate.T
    return (gated / (1 + np.exp(-gated)) * (x @ up.T)) @ down.T


def logits(config: Qwen2Config, weights: Weights, ids: np.ndarray) -> np.ndarray:
    """[sequence, vocab_size] for one sequence of ids."""
    eps, x = config.rms_norm_eps, weights["model.embed_tokens.weight"][ids].astype(np.float64)
    for i in range(config.num_hidden_layers):
        layer = f"model.layers.{i}"
        normed = _norm(x, weights[f"{layer}.input_layernorm.weight"], eps)
        x = x + _attend(normed, f"{layer}.self_attn", config, weights)
        normed = _norm(x, weights[f"{layer}.post_attention_layernorm.weight"], eps)
        x = x + _mlp(normed, f"{layer}.mlp", weights)
    return _norm(x, weights["model.norm.weight"], eps) @ weights["model.embed_tokens.weight"].T
