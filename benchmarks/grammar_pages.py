"""The pages of the docs that show what `benchmarks/grammars.py` measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tests.conformance.vocabulary import VocabularyName, vocabulary

# What is measured of a profile: rows of a table, and lists of what was left out and what was wrong.
Measures = dict[str, Any]

PAGE = """# Measures of the grammars

Written by `python -m benchmarks.grammars --kept --write docs`: change nothing here by hand.

A language's grammar is one file in `grammars/`, with two profiles. `full` takes all that the
language has: by it texts are validated. `generate` takes what the language's formatter writes, with
cheaper masks: under it models write. `maze grammar show python --profile full` prints one. Python
is the running version's or `validation.python_version`'s (3.10 to 3.14), Rust is edition 2024 or
`validation.rust_edition`'s, Zig is 0.17 or `validation.zig_version`'s (0.15 to 0.17). TypeScript
and TSX are written with semicolons or, with `--style no-semicolons`, without them; `full` takes
both, and is one file for both languages. Besides whole files, a text may be a `function`,
`statement`, `expression`, `type` or `block`: `--grammar rust:type`. What a grammar is known to take
or to refuse wrongly stands at the top of its file. A dash is what wasn't measured with the grammar
as it is now.

{tables}

* **Recall**: files that the grammar accepts, of those that the language's own parser accepts: for
  `full` real code as it is, for `generate` real code as a formatter writes it.
* **Soundness**: texts drawn from the token mask of a real vocabulary (o200k), half of them from
  nothing and half as the continuation of a real file, weighted by how often real code has a token.
  The finished ones are judged by the language's parser, those of `generate` by `full` too. No text
  may end where no token is allowed (a dead end) or at an engine limit.
  In TSX an element's end repeats its name, which no context-free grammar can say of all names (this
  one compares the first two letters): what is wrong only there is counted apart, too.
* **Mutation**: statements of real code with one or two tokens changed, judged by the grammar and by
  the parser. Refusals of the profile `generate` are no errors: it takes only what a formatter
  writes. "Lenient" are texts that the parser accepts, but the language's specification refuses, and
  with it the grammar.
* **Masks**: thread CPU time and Earley items for each mask over 500 tokens in a row of real files
  of 0.5 to 60 kB that the grammar accepts, from a random place. llguidance stops at 50,000 items. A
  walk is the mask of a grammar of names, which looks at every token: it tells how fast the machine
  was. Slices are kinds of tokens that the engine needn't look at one by one; a server has the
  engine's own, maze's are what models that run in `maze` itself have. Asked of `generate`, with
  Qwen's vocabulary: mean 350 µs, p99 2,000 µs, 25,000 items; of `full`: 40,000 items; of both: a
  matcher in 60 ms, a grammar that was loaded before in 1 ms. Of TypeScript's `generate`: mean
  300 µs, p99 1,500 µs, 15,000 items.
* **Parts**: texts drawn from `function`, `statement`, `expression`, `type` and `block`.
* **Long and deep**: 2,000 lines, 200 brackets, 1,000 operators, literals of 100 kB and the like,
  each with a mask at every token.

llguidance {llguidance}. Parsers: {parsers}. Vocabularies: {vocabularies}.

## Code

{corpora}

"Excused" files count neither as accepted nor as refused: they are refused at syntax that stable
Rust doesn't have, as rustc says of that place, or, in formatted code, at a place that the formatter
left as it was: given the file in another layout, it writes other lines there. Which files were left
out, what the grammars refuse and what they wrongly accept, each with the reason:
[lists](grammars-lists.md).

## Further versions

Files of a library, and mutants of it and of the packages, judged by that version's own parser.

{versions}
"""

LISTS = """# Lists to the measures of the grammars

Written by `python -m benchmarks.grammars --kept --write docs`: change nothing here by hand.

"Left out" are files that aren't counted, since the language's own parser, its specification or the
formatter refuses them.

