"""A model's folder: configuration, tokenizer and weights, as the ONNX exports lay them out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from maze.decoding.vocabulary import Vocabulary
from maze.errors import ModelError
from maze.models import Model, prompt_format
from maze.prompt import parts

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WEIGHTS = (
    "model.onnx",
    "onnx/model.onnx",
    "onnx/model_quantized.onnx",
    "onnx/model_int8.onnx",
    "model_quantized.onnx",
)


class ModelConfig(BaseModel):
    """The part of `config.json` that decoding needs."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    max_position_embeddings: int = Field(gt=0, le=100_000_000)
    vocab_size: int = Field(gt=0, le=10_000_000)
    eos_token_id: int | list[int] | None = None


class GenerationConfig(BaseModel):
    """The part of `generation_config.json` that decoding needs; it outranks `config.json`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    eos_token_id: int | list[int] | None = None


Config = TypeVar("Config", ModelConfig, GenerationConfig)


@dataclass(frozen=True)
class Checkpoint:
    """Reads a model's folder; a missing or damaged file is a ModelError that names it."""

    model: Model

    @cached_property
    def weights(self) -> Path:
        """The ONNX file."""
        for name in WEIGHTS:
            if (path := self.model.directory / name).is_file():
                return path
        raise self._error(f"no weights in `{self.model.directory}`: none of {', '.join(WEIGHTS)}")

    @cached_property
    def config(self) -> ModelConfig:
        """What `config.json` says."""
        return self._config("config.json", ModelConfig)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer of prompts."""
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_str(_with_special_marks(self._tokenizer_json))
        except Exception as error:  # the binding raises no narrower class
            raise self._no_tokenizer(error) from error
        # A prompt that spells out a special token is text, not that token.
        tokenizer.encode_special_tokens = True
        return tokenizer

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The tokens as the matcher sees them."""
        return Vocabulary.from_tokenizer_json(
            self._tokenizer_json, eos_tokens=self._eos_tokens(), size=self.config.vocab_size
        )

    def encode(self, prompt: str, language: str | None) -> list[int]:
        """The tokens of a prompt in the format that this model was trained on."""
        tokenizer = self.tokenizer
        special = {token.content for token in tokenizer.get_added_tokens_decoder().values()}
        tokens: list[int] = []
        for part in parts(prompt, language, prompt_format(frozenset(special))):
            if isinstance(part, str):
                tokens += tokenizer.encode(part, add_special_tokens=False).ids
            elif (mark := tokenizer.token_to_id(part.token)) is not None:
                tokens.append(mark)
        return tokens

    def encode_text(self, text: str) -> list[int]:
        """The tokens of source text; what spells out a special token is text."""
        return self.tokenizer.encode(text, add_special_tokens=False).ids if text else []

    @cached_property
    def _tokenizer_json(self) -> str:
        """`tokenizer.json` without padding and truncation."""
        try:
            content = json.loads(self._read("tokenizer.json"))
            return json.dumps({**content, "padding": None, "truncation": None})
        except (ValueError, TypeError) as error:
            raise self._no_tokenizer(error) from error

    def _no_tokenizer(self, error: Exception) -> ModelError:
        return self._error(f"`{self._path('tokenizer.json')}` is no tokenizer: {error}")

    def _eos_tokens(self) -> list[int]:
        configs: list[ModelConfig | GenerationConfig] = [self.config]
        if self._path("generation_config.json").is_file():
            configs.insert(0, self._config("generation_config.json", GenerationConfig))
        for config in configs:
            if config.eos_token_id is not None:
                ids = config.eos_token_id
                return ids if isinstance(ids, list) else [ids]
        raise self._error(f"`{self._path('config.json')}` names no `eos_token_id`")

    def _config(self, name: str, kind: type[Config]) -> Config:
        try:
            return kind.model_validate_json(self._read(name))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            reason = f"{place}: {first['msg']}" if place else first["msg"]
            raise self._error(f"`{self._path(name)}` is damaged: {reason}") from error

    def _read(self, name: str) -> str:
        try:
            return self._path(name).read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise self._error(f"`{self._path(name)}` is missing") from error
        except (OSError, UnicodeDecodeError) as error:
            raise self._error(f"can't read `{self._path(name)}`: {error}") from error

    def _path(self, name: str) -> Path:
        return self.model.directory / name

    def _error(self, message: str) -> ModelError:
        if self.model.is_embedded:
            return ModelError(message, hint="install maze again: its own files are incomplete")
        return ModelError(message, hint="export the model again, or name another folder")


def _with_special_marks(tokenizer: str) -> str:
    """A `tokenizer.json` in which each added token like `<|fim_prefix|>` is a special one.

    Many models have some that aren't, and those would be found in a prompt that spells them out.
    """
    content = json.loads(tokenizer)
    for token in content.get("added_tokens", []):
        if token["content"].startswith("<") and token["content"].endswith(">"):
            token["special"] = True
    return json.dumps(content)
