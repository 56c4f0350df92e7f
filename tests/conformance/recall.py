"""Recall: what share of real code a grammar accepts."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tests.conformance.acceptor import Acceptor
from tests.conformance.corpus import Corpus, NotTextError
from tests.conformance.language import Language, LanguageName, Profile
from tests.conformance.languages import language
from tests.conformance.parallel import spread


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that the grammar refuses though the parser accepts it, and the text at that place."""

    file: str
    before: str
    after: str

    @property
    def line(self) -> str:
        """The line of that place, as far as it is told."""
        return self.before.rpartition("\n")[2] + self.after.partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Recall:
    """Files and bytes that were judged; what the grammar refused; the files left out, with why.

    `unstable` are refused at syntax that the language doesn't have yet: they are among `files`, and
    not among `refused`.
    """

    files: int
    size: int
    refused: tuple[Refusal, ...]
    left_out: tuple[tuple[str, str], ...]
    cpu_seconds: float
    unstable: tuple[Refusal, ...] = ()

    @property
    def share(self) -> float:
        """The share of accepted files."""
        return 1 - len(self.refused) / self.files if self.files else 1.0

    @property
    def megabytes_per_second(self) -> float:
        """How fast one core reads code with this grammar."""
        return self.size / 1e6 / self.cpu_seconds


def measure(
    name: LanguageName,
    profile: Profile,
    corpus: int = 0,
    *,
    sample: int | None,
    seed: int = 0,
    version: str | None = None,
) -> Recall:
    """Recall over one of the language's corpora, or over `sample` files of it."""
    files = language(name, version).corpora(profile)[corpus].files()
    if sample is not None:
        files = random.Random(seed).sample(files, min(sample, len(files)))
    parts = spread(partial(_measure, name, version, profile, corpus), files)
    return Recall(
        sum(part.files for part in parts),
        sum(part.size for part in parts),
        tuple(refusal for part in parts for refusal in part.refused),
        tuple(sorted(pair for part in parts for pair in part.left_out)),
        sum(part.cpu_seconds for part in parts),
        tuple(refusal for part in parts for refusal in part.unstable),
    )


def _measure(
    name: LanguageName, version: str | None, profile: Profile, corpus: int, files: list[Path]
) -> Recall:
    spoken = language(name, version)
    found, left_out = _judged(spoken, profile, spoken.corpora(profile)[corpus], files)
    if spoken.older and left_out:
        # Code of an earlier edition is judged as that.
        older = language(name, spoken.older)
        rest = [path for path in files if spoken.corpora(profile)[corpus].label(path) in left_out]
        more, left_out = _judged(older, profile, older.corpora(profile)[corpus], rest)
        found = Recall(
            found.files + more.files,
            found.size + more.size,
            found.refused + more.refused,
            (),
            found.cpu_seconds + more.cpu_seconds,
        )
    unstable = [each for each in found.refused if spoken.unstable.search(each.line)]
    return replace(
        found,
        refused=tuple(each for each in found.refused if each not in unstable),
        left_out=tuple(left_out.items()),
        unstable=tuple(unstable),
    )


def _judged(
    spoken: Language, profile: Profile, corpus: Corpus, files: list[Path]
) -> tuple[Recall, dict[str, str]]:
    """The recall over what the parser accepts, and the other files with the reason."""
    texts, left_out = _texts(spoken, corpus, files)
    acceptor = Acceptor(spoken.grammar(profile))
    start = time.process_time()
    refused = [_refusal(acceptor, label, text) for label, text in texts.items()]
    seconds = time.process_time() - start
    size = sum(map(len, texts.values()))
    return Recall(len(texts), size, tuple(filter(None, refused)), (), seconds), left_out


def _texts(
    spoken: Language, corpus: Corpus, files: list[Path]
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The files that the language's parser accepts, and the others with the reason."""
    texts: dict[str, bytes] = {}
    left_out: dict[str, str] = {}
    for path in files:
        try:
            texts[corpus.label(path)] = corpus.read(path)
        except NotTextError as error:
            left_out[corpus.label(path)] = str(error)
    judgements = spoken.judge(list(texts.values()))
    for label, judgement in zip(list(texts), judgements, strict=True):
        if judgement.verdict != "accepted":
            del texts[label]
            left_out[label] = f"{judgement.verdict}: {judgement.reason}"
    return texts, left_out


def _refusal(acceptor: Acceptor, label: str, text: bytes) -> Refusal | None:
    if acceptor.accepts(text):
        return None
    place, _ = acceptor.run(text)
    before, after = text[max(0, place - 60) : place], text[place : place + 30]
    return Refusal(label, before.decode(errors="replace"), after.decode(errors="replace"))
