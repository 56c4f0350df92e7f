"""Measures the grammars and prints tables: `python -m benchmarks.grammars [python] [go] [rust]`.

`--size ci` is quick, `--size full` is what the docs show. Each language's measures are kept in
`build/grammars/`, `--write docs` writes the pages that hold the tables of all kept ones. Needs the
development dependencies, npm for the large vocabularies, and apt-get and rustc.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.conformance import long, masks, mutation, pythons, recall, soundness
from tests.conformance.language import STARTS, LanguageName, Profile
from tests.conformance.languages import LANGUAGES, language
from tests.conformance.masks import Masks, percentile
from tests.conformance.mutation import Mutation
from tests.conformance.size import CI, FULL, Size
from tests.conformance.vocabulary import VocabularyName, vocabulary

PROFILES: tuple[Profile, ...] = ("generate", "full")
VOCABULARIES: tuple[VocabularyName, ...] = ("qwen", "o200k", "nano")
KEPT = Path("build") / "grammars"

# What is measured of a profile: rows of a table, and lists of what was left out and what was wrong.
Measures = dict[str, Any]

PAGE = """# Measures of the grammars

Written by `python -m benchmarks.grammars --write docs`: change nothing here by hand.

A language's grammar is one file in `grammars/`, with two profiles. `full` takes all that the
language has: by it texts are validated. `generate` takes what the language's formatter writes, with
cheaper masks: under it models write. `maze grammar show python --profile full` prints one. Python
is the running version's or `validation.python_version`'s (3.10 to 3.14), Rust is edition 2024 or
`validation.rust_edition`'s. Besides whole files, a text may be a `function`,
`statement`, `expression`, `type` or `block`: `--grammar rust:type`. What a grammar is known to take
or to refuse wrongly stands at the top of its file.

{table}

* **Recall**: files that the grammar accepts, of those that the language's own parser accepts: for
  `full` real code as it is, for `generate` real code as a formatter writes it.
* **Soundness**: texts drawn from the token mask of a real vocabulary (o200k), half of them from
  nothing and half as the continuation of a real file, weighted by how often real code has a token.
  The finished ones are judged. No text may end where no token is allowed (a dead end) or at an
  engine limit.
* **Mutation**: statements of real code with 0, 1 or 2 tokens changed, judged by the grammar and by
  the parser. Refusals of the profile `generate` are no errors: it takes only what a formatter
  writes. "Lenient" are texts that the parser accepts, but the language's specification refuses, and
  with it the grammar.
* **Masks**: thread CPU time and Earley items for each mask over 500 tokens in a row of real files
  of 0.5 to 60 kB that the grammar accepts, from a random place. llguidance stops at 50,000 items. A
  walk is the mask of a grammar of names, which looks at every token: it tells how fast the machine
  was. Asked of `generate`, with Qwen's vocabulary: mean 350 µs, p99 2,000 µs, 25,000 items; of
  `full`: 40,000 items; of both: a matcher in 60 ms.
* **Parts**: texts drawn from `function`, `statement`, `expression`, `type` and `block`.
* **Long and deep**: 2,000 lines, 200 brackets, 1,000 operators, literals of 100 kB and the like,
  each with a mask at every token.

llguidance {llguidance}. Parsers: {parsers}. Vocabularies: {vocabularies}.

## Code

{corpora}

Which files were left out, what the grammars refuse and what they wrongly accept, each with the
reason: [lists](grammars-lists.md).

## Further versions

Files and mutants of that version's own library (and the packages'), judged by its own parser.

{versions}
"""

LISTS = """# Lists to the measures of the grammars

Written by `python -m benchmarks.grammars --write docs`: change nothing here by hand.

"Left out" are files that aren't counted, since the language's own parser, its specification or the
formatter refuses them.

