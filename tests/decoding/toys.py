"""Small vocabularies, grammars and models for the tests of decoding."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from llguidance import LLTokenizer, TokenizerWrapper
from numpy.typing import NDArray

from maze.decoding.vocabulary import Vocabulary
from maze.request import Grammar


class _Words:
    """What llguidance asks of a tokenizer: the bytes of each token and a way to encode."""

    def __init__(self, words: Sequence[str], eos: str) -> None:
        self.tokens = [word.encode() for word in words]
        self.eos_token_id = list(words).index(eos)
        self.bos_token_id = None
        self.special_token_ids = [self.eos_token_id]

    def __call__(self, text: bytes | str) -> list[int]:
        data = text.encode() if isinstance(text, str) else text
        ids: list[int] = []
        while data:
            best = max(
                (token for token in self.tokens if token and data.startswith(token)), key=len
            )
            ids.append(self.tokens.index(best))
            data = data[len(best) :]
        return ids


def words(*tokens: str) -> Vocabulary:
    """A vocabulary of exactly these tokens and, last, the end of the text."""
    wrapped = _Words([*tokens, "<end>"], "<end>")
    return Vocabulary(LLTokenizer(TokenizerWrapper(wrapped)), frozenset({len(tokens)}))


def grammar(text: str, name: str = "toy") -> Grammar:
    """A grammar of flat text."""
    source = f"%llguidance {{}}\n{text}\n"
    return Grammar(name, source, hashlib.sha256(source.encode()).hexdigest())


class FixedModel:
    """A model that always has the same logits, and remembers what it was shown."""

    def __init__(self, logits: Sequence[float]) -> None:
        self.row = np.array(logits, np.float32)
        self.seen: list[int] = []
        self.calls = 0

    def logits(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        self.seen += tokens
        self.calls += 1
        return self.row


class ScriptedModel(FixedModel):
    """A model that wants these tokens, one after the other, then the last for ever."""

    def __init__(self, size: int, script: Sequence[int]) -> None:
        super().__init__([0.0] * size)
        self.script = list(script)

    def logits(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        super().logits(tokens)
        row = np.full(self.row.size, -20.0, np.float32)
        row[self.script[min(self.calls, len(self.script)) - 1]] = 20.0
        return row
