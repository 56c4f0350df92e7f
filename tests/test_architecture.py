"""The memory of models, against the arithmetic of their publishers' own figures."""

from __future__ import annotations

import pytest

from maze.architecture import GIB, Architecture, Precision, of_config
from maze.catalogue import BY_NAME, MODELS, QWEN3_30B, QWEN25_32B
from maze.deploy.gpus import BY_NAME as GPUS
from maze.deploy.gpus import memory
from maze.errors import ModelError


@pytest.mark.parametrize(
    ("name", "billions"),
    [
        ("qwen2.5-coder-0.5b", 0.49),
        ("qwen2.5-coder-1.5b", 1.54),
        ("qwen2.5-coder-3b", 3.09),
        ("qwen2.5-coder-7b", 7.62),
        ("qwen2.5-coder-14b", 14.77),
        ("qwen2.5-coder-32b", 32.76),
        ("qwen3-coder-30b-a3b", 30.53),
        ("deepseek-r1-distill-qwen-7b", 7.62),
    ],
)
def test_parameters_are_as_many_as_the_publisher_says(name: str, billions: float) -> None:
    assert BY_NAME[name].architecture.parameters / 1e9 == pytest.approx(billions, rel=0.01)


@pytest.mark.parametrize(
    ("architecture", "precision", "gibibytes"),
    [
        (QWEN25_32B, "bf16", 61.0),
        (QWEN25_32B, "fp8", 32.0),
        (QWEN25_32B, "awq", 18.0),
        (QWEN3_30B, "bf16", 56.9),
        (QWEN3_30B, "fp8", 29.0),
    ],
)
def test_weights(architecture: Architecture, precision: Precision, gibibytes: float) -> None:
    assert architecture.weights(precision) / GIB == pytest.approx(gibibytes, abs=0.05)


def test_the_cache_takes_its_bytes_for_each_token() -> None:
    assert QWEN25_32B.key_values() == 256 * 1024
    assert QWEN3_30B.key_values() == 96 * 1024
    assert QWEN3_30B.key_values(bytes_each=1) == 48 * 1024


@pytest.mark.parametrize(
    ("gpu", "architecture", "precision", "thousands"),
    [
        ("L40S", QWEN25_32B, "bf16", 0),
        ("L40S", QWEN25_32B, "fp8", 28),
        ("L40S", QWEN25_32B, "awq", 85),
        ("L40S", QWEN3_30B, "bf16", 0),
        ("L40S", QWEN3_30B, "fp8", 107),
        ("A100-40GB", QWEN25_32B, "fp8", 9.7),
        ("A100-40GB", QWEN25_32B, "awq", 67),
        ("A100-80GB", QWEN25_32B, "bf16", 40),
        ("H100", QWEN25_32B, "fp8", 159),
        ("H100", QWEN3_30B, "bf16", 153),
    ],
)
def test_tokens_that_are_left(
    gpu: str, architecture: Architecture, precision: Precision, thousands: float
) -> None:
    left = memory(architecture, precision, GPUS[gpu]).tokens
    assert left / 1000 == pytest.approx(thousands, abs=0.6)


def test_two_gpus_share() -> None:
    one = memory(QWEN25_32B, "bf16", GPUS["H100"])
    two = memory(QWEN25_32B, "bf16", GPUS["H100:2"])
    assert two.weights == one.weights / 2
    assert two.tokens > 3 * one.tokens


def test_a_config_says_the_same() -> None:
    config = {
        "hidden_size": 5120,
        "intermediate_size": 27648,
        "max_position_embeddings": 32768,
        "num_attention_heads": 40,
        "num_hidden_layers": 64,
        "num_key_value_heads": 8,
        "tie_word_embeddings": False,
        "vocab_size": 152064,
    }
    assert of_config(config) == QWEN25_32B
    with pytest.raises(ModelError, match="no number `hidden_size`"):
        of_config({key: value for key, value in config.items() if key != "hidden_size"})


def test_names_are_different() -> None:
    assert len(BY_NAME) == len(MODELS)
