"""Export: an ONNX graph built node by node from a Qwen2 configuration and its weights, without
torch.

`python -m training.export RUN_DIRECTORY DATA_DIRECTORY TARGET_DIRECTORY [--bits 8]` writes what
`maze` ships: `model.onnx`, `tokenizer.json`, `config.json`, `generation_config.json`.

At this size a step costs what its nodes cost, so each layer is few nodes: fused q/k/v and gate/up
projections, ONNX Runtime's contrib operators for attention with rotary embedding and for residual
+ norm.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.qwen2 import Qwen2Config, Weights

BLOCK = 32  # weights that share a scale
OPSET, CONTRIB, IR_VERSION = 21, 1, 10


def quantize_blocks(weight: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric blocks of an [out, in] matrix: bytes [out, blocks, BLOCK * bits / 8], scales."""
    out, inner = weight.shape
    blocks = weight.reshape(out, inner // BLOCK, BLOCK).astype(np.float32)
    middle = 1 << (bits - 1)
    scale = np.abs(blocks).max(axis=2) / (middle - 1)
    safe = np.where(scale == 0, 1, scale)[..., None]
    values = (np.rint(blocks / safe).clip(1 - middle, middle - 1) + middle).astype(np.uint8)
    if bits == 4:
        values = values[..., 0::2] | (values[..., 1::2] << 4)
    return values, scale.astype(np.float32)


def dequantized(weight: np.ndarray, bits: int) -> np.ndarray:
    """The matrix as the quantized graph sees it."""
    out, inner = weight.shape
    values, scale = quantize_blocks(weight, bits)
    if bits == 4:
        values = np.stack((values & 15, values >> 4), axis=-1).reshape(out, -1, BLOCK)
    centred = values.astype(np.float32) - (1 << (bits - 1))
    return (centred * scale[..., None]).reshape(out, inner).astype(np.float32)


class Graph:
    """Nodes and constants under construction; every method returns the name of its output."""

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, kind: str, inputs: Sequence[str], outputs: Sequence[str], **attributes: object
    ) -> str:
        contrib = {"GroupQueryAttention", "MatMulNBits", "SkipSimplifiedLayerNormalization",
                   "QuickGelu"}  # fmt: skip
        domain = "com.microsoft" if kind in contrib else ""
        name = next(output for output in outputs if output)
        self.nodes.append(
            helper.make_node(kind, inputs, outputs, name=name, domain=domain, **attributes)
        )
        return name

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray | None = None) -> str:
        """`x @ weight.T + bias`; 8 or 4 bits in blocks, or 32 for plain floats."""
        added = [] if bias is None else [self.constant(f"{name}.bias", bias)]
        if self.bits == 32:
            factors = [x, self.constant(f"{name}.weight", weight.T)]
            product = self.node("MatMul", factors, [f"{name}.product" if added else name])
            return self.node("Add", [product, *added], [name]) if added else product
        values, scales = quantize_blocks(weight, self.bits)
        quantized = [
            self.constant(f"{name}.values", values),
            self.constant(f"{name}.scales", scales),
        ]
        inputs = [x, *quantized, *(["", "", *added] if added else [])]
        return self.node("MatMulNBits", inputs, [name], K=weight.shape[1], N=weight.shape[0],
                         bits=self.bits, block_size=BLOCK, accuracy_level=4)  # fmt: skip

    def add_norm(
        self, x: str, residual: str, name: str, weight: np.ndarray, eps: float
    ) -> tuple[str, str]:
        """The norm of `x + residual`, and that sum."""
        inputs = [x, residual, self.constant(f"{name}.weight", weight)]
        outputs = [name, "", "", f"{name}.sum"]
        self.node("SkipSimplifiedLayerNormalization", inputs, outputs, epsilon=eps)
        return name, outputs[3]