{lists}
"""


def main() -> None:
    """Parses the arguments, measures, prints, and writes the pages if that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grammars", description=__doc__)
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help=" ".join(LANGUAGES))
    parser.add_argument("--size", choices=["ci", "full"], default="full")
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
            found = measure(name, CI if chosen.size == "ci" else FULL, chosen.seed)
            found |= {"size": chosen.size, "seed": chosen.seed}
            (KEPT / f"{name}.json").write_text(json.dumps(found, indent=1), "utf-8")
    files = [KEPT / f"{name}.json" for name in LANGUAGES]
    kept = [json.loads(file.read_text("utf-8")) for file in files if file.exists()]
    if chosen.write and [each["size"] for each in kept] != ["full"] * len(LANGUAGES):
        parser.error("the pages show the full size of all languages; measure these first")
    profiles = [profile for each in kept for profile in each["profiles"]]
    print(table(profiles))
    print(corpora(profiles))
    print(versions(kept))
    if chosen.write:
        (chosen.write / "grammars.md").write_text(page(kept), "utf-8")
        (chosen.write / "grammars-lists.md").write_text(lists(kept), "utf-8")


# ---- measuring


def measure(name: LanguageName, size: Size, seed: int) -> Measures:
    """All measures of a language."""
    return {
        "parser": language(name).parser,
        "llguidance": version("llguidance"),
        "profiles": [measure_profile(name, profile, size, seed) for profile in PROFILES],
        "versions": [measure_version(name, each, size, seed) for each in further_versions(name)],
    }


def measure_profile(name: LanguageName, profile: Profile, size: Size, seed: int) -> Measures:
    """All measures of one profile."""
    spoken = language(name)
    found: Measures = {"name": f"{name} `{profile}`", "rows": [], "corpora": []}
    files = refused = 0
    for place, corpus in enumerate(spoken.corpora(profile)):
        started = time.monotonic()
        sample = size.package_files if place else size.library_files
        read = recall.measure(name, profile, place, sample=sample, seed=seed)
        files, refused = files + read.files, refused + len(read.refused)
        found["corpora"].append(
            {
                "name": corpus.title(),
                "files": read.files,
                "size": read.size,
                "speed": read.megabytes_per_second,
                "refused": [
                    f"{each.file}: {each.before[-40:]!r} then {each.after!r}"
                    for each in read.refused
                ],
                "unstable": [
                    f"{each.file}: {each.before[-40:]!r} then {each.after!r}"
                    for each in read.unstable
                ],
                "left out": [f"{label}: {reason}" for label, reason in read.left_out],
            }
        )
        say(f"{found['name']}: {corpus.title()}", started)
    rows = found["rows"]
    rows.append(("flat text", f"{len(spoken.grammar(profile).encode()) / 1000:.1f} kB"))
    share = f"{1 - refused / files:.3%}"
    rows.append(("recall, files", f"{files - refused:,}/{files:,} = {share}"))
    started = time.monotonic()
    drawn = soundness.measure(
        name, profile, "o200k", texts=size.texts, tokens=size.text_tokens, seed=seed
    )
    finished = drawn.endings["finished"]
    rows.append(
        ("soundness", f"{finished - len(drawn.refused):,}/{finished:,} = {drawn.share:.2%}")
    )
    rows.append(("unfinished texts", f"{drawn.endings['unfinished']} of {drawn.endings.total():,}"))
    rows.append(("dead ends, limits", f"{drawn.endings['dead end']}, {drawn.endings['limit']}"))
    found["unsound"] = drawn.refused
    found["unfinished"] = drawn.unfinished
    parts = {
        start: soundness.measure(
            name, profile, "o200k", texts=size.part_texts, tokens=size.text_tokens, start=start
        )
        for start in STARTS
    }
    ended = sum(part.endings["finished"] for part in parts.values())
    unsound = [text for part in parts.values() for text in part.refused]
    rows.append(("soundness of parts", f"{ended - len(unsound):,}/{ended:,}"))
    found["unsound parts"] = unsound
    say(f"{found['name']}: soundness", started)
    started = time.monotonic()
    cases = size.mutants if profile == "full" else size.generate_mutants
    changed = mutation.measure(name, profile, cases=cases, seed=seed)
    rows += mutation_rows(changed, profile)
    found["wrongly accepted"] = changed.wrongly_accepted
    found["unjudged"] = changed.unjudged
    found["wrongly refused"] = changed.wrongly_refused if profile == "full" else []
    found["lenient"] = dict(changed.lenient)
    say(f"{found['name']}: mutation", started)
    started = time.monotonic()
    failed = long.failures(name, profile, "qwen")
    programs = len(long.programs(name))
    rows.append(("long and deep programs", f"{programs - len(failed)}/{programs}"))
    found["long"] = [f"{case}: {reason}" for case, reason in failed.items()]
    say(f"{found['name']}: long and deep", started)
    for words in VOCABULARIES:
        started = time.monotonic()
        measured = masks.measure(
            name, profile, words, files=size.mask_files, tokens=size.mask_tokens, seed=seed
        )
        rows += mask_rows(words, measured)
        found["masks refuse"] = measured.refused
        say(f"{found['name']}: masks, {words}", started)
    return found


