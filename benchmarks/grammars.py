"""Measures the grammars and prints tables: `python -m benchmarks.grammars [python] [go] [rust]`.

`--size ci` is quick, `--size full` is what the docs show. Each part (`--part recall`) of each
profile is kept in `benchmarks/measured/`; the tables show the languages of which every part is kept, and
`--kept --write docs` writes the pages. Masks are timed: measure them while nothing else runs. Needs
the development dependencies, npm for the large vocabularies, and apt-get and rustc.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from statistics import mean

from benchmarks.grammar_pages import (
    Measures,
    corpora,
    lists,
    page,
    percent,
    table,
    versions,
)
from tests.conformance import long, masks, mutation, pythons, recall, soundness
from tests.conformance.language import STARTS, Language, LanguageName, Profile
from tests.conformance.languages import LANGUAGES, language
from tests.conformance.masks import Masks, percentile
from tests.conformance.mutation import Mutation
from tests.conformance.size import CI, FULL, Size
from tests.conformance.vocabulary import VocabularyName, vocabulary

PROFILES: tuple[Profile, ...] = ("generate", "full")
# Other styles in which models write a language; `full` takes them all.
STYLES: dict[LanguageName, str] = {"typescript": "no-semicolons", "tsx": "no-semicolons"}
VOCABULARIES: tuple[VocabularyName, ...] = ("qwen", "o200k", "nano")
KEPT = Path(__file__).parent / "measured"


def main() -> None:
    """Parses the arguments, measures, prints, and writes the pages if that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grammars", description=__doc__)
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help=" ".join(LANGUAGES))
    parser.add_argument("--profile", choices=PROFILES)
    parser.add_argument("--part", choices=[*PARTS, "versions"], action="append", dest="parts")
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


@dataclass(frozen=True, slots=True)
class Measured:
    """A grammar that is measured: a profile of a language, in its usual version or another."""

    name: LanguageName
    profile: Profile
    version: str | None = None

    def __str__(self) -> str:
        return f"{self.name} `{self.profile}`{f', {self.version}' if self.version else ''}"

    @property
    def language(self) -> Language:
        """The language in that version."""
        return language(self.name, self.version)

    def kept_at(self, part: str) -> Path:
        """The file in which a part is kept."""
        version = f"-{self.version}" if self.version else ""
        return KEPT / f"{self.name}-{self.profile}{version}-{part}.json"


def measured(name: LanguageName) -> list[Measured]:
    """The grammars of a language that have a column of their own."""
    styles = [Measured(name, "generate", STYLES[name])] if name in STYLES else []
    return [*(Measured(name, profile) for profile in PROFILES), *styles]


# ---- measuring


def measure(
    name: LanguageName, profile: Profile | None, parts: list[str] | None, size: str, seed: int
) -> None:
    """Measures a language, or one profile or some parts of it; each part is kept apart."""
    amount = CI if size == "ci" else FULL
    for each in measured(name):
        for part, work in PARTS.items():
            # A style's long programs are those of the usual one.
            wanted = (not parts or part in parts) and not (each.version and part == "long")
            if profile in (None, each.profile) and wanted:
                started = time.monotonic()
                found = work(each, amount, seed)
                keep(each, part, found | {"size": size, "seed": seed})
                say(f"{each}: {part}", started)
                print(*(f"  {label}: {value}" for label, value in found["rows"]), sep="\n")
    if profile != "generate" and (not parts or "versions" in parts):
        started = time.monotonic()
        found = [measure_version(name, each, amount, seed) for each in further_versions(name)]
        keep(Measured(name, "full"), "versions", {"versions": found, "size": size, "seed": seed})
        say(f"{name}: versions", started)


def keep(of: Measured, part: str, found: Measures) -> None:
    """Writes one part, with what it is true of."""
    found |= {
        "parser": of.language.parser,
        "llguidance": version("llguidance"),
        "grammar": fingerprint(of, part),
    }
    of.kept_at(part).write_text(json.dumps(found, indent=1), "utf-8")


def fingerprint(of: Measured, part: str) -> str:
    """A hash of the grammars that a part measures."""
    starts = [None, *STARTS] if part == "soundness" else [None]
    versions = further_versions(of.name) if part == "versions" else [of.version]
    spoken = [language(of.name, each) for each in versions]
    texts = [each.grammar(of.profile, start) for each in spoken for start in starts]
    return sha256("\n".join(texts).encode()).hexdigest()