def _embedded(graph: Graph, table: np.ndarray) -> str:
    """Rows of the embedding table, which a quantized graph stores in half precision."""
    if graph.bits == 32:
        return graph.node("Gather", [graph.constant("embedding", table), "input_ids"], ["embedded"])
    half = graph.constant("embedding", table.astype(np.float16))
    rows = graph.node("Gather", [half, "input_ids"], ["embedded.half"])
    return graph.node("Cast", [rows], ["embedded"], to=TensorProto.FLOAT)


def rotary_tables(config: Qwen2Config) -> tuple[np.ndarray, np.ndarray]:
    """Cosines and sines [max_position_embeddings, head_dim / 2]."""
    half = np.arange(0, config.head_dim, 2) / config.head_dim
    angles = np.outer(np.arange(config.max_position_embeddings), config.rope_theta**-half)
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)


def _lengths(graph: Graph) -> None:
    """What GroupQueryAttention reads: `last` [batch], valid positions less one, and `total`."""
    one, axis = graph.constant("one", np.array(1, np.int64)), graph.constant("axis", np.array([1]))
    summed = graph.node("ReduceSum", ["attention_mask", axis], ["mask.sum"], keepdims=0)
    less = graph.node("Sub", [summed, one], ["mask.last"])
    graph.node("Cast", [less], ["last"], to=TensorProto.INT32)
    shape = graph.node("Shape", ["attention_mask"], ["mask.shape"], start=1, end=2)
    scalar = graph.node("Squeeze", [shape], ["mask.length"])
    graph.node("Cast", [scalar], ["total"], to=TensorProto.INT32)


def _attention(graph: Graph, x: str, i: int, config: Qwen2Config, weights: Weights) -> str:
    prefix = f"model.layers.{i}.self_attn"
    weight = np.concatenate([weights[f"{prefix}.{name}_proj.weight"] for name in "qkv"])
    bias = np.concatenate([weights[f"{prefix}.{name}_proj.bias"] for name in "qkv"])
    fused = graph.linear(x, f"{prefix}.qkv", weight, bias)
    past = [f"past_key_values.{i}.key", f"past_key_values.{i}.value"]
    inputs = [fused, "", "", *past, "last", "total", "cosines", "sines"]
    outputs = [f"{prefix}.heads", f"present.{i}.key", f"present.{i}.value"]
    heads = graph.node("GroupQueryAttention", inputs, outputs, do_rotary=1, rotary_interleaved=0,
                       num_heads=config.num_attention_heads,
                       kv_num_heads=config.num_key_value_heads)  # fmt: skip
    return graph.linear(heads, f"{prefix}.o", weights[f"{prefix}.o_proj.weight"])


def _mlp(graph: Graph, x: str, i: int, config: Qwen2Config, weights: Weights) -> str:
    prefix = f"model.layers.{i}.mlp"
    weight = np.concatenate([weights[f"{prefix}.{name}_proj.weight"] for name in ("gate", "up")])
    fused = graph.linear(x, f"{prefix}.gate_up", weight)
    gate, up = f"{prefix}.gate", f"{prefix}.up"
    graph.node("Split", [fused], [gate, up], axis=-1, num_outputs=2)
    active = graph.node("QuickGelu", [gate], [f"{prefix}.silu"], alpha=1.0)
    gated = graph.node("Mul", [active, up], [f"{prefix}.gated"])
    return graph.linear(gated, f"{prefix}.down", weights[f"{prefix}.down_proj.weight"])


