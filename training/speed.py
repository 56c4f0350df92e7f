"""Steps a second on one core for each way to store the weights: `python -m training.speed
[MODEL_DIRECTORY]`.

Random weights of nano's shape; one sequence, one token a step, past of 0 to 300 positions, no
sampling.
"""

from __future__ import annotations

import os
import time

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import onnxruntime

from training.export import build_qwen2_onnx
from training.qwen2 import Qwen2Config, random_weights

STEPS, REPEATS = 300, 5


def session_of(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def empty_past(config: Qwen2Config) -> list[np.ndarray]:
    shape = (1, config.num_key_value_heads, 0, config.head_dim)
    return [np.zeros(shape, np.float32)] * (2 * config.num_hidden_layers)


def steps(session: onnxruntime.InferenceSession, config: Qwen2Config) -> float:
    """Seconds of CPU for `STEPS` steps from an empty past."""
    names = [value.name for value in session.get_inputs()][3:]
    past, began = empty_past(config), time.thread_time()
    for position in range(STEPS):
        feeds = {"input_ids": np.array([[position % config.vocab_size]]),
                 "attention_mask": np.ones((1, position + 1), np.int64),
                 "position_ids": np.array([[position]])}  # fmt: skip
        _, *past = session.run(None, {**feeds, **dict(zip(names, past, strict=True))})
    return time.thread_time() - began


def main() -> None:
    config = Qwen2Config()
    weights = random_weights(config, seed=0)
    print("| weights | nodes | megabytes | steps a second |\n|---|---|---|---|")
    for bits, name in ((32, "fp32 MatMul"), (8, "MatMulNBits, 8 bits"), (4, "MatMulNBits, 4 bits")):
        model = build_qwen2_onnx(config, weights, bits)
        data = model.SerializeToString()
        session = session_of(data)
        best = min(steps(session, config) for _ in range(REPEATS))
        print(f"| {name} | {len(model.graph.node)} | {len(data) / 1e6:.1f} | {STEPS / best:,.0f} |")


if __name__ == "__main__":
    main()
