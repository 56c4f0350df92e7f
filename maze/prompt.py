"""A request as what a model reads: chat messages, or a completion to continue.

The marks of a format are kept apart from text, so that a prompt that spells such a mark out is
read as text.
"""

from __future__ import annotations

from dataclasses import dataclass

from maze.languages import find
from maze.models import PromptFormat

LINE_COMMENTS = {"python": "#"}
SYSTEM = (
    "You write {label}source files. Answer with the complete file only: "
    "no Markdown, no explanation before or after the code."
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One special token of a format."""

    token: str


Parts = tuple[Mark | str, ...]


def parts(prompt: str, language: str | None, form: PromptFormat) -> Parts:
    """Marks and texts after which the model writes the source file."""
    if form == "nano":
        marks = (Mark(f"<|{language}|>"),) if language else ()
        return (*marks, Mark("<|prompt|>"), prompt, Mark("<|code|>"))
    if form == "chatml":
        return _chatml(prompt, language)
    comment = LINE_COMMENTS.get(language or "", "//")
    lines = (f"{comment} {line}".rstrip() for line in prompt.splitlines())
    return ("".join(f"{line}\n" for line in lines) + "\n",)


def messages(prompt: str, language: str | None) -> tuple[tuple[str, str], ...]:
    """Roles and contents, for a model with a chat template of its own."""
    system = SYSTEM.format(label=f"{find(language).label} " if language else "")
    return ("system", system), ("user", prompt)


def _chatml(prompt: str, language: str | None) -> Parts:
    start, end = Mark("<|im_start|>"), Mark("<|im_end|>")
    turns = (
        (start, f"{role}\n{content}", end, "\n") for role, content in messages(prompt, language)
    )
    return (*(part for turn in turns for part in turn), start, "assistant\n")