def _values(config: Qwen2Config) -> tuple[list[onnx.ValueInfoProto], list[onnx.ValueInfoProto]]:
    """Inputs and outputs with the names and shapes of Optimum's decoder exports."""
    value, ints, floats = helper.make_tensor_value_info, TensorProto.INT64, TensorProto.FLOAT
    heads, size = config.num_key_value_heads, config.head_dim
    inputs = [value("input_ids", ints, ["batch", "sequence"]),
              value("attention_mask", ints, ["batch", "past_sequence + sequence"]),
              value("position_ids", ints, ["batch", "sequence"])]  # fmt: skip
    outputs = [value("logits", floats, ["batch", "sequence", config.vocab_size])]
    for i in range(config.num_hidden_layers):
        for part in ("key", "value"):
            past = ["batch", heads, "past_sequence", size]
            inputs.append(value(f"past_key_values.{i}.{part}", floats, past))
            present = ["batch", heads, "past_sequence + sequence", size]
            outputs.append(value(f"present.{i}.{part}", floats, present))
    return inputs, outputs


def build_qwen2_onnx(config: Qwen2Config, weights: Weights, bits: int = 8) -> onnx.ModelProto:
    """The whole decoder.

    `position_ids` is accepted and not read: positions follow the past's length, so the rows of a
    batch must be of one length.
    """
    graph = Graph(bits)
    table = weights["model.embed_tokens.weight"]
    cosines, sines = rotary_tables(config)
    graph.constant("cosines", cosines)
    graph.constant("sines", sines)
    _lengths(graph)
    residual, first = _embedded(graph, table), "model.layers.0.input_layernorm"
    weight = graph.constant(f"{first}.weight", weights[f"{first}.weight"])
    normed = graph.node("SimplifiedLayerNormalization", [residual, weight], [first],
                        epsilon=config.rms_norm_eps, axis=-1, stash_type=1)  # fmt: skip
    for i in range(config.num_hidden_layers):
        layer, last = f"model.layers.{i}", i + 1 == config.num_hidden_layers
        attended = _attention(graph, normed, i, config, weights)
        weight = weights[f"{layer}.post_attention_layernorm.weight"]
        normed, residual = graph.add_norm(
            attended, residual, f"{layer}.norm", weight, config.rms_norm_eps
        )
        mixed = _mlp(graph, normed, i, config, weights)
        following = "model.norm" if last else f"model.layers.{i + 1}.input_layernorm"
        normed, residual = graph.add_norm(
            mixed, residual, following, weights[f"{following}.weight"], config.rms_norm_eps
        )
    graph.linear(normed, "logits", table)
    inputs, outputs = _values(config)
    body = helper.make_graph(graph.nodes, "qwen2", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", CONTRIB)]
    return helper.make_model(
        body, opset_imports=opsets, ir_version=IR_VERSION, producer_name="maze"
    )


def checkpoint_weights(path: Path) -> dict[str, np.ndarray]:
    """The weights of a training checkpoint; torch is needed only here."""
    import torch

    state = torch.load(path, map_location="cpu")["model"]
    return {name: tensor.float().numpy() for name, tensor in state.items()}


def write(config: Qwen2Config, weights: Weights, tokenizer: Path, target: Path, bits: int) -> None:
    """The files that make a model folder."""
    target.mkdir(parents=True, exist_ok=True)
    ids = {
        entry["content"]: entry["id"] for entry in json.loads(tokenizer.read_text())["added_tokens"]
    }
    marks = {"eos_token_id": ids["<|end|>"], "pad_token_id": ids["<|pad|>"]}
    onnx.save(build_qwen2_onnx(config, weights, bits), str(target / "model.onnx"))
    shutil.copy(tokenizer, target / "tokenizer.json")
    (target / "config.json").write_text(config.to_json(**marks))
    generation = {**marks, "do_sample": True, "temperature": 0.2, "top_p": 0.95, "max_length": 1024}
    (target / "generation_config.json").write_text(json.dumps(generation, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--bits", type=int, choices=(4, 8, 32), default=8)
    given = parser.parse_args()
    config = Qwen2Config.from_json(given.run / "config.json")
    weights = checkpoint_weights(given.run / "checkpoint.pt")
    write(config, weights, given.data / "tokenizer.json", given.target, given.bits)
    print(f"model.onnx {(given.target / 'model.onnx').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
