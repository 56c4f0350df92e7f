"""Measures the grammars and prints one table: `python -m benchmarks.grammars [go] [python]`.

`--size ci` is quick, `--size full` is what the docs show; `--write docs/grammars.md` writes the
page that holds the table. Needs the development dependencies, and npm for the large vocabulary.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.conformance import masks, mutation, recall, soundness
from tests.conformance.language import Language, LanguageName, Profile
from tests.conformance.languages import language
from tests.conformance.masks import Masks, percentile
from tests.conformance.mutation import Mutation
from tests.conformance.recall import Recall
from tests.conformance.size import CI, FULL, Size
from tests.conformance.soundness import Soundness
from tests.conformance.vocabulary import VocabularyName, vocabulary

LANGUAGES: tuple[LanguageName, ...] = ("go", "python")
PROFILES: tuple[Profile, ...] = ("generate", "full")
VOCABULARIES: tuple[VocabularyName, ...] = ("o200k", "nano")

PAGE = """# Measures of the grammars

Written by `python -m benchmarks.grammars --write docs/grammars.md`: change nothing here by hand.

{table}

* **Recall**: files of the language's standard library that the grammar accepts, of those that the
  language's own parser accepts.
* **Soundness**: texts drawn from the token mask of a real vocabulary, half of them from nothing and
  half as the continuation of a real file, weighted by how often real code has a token. The finished
  ones are judged. No text may end where no token is allowed (a dead end) or at an engine limit.
* **Mutation**: statements of the standard library with 0, 1 or 2 tokens changed, judged by the
  grammar and by the parser. Refusals of the profile `generate` are no errors: it takes only what a
  formatter writes. "Lenient" are texts that the parser accepts, but the language's specification
  refuses, and with it the grammar.
* **Masks**: thread CPU time and Earley items for each mask over the beginnings of real files.
  llguidance stops at 50,000 items.

llguidance {llguidance}. Parsers: {parsers}. Vocabularies: {vocabularies}.

## Left out

Files of the standard libraries that aren't counted, since the language's own parser or its
specification refuses them:

{left_out}
"""


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything that is measured of one profile of one language."""

    spoken: Language
    profile: Profile
    flat_size: int
    recall: Recall
    soundness: Soundness
    mutation: Mutation
    masks: dict[VocabularyName, Masks]


def main() -> None:
    """Parses the arguments, measures, prints, and writes the page if that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grammars", description=__doc__)
    parser.add_argument("languages", nargs="*", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--size", choices=["ci", "full"], default="full")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", type=Path, metavar="FILE")
    chosen = parser.parse_args()
    size = CI if chosen.size == "ci" else FULL
    found = [
        measure(name, profile, size, chosen.seed)
        for name in chosen.languages
        for profile in PROFILES
    ]
    print(table(found))
    if chosen.write:
        chosen.write.write_text(page(found), "utf-8")


def measure(name: LanguageName, profile: Profile, size: Size, seed: int) -> Measures:
    """Runs all measures of one profile."""
    return Measures(
        language(name),
        profile,
        len(language(name).grammar(profile).encode()),
        recall.measure(name, profile, sample=size.recall_files, seed=seed),
        soundness.measure(
            name, profile, "o200k", texts=size.texts, tokens=size.text_tokens, seed=seed
        ),
        mutation.measure(name, profile, cases=size.mutants, seed=seed),
        {
            words: masks.measure(
                name, profile, words, files=size.mask_files, tokens=size.mask_tokens, seed=seed
            )
            for words in VOCABULARIES
        },
    )


def table(found: list[Measures]) -> str:
    """The measures as a Markdown table: a row for each measure, a column for each profile."""
    columns = [dict(rows(measures)) for measures in found]
    heads = [f"{each.spoken.name} `{each.profile}`" for each in found]
    lines = ["| | " + " | ".join(heads) + " |", "|---" * (len(found) + 1) + "|"]
    lines += [
        f"| {name} | " + " | ".join(column[name] for column in columns) + " |"
        for name in columns[0]
    ]
    return "\n".join(lines)


def rows(found: Measures) -> Iterator[tuple[str, str]]:
    """Name and value of each row."""
    yield "flat text", f"{found.flat_size / 1000:.1f} kB"
    read = found.recall
    yield "recall, files", f"{read.files - len(read.refused):,}/{read.files:,} = {read.share:.2%}"
    yield "recall, code", f"{read.size / 1e6:.1f} MB at {read.megabytes_per_second:.2f} MB/s"
    drawn = found.soundness
    finished = drawn.endings["finished"]
    yield "soundness", f"{finished - len(drawn.refused)}/{finished} = {drawn.share:.1%}"
    yield "unfinished texts", f"{drawn.endings['unfinished']} of {drawn.endings.total()}"
    yield "dead ends, limits", f"{drawn.endings['dead end']}, {drawn.endings['limit']}"
    changed = found.mutation
    yield "mutants", f"{changed.cases:,}, valid: {changed.valid:,}"
    yield "wrongly accepted", f"{len(changed.wrongly_accepted)}"
    refused = f"{len(changed.wrongly_refused)}"
    yield "wrongly refused", refused if found.profile == "full" else f"({refused})"
    yield "lenient", f"{changed.lenient.total()}"
    for name, measured in found.masks.items():
        yield from mask_rows(name, measured)


def mask_rows(name: VocabularyName, measured: Masks) -> Iterator[tuple[str, str]]:
    """The rows of one vocabulary."""
    times = [percentile(measured.microseconds, share) for share in (50, 99, 100)]
    shown = " / ".join(f"{value:,.0f}" for value in [measured.mean, *times])
    yield f"mask µs, {name}: mean / median / p99 / max", shown
    items = [percentile(measured.items, share) for share in (50, 99, 100)]
    yield f"items, {name}: median / p99 / max", " / ".join(f"{value:,.0f}" for value in items)
    yield f"matcher, {name}", f"{measured.creation_milliseconds:.0f} ms"


def page(found: list[Measures]) -> str:
    """The page of the docs."""
    words = (vocabulary(name) for name in VOCABULARIES)
    left_out = {
        f"* `{measures.spoken.name}` {label}: {reason}"
        for measures in found
        for label, reason in measures.recall.left_out
    }
    return PAGE.format(
        table=table(found),
        llguidance=version("llguidance"),
        parsers=", ".join(dict.fromkeys(measures.spoken.parser for measures in found)),
        vocabularies=", ".join(f"{each.name} ({each.size:,} tokens)" for each in words),
        left_out="\n".join(sorted(left_out)),
    )


if __name__ == "__main__":
    main()