def mutation_rows(changed: Mutation, profile: Profile) -> Iterator[tuple[str, str]]:
    """The rows of the mutants."""
    yield "mutants", f"{changed.cases:,}, valid: {changed.valid:,}"
    yield "wrongly accepted", percent(len(changed.wrongly_accepted), changed.cases)
    refused = percent(len(changed.wrongly_refused), changed.cases)
    yield "wrongly refused", refused if profile == "full" else f"({refused})"
    yield "lenient", f"{changed.lenient.total()}"


def mask_rows(name: VocabularyName, measured: Masks) -> Iterator[tuple[str, str]]:
    """The rows of one vocabulary."""
    times = [percentile(measured.microseconds, share) for share in (50, 99, 100)]
    shown = " / ".join(f"{value:,.0f}" for value in [measured.mean, *times])
    yield f"mask µs, {name}: mean / median / p99 / max", shown
    walk = masks.walk_microseconds(vocabulary(name))
    yield f"mean, {name}, in walks of {name}", f"{measured.mean / walk:.2f} of {walk:.0f} µs"
    items = [percentile(measured.items, share) for share in (50, 99, 100)]
    yield f"items, {name}: median / p99 / max", " / ".join(f"{value:,.0f}" for value in items)
    yield f"matcher, {name}", f"{measured.creation_milliseconds:.0f} ms"


def further_versions(name: LanguageName) -> list[str]:
    """The versions beside the usual one for which there is a judge."""
    if name == "python":
        return [each for each in pythons.VERSIONS if each != pythons.RUNNING]
    return ["2021"] if name == "rust" else []


def measure_version(name: LanguageName, version: str, size: Size, seed: int) -> Measures:
    """The mutants of one version, and a sample of its library."""
    started = time.monotonic()
    read = recall.measure(name, "full", sample=size.version_files, seed=seed, version=version)
    changed = mutation.measure(name, "full", cases=size.version_mutants, seed=seed, version=version)
    say(f"{name} {version}", started)
    return {
        "parser": language(name, version).parser,
        "files": read.files,
        "refused": [each.file for each in read.refused],
        "left out": [f"{label}: {reason}" for label, reason in read.left_out],
        "cases": changed.cases,
        "wrongly accepted": changed.wrongly_accepted,
        "wrongly refused": changed.wrongly_refused,
    }


def say(what: str, started: float) -> None:
    """Shows that a long run goes on."""
    print(f"{what}: {time.monotonic() - started:.0f} s", flush=True)


def percent(count: int, of: int) -> str:
    """A count and its share."""
    return f"{count} = {count / of:.3%}"


# ---- showing


def table(profiles: list[Measures]) -> str:
    """The measures as a Markdown table: a row for each measure, a column for each profile."""
    columns = [dict(each["rows"]) for each in profiles]
    return markdown(
        ["", *(each["name"] for each in profiles)],
        ([name, *(column[name] for column in columns)] for name in columns[0]),
    )