def read(name: LanguageName, *, current: bool = False) -> Measures:
    """What is kept of a language; if it is to be `current`, at full size and of the grammar as it
    is now."""
    found: Measures = {"profiles": [], "versions": [], "parser": language(name).parser}
    engines = set()
    for each in measured(name):
        parts = {}
        for part in (*PARTS, "versions"):
            place = each.kept_at(part)
            kept = json.loads(place.read_text("utf-8")) if place.exists() else {}
            if kept and (not current or is_current(kept, each, part)):
                engines.add(kept["llguidance"])
                found["versions"] += kept.get("versions", [])
                if part in PARTS:
                    parts[part] = kept
        found["profiles"].append({"name": str(each), "parts": parts})
    return found | {"llguidance": sorted(engines)}


def is_current(kept: Measures, of: Measured, part: str) -> bool:
    """Whether a part was measured at full size, with the grammars as they are."""
    return bool(kept["size"] == "full" and kept["grammar"] == fingerprint(of, part))


def measure_recall(of: Measured, size: Size, seed: int) -> Measures:
    """Recall of all the language's code."""
    spoken = of.language
    found = []
    files = refused = 0
    for place, corpus in enumerate(spoken.corpora(of.profile)):
        started = time.monotonic()
        sample = size.package_files if place else size.library_files
        result = recall.measure(
            of.name, of.profile, place, sample=sample, seed=seed, version=of.version
        )
        files, refused = files + result.files, refused + len(result.refused)
        found.append(
            {
                "name": corpus.title(),
                "files": result.files,
                "size": result.size,
                "speed": result.megabytes_per_second,
                "refused": [refusal(each) for each in result.refused],
                "excused": [f"{refusal(each)}: {each.excuse}" for each in result.excused],
                "left out": [f"{label}: {reason}" for label, reason in result.left_out],
            }
        )
        say(f"{of}: {corpus.title()}", started)
    share = f"{1 - refused / files:.3%}"
    return {
        "corpora": found,
        "rows": [
            ("flat text", f"{len(spoken.grammar(of.profile).encode()) / 1000:.1f} kB"),
            ("recall, files", f"{files - refused:,}/{files:,} = {share}"),
        ],
    }


def refusal(found: recall.Refusal) -> str:
    """A refused file and where."""
    return f"{found.file}: {found.before[-40:]!r} then {found.after!r}"


def measure_soundness(of: Measured, size: Size, seed: int) -> Measures:
    """Texts drawn from the masks: whole files, and parts of a file."""
    draw = partial(
        soundness.measure,
        of.name,
        of.profile,
        "o200k",
        tokens=size.text_tokens,
        seed=seed,
        version=of.version,
    )
    drawn = draw(texts=size.texts)
    parts = [draw(texts=size.part_texts, start=start) for start in STARTS]
    endings = sum((part.endings for part in parts), Counter[soundness.Ending]())
    finished = drawn.endings["finished"]
    ended = endings["finished"]
    unsound = [text for part in parts for text in part.refused]
    return {
        "rows": [
            ("soundness", f"{finished - len(drawn.refused):,}/{finished:,} = {drawn.share:.2%}"),
            *beyond_rows(of, drawn.refused),
            ("unfinished texts", f"{drawn.endings['unfinished']} of {drawn.endings.total():,}"),
            ("dead ends, limits", f"{drawn.endings['dead end']}, {drawn.endings['limit']}"),
            ("soundness of parts", f"{ended - len(unsound):,}/{ended:,}"),
            *beyond_rows(of, unsound, "parts "),
            ("unfinished parts", f"{endings['unfinished']} of {endings.total():,}"),
            ("their dead ends, limits", f"{endings['dead end']}, {endings['limit']}"),
        ],
        "unsound": drawn.refused,
        "unfinished": drawn.unfinished,
        "unsound parts": unsound,
    }


def measure_mutation(of: Measured, size: Size, seed: int) -> Measures:
    """Mutants in both directions."""
    cases = size.mutants if of.profile == "full" else size.generate_mutants
    changed = mutation.measure(of.name, of.profile, cases=cases, seed=seed, version=of.version)
    return {
        "rows": list(mutation_rows(of, changed)),
        "wrongly accepted": changed.wrongly_accepted,
        "unjudged": changed.unjudged,
        "wrongly refused": changed.wrongly_refused if of.profile == "full" else [],
        "lenient": dict(changed.lenient),
    }


def measure_long(of: Measured, size: Size, seed: int) -> Measures:
    """Long and deep programs, which are the same at each size."""
    failed = long.failures(of.name, of.profile, "qwen")
    programs = len(long.programs(of.name))
    return {
        "rows": [("long and deep programs", f"{programs - len(failed)}/{programs}")],
        "long": [f"{case}: {reason}" for case, reason in failed.items()],
    }


