"""The files in `maze/weights/nano`: they fit each other, and the tokenizer loses nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

onnxruntime = pytest.importorskip("onnxruntime")
llguidance = pytest.importorskip("llguidance")
tokenizers = pytest.importorskip("tokenizers")

NANO = Path(__file__).parents[2] / "maze" / "weights" / "nano"
SPECIAL = ["<|end|>", "<|pad|>", "<|prompt|>", "<|code|>", "<|python|>", "<|go|>", "<|rust|>",
           "<|typescript|>", "<|tsx|>", "<|zig|>"]  # fmt: skip
TOKENIZER = tokenizers.Tokenizer.from_file(str(NANO / "tokenizer.json"))
PROGRAM = "package main\n\nfunc main() {\n\tif true {\n\t\tprintln(10)\n\t}\n}\n"


def llguidance_tokenizer() -> object:
    text = (NANO / "tokenizer.json").read_text()
    return llguidance.LLTokenizer(text, eos_token=TOKENIZER.token_to_id("<|end|>"))


@pytest.mark.parametrize("token", SPECIAL)
def test_each_mark_is_one_special_token(token: str) -> None:
    assert TOKENIZER.encode(token, add_special_tokens=False).tokens == [token]
    assert llguidance_tokenizer().is_special_token(TOKENIZER.token_to_id(token))


def test_every_byte_has_a_token_of_its_own() -> None:
    alphabet = tokenizers.pre_tokenizers.ByteLevel.alphabet()
    assert len(alphabet) == 256
    assert set(alphabet) <= set(TOKENIZER.get_vocab())


@pytest.mark.parametrize(
    "text", [PROGRAM, "def f():\n    return 1\n", "é → 🙂\r\n\x00\x7f", "a  b\t c\n\n"]
)
def test_text_survives_tokenization_in_both_libraries(text: str) -> None:
    ids = TOKENIZER.encode(text, add_special_tokens=False).ids
    assert TOKENIZER.decode(ids) == text
    assert llguidance_tokenizer().tokenize_str(text) == ids
    assert llguidance_tokenizer().decode_bytes(ids) == text.encode()


def test_newlines_stand_alone() -> None:
    tokenizer = llguidance_tokenizer()
    texts = [tokenizer.decode_bytes([i]) for i in range(len(SPECIAL), tokenizer.vocab_size)]
    assert [text for text in texts if b"\n" in text] == [b"\n"]


@pytest.mark.parametrize(
    "indent", ["  ", "    ", " " * 8, " " * 12, " " * 16, "\t", "\t\t", "\t\t\t", "\t" * 4]
)
def test_an_indentation_is_one_token(indent: str) -> None:
    tokens = TOKENIZER.encode(f"\n{indent}x", add_special_tokens=False).ids
    assert [TOKENIZER.decode([token]) for token in tokens] == ["\n", indent, "x"]


def test_digits_are_single() -> None:
    ids = TOKENIZER.encode("2024", add_special_tokens=False).ids
    assert [TOKENIZER.decode([i]) for i in ids] == ["2", "0", "2", "4"]


def test_configuration_fits_the_model_and_the_tokenizer() -> None:
    config = json.loads((NANO / "config.json").read_text())
    generation = json.loads((NANO / "generation_config.json").read_text())
    session = onnxruntime.InferenceSession(NANO / "model.onnx", providers=["CPUExecutionProvider"])
    logits = session.get_outputs()[0]
    assert config["vocab_size"] == logits.shape[-1] == TOKENIZER.get_vocab_size()
    assert config["eos_token_id"] == generation["eos_token_id"] == TOKENIZER.token_to_id("<|end|>")
    assert len(session.get_inputs()) == 3 + 2 * config["num_hidden_layers"]


def test_model_is_small_enough_to_ship() -> None:
    assert (NANO / "model.onnx").stat().st_size < 20_000_000


def test_every_source_has_a_licence_text() -> None:
    rows = [line.split("|")[1].strip() for line in (NANO / "SOURCES.md").read_text().splitlines()
            if line.startswith("| ") and "synthetic" not in line]  # fmt: skip
    slugs = [name.replace("@", "").replace("/", "-") for name in rows[1:]]
    assert [slug for slug in slugs if not (NANO / "LICENSES" / f"{slug}.txt").is_file()] == []
