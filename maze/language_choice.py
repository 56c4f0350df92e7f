"""Which language a request is in: as it is named, by the output's extension, or in the prompt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from maze import languages
from maze.errors import LanguageError
from maze.languages import Language


def infer(
    language_option: str | None,
    output_path: Path | None,
    prompt: str,
    default: str | None,
) -> Language:
    """The language of a request: the first of these that names one, in this order.

    `--language`, the extension of `--output`, the prompt, the setting `generation.language`.
    """
    language = (
        (languages.find(language_option) if language_option is not None else None)
        or (languages.by_extension(output_path) if output_path else None)
        or in_prompt(prompt)
        or (languages.find(default) if default is not None else None)
    )
    if language is not None:
        return language
    *first, last = (f"`--language {language.name}`" for language in languages.LANGUAGES)
    options = f"{', '.join(first)} or {last}"
    raise LanguageError(
        "the prompt doesn't name a language",
        hint=f"add {options}, or set one with `maze config set generation.language python`",
    )


def in_prompt(prompt: str) -> Language | None:
    """The language that a prompt asks for, or None if it names none.

    "in Go" and "to Python" say it best, then "a Python function", then the bare name. The best
    mention counts; of several that are equally good, the first.
    """
    ranked = [
        (rank, mention.place, mention.language)
        for mention in _mentions(prompt)
        if (rank := mention.rank()) is not None
    ]
    return min(ranked, key=lambda each: each[:2])[2] if ranked else None


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a language can be the language of: "a Python function" asks for Python.
_NOUNS = _words(
    "function functions func method methods class classes struct structs type types interface "
    "interfaces trait enum macro module package crate library program programs script scripts "
    "code snippet one-liner implementation example solution server service client handler app "
    "cli tool parser decorator generator iterator coroutine goroutine dataclass test tests"
)
# What is read, not written: "finds imports in Python files" hardly asks for Python.
_DATA = _words(
    "source sources file files syntax string strings comment comments project projects "
    "repository repositories code"
)
# What a translation makes: "to Go code" asks for Go, "to Go structs" needn't.
_MADE = _words("code function class module program script package")
_PRAISE = _words("idiomatic plain pure modern clean simple valid standard the")
_ASIDE = _words("like unlike than from not without vs versus")
_ASIDE_PAIRS = (["instead", "of"], ["rather", "than"], ["not", "in"], ["without", "using"])
_LABELS = (["language", ":"], ["language", "="])
# In "Go through each function" no function is Go's.
_NOT_ADJECTIVES = _words(
    "a an the this that each every all any some through over to into back on up down out in off "
    "ahead from for with and or by via past along beyond , . ; : ( ) [ ] ! ?"
)
# What stands before a verb: "then go", "you can go".
_BEFORE_VERBS = _words(
    "to and then or i you we they it will can could should must may let's lets please"
)
# Board games, films, zigzags: "a Go board", "Pokémon Go", "zig zag".
_GAMES_AFTER = _words("fish board boards game games player players stones zag zags")
_GAMES_BEFORE = _words("of play plays playing pokémon pokemon")

_REACH = 80  # characters on each side of a name that are looked at
_WORD = re.compile(r"\w[\w'+#/-]*(?:\.\w+)*|[^\w\s]")
_BY_WORD = {
    word.lower(): language
    for language in languages.LANGUAGES
    for word in (*language.words, *filter(None, [language.english]))
}
# Not in "go-kart", "go.mod", "/usr/bin/python", "Python's" or "$GO".
_NAME = re.compile(
    rf"(?<![\w./\\$@-])(?:{'|'.join(_BY_WORD)})(?!\w|[-./\\]\w|['\u2019]s)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A language's name in a prompt, and the words around it in lower case."""

    language: Language
    name: str
    place: int
    before: list[str]
    after: list[str]
    opens_sentence: bool

    def rank(self) -> int | None:
        """How clearly the sentence asks for the language: 0 best, 2 least, None not at all."""
        english = self.name.lower() == (self.language.english or "").lower()
        lower = english and self.name != self.language.english
        article, link, pair = self._link()
        following = self.after[0] if self.after else ""
        noun, near = self._noun()
        if link in _ASIDE or pair in _ASIDE_PAIRS:
            return None
        if english and (following in _GAMES_AFTER or link in _GAMES_BEFORE):
            return None
        if link in ("in", "using") and not article:
            return 2 if following in _DATA else 0
        if link in ("to", "into", "as") and not lower and (not noun or noun in _MADE):
            return 0
        if noun and (not lower or (near and link not in _BEFORE_VERBS)):
            return 1 if noun in _NOUNS else 2
        return 2 if not english or self._is_a_name(link, pair, following) else None

    def _link(self) -> tuple[bool, str, list[str]]:
        """Whether an article stands before the name, the word before that, the two before."""
        words = self.before
        while words and words[-1] in _PRAISE:
            words = words[:-1]
        article = words[-1:] in (["a"], ["an"])
        if article:
            words = words[:-1]
        return article, words[-1] if words else "", words[-2:]

    def _noun(self) -> tuple[str, bool]:
        """What the language is said to be of, with up to two adjectives before it; is it next?"""
        for index, word in enumerate(self.after[:3]):
            if word in _NOUNS or word in _DATA:
                return word, index == 0
            if word in _NOT_ADJECTIVES:
                break
        return "", False

    def _is_a_name(self, link: str, pair: list[str], following: str) -> bool:
        """Whether a word of English, alone, is the language: by its capital or as a label."""
        if pair in _LABELS:
            return True
        if self.name != self.language.english:
            return following == ":" and self.opens_sentence
        if following == ":" or link in ("for", "with", "(", "["):
            return True
        # "Go" opens many an order: "Go through the list". Rust and zig are no verbs to start with.
        return not (self.opens_sentence and self.language.name == "go")


def _mentions(prompt: str) -> Iterator[_Mention]:
    for match in _NAME.finditer(prompt):
        before = prompt[max(0, match.start() - _REACH) : match.start()]
        yield _Mention(
            _BY_WORD[match[0].lower()],
            match[0],
            match.start(),
            _WORD.findall(before.lower()),
            _WORD.findall(prompt[match.end() : match.end() + _REACH].lower()),
            opens_sentence=before.rstrip(" \t*>#-")[-1:] in ("", ".", "!", "?", ":", ";", "\n"),
        )