def measure_masks(of: Measured, size: Size, seed: int) -> Measures:
    """What masks cost, with each vocabulary."""
    rows = [("grammar from the cache", f"{cached_milliseconds(of):.1f} ms")]
    refused: list[str] = []
    different: list[str] = []
    for words in VOCABULARIES:
        found = masks.measure(
            of.name,
            of.profile,
            words,
            files=size.mask_files,
            tokens=size.mask_tokens,
            seed=seed,
            version=of.version,
        )
        rows += mask_rows(words, found)
        refused += found.refused
        different += found.different
    return {"rows": rows, "masks refuse": refused, "masks differ": different}


def cached_milliseconds(of: Measured, repeat: int = 20) -> float:
    """Median CPU time of loading a grammar that was loaded before."""
    spoken = of.language
    spoken.grammar(of.profile)
    seconds = []
    for _ in range(repeat):
        start = time.thread_time()
        spoken.grammar(of.profile)
        seconds.append(time.thread_time() - start)
    return 1000 * percentile(seconds, 50)


PARTS: dict[str, Callable[[Measured, Size, int], Measures]] = {
    "recall": measure_recall,
    "soundness": measure_soundness,
    "mutation": measure_mutation,
    "long": measure_long,
    "masks": measure_masks,
}


def beyond_rows(of: Measured, wrong: list[str], of_what: str = "") -> Iterator[tuple[str, str]]:
    """How many of the wrong ones are so for what no grammar can foresee."""
    if of.language.beyond:
        yield f"{of_what}wrong in an end tag's name", f"{sum(map(of.language.is_beyond, wrong)):,}"


def mutation_rows(of: Measured, changed: Mutation) -> Iterator[tuple[str, str]]:
    """The rows of the mutants."""
    yield "mutants", f"{changed.cases:,}, valid: {changed.valid:,}"
    yield "wrongly accepted", percent(len(changed.wrongly_accepted), changed.cases)
    yield from beyond_rows(of, changed.wrongly_accepted, "mutants ")
    refused = percent(len(changed.wrongly_refused), changed.cases)
    yield "wrongly refused", refused if of.profile == "full" else f"({refused})"
    yield "lenient", f"{changed.lenient.total()}"


def mask_rows(name: VocabularyName, measured: Masks) -> Iterator[tuple[str, str]]:
    """The rows of one vocabulary."""
    yield f"mask µs, {name}: mean / median / p99 / max", spread_of(measured.microseconds)
    sliced = spread_of(measured.sliced_microseconds)
    yield f"mask µs, {name}, maze's slices: mean / median / p99 / max", sliced
    walk = masks.walk_microseconds(vocabulary(name))
    yield f"mean, {name}, in walks of {name}", f"{measured.mean / walk:.2f} of {walk:.0f} µs"
    items = [percentile(measured.items, share) for share in (50, 99, 100)]
    yield f"items, {name}: median / p99 / max", " / ".join(f"{value:,.0f}" for value in items)
    yield f"matcher, {name}", f"{measured.creation_milliseconds:.0f} ms"


def spread_of(values: list[float]) -> str:
    """Mean, median, 99th percentile and maximum."""
    shown = [mean(values), *(percentile(values, share) for share in (50, 99, 100))]
    return " / ".join(f"{value:,.0f}" for value in shown)


def further_versions(name: LanguageName) -> list[str]:
    """The versions beside the usual one for which there is a judge."""
    if name == "python":
        return [each for each in pythons.VERSIONS if each != pythons.RUNNING]
    further = {"rust": ["2021"], "zig": ["0.16", "0.15"]}
    return further.get(name, [])


def measure_version(name: LanguageName, version: str, size: Size, seed: int) -> Measures:
    """The mutants of one version, and a sample of its library."""
    result = recall.measure(name, "full", sample=size.version_files, seed=seed, version=version)
    changed = mutation.measure(name, "full", cases=size.version_mutants, seed=seed, version=version)
    return {
        "parser": language(name, version).parser,
        "library": language(name, version).library.title(),
        "files": result.files,
        "refused": [refusal(each) for each in result.refused],
        "excused": [f"{refusal(each)}: {each.excuse}" for each in result.excused],
        "unjudged": changed.unjudged,
        "lenient": dict(changed.lenient),
        "left out": [f"{label}: {reason}" for label, reason in result.left_out],
        "cases": changed.cases,
        "wrongly accepted": changed.wrongly_accepted,
        "wrongly refused": changed.wrongly_refused,
    }


def say(what: str, started: float) -> None:
    """Shows that a long run goes on."""
    print(f"{what}: {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
