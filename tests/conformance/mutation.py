"""Mutation: real code with a few tokens changed, judged by the grammar and by the parser."""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.conformance.acceptor import Acceptor
from tests.conformance.corpus import Corpus, NotTextError
from tests.conformance.judges import ACCEPTED
from tests.conformance.language import Language, LanguageName, Profile
from tests.conformance.languages import language
from tests.conformance.parallel import spread

BATCH = 1_000
OF_A_FILE = 12


@dataclass(slots=True)
class Mutation:
    """What became of the mutants.

    `wrongly_accepted` by the grammar, `wrongly_refused` by it; both hold the texts. `lenient`
    counts by reason the texts that only the parser accepts and the language's reference refuses, as
    the grammar does; if the grammar accepts one too, that is wrong. `unjudged` are texts at which
    the parser crashed.
    """

    cases: int = 0
    valid: int = 0
    wrongly_accepted: list[str] = field(default_factory=list)
    wrongly_refused: list[str] = field(default_factory=list)
    lenient: Counter[str] = field(default_factory=Counter)
    unjudged: list[str] = field(default_factory=list)

    def add(self, other: Mutation) -> None:
        """Takes in what another process found."""
        self.cases += other.cases
        self.valid += other.valid
        self.wrongly_accepted += other.wrongly_accepted
        self.wrongly_refused += other.wrongly_refused
        self.lenient += other.lenient
        self.unjudged += other.unjudged


def measure(
    name: LanguageName,
    profile: Profile,
    *,
    cases: int,
    seed: int = 0,
    version: str | None = None,
) -> Mutation:
    """Judges `cases` mutants of statements of the library and the packages."""
    batches = [(seed, number) for number in range(math.ceil(cases / BATCH))]
    total = Mutation()
    for part in spread(partial(_judge_all, name, version, profile, min(cases, BATCH)), batches):
        total.add(part)
    return total


def _judge_all(
    name: LanguageName,
    version: str | None,
    profile: Profile,
    size: int,
    batches: list[tuple[int, int]],
) -> Mutation:
    spoken = language(name, version)
    acceptor = Acceptor(spoken.grammar(profile))
    total = Mutation()
    for seed, number in batches:
        mutants = list(_mutants(spoken, profile, size, random.Random(f"{seed} {number}")))
        total.add(_judge(spoken, acceptor, mutants))
    return total


def _judge(spoken: Language, acceptor: Acceptor, mutants: list[bytes]) -> Mutation:
    found = Mutation(cases=len(mutants))
    for mutant, judgement in zip(mutants, spoken.judge(mutants), strict=True):
        text, accepted = mutant.decode(), acceptor.accepts(mutant)
        found.valid += judgement.verdict == "accepted"
        if judgement.verdict == "unjudged":
            found.unjudged.append(f"{judgement.reason}\n{text}")
        elif judgement.verdict == "lenient":
            found.lenient[judgement.reason] += not accepted
            if accepted:
                found.wrongly_accepted.append(f"{judgement.reason}\n{text}")
        elif judgement.verdict == "accepted" and not accepted:
            found.wrongly_refused.append(text)
        elif judgement.verdict == "refused" and accepted:
            found.wrongly_accepted.append(f"{judgement.reason}\n{text}")
    return found


# ---- mutants ----


def _mutants(spoken: Language, profile: Profile, count: int, rng: random.Random) -> Iterator[bytes]:
    """`count` fragments of random files, a few from each file, each changed by 1 or 2 edits."""
    files = [(corpus, path) for corpus in spoken.corpora(profile) for path in corpus.files()]
    made = 0
    while made < count:
        chosen = rng.sample(files, min(len(files), math.ceil((count - made) / OF_A_FILE)))
        for fragments in _fragments(spoken, rng, chosen):
            words = [word for each in fragments for word in spoken.token.findall(each.decode())]
            for fragment in fragments:
                mutant = mutate(fragment, spoken, words, rng)
                if made < count and mutant != fragment:
                    yield mutant
                    made += 1


def _fragments(
    spoken: Language, rng: random.Random, files: list[tuple[Corpus, Path]]
) -> Iterator[list[bytes]]:
    """Up to 12 valid fragments of each file; the parser is asked about all at once."""
    sources = list(_texts(files))
    judgements = spoken.judge(sources)
    sources = [text for text, said in zip(sources, judgements, strict=True) if said == ACCEPTED]
    found = [rng.sample(each, min(OF_A_FILE, len(each))) for each in spoken.fragments(sources)]
    judgements = spoken.judge([fragment for each in found for fragment in each])
    accepted = iter([said == ACCEPTED for said in judgements])
    for each in found:
        yield [fragment for fragment in each if next(accepted)]


def _texts(files: list[tuple[Corpus, Path]]) -> Iterator[bytes]:
    for corpus, path in files:
        with suppress(NotTextError):
            yield corpus.read(path)


def mutate(program: bytes, spoken: Language, words: list[str], rng: random.Random) -> bytes:
    """The program with 1 or 2 edits: a token deleted, doubled, swapped, replaced or inserted, or
    other white space before it."""
    pieces = _pieces(program.decode(), spoken.token)
    for _ in range(rng.choice([1, 1, 2])):
        _edit(pieces, words, spoken.tokens, rng)
    return "".join(pieces).encode()


def _pieces(text: str, token: re.Pattern[str]) -> list[str]:
    """Alternately what stands between tokens and a token."""
    pieces = []
    end = 0
    for found in token.finditer(text):
        pieces += [text[end : found.start()], found.group()]
        end = found.end()
    return [*pieces, text[end:]]


def _edit(pieces: list[str], words: list[str], tokens: tuple[str, ...], rng: random.Random) -> None:
    if len(pieces) < 6:
        return
    place = rng.randrange(1, len(pieces) - 2, 2)
    new = rng.choice(words if words and rng.random() < 0.5 else tokens)
    blank = rng.choice(["", " "])
    match rng.choice(["delete", "double", "swap", "replace", "insert", "layout"]):
        case "delete":
            pieces[place] = ""
        case "double":
            pieces[place] += blank + pieces[place]
        case "swap":
            pieces[place], pieces[place + 2] = pieces[place + 2], pieces[place]
        case "replace":
            pieces[place] = new
        case "insert":
            pieces[place] = new + blank + pieces[place]
        case "layout":
            pieces[place - 1] = rng.choice(["", " ", "\t", "\n", "\n\t"])
