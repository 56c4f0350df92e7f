"""What a token mask costs: Earley items and thread CPU time, over real files."""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from statistics import mean

from llguidance import LLInterpreter, LLMatcher, LLParserLimits, LLTokenizer

from maze.decoding.vocabulary import SLICES
from tests.conformance.acceptor import Acceptor
from tests.conformance.corpus import NotTextError
from tests.conformance.language import Language, LanguageName, Profile
from tests.conformance.languages import language
from tests.conformance.vocabulary import Vocabulary, VocabularyName, vocabulary

# Far beyond llguidance's own limits (50,000 items, 2,000 in a row), to see how far away they are.
LIMITS = LLParserLimits(step_max_items=500_000, max_items_in_row=20_000)


@dataclass(slots=True)
class Masks:
    """One number for each mask; `refused` are files with a token that its mask doesn't allow.

    `microseconds` are those of the engine with its own slices of a vocabulary, as servers use it,
    `sliced_microseconds` those with maze's. `different` are files in which the two masks differ.
    """

    creation_milliseconds: float
    files: int = 0
    microseconds: list[float] = field(default_factory=list)
    sliced_microseconds: list[float] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    @property
    def mean(self) -> float:
        """Mean of the microseconds."""
        return mean(self.microseconds)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` percent of the values don't exceed."""
    return sorted(values)[max(0, math.ceil(share / 100 * len(values)) - 1)]


def measure(
    name: LanguageName,
    profile: Profile,
    vocabulary_name: VocabularyName,
    *,
    files: int,
    tokens: int,
    seed: int = 0,
    version: str | None = None,
) -> Masks:
    """Masks of `tokens` tokens in a row of each of `files` random files that the grammar accepts.

    The row begins at a random place among the first `4 * tokens`.
    """
    words = vocabulary(vocabulary_name)
    spoken = language(name, version)
    grammar = spoken.grammar(profile)
    found = Masks(creation_milliseconds(grammar, words))
    rng = random.Random(seed)
    for label, text in _accepted_files(spoken, profile, grammar, files, rng):
        encoded = words.encode(text)
        skipped = rng.randrange(1 + max(0, min(len(encoded) - tokens, 4 * tokens)))
        _run(found, grammar, words, label, encoded[: skipped + tokens], skipped)
        found.files += 1
    return found


def walk_microseconds(words: Vocabulary, repeat: int = 50) -> float:
    """Median CPU time of a mask that has to look at every token: how fast this machine is now.

    The grammar takes names of ASCII letters; the time is that of the walk over the vocabulary.
    """
    grammar = LLMatcher.grammar_from_lark('start: NAME+\nNAME: /[A-Za-z_][A-Za-z_0-9]*/ " "?\n')
    seconds = []
    for _ in range(repeat):
        matcher = LLMatcher(words.tokenizer, grammar, log_level=0)
        start = time.thread_time()
        matcher.compute_bitmask()
        seconds.append(time.thread_time() - start)
    return 1e6 * percentile(seconds, 50)


def creation_milliseconds(grammar: str, words: Vocabulary, repeat: int = 5) -> float:
    """Median CPU time from the flat text to a matcher that has computed its first mask."""
    seconds = []
    for _ in range(repeat):
        start = time.thread_time()
        matcher = LLMatcher(words.tokenizer, LLMatcher.grammar_from_lark(grammar), log_level=0)
        matcher.compute_bitmask()
        seconds.append(time.thread_time() - start)
    return 1000 * percentile(seconds, 50)


def _accepted_files(
    spoken: Language, profile: Profile, grammar: str, count: int, rng: random.Random
) -> list[tuple[str, bytes]]:
    acceptor = Acceptor(grammar)
    corpus = spoken.corpora(profile)[0]
    files = corpus.files()
    rng.shuffle(files)
    found: list[tuple[str, bytes]] = []
    for path in files:
        if len(found) == count:
            break
        if "testdata" not in path.parts and 500 < path.stat().st_size < 60_000:
            try:
                text = corpus.read(path)
            except NotTextError:
                continue
            if acceptor.accepts(text):
                found.append((corpus.label(path), text))
    return found


def items_after(grammar: str, words: Vocabulary, text: bytes) -> int:
    """The items of the mask after a text that the grammar allows."""
    interpreter = _interpreter(grammar, words)
    for token in words.encode(text):
        interpreter.compute_mask()
        interpreter.commit_token(token)
    _, answer = interpreter.compute_mask()
    return max(
        step["stats"]["all_items"] for step in json.loads(answer)["progress"] if "stats" in step
    )


def _interpreter(grammar: str, words: Vocabulary) -> LLInterpreter:
    interpreter = LLInterpreter(
        words.tokenizer,
        LLMatcher.grammar_from_lark(grammar),
        enable_backtrack=False,
        enable_ff_tokens=False,
        log_level=0,
        limits=LIMITS,
    )
    interpreter.start_without_prompt()
    return interpreter


def _run(
    found: Masks, grammar: str, words: Vocabulary, label: str, tokens: list[int], skipped: int
) -> None:
    # One after the other: side by side, each would find less of its own in the processor's caches.
    ordinary = _masks(grammar, words.tokenizer, words, tokens)
    sliced = _masks(grammar, _sliced(words), words, tokens)
    found.microseconds += [mask.microseconds for mask in ordinary[skipped:]]
    found.sliced_microseconds += [mask.microseconds for mask in sliced[skipped:]]
    found.items += [count for mask in ordinary[skipped:] for count in mask.items]
    if len(ordinary) < len(tokens) or not ordinary[-1].allows(tokens[-1]):
        found.refused.append(label)
    if [mask.bits for mask in ordinary] != [mask.bits for mask in sliced]:
        found.different.append(label)


@dataclass(frozen=True, slots=True)
class _Mask:
    bits: bytes
    microseconds: float
    items: list[int]

    def allows(self, token: int) -> bool:
        return bool(self.bits[token // 8] >> token % 8 & 1)


def _masks(
    grammar: str, tokenizer: LLTokenizer, words: Vocabulary, tokens: list[int]
) -> list[_Mask]:
    """The masks before each token, up to the first that doesn't allow its token.

    Time is the matcher's, which is what decodes; the interpreter tells the items, and its reports
    cost half as much again.
    """
    compiled = LLMatcher.grammar_from_lark(grammar)
    matcher = LLMatcher(tokenizer, compiled, log_level=0, limits=LIMITS)
    interpreter = _interpreter(grammar, words)
    found = []
    for token in tokens:
        start = time.thread_time()
        bits = matcher.compute_bitmask()
        microseconds = 1e6 * (time.thread_time() - start)
        _, answer = interpreter.compute_mask()
        steps = [step for step in json.loads(answer)["progress"] if "stats" in step]
        found.append(_Mask(bits, microseconds, [step["stats"]["all_items"] for step in steps]))
        if not found[-1].allows(token):
            break
        matcher.consume_token(token)
        interpreter.commit_token(token)
    return found


@cache
def _sliced(words: Vocabulary) -> LLTokenizer:
    return words.tokenizer.with_slices(SLICES)
