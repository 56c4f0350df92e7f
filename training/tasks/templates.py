"""Task templates: the `*.tasks` files beside this module, and one random rendering of a family.

    === factorial
    @ f = factorial | fact
    @ kind; test = even; $x % 2 == 0 | odd; $x % 2 == 1
    do compute the factorial of $n
    is a number is prime
    make a class that counts words
    ---
    first program, with $slots
    ---
    another program for the same task

`do` phrases are imperatives, `is` phrases follow "whether", `make` phrases are noun phrases. A
slot takes one alternative a rendering, several at once when separated by `;`. Names are written in
snake case and follow the language's own convention. Slots without alternatives of their own come
from `COMMON`.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from training.tasks.imports import with_imports

SLOT = re.compile(r"\$([A-Za-z]\w*)")
CAMEL = ("go", "typescript", "tsx", "zig")
COMMON = {
    "n": "n | num | number | value | k | count",
    "a": "a | x | first | left", "b": "b | y | second | right", "c": "c | z | third",
    "s": "s | text | sentence | word | line | content",
    "items": "items | numbers | values | nums | data | xs | elements | arr",
    "x": "x | item | value | element | v | num",
    "i": "i | i | i | index | idx", "j": "j",
    "words": "words | strings | names | lines | tokens",
    "w": "word | w | name | part",
    "out": "result | out | output | res | answer",
    "total": "total | result | acc | sum_value",
    "path": "path | filename | file_path | name",
    "d": "counts | mapping | data | table | d",
    "key": "key | k | name", "v": "value | v | val",
    "limit": "limit | threshold | minimum | bound",
    "m": "matrix | grid | rows | m", "e": "err",
}  # fmt: skip
VERBS = (  # noqa: SIM905
    "get|make|find|compute|run|build|handle|process|my|do|check|apply|create|load|parse|update"
).split("|")
NOUNS = (  # noqa: SIM905
    "value|data|result|list|item|text|total|number|name|user|order|thing|report|score|token"
    "|line|record|point|price|count|task|input|string|items|words"
).split("|")


@dataclass(frozen=True, slots=True)
class Phrase:
    kind: str  # do, is or make
    text: str


@dataclass(frozen=True, slots=True)
class Family:
    language: str
    name: str
    slots: tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...]
    phrases: tuple[Phrase, ...]
    programs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rendering:
    """`name` is the function's name when the program has one that a prompt may ask for."""

    family: str
    phrase: Phrase
    template: str
    name: str
    code: str


def _slot(line: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    names, _, rows = line[2:].partition(" = ")
    split = [tuple(cell.strip() for cell in row.split(";")) for row in rows.split(" | ")]
    keys = tuple(name.strip() for name in names.split(";"))
    if any(len(row) != len(keys) for row in split):
        raise ValueError(f"uneven slot: `{line}`")
    return keys, tuple(split)


def _family(language: str, block: str) -> Family:
    head, *programs = re.split(r"^---\n", block, flags=re.MULTILINE)
    name, *lines = head.strip().splitlines()
    phrases = [Phrase(*line.split(" ", 1)) for line in lines if not line.startswith("@")]
    if not programs or not phrases or any(p.kind not in ("do", "is", "make") for p in phrases):
        raise ValueError(f"family `{name}` ({language}) needs phrases and programs")
    slots = tuple(_slot(line) for line in lines if line.startswith("@"))
    return Family(
        language, name, slots, tuple(phrases), tuple(p.strip("\n") + "\n" for p in programs)
    )


def load(language: str) -> list[Family]:
    """The families of one language, from `{language}.tasks` and `{language}_*.tasks`."""
    folder, families = Path(__file__).parent, []
    for path in sorted([*folder.glob(f"{language}.tasks"), *folder.glob(f"{language}_*.tasks")]):
        blocks = re.split(r"^=== ", path.read_text(), flags=re.MULTILINE)[1:]
        families += [_family(language, block) for block in blocks]
    return families


def _cased(language: str, value: str, exported: bool) -> str:
    if language not in CAMEL or not re.fullmatch(r"[a-z]+[a-z0-9]*(_[a-z0-9]+)*", value):
        return value
    first, *rest = value.split("_")
    return (first.capitalize() if exported else first) + "".join(part.capitalize() for part in rest)


def _random_name(rng: random.Random) -> str:
    words = [rng.choice(VERBS), *rng.sample(NOUNS, rng.choice((1, 1, 2)))]
    return "_".join(words[rng.choice((0, 0, 0, 1)) :])


def _values(family: Family, rng: random.Random) -> dict[str, str]:
    """One alternative for each slot of the family; common slots never collide with each other."""
    values: dict[str, str] = {}
    for names, rows in family.slots:
        values.update(zip(names, rng.choice(rows), strict=True))
    text = " ".join(
        [*family.programs, *(phrase.text for phrase in family.phrases), *values.values()]
    )
    for name in dict.fromkeys(SLOT.findall(text)):
        if name not in values:
            choices = COMMON[name].split(" | ")
            free = [choice for choice in choices if choice not in values.values()]
            values[name] = rng.choice(free or [name])
    exported = family.language == "go" and rng.random() < 0.4
    for name, value in values.items():
        values[name] = _cased(family.language, value, exported and name == "f")
    return values


def fill(text: str, values: dict[str, str]) -> str:
    for _ in range(3):  # alternatives may hold slots themselves
        text = SLOT.sub(lambda match: values.get(match[1], match[0]), text)
    return text


def render(family: Family, rng: random.Random, rename: bool = False) -> Rendering:
    """One program and one phrase for it; `rename` gives its function a name that is not its own."""
    values = _values(family, rng)
    if rename and "f" in values:
        values["f"] = _cased(family.language, _random_name(rng), False)
    phrase = rng.choice(family.phrases)
    code = fill(rng.choice(family.programs), values)
    shown = Phrase(phrase.kind, re.sub(r"_", " ", fill(phrase.text, values)))
    return Rendering(family.name, shown, phrase.text, values.get("f", ""),
                     with_imports(family.language, code))  # fmt: skip
