"""Measures the grammars and prints tables: `python -m benchmarks.grammars [python] [go] [rust]`.

`--size ci` takes minutes, `--size full` is what the docs show. Each part (`--part recall`) of each
profile is kept in `benchmarks/measured/`; the tables show what is kept, and `--kept --write docs`
writes the pages with what was measured of the grammars as they are now. Masks are timed: measure
them while nothing else runs. Needs the development dependencies, npm for the large vocabularies,
and apt-get and rustc.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from benchmarks.grammar_pages import corpora, lists, page, table, versions
from benchmarks.kept import KEPT, PARTS, PROFILES, Part, keep, measured, read
from benchmarks.measuring import MEASURES, VOCABULARIES, say
from tests.conformance.language import LanguageName, Profile
from tests.conformance.languages import LANGUAGES
from tests.conformance.size import SIZES


def main() -> None:
    """Parses the arguments, measures, prints, and writes the pages if that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grammars", description=__doc__)
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help=" ".join(LANGUAGES))
    parser.add_argument("--profile", choices=PROFILES)
    parser.add_argument("--part", choices=PARTS, action="append", dest="parts")
    parser.add_argument("--size", choices=SIZES, default="full")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kept", action="store_true", help="measure nothing, show what is kept")
    parser.add_argument("--write", type=Path, metavar="FOLDER")
    chosen = parser.parse_args()
    names = [name for name in LANGUAGES if name in (chosen.languages or LANGUAGES)]
    if len(names) < len(set(chosen.languages)):
        parser.error(f"the languages are {', '.join(LANGUAGES)}")
    if not chosen.kept:
        KEPT.mkdir(parents=True, exist_ok=True)
        for name in names:
            measure(name, chosen.profile, chosen.parts, chosen.size, chosen.seed)
    if chosen.write:
        kept = [read(name, current=True) for name in LANGUAGES]
        (chosen.write / "grammars.md").write_text(page(kept, VOCABULARIES), "utf-8")
        (chosen.write / "grammars-lists.md").write_text(lists(kept), "utf-8")
    else:
        kept = [read(name) for name in names]
        print(table(kept))
        print(corpora(kept))
        print(versions(kept))


def measure(
    name: LanguageName, profile: Profile | None, parts: list[Part] | None, size: str, seed: int
) -> None:
    """Measures a language, or one profile or some parts of it; each part is kept apart."""
    amount = SIZES[size]
    for each in measured(name):
        for part in each.parts:
            if profile in (None, each.profile) and (not parts or part in parts):
                started = time.monotonic()
                found = MEASURES[part](each, amount, seed)
                keep(each, part, found | {"size": size, "seed": seed})
                say(f"{each}: {part}", started)
                print(*(f"  {label}: {value}" for label, value in found["rows"]), sep="\n")


if __name__ == "__main__":
    main()
