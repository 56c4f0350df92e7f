"""The models that maze knows: their names, where they are, and how a prompt is put to them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from maze.errors import UsageError

PromptFormat = Literal["nano", "chatml", "completion"]

NANO_DIRECTORY = Path(__file__).parent / "weights" / "nano"


@dataclass(frozen=True, slots=True)
class Model:
    """A model that the `local` provider can run: a folder with an ONNX export."""

    name: str
    directory: Path
    summary: str

    @property
    def is_embedded(self) -> bool:
        """Whether its weights came with maze."""
        return self.directory == NANO_DIRECTORY


NANO = Model("nano", NANO_DIRECTORY, "embedded in maze; its code parses, its meaning is weak")

KNOWN = {NANO.name: NANO}


def find(name: str) -> Model:
    """The model of that name, or the one in that folder. Raises UsageError, naming the choices."""
    if name in KNOWN:
        return KNOWN[name]
    directory = Path(name).expanduser()
    if directory.is_dir():
        return Model(str(directory), directory, "a folder")
    raise UsageError(
        f"no model `{name}`",
        hint=f"known models: {', '.join(KNOWN)}; or name a folder that holds an ONNX export "
        "(`config.json`, `tokenizer.json`, `model.onnx`)",
    )


def prompt_format(tokens: frozenset[str]) -> PromptFormat:
    """How to put a prompt to a model whose vocabulary has these special tokens."""
    if {"<|prompt|>", "<|code|>"} <= tokens:
        return "nano"
    if {"<|im_start|>", "<|im_end|>"} <= tokens:
        return "chatml"
    return "completion"
