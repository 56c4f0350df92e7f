"""Soundness: texts drawn from the token mask, judged by the language's own parser.

What `generate` lets a model finish, `full` must accept too: answers are validated by it.

Each token is drawn from those that the mask allows, weighted by how often real code (without its
comments, or else most of the texts would be comments) has it at all and how often after the token
before. Half of the texts start empty, half continue the beginning of a real file. A text is
finished when the end-of-sequence token is drawn. After half of the tokens, closing characters and
the end are favoured, more with each token, or else most texts would stay unfinished; what is
allowed isn't changed by that.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Literal

import numpy as np
from llguidance import LLMatcher
from numpy.typing import NDArray

from maze import languages
from tests.conformance.acceptor import Acceptor
from tests.conformance.corpus import NotTextError
from tests.conformance.language import Language, LanguageName, Profile
from tests.conformance.languages import language
from tests.conformance.parallel import spread
from tests.conformance.vocabulary import Vocabulary, VocabularyName, vocabulary

Ending = Literal["finished", "unfinished", "dead end", "limit"]

CORPUS_FILES = 60
SMOOTHING = 0.02  # the count of a token that the corpus doesn't hold
FOLLOWING = 0.5  # the share of the weight that depends on the token before
LONGEST_PREFIX = 400
GROWTH = 1.1  # of the weights of closing tokens, with each token
BLANK_BEFORE_NAME = 1e-6  # where an end tag's name has to stand, blanks could go on for ever


@dataclass(slots=True)
class Soundness:
    """How the drawn texts ended, and those finished ones that the parser or `full` refuses."""

    endings: Counter[Ending] = field(default_factory=Counter)
    tokens: int = 0
    refused: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)

    def __iadd__(self, other: Soundness) -> Soundness:
        """Takes in what was found of other texts."""
        self.endings += other.endings
        self.tokens += other.tokens
        self.refused += other.refused
        self.unfinished += other.unfinished
        return self

    @property
    def share(self) -> float:
        """The share of finished texts that the parser accepts, and `full`."""
        return 1 - len(self.refused) / self.endings["finished"]


def measure(
    name: LanguageName,
    profile: Profile,
    vocabulary_name: VocabularyName,
    *,
    texts: int,
    tokens: int,
    seed: int = 0,
    starts: Sequence[str] = ("",),
    version: str | None = None,
) -> Soundness:
    """Draws `texts` texts of each start, of at most `tokens` tokens, not counting a real beginning.

    The empty start is a whole file; only of these does one half continue a real file.
    """
    asked = [(start, seed * 1_000_000 + number) for start in starts for number in range(texts)]
    total = Soundness()
    corpus = _corpus(name, version, profile, seed)
    draw = partial(_draw_all, name, version, profile, vocabulary_name, tokens, corpus)
    for part in spread(draw, asked):
        total += part
    return total


def _draw_all(
    name: LanguageName,
    version: str | None,
    profile: Profile,
    vocabulary_name: VocabularyName,
    tokens: int,
    corpus: Sequence[bytes],
    asked: list[tuple[str, int]],
) -> Soundness:
    spoken = language(name, version)
    sampler = Sampler(spoken, profile, vocabulary(vocabulary_name), corpus)
    found = Soundness()
    for start, part in groupby(asked, key=itemgetter(0)):
        found += _draw_from(sampler, spoken, profile, tokens, start, [seed for _, seed in part])
    return found


def _draw_from(
    sampler: Sampler,
    spoken: Language,
    profile: Profile,
    tokens: int,
    start: str,
    seeds: list[int],
) -> Soundness:
    grammar = LLMatcher.grammar_from_lark(spoken.grammar(profile, start or None))
    found = Soundness()
    finished = []
    for seed in seeds:
        rng = random.Random(seed)
        beginning = sampler.beginning(rng) if seed % 2 and not start else []
        ending, text, count = sampler.draw(grammar, beginning, tokens, rng)
        found.endings[ending] += 1
        found.tokens += count
        if ending == "finished":
            finished.append(text)
        else:
            found.unfinished.append(f"{ending}\n{text.decode(errors='replace')}")
    before, after = languages.find(spoken.name).fragments.get(start, ("", ""))
    files = [before.encode() + text + after.encode() for text in finished]
    full = Acceptor(spoken.grammar("full", start or None))
    for text, judgement in zip(finished, spoken.judge(files), strict=True):
        reason = judgement.reason
        if judgement.verdict == "accepted":
            if profile == "full" or full.accepts(text):
                continue
            reason = "the profile full refuses it"
        found.refused.append(f"{reason}\n{text.decode(errors='replace')}")
    return found


class Sampler:
    """Draws texts from a grammar's masks; real code of the language gives the weights."""

    def __init__(
        self,
        spoken: Language,
        profile: Profile,
        words: Vocabulary,
        corpus: Sequence[bytes],
    ) -> None:
        self._words = words
        self._files = [words.encode(text) for text in corpus]
        self._weights = Weights([words.encode(_code(text, spoken)) for text in corpus], words)
        self._closing = Closing(spoken, words)
        self._blank: NDArray[np.bool_] | None = None
        if profile == "full" and spoken.beyond:
            texts = (words.decode([token]) for token in range(words.size))
            self._blank = np.array([not text.strip() for text in texts])

    def beginning(self, rng: random.Random) -> list[int]:
        """Tokens from the beginning of a real file, cut anywhere."""
        tokens = rng.choice(self._files)
        return tokens[: rng.randrange(min(len(tokens), LONGEST_PREFIX))]

    def draw(
        self, grammar: str, beginning: list[int], tokens: int, rng: random.Random
    ) -> tuple[Ending, bytes, int]:
        """How the text ended, the whole text, and how many tokens were drawn."""
        # Not a copy: all copies of a matcher share one lexer, and its limits.
        matcher = LLMatcher(self._words.tokenizer, grammar, log_level=0)
        if not matcher.consume_tokens(beginning):
            return "limit", b"", 0
        text = list(beginning)
        for count in range(tokens):
            allowed = _allowed(matcher)
            if matcher.is_error():
                dead_end = "NoExtensionBias" in matcher.get_error()
                return "dead end" if dead_end else "limit", self._words.decode(text), count
            weights = self._weights.after(text[-1] if text else self._words.end, allowed)
            if count >= tokens // 2:
                closing = self._closing.of(allowed, text[-1])
                weights += closing * GROWTH ** (count - tokens // 2)
                if self._blank is not None and not closing.any():
                    weights[self._blank[allowed]] *= BLANK_BEFORE_NAME
            token = int(allowed[_draw(weights, rng)])
            if token == self._words.end:
                return "finished", self._words.decode(text), count
            matcher.consume_token(token)
            text.append(token)
        return "unfinished", self._words.decode(text), tokens


def _allowed(matcher: LLMatcher) -> NDArray[np.int64]:
    """The tokens that the mask allows, in their order."""
    bits = np.frombuffer(matcher.compute_bitmask(), dtype=np.uint8)
    return np.flatnonzero(np.unpackbits(bits, bitorder="little"))


def _draw(weights: NDArray[np.float64], rng: random.Random) -> int:
    sums = np.cumsum(weights)
    return int(np.searchsorted(sums, rng.random() * sums[-1], side="right"))


class Weights:
    """How often a token stands in the corpus: at all, and after another token."""

    def __init__(self, files: list[list[int]], words: Vocabulary) -> None:
        self._counts = np.full(words.size, SMOOTHING)
        following: dict[int, Counter[int]] = {}
        for tokens in files:
            # The end token stands before the first token, too.
            whole = [words.end, *tokens, words.end]
            np.add.at(self._counts, whole[1:], 1)
            for token, follower in pairwise(whole):
                following.setdefault(token, Counter())[follower] += 1
        self._total = self._counts.sum()
        self._following = {
            token: (np.array(sorted(found)), np.array([found[each] for each in sorted(found)]))
            for token, found in following.items()
        }

    def after(self, token: int, allowed: NDArray[np.int64]) -> NDArray[np.float64]:
        """The weights of the allowed tokens after `token`."""
        weights: NDArray[np.float64] = self._counts[allowed] * ((1 - FOLLOWING) / self._total)
        if token in self._following:
            followers, counts = self._following[token]
            places = np.minimum(np.searchsorted(allowed, followers), len(allowed) - 1)
            here = allowed[places] == followers
            weights[places[here]] += counts[here] * (FOLLOWING / counts.sum())
        return weights


@cache
def _corpus(
    name: LanguageName, version: str | None, profile: Profile, seed: int
) -> tuple[bytes, ...]:
    """Real files that the grammar accepts."""
    spoken = language(name, version)
    acceptor = Acceptor(spoken.grammar(profile))
    corpus = spoken.corpora(profile)[0]
    files = corpus.files()
    random.Random(seed).shuffle(files)
    texts: list[bytes] = []
    for path in files:
        if len(texts) == CORPUS_FILES:
            break
        try:
            text = corpus.read(path)
        except NotTextError:
            continue
        if 500 < len(text) < 40_000 and acceptor.accepts(text):
            texts.append(text)
    return tuple(texts)


def _code(text: bytes, spoken: Language) -> bytes:
    """The text without comments, and without the lines that held nothing else."""
    comment = ("//", "/*", "#")
    code = spoken.token.sub(
        lambda found: "" if found[0].startswith(comment) else found[0], text.decode()
    )
    return re.sub(r"\n\s*\n", "\n", code).lstrip().encode()


class Closing:
    """The weights of what brings a text to its end; all other weights sum to 1."""

    # Brackets and line ends, then what a construct may still need; first of all the end itself.
    END, BRACKET, LINE_END, NEEDED, OPENING = 1000, 30, 3, 1, 0.1
    PROBE = "。"  # stands in strings and comments, and nowhere else

    def __init__(self, spoken: Language, words: Vocabulary) -> None:
        def weights(found: dict[str, float]) -> NDArray[np.float64]:
            closing = np.zeros(words.size)
            for text, weight in found.items():
                tokens = words.encode(text.encode())
                if len(tokens) == 1:
                    closing[tokens[0]] = weight
            closing[words.end] = self.END
            return closing

        tags = ["/>"] if spoken.beyond else []
        self._outside = weights(
            dict.fromkeys([*spoken.ends, "(", "{", " {", " {\n", "{\n"], self.OPENING)
            | dict.fromkeys(spoken.needed, self.NEEDED)
            | dict.fromkeys(["\n", ";", ";\n", *tags], self.LINE_END)
            | dict.fromkeys([")", "]", "}"], self.BRACKET)
        )
        self._inside = weights(dict.fromkeys((*spoken.ends, "\n"), self.BRACKET))
        self._probe = words.encode(self.PROBE.encode())[0]

        self._words = words
        self._line_ends = words.encode(b"\n")
        self._letters = [words.encode(text.encode())[0] for text in spoken.needed if text.isalnum()]
        self._blanks = [*self._line_ends, *words.encode(b"    ")]

    def of(self, allowed: NDArray[np.int64], last: int) -> NDArray[np.float64]:
        """The weights of the allowed tokens after the token `last`."""
        inside = bool(np.any(allowed == self._probe))
        weights = (self._inside if inside else self._outside)[allowed]
        before = self._words.decode([last])
        # What was just drawn isn't drawn again, or else a long name or empty lines would follow.
        if not before.strip():
            weights[np.isin(allowed, self._line_ends if b"\n" in before else self._blanks)] = 0
        elif before[-1:].isalnum():
            weights[np.isin(allowed, self._letters)] = 0
        return weights
