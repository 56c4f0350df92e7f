"""Recall: what share of real code a grammar accepts."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tests.conformance.acceptor import Acceptor
from tests.conformance.corpus import Corpus, NotTextError, Read
from tests.conformance.language import Language, LanguageName, Profile
from tests.conformance.languages import language
from tests.conformance.parallel import spread


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that the grammar refuses though the parser accepts it, and the text at that place.

    `excuse` is why the refusal is counted apart: syntax that the language doesn't have yet, or a
    place that the formatter left as it was.
    """

    file: str
    before: str
    after: str
    excuse: str = ""


@dataclass(frozen=True, slots=True)
class Recall:
    """Files that count and bytes read; what the grammar refused; the files left out, with why.

    What is `excused` counts neither among `files` nor among `refused`.
    """

    files: int
    size: int
    refused: tuple[Refusal, ...]
    excused: tuple[Refusal, ...]
    left_out: tuple[tuple[str, str], ...]
    cpu_seconds: float

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
        tuple(refusal for part in parts for refusal in part.excused),
        tuple(sorted(pair for part in parts for pair in part.left_out)),
        sum(part.cpu_seconds for part in parts),
    )


def _measure(
    name: LanguageName, version: str | None, profile: Profile, corpus: int, files: list[Path]
) -> Recall:
    spoken = language(name, version)
    found, left_out = _judged(spoken, profile, spoken.corpora(profile)[corpus], files)
    if spoken.older and left_out:
        # Code of an earlier edition is judged as that.
        older = language(name, spoken.older)
        more, left_out = _judged(older, profile, older.corpora(profile)[corpus], list(left_out))
        found = Recall(
            found.files + more.files,
            found.size + more.size,
            found.refused + more.refused,
            found.excused + more.excused,
            (),
            found.cpu_seconds + more.cpu_seconds,
        )
    label = spoken.corpora(profile)[corpus].label
    left = tuple((label(path), reason) for path, reason in left_out.items())
    return replace(found, left_out=left)


def _judged(
    spoken: Language, profile: Profile, corpus: Corpus, files: list[Path]
) -> tuple[Recall, dict[Path, str]]:
    """The recall over what the parser accepts, and the other files with the reason."""
    texts, left_out = _texts(spoken, corpus, files)
    acceptor = Acceptor(spoken.grammar(profile))
    start = time.process_time()
    refused = [path for path, text in texts.items() if not acceptor.accepts(text)]
    seconds = time.process_time() - start
    refusals = [_refusal(spoken, corpus, acceptor, path, texts[path]) for path in refused]
    excused = tuple(each for each in refusals if each.excuse)
    return Recall(
        len(texts) - len(excused),
        sum(map(len, texts.values())),
        tuple(each for each in refusals if not each.excuse),
        excused,
        (),
        seconds,
    ), left_out


def _texts(
    spoken: Language, corpus: Corpus, files: list[Path]
) -> tuple[dict[Path, bytes], dict[Path, str]]:
    """The files that the language's parser accepts, and the others with the reason."""
    texts: dict[Path, bytes] = {}
    left_out: dict[Path, str] = {}
    for path in files:
        try:
            texts[path] = corpus.read(path)
        except NotTextError as error:
            left_out[path] = str(error)
    judgements = spoken.judge(list(texts.values()))
    for path, judgement in zip(list(texts), judgements, strict=True):
        if judgement.verdict != "accepted":
            del texts[path]
            left_out[path] = f"{judgement.verdict}: {judgement.reason}"
    return texts, left_out


def _refusal(
    spoken: Language, corpus: Corpus, acceptor: Acceptor, path: Path, text: bytes
) -> Refusal:
    place, _ = acceptor.run(text)
    before, after = text[max(0, place - 60) : place], text[place : place + 30]
    excuse = spoken.unstable(text, place)
    if not excuse and corpus.read_relaid and _depends(text, corpus.read_relaid, path, place):
        excuse = "the formatter left it as it was"
    label = corpus.label(path)
    return Refusal(label, before.decode(errors="replace"), after.decode(errors="replace"), excuse)


def _depends(text: bytes, read_relaid: Read, path: Path, place: int) -> bool:
    """Whether the lines around that byte are others if the formatter is given another layout."""
    try:
        relaid = read_relaid(path).split(b"\n")
    except NotTextError:
        return False
    blanks = len(text[place:]) - len(text[place:].lstrip())
    first, last = (text[:end].count(b"\n") for end in (place, place + blanks))
    return text.split(b"\n")[first : last + 1] != relaid[first : last + 1]
