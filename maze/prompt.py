"""A request as the text that a model reads: chat messages, or a completion to continue."""

from __future__ import annotations

from maze.models import PromptFormat

# What each language calls a comment to the end of the line: a completion model gets the prompt so.
LINE_COMMENTS = {"python": "#"}
LABELS = {
    "python": "Python",
    "go": "Go",
    "rust": "Rust",
    "typescript": "TypeScript",
    "tsx": "TSX",
    "zig": "Zig",
}

SYSTEM = (
    "You write {label}source files. Answer with the complete file only: "
    "no Markdown, no explanation before or after the code."
)


def as_text(prompt: str, language: str | None, form: PromptFormat) -> str:
    """The text, special tokens included, after which the model writes the source file."""
    if form == "nano":
        marker = f"<|{language}|>" if language else ""
        return f"{marker}<|prompt|>{prompt}<|code|>"
    if form == "chatml":
        system = SYSTEM.format(label=f"{LABELS[language]} " if language else "")
        return (
            f"<|im_start|>system\n{system}<|im_end|>\n"
            f"<|im_start|>user\n{prompt}<|im_end|>\n"
            f"<|im_start|>assistant\n"
        )
    comment = LINE_COMMENTS.get(language or "", "//")
    lines = "".join(f"{comment} {line}".rstrip() + "\n" for line in prompt.splitlines())
    return f"{lines}\n"
