"""A tiny random checkpoint, laid out like any ONNX export of a Qwen2-style model."""

from __future__ import annotations

import json
from pathlib import Path

import onnx
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

from training.export import build_qwen2_onnx
from training.qwen2 import Qwen2Config, random_weights

NANO_TOKENS = ("<|python|>", "<|go|>", "<|prompt|>", "<|code|>", "<|end|>")
CHAT_TOKENS = ("<|im_start|>", "<|im_end|>", "<|endoftext|>")


def byte_tokenizer(special: tuple[str, ...]) -> Tokenizer:
    """A tokenizer with a token a byte, then these special ones."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    stand_ins = {byte: chr(byte) for byte in printable}
    stand_ins |= {byte: chr(256 + place) for place, byte in enumerate(others)}
    tokenizer = Tokenizer(models.BPE({stand_ins[byte]: byte for byte in range(256)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(list(special))
    return tokenizer


def write_checkpoint(
    folder: Path,
    *,
    special: tuple[str, ...] = CHAT_TOKENS,
    eos: int | list[int] = 257,
    context: int = 256,
    weights: str = "onnx/model.onnx",
) -> Path:
    """Write the folder; the vocabulary is padded to 288 logits, as real ones are."""
    config = Qwen2Config(
        vocab_size=288,
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=context,
    )
    graph = build_qwen2_onnx(config, random_weights(config, seed=5), 32)
    path = folder / weights
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(graph, str(path))
    (folder / "config.json").write_text(config.to_json(eos_token_id=256))
    (folder / "generation_config.json").write_text(json.dumps({"eos_token_id": eos}))
    byte_tokenizer(special).save(str(folder / "tokenizer.json"))
    return folder
