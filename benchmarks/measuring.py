"""Measures one part of a grammar: the rows of a table, and the lists behind them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from statistics import mean

from benchmarks.grammar_pages import Measures, percent
from benchmarks.kept import Measured, Part, further_versions
from tests.conformance import long, masks, mutation, recall, soundness
from tests.conformance.language import STARTS
from tests.conformance.languages import language
from tests.conformance.masks import Masks, percentile
from tests.conformance.mutation import Mutation
from tests.conformance.size import Size
from tests.conformance.vocabulary import VocabularyName, vocabulary

VOCABULARIES: tuple[VocabularyName, ...] = ("qwen", "o200k", "nano")
# Characters of a drawn text that are kept.
SHOWN = 200


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
    parts = draw(texts=size.part_texts, starts=STARTS)
    endings = parts.endings
    finished = drawn.endings["finished"]
    ended = endings["finished"]
    unsound = parts.refused
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
        "unsound": [shortened(each) for each in drawn.refused],
        "unfinished": [each[-SHOWN:] for each in drawn.unfinished],
        "unsound parts": [shortened(each) for each in unsound],
    }


def shortened(refused: str) -> str:
    """The parser's error and the end of the text: its beginning may be a real file's."""
    reason, _, text = refused.partition("\n")
    return f"{reason}\n{text[-SHOWN:]}"


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


def measure_versions(of: Measured, size: Size, seed: int) -> Measures:
    """The versions beside the usual one."""
    versions = further_versions(of.name)
    return {"rows": [], "versions": [measure_version(of, each, size, seed) for each in versions]}


def measure_version(of: Measured, version: str, size: Size, seed: int) -> Measures:
    """The mutants of one version, and a sample of its library."""
    result = recall.measure(of.name, "full", sample=size.version_files, seed=seed, version=version)
    changed = mutation.measure(
        of.name, "full", cases=size.version_mutants, seed=seed, version=version
    )
    return {
        "parser": language(of.name, version).parser,
        "library": language(of.name, version).library.title(),
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


MEASURES: Mapping[Part, Callable[[Measured, Size, int], Measures]] = {
    "recall": measure_recall,
    "soundness": measure_soundness,
    "mutation": measure_mutation,
    "long": measure_long,
    "masks": measure_masks,
    "versions": measure_versions,
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


def say(what: str, started: float) -> None:
    """Shows that a long run goes on."""
    print(f"{what}: {time.monotonic() - started:.0f} s", flush=True)