{lists}
"""

MISSING = "-"
# Of the lists of a profile.
TITLES = {
    "unsound": "Drawn texts that the parser refuses",
    "unsound parts": "Drawn parts that the parser refuses",
    "unfinished": "Drawn texts that don't end",
    "long": "Long and deep programs that fail",
    "masks refuse": "Real files with a token that its mask refuses",
    "masks differ": "Real files in which masks differ with maze's slices",
    "unjudged": "Mutants at which the parser crashes",
    "wrongly accepted": "Mutants wrongly accepted",
    "wrongly refused": "Mutants wrongly refused",
    "lenient": "Mutants that only the parser accepts",
}


def table(kept: list[Measures]) -> str:
    """The measures as a Markdown table: a row for each measure, a column for each profile."""
    profiles = all_profiles(kept)
    columns = [
        {label: value for part in each["parts"].values() for label, value in part["rows"]}
        for each in profiles
    ]
    parts = dict.fromkeys(part for each in profiles for part in each["parts"])
    # A part's rows are the same in all profiles that have it.
    labels = dict.fromkeys(
        label
        for part in parts
        for each in profiles
        for label, _ in each["parts"].get(part, {"rows": []})["rows"]
    )
    return markdown(
        ["", *(each["name"] for each in profiles)],
        ([label, *(column.get(label, MISSING) for column in columns)] for label in labels),
    )


def all_profiles(kept: list[Measures]) -> list[Measures]:
    """The profiles of all languages."""
    return [profile for each in kept for profile in each["profiles"]]


def corpora(kept: list[Measures]) -> str:
    """A row for each body of code."""
    heads = ["grammar", "code", "files", "MB", "refused", "excused", "left out", "MB/s"]
    return markdown(
        heads,
        (
            [
                profile["name"],
                each["name"],
                f"{each['files']:,}",
                f"{each['size'] / 1e6:.1f}",
                f"{len(each['refused'])}",
                f"{len(each['excused'])}",
                f"{len(each['left out'])}",
                f"{each['speed']:.2f}",
            ]
            for profile in all_profiles(kept)
            for each in profile["parts"].get("recall", {"corpora": []})["corpora"]
        ),
    )


def versions(kept: list[Measures]) -> str:
    """A row for each further version."""
    heads = ["parser", "code", "files", "refused", "excused", "mutants"]
    heads += ["wrongly accepted", "wrongly refused"]
    return markdown(
        heads,
        (
            [
                each["parser"],
                each["library"],
                f"{each['files']:,}",
                f"{len(each['refused'])}",
                f"{len(each['excused'])}",
                f"{each['cases']:,}",
                percent(len(each["wrongly accepted"]), each["cases"]),
                percent(len(each["wrongly refused"]), each["cases"]),
            ]
            for language in kept
            for each in language["versions"]
        ),
    )


def percent(count: int, of: int) -> str:
    """A count and its share."""
    return f"{count} = {count / of:.3%}"


def markdown(heads: list[str], rows: Iterator[list[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def page(kept: list[Measures], names: Sequence[VocabularyName]) -> str:
    """The page of the docs; `names` are the vocabularies by which masks were measured."""
    words = (vocabulary(name) for name in names)
    return PAGE.format(
        tables="\n\n".join(table([each]) for each in kept),
        corpora=corpora(kept),
        versions=versions(kept),
        llguidance=", ".join(sorted({found for each in kept for found in each["llguidance"]})),
        parsers=", ".join(each["parser"] for each in kept),
        vocabularies=", ".join(f"{each.name} ({each.size:,} tokens)" for each in words),
    )


def lists(kept: list[Measures]) -> str:
    """The page of lists."""
    parts = []
    for profile in all_profiles(kept):
        found = {key: value for part in profile["parts"].values() for key, value in part.items()}
        parts.append(f"## {profile['name']}")
        for each in found.get("corpora", []):
            parts += listed(f"{each['name']}: refused", each["refused"])
            parts += listed(f"{each['name']}: refused, but excused", each["excused"])
            parts += listed(f"{each['name']}: left out", each["left out"])
        found["unfinished"] = [repr(each) for each in found.get("unfinished", [])]
        found["lenient"] = [
            f"{count} times: {why}" for why, count in sorted(found.get("lenient", {}).items())
        ]
        for key, title in TITLES.items():
            parts += listed(title, found.get(key, []))
    for each in (found for measured in kept for found in measured["versions"]):
        parts.append(f"## {each['parser']}")
        parts += listed("Files refused", each["refused"])
        parts += listed("Files refused, but excused", each["excused"])
        parts += listed("Mutants at which the parser crashes", each["unjudged"])
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
