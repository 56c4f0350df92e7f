"""The languages maze knows: by name and by the extension of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from maze.errors import LanguageError

LanguageName = Literal["python", "typescript", "tsx", "rust", "go", "zig"]


@dataclass(frozen=True, slots=True)
class Language:
    """A language: how it is called, how its files end, which grammar and parser judge it.

    `words` name it in a prompt, in any spelling. `english` is a name that is an English word too,
    as in "go through a list": it counts only where the sentence shows that the language is meant.
    `aliases` are other names for the command line. `grammar` is the file `grammars/<grammar>.lark`.
    `options` are that file's for this language, where it holds more than one. `styles` are the ways
    in which formatters write the language, the usual one first, each with the grammar's options.
    `fragments` tells for starts of the grammar what makes such a text a file for the parser: what
    stands before and after it. A start without an entry makes files as it is.
    """

    name: LanguageName
    label: str
    extensions: tuple[str, ...]
    grammar: str
    parser: str
    words: tuple[str, ...] = ()
    english: str | None = None
    aliases: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    styles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fragments: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Versions:
    """Which version of a language texts are written in; None is the running or the newest one."""

    python: str | None = None
    rust: str | None = None
    zig: str | None = None


_SEMICOLONS = {"semicolons": {"semicolons": "yes"}, "no-semicolons": {"semicolons": "no"}}
_TYPESCRIPT_FRAGMENTS = {
    "expression": ("(\n", "\n)\n"),
    "type": ("type T =\n", "\n"),
    "block": ("if (x)\n", "\n"),
}
LANGUAGES = (
    Language(
        "python",
        "Python",
        (".py", ".pyi", ".pyw"),
        grammar="python",
        parser="ast",
        words=("python", "python3"),
        aliases=("py",),
        fragments={"block": ("if True:\n", "")},
    ),
    Language(
        "go",
        "Go",
        (".go",),
        grammar="go",
        parser="gofmt",
        words=("golang",),
        english="Go",
        fragments={
            "function": ("package p\n", "\n"),
            "statement": ("package p\nfunc _() {\n", "\n}\n"),
            "expression": ("package p\nvar _ =\n", "\n"),
            "type": ("package p\ntype _ =\n", "\n"),
            # No line before a block may end with what a semicolon follows.
            "block": ("package p\nfunc _() {\nif true {\n} else\n", "\n}\n"),
        },
    ),
    Language(
        "rust",
        "Rust",
        (".rs",),
        grammar="rust",
        parser="rustfmt",
        english="Rust",
        aliases=("rs",),
        fragments={
            "statement": ("fn _f() {\n", "\n}\n"),
            "expression": ("fn _f() {\n_ =\n", "\n;\n}\n"),
            "type": ("type T =\n", "\n;\n"),
            "block": ("fn _f()\n", "\n"),
        },
    ),
    Language(
        "typescript",
        "TypeScript",
        (".ts", ".mts", ".cts"),
        grammar="typescript",
        parser="tsc",
        words=("typescript",),
        aliases=("ts",),
        options={"language": "typescript"},
        styles=_SEMICOLONS,
        fragments=_TYPESCRIPT_FRAGMENTS,
    ),
    Language(
        "tsx",
        "TSX",
        (".tsx",),
        grammar="typescript",
        parser="tsc",
        words=("tsx",),
        options={"language": "tsx"},
        styles=_SEMICOLONS,
        fragments=_TYPESCRIPT_FRAGMENTS,
    ),
    Language(
        "zig",
        "Zig",
        (".zig",),
        grammar="zig",
        parser="zig fmt",
        words=("ziglang",),
        english="Zig",
        fragments={
            "statement": ("fn _f() void {\n", "\n}\n"),
            "expression": ("const _x =\n", "\n;\n"),
            "type": ("const _x:\n", "\n= 0;\n"),
            "block": ("fn _f() void\n", "\n"),
        },
    ),
)


def find(name: str) -> Language:
    """The language called `name`, in any spelling: `python`, `Python`, `py`, `golang`.

    Raises LanguageError if maze doesn't know it.
    """
    names = {
        word: language
        for language in LANGUAGES
        for word in (language.name, *language.words, *language.aliases)
    }
    wanted = name.strip().lower()
    if wanted in names:
        return names[wanted]
    nearest = get_close_matches(wanted, names, n=1)
    hint = f"did you mean `{nearest[0]}`?" if nearest else _known()
    raise LanguageError(f"unknown language `{name}`", hint=hint)


def by_extension(path: Path) -> Language | None:
    """The language whose files end like `path`, or None."""
    extension = path.suffix.lower()
    return next((each for each in LANGUAGES if extension in each.extensions), None)


def for_path(path: Path) -> Language:
    """The language of a file that is to be checked, by its extension."""
    language = by_extension(path)
    if language is None:
        known = ", ".join(extension for each in LANGUAGES for extension in each.extensions)
        raise LanguageError(
            f"the name of `{path}` doesn't tell its language",
            hint=f"name it with `--language`; the extensions maze knows are {known}",
        )
    return language


def table() -> str:
    """The languages as lines for people: name, label, extensions, styles."""
    lines = (
        f"{each.name:<12}{each.label:<12}{' '.join(each.extensions):<18}"
        f"{', '.join(each.styles)}".rstrip()
        for each in LANGUAGES
    )
    return "\n".join(lines) + "\n"


def _known() -> str:
    *first, last = (language.label for language in LANGUAGES)
    return f"maze knows {', '.join(first)} and {last}"
