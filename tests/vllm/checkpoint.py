"""A tiny checkpoint that vLLM loads: the architecture of Qwen2, random weights, a small vocabulary.

Its one trained part is the vocabulary, from maze's own sources. With `thinks`, its weights make it
say `</think>` with a probability of about one third at each step, and end its text with another.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
THINKING = ("<think>", "</think>")
VOCABULARY = 4_096
LAYERS, HIDDEN, INNER, HEADS, KEY_VALUE_HEADS = 2, 64, 128, 2, 1
HEAD = HIDDEN // HEADS
CONTEXT = 4_096
# How Qwen2 cuts a text before it looks for tokens.
WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}"
    "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def write(folder: Path, sources: list[Path], *, thinks: bool = False) -> None:
    """Writes the checkpoint into a folder that is there."""
    tokenizer = _tokenizer(sources)
    tokenizer.save(str(folder / "tokenizer.json"))
    end, pad = tokenizer.token_to_id("<|im_end|>"), tokenizer.token_to_id("<|endoftext|>")
    rows = -(-tokenizer.get_vocab_size() // 128) * 128
    files: dict[str, dict[str, object]] = {
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "eos_token": "<|im_end|>",
            "pad_token": "<|endoftext|>",
            "chat_template": TEMPLATE,
            "model_max_length": CONTEXT,
            "clean_up_tokenization_spaces": False,
        },
        "config.json": {
            "architectures": ["Qwen2ForCausalLM"],
            "model_type": "qwen2",
            "vocab_size": rows,
            "hidden_size": HIDDEN,
            "num_hidden_layers": LAYERS,
            "num_attention_heads": HEADS,
            "num_key_value_heads": KEY_VALUE_HEADS,
            "intermediate_size": INNER,
            "hidden_act": "silu",
            "max_position_embeddings": CONTEXT,
            "rms_norm_eps": 1e-6,
            "rope_theta": 1_000_000.0,
            "tie_word_embeddings": False,
            "torch_dtype": "bfloat16",
            "eos_token_id": end,
            "bos_token_id": pad,
        },
        "generation_config.json": {"eos_token_id": [end], "pad_token_id": pad},
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    weights = _weights(rows)
    if thinks:
        _favour(weights, tokenizer.token_to_id("</think>"), end)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _tokenizer(sources: list[Path]) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(WORDS), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY - len(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train([str(path) for path in sources], trainer)
    tokenizer.add_special_tokens([AddedToken(text, special=True) for text in SPECIAL])
    tokenizer.add_tokens([AddedToken(text, special=False) for text in THINKING])
    return tokenizer


def _weights(rows: int) -> dict[str, torch.Tensor]:
    seed = torch.Generator().manual_seed(0)

    def random(*shape: int) -> torch.Tensor:
        return (torch.randn(*shape, generator=seed) * 0.02).bfloat16()

    def ones() -> torch.Tensor:
        return torch.ones(HIDDEN).bfloat16()

    weights = {
        "model.embed_tokens.weight": random(rows, HIDDEN),
        "lm_head.weight": random(rows, HIDDEN),
        "model.norm.weight": ones(),
    }
    for layer in range(LAYERS):
        name = f"model.layers.{layer}."
        for part, size in (
            ("q", HIDDEN),
            ("k", KEY_VALUE_HEADS * HEAD),
            ("v", KEY_VALUE_HEADS * HEAD),
        ):
            weights[f"{name}self_attn.{part}_proj.weight"] = random(size, HIDDEN)
            weights[f"{name}self_attn.{part}_proj.bias"] = random(size)
        weights[f"{name}self_attn.o_proj.weight"] = random(HIDDEN, HIDDEN)
        weights[f"{name}mlp.gate_proj.weight"] = random(INNER, HIDDEN)
        weights[f"{name}mlp.up_proj.weight"] = random(INNER, HIDDEN)
        weights[f"{name}mlp.down_proj.weight"] = random(HIDDEN, INNER)
        weights[f"{name}input_layernorm.weight"] = ones()
        weights[f"{name}post_attention_layernorm.weight"] = ones()
    return weights


def _favour(weights: dict[str, torch.Tensor], *tokens: int) -> None:
    """Gives tokens a logit of about 8 everywhere; the others' are near 0.

    All embeddings get the same large first part, which the last norm brings to the root of
    HIDDEN; e to the 8 is about the size of the vocabulary.
    """
    weights["model.embed_tokens.weight"][:, 0] = 1.0
    for token in tokens:
        weights["lm_head.weight"][token] = 0
        weights["lm_head.weight"][token, 0] = 8 / HIDDEN**0.5
