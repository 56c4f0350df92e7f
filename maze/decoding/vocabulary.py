"""A model's tokens as the matcher sees them: their bytes, and which of them end a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from llguidance import LLTokenizer

from maze import models
from maze.errors import ModelError

SLICES = [r"[A-Za-z_][A-Za-z0-9_]*", r" [A-Za-z_][A-Za-z0-9_]*", r'[^"\\\x00-\x1F\x7F]+']
"""Kinds of tokens whose masks are made once: words, words behind a blank, what stands in strings.

Where the grammar allows every token of a kind, as in the middle of a name, the engine doesn't look
at each of them. Its own slices are kinds of text in strings. The masks are the same, and those of
code cost less; docs/grammars.md shows both.
"""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokens of one model; `eos_tokens` end a generation and have no text."""

    engine: LLTokenizer
    eos_tokens: frozenset[int]

    @classmethod
    def from_tokenizer_json(
        cls, source: str, *, eos_tokens: Sequence[int], size: int | None = None
    ) -> Vocabulary:
        """Build from the text of a Hugging Face `tokenizer.json`.

        `size` is the number of logits, which is often padded beyond the tokens that exist.
        Raises ModelError if the file isn't a byte-level tokenizer that the matcher can use.
        """
        try:
            engine = LLTokenizer(source, n_vocab=size, eos_token=list(eos_tokens), slices=SLICES)
        except ValueError as error:
            raise ModelError(f"the tokenizer can't drive a grammar: {error}") from error
        return cls(engine, frozenset(eos_tokens))

    @property
    def size(self) -> int:
        """Number of tokens, the length of a row of logits."""
        return self.engine.vocab_size

    def bytes_of(self, tokens: Sequence[int]) -> bytes:
        """The bytes that these tokens stand for; special tokens stand for none."""
        is_special = self.engine.is_special_token
        return self.engine.decode_bytes([t for t in tokens if not is_special(t)])


@cache
def embedded_vocabulary() -> Vocabulary:
    """The tokens of `nano`: several bytes each, and all single bytes. Takes 15 ms to build."""
    file = models.NANO.directory / "tokenizer.json"
    try:
        source = file.read_text("utf-8")
    except OSError as error:
        raise ModelError(
            f"can't read `{file}`: {(error.strerror or str(error)).lower()}"
        ) from error
    engine = LLTokenizer(source, slices=SLICES)
    return Vocabulary(engine, frozenset({engine.eos_token}))


@cache
def byte_vocabulary() -> Vocabulary:
    """A vocabulary whose token 0 to 255 is that byte: for matching text without a model."""
    engine = LLTokenizer("byte")
    return Vocabulary(engine, frozenset({engine.eos_token}))