def corpora(profiles: list[Measures]) -> str:
    """A row for each body of code."""
    heads = ["grammar", "code", "files", "MB", "refused", "unstable", "left out", "MB/s"]
    return markdown(
        heads,
        (
            [
                profile["name"],
                each["name"],
                f"{each['files']:,}",
                f"{each['size'] / 1e6:.1f}",
                f"{len(each['refused'])}",
                f"{len(each['unstable'])}",
                f"{len(each['left out'])}",
                f"{each['speed']:.2f}",
            ]
            for profile in profiles
            for each in profile["corpora"]
        ),
    )


def versions(kept: list[Measures]) -> str:
    """A row for each further version."""
    heads = ["parser", "files", "refused", "mutants", "wrongly accepted", "wrongly refused"]
    return markdown(
        heads,
        (
            [
                each["parser"],
                f"{each['files']:,}",
                f"{len(each['refused'])}",
                f"{each['cases']:,}",
                percent(len(each["wrongly accepted"]), each["cases"]),
                percent(len(each["wrongly refused"]), each["cases"]),
            ]
            for language in kept
            for each in language["versions"]
        ),
    )


def markdown(heads: list[str], rows: Iterator[list[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def page(kept: list[Measures]) -> str:
    """The page of the docs."""
    words = (vocabulary(name) for name in VOCABULARIES)
    profiles = [profile for each in kept for profile in each["profiles"]]
    return PAGE.format(
        table=table(profiles),
        corpora=corpora(profiles),
        versions=versions(kept),
        llguidance=", ".join(sorted({each["llguidance"] for each in kept})),
        parsers=", ".join(each["parser"] for each in kept),
        vocabularies=", ".join(f"{each.name} ({each.size:,} tokens)" for each in words),
    )


def lists(kept: list[Measures]) -> str:
    """The page of lists."""
    parts = []
    for profile in (profile for each in kept for profile in each["profiles"]):
        parts.append(f"## {profile['name']}")
        for each in profile["corpora"]:
            parts += listed(f"{each['name']}: refused", each["refused"])
            parts += listed(f"{each['name']}: refused at unstable syntax", each["unstable"])
            parts += listed(f"{each['name']}: left out", each["left out"])
        parts += listed("Drawn texts that the parser refuses", profile["unsound"])
        parts += listed("Drawn parts that the parser refuses", profile["unsound parts"])
        parts += listed(
            "Drawn texts that don't end", [repr(each[-200:]) for each in profile["unfinished"]]
        )
        parts += listed("Long and deep programs that fail", profile["long"])
        parts += listed("Real files with a token that its mask refuses", profile["masks refuse"])
        parts += listed("Mutants at which the parser crashes", profile["unjudged"])
        parts += listed("Mutants wrongly accepted", profile["wrongly accepted"])
        parts += listed("Mutants wrongly refused", profile["wrongly refused"])
        lenient = [
            f"{count} times: {reason}" for reason, count in sorted(profile["lenient"].items())
        ]
        parts += listed("Mutants that only the parser accepts", lenient)
    for each in (found for measured in kept for found in measured["versions"]):
        parts.append(f"## {each['parser']}")
        parts += listed("Files refused", each["refused"])
        parts += listed("Files left out", each["left out"])
        parts += listed("Mutants wrongly accepted", each["wrongly accepted"])
        parts += listed("Mutants wrongly refused", each["wrongly refused"])
    return LISTS.format(lists="\n\n".join(parts))


def listed(title: str, lines: list[str]) -> list[str]:
    """A title and its lines as code, if there are any."""
    if not lines:
        return []
    text = "\n".join(line.rstrip().replace("```", "'''") for line in lines)
    return [f"### {title}", f"```text\n{text}\n```"]


if __name__ == "__main__":
    main()
