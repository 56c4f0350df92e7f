"""Synthetic records: many renderings of the task families, formatted and checked."""

from __future__ import annotations

import random
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from training.formatters import format_all
from training.tasks.imports import with_imports
from training.tasks.prompts import does, imperative, prompt, prompt_for_two
from training.tasks.templates import Family, Rendering, load, render

HELD_OUT = 12  # one phrase in so many is for validation only, in families with more than two
NAMED, RENAMED, DOUBLE, DOCUMENTED, UNTYPED = 0.25, 0.6, 0.06, 0.12, 0.15  # shares
MARKS = {"go": "//", "rust": "///", "typescript": "//", "tsx": "//", "zig": "///"}

BRACKETED = r"\[(?:[^\[\]=()]|\[[^\[\]]*\])*\]"
ANNOTATION = re.compile(rf": [\w.]+(?:{BRACKETED})?(?: \| \w+)*(?= = |, |$)")


@dataclass(frozen=True, slots=True)
class Synthetic:
    language: str
    family: str
    prompt: str
    code: str
    held_out: bool


def _held_out(family: Family, phrase: str) -> bool:
    known = zlib.crc32(f"{family.language}/{family.name}/{phrase}".encode())
    return len(family.phrases) > 2 and known % HELD_OUT == 0


def _documented(rendering: Rendering, language: str, rng: random.Random) -> str:
    """The program with a line of documentation at the function that was asked for."""
    name, lines = rendering.name, rendering.code.splitlines()
    pattern = re.compile(rf"^(?:pub |export |async )*(?:def|func|fn|function) {re.escape(name)}\b")
    at = next((i for i, line in enumerate(lines) if name and pattern.match(line)), None)
    if at is None or rendering.phrase.kind == "make":
        return rendering.code
    sentence = imperative(rendering, rng)
    if language == "python":
        if not lines[at].endswith(":"):
            return rendering.code
        lines.insert(at + 1, f'    """{sentence[:1].upper()}{sentence[1:]}."""')
    elif language == "go":
        lines.insert(at, f"// {name} {does(sentence)}.")
    else:
        lines.insert(at, f"{MARKS[language]} {sentence[:1].upper()}{sentence[1:]}.")
    return "\n".join(lines) + "\n"


def _untyped(code: str) -> str:
    """A Python program without the annotations of its one-line signatures."""

    def bare(match: re.Match[str]) -> str:
        parameters = ANNOTATION.sub("", match[3])
        return f"{match[1]}def {match[2]}({parameters.replace(' = ', '=')}):"

    return re.sub(r"^( *)def (\w+)\(([^()\n]*)\)(?: -> [^\n]+)?:$", bare, code, flags=re.MULTILINE)


def _one(family: Family, rng: random.Random) -> Synthetic:
    named = rng.random() < NAMED
    rendering = render(family, rng, rename=named and rng.random() < RENAMED)
    asked = prompt(rendering, family.language, named, rng)
    code = rendering.code
    if rng.random() < DOCUMENTED:
        code = _documented(rendering, family.language, rng)
    if family.language == "python" and rng.random() < UNTYPED:
        code = _untyped(code)
    return Synthetic(family.language, family.name, asked, code,
                     _held_out(family, rendering.template))  # fmt: skip


def _body(code: str) -> str:
    """A program without its package and import lines."""
    code = re.sub(
        r"^package .*\n+|^import \((?:.|\n)*?^\)\n+|^import .*\n+", "", code, flags=re.MULTILINE
    )
    return (
        re.sub(r"^(from .* import .*|const std = .*)\n+", "", code, flags=re.MULTILINE).strip()
        + "\n"
    )


def _two(pool: list[Family], rng: random.Random) -> Synthetic | None:
    """Two short tasks in one file."""
    families = rng.sample(pool, 2)
    one, two = (render(family, rng) for family in families)
    if _held_out(families[0], one.template) or _held_out(families[1], two.template):
        return None
    language, first, second = pool[0].language, _body(one.code), _body(two.code)
    names = [
        set(re.findall(r"(?:def|func|fn|function|class|type) (\w+)", code))
        for code in (first, second)
    ]
    short = len(first) + len(second) < 600
    if one.phrase.kind == "make" or two.phrase.kind == "make" or names[0] & names[1] or not short:
        return None
    if language == "rust" and ("use " in first or "use " in second):
        return None
    asked = prompt_for_two(one, two, language, rng)
    code = with_imports(
        language, f"{first}\n\n{second}" if language == "python" else f"{first}\n{second}"
    )
    return Synthetic(language, f"{one.family}+{two.family}", asked, code, False)


def generate(language: str, count: int, tools: Path, seed: int = 0) -> list[Synthetic]:
    """About `count` distinct checked records, each family equally often."""
    rng, pool, made = random.Random(seed), load(language), {}
    for number in range(count if pool else 0):
        double = _two(pool, rng) if rng.random() < DOUBLE else None
        record = double or _one(pool[number % len(pool)], rng)
        made.setdefault((record.prompt, record.code), record)
    records = list(made.values())
    codes = list(dict.fromkeys(record.code for record in records))
    formatted = dict(zip(codes, format_all(language, codes, tools), strict=True))
    lost = {r.family for r in records if not formatted[r.code]}
    if lost:
        print(f"{language}: refused programs in {', '.join(sorted(lost))}")
    return [Synthetic(r.language, r.family, r.prompt, text, r.held_out)
            for r in records if (text := formatted[r.code])]  # fmt: skip
