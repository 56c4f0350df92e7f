"""What fits where, by `maze deploy --dry-run`, which needs neither Modal nor a network."""

from __future__ import annotations

import json
import re
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from maze.deploy.image import PACKAGES, VLLM
from tests.conftest import RunMaze

# Tokens of context that are left, in thousands: the arithmetic was done apart, from the
# architectures, with 92 % of a GPU's memory and 2 GiB for the engine, and rounded; 0.1 GiB of
# weights is a thousand tokens.
LEFT = [
    ("qwen2.5-coder-32b-fp8", "L40S", 28),
    ("qwen2.5-coder-32b-awq", "L40S", 85),
    ("qwen3-coder-30b-a3b-fp8", "L40S", 106),
    ("qwen2.5-coder-32b-fp8", "A100-40GB", 9.7),
    ("qwen2.5-coder-32b-awq", "A100-40GB", 67),
    ("qwen3-coder-30b-a3b-fp8", "A100-40GB", 57),
    ("qwen2.5-coder-32b", "A100-80GB", 40),
    ("qwen2.5-coder-32b-fp8", "H100", 159),
    ("qwen2.5-coder-32b-awq", "H100", 217),
    ("qwen3-coder-30b-a3b", "H100", 153),
    ("qwen3-coder-30b-a3b-fp8", "H100", 456),
]
CONFIG = {
    "hidden_size": 64,
    "intermediate_size": 128,
    "max_position_embeddings": 4096,
    "num_attention_heads": 2,
    "num_hidden_layers": 2,
    "num_key_value_heads": 1,
    "vocab_size": 4096,
}


@pytest.mark.parametrize(("model", "gpu", "thousands"), LEFT)
def test_tokens_that_are_left(run_maze: RunMaze, model: str, gpu: str, thousands: float) -> None:
    options = ("--model", model, "--gpu", gpu, "--max-model-len", "4096")
    ran = run_maze("deploy", "--dry-run", *options)
    assert ran.returncode == 0, ran.stderr
    found = re.search(r"([\d,]+) tokens of context fit in all", ran.stdout)
    assert found
    assert int(found[1].replace(",", "")) / 1000 == pytest.approx(thousands, abs=1.6)


@pytest.mark.parametrize("gpu", ["L40S", "A100-40GB"])
@pytest.mark.parametrize("model", ["qwen2.5-coder-32b", "qwen3-coder-30b-a3b"])
def test_whole_weights_do_not_fit(run_maze: RunMaze, model: str, gpu: str) -> None:
    ran = run_maze("deploy", "--dry-run", "--model", model, "--gpu", gpu)
    assert ran.returncode == 2
    assert "doesn't fit" in ran.stderr
    assert "or an A100-80GB" in ran.stderr


def test_a_refusal_names_what_would_fit(run_maze: RunMaze) -> None:
    ran = run_maze("deploy", "--dry-run", "--model", "qwen2.5-coder-32b", "--gpu", "L40S")
    assert ran.returncode == 2
    assert "weights take 61.0" in ran.stderr
    assert "AWQ at 16k, or FP8 at 8k, or an A100-80GB" in ran.stderr


def test_the_usual_plan(run_maze: RunMaze) -> None:
    ran = run_maze("deploy", "--dry-run")
    assert ran.returncode == 0, ran.stderr
    for part in (
        "Qwen/Qwen2.5-Coder-32B-Instruct-AWQ",
        "context of 16,384 tokens",
        "GPU:         L40S",
        VLLM,
        "weights      18.0   AWQ",
        "an hour of a container   $ 1.95",
        "1,000 generations        $ 5.42   assumed: 10 s each",
        "modal.endpoint_url, modal.key, modal.secret",
    ):
        assert part in ran.stdout


def test_a_price_that_is_not_known_is_not_guessed(run_maze: RunMaze) -> None:
    ran = run_maze("deploy", "--dry-run", "--gpu", "H200")
    assert "the price of H200 isn't known here; `modal billing rates` says it" in ran.stdout
    assert "$" not in ran.stdout


def test_the_cheapest_gpu_is_chosen(run_maze: RunMaze) -> None:
    for model, gpu in (
        ("qwen2.5-coder-0.5b", "T4"),
        ("qwen2.5-coder-7b", "L4"),
        ("qwen2.5-coder-14b", "L40S"),
        ("qwen2.5-coder-32b", "A100-80GB"),
        ("nano", "none"),
    ):
        ran = run_maze("deploy", "--dry-run", "--model", model)
        assert f"GPU:         {gpu}\n" in ran.stdout, ran.stderr


