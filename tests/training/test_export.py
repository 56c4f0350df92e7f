"""The exported graph computes what Qwen2 computes: compared with a plain numpy forward pass."""

from __future__ import annotations

import numpy as np
import pytest

onnxruntime = pytest.importorskip("onnxruntime")

from training.export import build_qwen2_onnx, dequantized, quantize_blocks  # noqa: E402
from training.qwen2 import Qwen2Config, random_weights  # noqa: E402
from training.reference import logits  # noqa: E402

TINY = Qwen2Config(
    vocab_size=128, hidden_size=64, intermediate_size=96, num_hidden_layers=2,
    num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=64,
)  # fmt: skip
WEIGHTS = random_weights(TINY, seed=1)
IDS = np.random.default_rng(2).integers(0, TINY.vocab_size, 11)


def run(bits: int, chunks: list[int]) -> np.ndarray:
    """Logits of `IDS`, fed in chunks of these lengths with the past carried along."""
    model = build_qwen2_onnx(TINY, WEIGHTS, bits).SerializeToString()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    names = [value.name for value in session.get_inputs()][3:]
    past = [np.zeros((1, TINY.num_key_value_heads, 0, TINY.head_dim), np.float32)] * len(names)
    rows, done = [], 0
    for length in chunks:
        feeds = {"input_ids": IDS[None, done : done + length],
                 "attention_mask": np.ones((1, done + length), np.int64),
                 "position_ids": np.arange(done, done + length)[None]}  # fmt: skip
        found, *past = session.run(None, {**feeds, **dict(zip(names, past, strict=True))})
        rows.append(found[0])
        done += length
    return np.concatenate(rows)


@pytest.mark.parametrize("chunks", [[11], [1] * 11, [4, 5, 2]])
def test_float_graph_agrees_with_the_reference_whole_step_by_step_and_in_chunks(
    chunks: list[int],
) -> None:
    assert np.abs(run(32, chunks) - logits(TINY, WEIGHTS, IDS)).max() < 1e-4


@pytest.mark.parametrize("chunks", [[11], [1] * 11, [4, 5, 2]])
def test_eight_bit_graph_stays_near_the_reference(chunks: list[int]) -> None:
    expected = logits(TINY, WEIGHTS, IDS)
    found = run(8, chunks)
    assert np.abs(found - expected).max() < 0.05 * np.abs(expected).max()
    assert (found.argmax(-1) == expected.argmax(-1)).mean() > 0.9


def test_chunks_do_not_change_the_eight_bit_graph() -> None:
    assert np.abs(run(8, [11]) - run(8, [3, 8])).max() < 1e-3


def test_inputs_and_outputs_are_named_as_optimum_names_them() -> None:
    model = build_qwen2_onnx(TINY, WEIGHTS)
    past = [f"past_key_values.{i}.{part}" for i in (0, 1) for part in ("key", "value")]
    present = [f"present.{i}.{part}" for i in (0, 1) for part in ("key", "value")]
    inputs = [value.name for value in model.graph.input]
    assert inputs == ["input_ids", "attention_mask", "position_ids", *past]
    assert [value.name for value in model.graph.output] == ["logits", *present]


def test_graph_declares_the_shapes_of_a_decoder_with_past() -> None:
    model = build_qwen2_onnx(TINY, WEIGHTS)
    shapes = {
        value.name: [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]
        for value in [*model.graph.input, *model.graph.output]
    }
    assert shapes["logits"] == ["batch", "sequence", 128]
    assert shapes["past_key_values.1.key"] == ["batch", 2, "past_sequence", 16]
    assert shapes["present.1.value"] == ["batch", 2, "past_sequence + sequence", 16]


@pytest.mark.parametrize(("bits", "steps"), [(8, 127), (4, 7)])
def test_quantization_errs_by_half_a_step_at_most(bits: int, steps: int) -> None:
    weight = np.random.default_rng(3).normal(size=(8, 64)).astype(np.float32)
    _, scales = quantize_blocks(weight, bits)
    error = np.abs(dequantized(weight, bits) - weight).reshape(8, 2, 32)
    assert (error <= scales[..., None] * 0.5001).all()
    assert np.allclose(scales, np.abs(weight.reshape(8, 2, 32)).max(axis=2) / steps)
