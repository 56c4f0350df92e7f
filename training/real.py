"""Real code as records: extracted, formatted, checked, deduplicated, and given a prompt."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from training.extract import declarations, files
from training.formatters import format_all
from training.sources import SOURCES
from training.tasks.prompts import language_word

MOST = {"python": 20_000, "go": 12_000, "rust": 6_000, "typescript": 5_000, "zig": 5_000}


@dataclass(frozen=True, slots=True)
class Real:
    source: str
    language: str
    name: str
    description: str
    code: str


def _declared(language: str, directory: Path) -> Iterator[Real]:
    for source in SOURCES:
        if source.language != language:
            continue
        for folder in source.folders:
            for path in files(source.root(directory) / folder, language):
                text = path.read_text(errors="replace")
                for found in declarations(language, text):
                    yield Real(source.name, language, found.name, found.description, found.code)


def _body(code: str) -> str:
    """What makes two declarations the same: everything but the white space."""
    return re.sub(r"\s+", "", code)


def collect(language: str, directory: Path, tools: Path) -> list[Real]:
    """Described declarations first, then others, up to `MOST`; formatted, in random order."""
    distinct = {_body(real.code): real for real in _declared(language, directory)}
    chosen = list(distinct.values())
    random.Random(0).shuffle(chosen)
    chosen = sorted(chosen, key=lambda real: not real.description)[: MOST[language]]
    formatted = format_all(language, [real.code for real in chosen], tools)
    kept = [(real, text) for real, text in zip(chosen, formatted, strict=True) if text]
    return [Real(r.source, r.language, r.name, r.description, text) for r, text in kept]


def load(language: str, directory: Path, tools: Path, cache: Path) -> list[Real]:
    """`collect`, kept in `cache` between runs: formatting takes minutes."""
    path = cache / f"real-{language}.jsonl"
    if not path.exists():
        lines = [json.dumps(asdict(real)) + "\n" for real in collect(language, directory, tools)]
        path.write_text("".join(lines))
    return [Real(**json.loads(line)) for line in path.read_text().splitlines()]


def words_of(name: str) -> str:
    """`parse_header_links`, `ParseHeaderLinks` -> "parse header links"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_+", " ", name.strip("_"))
    return spaced.lower().strip()


FROM_NAME = (
    "{words}",
    "{words} in {L}",
    "Write a {L} function {name}",
    "function {name}",
    "{L} {words}",
    "Write a function to {words}",
    "Implement {name} in {L}",
    "write {name}",
)
AFTER_NAME = ("Write a {L} function that {rest}", "{name} {rest}", "function that {rest}",
              "Write a function {name} that {rest}", "a {L} function that {rest}",
              "Implement {name}, which {rest}", "code that {rest}")  # fmt: skip
SENTENCE = (
    "{text}",
    "{text}",
    "{text}.",
    "{lower}",
    "{lower} in {L}",
    "{text} in {L}",
    "{L}: {lower}",
    "Write a {L} function: {lower}",
    "{name}: {lower}",
    "Write a {L} function {name} to {lower}",
)


def prompt_for(real: Real, rng: random.Random) -> str:
    title, name = language_word(real.language, rng), real.name
    text = re.sub(rf"^{re.escape(name)}\s+(?=\w)", "", real.description)
    values = {"L": title, "name": name, "words": words_of(name), "text": real.description,
              "rest": text, "lower": text[:1].lower() + text[1:]}  # fmt: skip
    if not text:
        return rng.choice(FROM_NAME).format(**values)
    if text != real.description and not text.startswith(("is ", "are ")):
        return rng.choice(AFTER_NAME).format(**values)
    return rng.choice(SENTENCE).format(**values)
