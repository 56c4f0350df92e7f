"""What `generate` accepts, `full` does too, in every version of each language.

Answers are written under `generate` and validated by `full`. The programs are the small cases of
tests/grammars, with a blank put in anywhere, or a few characters changed.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.conformance import pythons
from tests.conformance.acceptor import Acceptor
from tests.conformance.language import LanguageName
from tests.conformance.languages import language
from tests.conformance.size import Size

CASES = Path(__file__).parents[1] / "grammars"
VERSIONS: list[tuple[LanguageName, str | None]] = [
    *(("python", version) for version in pythons.VERSIONS),
    ("go", None),
    ("rust", "2021"),
    ("rust", "2024"),
    ("typescript", "semicolons"),
    ("typescript", "no-semicolons"),
    ("tsx", "semicolons"),
    ("tsx", "no-semicolons"),
    ("zig", "0.15"),
    ("zig", "0.16"),
    ("zig", "0.17"),
]
# Where the small cases of a language are, if they are not in a folder of its own.
FOLDERS = {"tsx": "typescript"}
COMMENTS = {"python": "  # c\n", "zig": " // c\n"}


@pytest.mark.parametrize(("name", "version"), VERSIONS)
def test_generate_is_within_full(name: LanguageName, version: str | None, size: Size) -> None:
    spoken = language(name, version)
    generate, full = (Acceptor(spoken.grammar(profile)) for profile in ("generate", "full"))
    rng = random.Random(0)
    cases = [
        case.read_bytes() for case in sorted((CASES / FOLDERS.get(name, name)).glob("valid/*"))
    ]
    programs = [case.decode() for case in cases if generate.accepts(case)]
    accepted, beyond = 0, []
    for program in programs:
        blanks = [program[:place] + " " + program[place:] for place in range(len(program))]
        edits = [
            edited(program, COMMENTS.get(name, " /* c */ "), rng) for _ in range(size.variants)
        ]
        for variant in (*blanks, *edits):
            if generate.accepts(variant.encode()):
                accepted += 1
                if not full.accepts(variant.encode()):
                    beyond.append(variant)
    print(f"{accepted} accepted by `generate`, {len(beyond)} of them refused by `full`")
    assert accepted > len(programs)
    assert not beyond, "\n\n".join(beyond[:20])


def edited(program: str, comment: str, rng: random.Random) -> str:
    """The program with something put in, taken out or repeated in one or two places."""
    inserted = [" ", "\n", "    ", "\t", ":", ",", "!", "=", ".", "(", ")", "x", "1", '"', comment]
    for _ in range(rng.randint(1, 2)):
        place = rng.randint(0, len(program))
        match rng.randrange(3):
            case 0:
                program = program[:place] + rng.choice(inserted) + program[place:]
            case 1:
                program = program[:place] + program[place + 1 :]
            case _:
                end = place + rng.randint(1, 8)
                program = program[:end] + program[place:]
    return program