def test_two_gpus_share(run_maze: RunMaze) -> None:
    ran = run_maze("deploy", "--dry-run", "--model", "qwen2.5-coder-32b", "--gpu", "H100:2")
    assert "weights      30.5   BF16" in ran.stdout
    assert "an hour of a container   $ 7.90" in ran.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--gpu", "H300"), "no GPU `H300`"),
        (("--model", "gpt"), "no model `gpt`"),
        (("--quantization", "int3"), 'wrong value for `--quantization`: expected one of "bf16"'),
        (("--max-model-len", "1000000"), "reads 32,768 tokens at most"),
        (("--gpu", "T4", "--quantization", "fp8"), "a T4 can't run weights in FP8"),
        (("--model", "qwen2.5-coder-7b", "--quantization", "awq"), "no weights of"),
        (("--concurrency", "0"), "whole number, 1 or more"),
        (("--model", "nano", "--gpu", "H100"), "`nano` runs on the CPU"),
        (("stop",), "`maze deploy stop` takes no options of `maze deploy`"),
        (("--model", "qwen2.5-coder-0.5b", "--concurrency", "100000"), "fits on no GPU"),
    ],
)
def test_refusals(run_maze: RunMaze, options: tuple[str, ...], said: str) -> None:
    ran = run_maze("deploy", "--dry-run", *options)
    assert ran.returncode == 2, ran.stderr
    assert said in " ".join(ran.stderr.split())
    assert ran.stdout == ""


def checkpoint(folder: Path, **more: object) -> Path:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(CONFIG | more))
    (folder / "model.safetensors").write_bytes(b"")
    return folder


def test_a_checkpoint_of_ones_own(run_maze: RunMaze, tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "mine")
    ran = run_maze("deploy", "--dry-run", "--model", str(folder))
    assert ran.returncode == 0, ran.stderr
    assert "context of 4,096 tokens" in ran.stdout
    assert f"upload:      {folder} -> volume maze-weights" in ran.stdout


def test_no_other_model_takes_the_place_of_ones_own(run_maze: RunMaze, tmp_path: Path) -> None:
    known = {
        "hidden_size": 5120,
        "intermediate_size": 27648,
        "max_position_embeddings": 32768,
        "num_attention_heads": 40,
        "num_hidden_layers": 64,
        "num_key_value_heads": 8,
        "vocab_size": 152064,
    }
    folder = checkpoint(tmp_path / "mine", **known)
    asked = ("deploy", "--dry-run", "--model", str(folder), "--quantization")
    ran = run_maze(*asked, "awq")
    assert ran.returncode == 2
    assert "there are no weights of `mine` in AWQ" in ran.stderr
    ran = run_maze(*asked, "fp8")
    assert ran.returncode == 0, ran.stderr
    assert "model:       mine " in ran.stdout
    assert "weights      32.0   FP8" in ran.stdout


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("config.json", "{", "is no JSON"),
        ("config.json", "[]", "is no JSON object"),
        ("config.json", "{}", "has no number `num_attention_heads`"),
        ("config.json", None, "can't be read"),
        ("config.json", "[" * 100_000, "is no JSON"),
        ("config.json", '{"quantization_config": "awq"}', "is no JSON object"),
        ("config.json", '{"quantization_config": {"quant_method": []}}', "quantized as `[]`"),
        (
            "config.json",
            json.dumps(CONFIG | {"num_key_value_heads": 0}),
            "no number `num_key_value_heads`, 1 or more",
        ),
        ("model.safetensors", None, "holds no weights"),
    ],
)
def test_a_checkpoint_that_is_none(
    run_maze: RunMaze, tmp_path: Path, file: str, content: str | None, said: str
) -> None:
    folder = checkpoint(tmp_path / "mine")
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(content)
    ran = run_maze("deploy", "--dry-run", "--model", str(folder))
    assert ran.returncode in (2, 3)
    assert said in " ".join(ran.stderr.split())


def test_a_quantization_that_is_not_known(run_maze: RunMaze, tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "mine", quantization_config={"quant_method": "gptq"})
    ran = run_maze("deploy", "--dry-run", "--model", str(folder))
    assert ran.returncode == 2
    assert "is quantized as `gptq`" in " ".join(ran.stderr.split())


def test_the_image_has_what_maze_and_vllm_need() -> None:
    pinned = {}
    for each in (*PACKAGES, VLLM):
        name, _, version = each.partition("==")
        pinned[name] = version
    needed = [Requirement(text) for text in requires("maze") or []]
    for requirement in needed:
        extra = requirement.marker is not None and "extra" in str(requirement.marker)
        wanted = not extra or any(
            requirement.marker.evaluate({"extra": name, "sys_platform": "linux"})
            for name in ("serve", "server")
            if requirement.marker is not None
        )
        if wanted and requirement.name != "maze":
            assert requirement.name in pinned, f"{requirement} isn't in the image"
            assert requirement.specifier.contains(pinned[requirement.name]), requirement
