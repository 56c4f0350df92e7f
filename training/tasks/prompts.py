"""Plain-English prompts around a task's phrase, with and without the language and the name."""

from __future__ import annotations

import random
import re
from pathlib import Path

from training.tasks.templates import Rendering


def _frames() -> dict[str, list[str]]:
    text = Path(__file__).with_name("frames.txt").read_text()
    sections = [section.strip().splitlines() for section in text.split("\n[")[1:]]
    return {name.rstrip("]"): lines for name, *lines in sections}


FRAMES = _frames()
SECOND = (
    "return|print|write|count|sort|sum|convert|close|remove|add|store|save|exit|reply|report|split"
    "|show|wait|call|raise|stop|skip|keep"
)  # second verbs that follow "and"

TITLES = {"python": "Python", "go": "Go", "rust": "Rust", "typescript": "TypeScript",
          "tsx": "TSX", "zig": "Zig"}  # fmt: skip
OTHERS = {"python": ("Python 3", "python"), "go": ("Golang", "go", "golang"), "rust": ("rust",),
          "typescript": ("TS", "typescript"), "tsx": ("React",), "zig": ("zig",)}  # fmt: skip


def third_person(verb: str) -> str:
    if re.search(r"(s|sh|ch|x|z|o)$", verb):
        return verb + "es"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + "s"


def does(phrase: str) -> str:
    """An imperative in the third person: "read a file and print it" -> "reads ... prints it"."""
    first, _, rest = phrase.partition(" ")
    rest = re.sub(rf"\band ({SECOND})\b", lambda m: "and " + third_person(m[1]), rest)
    return f"{third_person(first)} {rest}".strip()


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def imperative(rendering: Rendering, rng: random.Random) -> str:
    """The phrase as an imperative, whatever its kind."""
    text = rendering.phrase.text
    kinds = {"do": "{}", "is": rng.choice(FRAMES["whether"]), "make": "implement {}"}
    return kinds[rendering.phrase.kind].format(text)


def _finish(text: str, rng: random.Random) -> str:
    if rng.random() < 0.15:
        text = (
            text.lower()
            if rng.random() < 0.5 and not re.search(r"[a-z][A-Z]", text)
            else _upper(text)
        )
    if text.endswith("?"):
        return text
    return text + rng.choice(("", "", "", "", ".", "."))


def language_word(language: str, rng: random.Random) -> str:
    return rng.choice(OTHERS[language]) if rng.random() < 0.15 else TITLES[language]


def prompt(rendering: Rendering, language: str, named: bool, rng: random.Random) -> str:
    """One prompt that asks for this rendering; `named` ones say what to call the function."""
    title = language_word(language, rng)
    if rendering.phrase.kind == "make":
        thing = rendering.phrase.text
        bare = re.sub(r"^(an?|the) ", "", thing)
        with_title = f"a {title} {bare}" if bare != thing else f"{thing} in {title}"
        called = f" called {rendering.name}" if named and rendering.name else ""
        frame = rng.choice(FRAMES["things"])
        return _finish(
            frame.format(a=thing + called, aL=with_title + called, L=title, bare=bare), rng
        )
    do = imperative(rendering, rng)
    frame = rng.choice(FRAMES["named" if named and rendering.name else "nameless"])
    return _finish(
        frame.format(do=do, Do=_upper(do), does=does(do), L=title, f=rendering.name), rng
    )


def prompt_for_two(first: Rendering, second: Rendering, language: str, rng: random.Random) -> str:
    title = language_word(language, rng)
    one, two = imperative(first, rng), imperative(second, rng)
    frame = rng.choice(("Write {L} functions to {one} and to {two}", "{one} and {two}",
                        "Write two functions: one to {one} and one to {two}",
                        "Write functions to {one} and {two} in {L}",
                        "a {L} file with functions to {one} and {two}"))  # fmt: skip
    return _finish(frame.format(L=title, one=one, two=two), rng)
