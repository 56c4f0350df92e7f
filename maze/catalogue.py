"""The models on the hub that maze knows: where they are, and what they need.

Architectures are from each model's own `config.json`; a fact that isn't in there is beside its
model. `revision` None is the newest: nothing here has looked one up.
"""

from __future__ import annotations

from dataclasses import dataclass

from maze.architecture import Architecture, Precision


@dataclass(frozen=True, slots=True)
class HubModel:
    """A model that a server can run, by the name that users say.

    `precision` is that of its weights in memory. `quantization` makes it so while they are
    loaded, where the files hold another one. A model that thinks first has a `reasoning_parser`,
    by vLLM's name for it.
    """

    name: str
    repository: str
    architecture: Architecture
    precision: Precision = "bf16"
    quantization: str | None = None
    reasoning_parser: str | None = None
    revision: str | None = None


def _qwen25(layers: int, hidden: int, intermediate: int, heads: int, kv: int) -> Architecture:
    tied = hidden < 3_000
    vocabulary = 151_936 if tied else 152_064
    return Architecture(
        layers, hidden, intermediate, heads, kv, hidden // heads, vocabulary, tied, 32_768
    )


QWEN25_32B = _qwen25(64, 5_120, 27_648, 40, 8)
QWEN3_30B = Architecture(48, 2_048, 768, 32, 4, 128, 151_936, False, 262_144, experts=128)
R1_7B = Architecture(28, 3_584, 18_944, 28, 4, 128, 152_064, False, 131_072)

MODELS = (
    HubModel("qwen2.5-coder-32b-awq", "Qwen/Qwen2.5-Coder-32B-Instruct-AWQ", QWEN25_32B, "awq"),
    HubModel(
        "qwen2.5-coder-32b-fp8",
        "Qwen/Qwen2.5-Coder-32B-Instruct",
        QWEN25_32B,
        "fp8",
        quantization="fp8",
    ),
    HubModel("qwen2.5-coder-32b", "Qwen/Qwen2.5-Coder-32B-Instruct", QWEN25_32B),
    HubModel("qwen3-coder-30b-a3b-fp8", "Qwen/Qwen3-Coder-30B-A3B-Instruct-FP8", QWEN3_30B, "fp8"),
    HubModel("qwen3-coder-30b-a3b", "Qwen/Qwen3-Coder-30B-A3B-Instruct", QWEN3_30B),
    HubModel(
        "qwen2.5-coder-14b", "Qwen/Qwen2.5-Coder-14B-Instruct", _qwen25(48, 5_120, 13_824, 40, 8)
    ),
    HubModel(
        "qwen2.5-coder-7b", "Qwen/Qwen2.5-Coder-7B-Instruct", _qwen25(28, 3_584, 18_944, 28, 4)
    ),
    HubModel(
        "qwen2.5-coder-3b", "Qwen/Qwen2.5-Coder-3B-Instruct", _qwen25(36, 2_048, 11_008, 16, 2)
    ),
    HubModel(
        "qwen2.5-coder-1.5b", "Qwen/Qwen2.5-Coder-1.5B-Instruct", _qwen25(28, 1_536, 8_960, 12, 2)
    ),
    HubModel(
        "qwen2.5-coder-0.5b", "Qwen/Qwen2.5-Coder-0.5B-Instruct", _qwen25(24, 896, 4_864, 14, 2)
    ),
    HubModel(
        "deepseek-r1-distill-qwen-7b",
        "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B",
        R1_7B,
        reasoning_parser="deepseek_r1",
    ),
)
DEFAULT = MODELS[0]
BY_NAME = {model.name: model for model in MODELS}


def find(name: str) -> HubModel | None:
    """The model with that name, or with that repository."""
    return next((each for each in MODELS if name in (each.name, each.repository)), None)
