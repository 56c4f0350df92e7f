"""TypeScript and TSX: packages of npm ship their sources, and TypeScript's parser is the judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from tests.conformance import judges, tstools
from tests.conformance.chunks import indented_chunks
from tests.conformance.corpus import Corpus, Formatter, NotTextError, formatted
from tests.conformance.language import Language
from tests.conformance.packages import npm_sources
from tests.conformance.tstools import Dialect, Style

TOKEN = re.compile(
    r"//[^\n]*|/\*(?s:.*?)\*/|`(?:\\(?s:.)|[^`\\])*`|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
    r"|\d[\w.]*|[#@]?[\w$]+|>>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|&&=|\|\|=|\?\?="
    r"|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\+\+|--|\*\*|<<|[+\-*/%&|^]=|\n[ \n]*|[^\s]"
)
WORDS = """
break case catch class const continue debugger default delete do else enum export extends false
finally for function if import in instanceof new null return super switch this throw true try
typeof var void while let static yield async await of abstract as satisfies declare readonly type
interface namespace module keyof infer is asserts get set from unknown x T #x 0 1.5 1n "s" 'c' `t`
/r/g + - * / % ** & | ^ ! ~ && || ?? << >> >>> += = == === != < > <= >= => ? ?. . ... , ; : ( ) [
] { } @d
"""
STATEMENT = re.compile(
    r"\s*(?:break|case|const|continue|do|else|export|for|if|import|let|return|switch|throw|try|var|while)\b"
)
# What the sources are taken from: `.ts` first of all, then what only declares, then JSX.
SOURCES = (
    "effect@4.1.0",
    "rxjs@7.8.2",
    "zod@4.6.7",
    "mobx@7.1.3",
    "immer@11.2.10",
    "redux@5.0.1",
    "ajv@8.20.0",
    "@reduxjs/toolkit@2.15.0",
    "@trpc/server@11.25.2",
    "@tanstack/query-core@5.108.4",
    "@tanstack/router-core@1.171.39",
    "@tanstack/table-core@9.3.1",
    "@effect/platform@0.97.2",
)
DECLARATIONS = (
    "typescript@5.9.3",
    "@types/node@26.6.6",
    "@types/react@19.3.0",
    "@types/lodash@4.17.27",
    "@types/three@0.187.0",
    "type-fest@6.0.3",
    "csstype@3.2.4",
    "@vue/runtime-core@3.5.45",
    "playwright-core@1.65.1",
    "undici-types@8.13.1",
    "webpack@5.113.0",
    "@babel/types@8.1.3",
)
COMPONENTS = ("ra-ui-materialui@5.15.4", "react-native-paper@5.15.3", "@react-spectrum/s2@1.7.1")


@dataclass(frozen=True, slots=True)
class Prettier(Formatter):
    """Prettier, for one dialect and style."""

    dialect: Dialect = "typescript"
    style: Style = "semicolons"

    def format(self, text: bytes) -> bytes:
        """The text as it writes it. Raises NotTextError if it doesn't."""
        taken, said = tstools.pretty(text, self.dialect, self.style)
        if not taken:
            raise NotTextError(f"{self.name} refuses it: {said.decode().splitlines()[0]}")
        return said


@cache
def typescript(style: str | None = None) -> Language:
    """TypeScript, in the style with or without semicolons."""
    sources = Corpus(
        "sources of npm packages", partial(npm_sources, SOURCES), ".ts", without=(".d.ts",)
    )
    declarations = Corpus(
        "declarations of npm packages", partial(npm_sources, DECLARATIONS), ".d.ts"
    )
    return _language("typescript", style, (sources, declarations))


@cache
def tsx(style: str | None = None) -> Language:
    """TypeScript with JSX, in the style with or without semicolons."""
    components = Corpus("components of npm packages", partial(npm_sources, COMPONENTS), ".tsx")
    return _language("tsx", style, (components,))


def _language(dialect: Dialect, version: str | None, corpora: tuple[Corpus, ...]) -> Language:
    style: Style = "no-semicolons" if version == "no-semicolons" else "semicolons"
    name = f"{tstools.PRETTIER}, {style}"
    prettier = Prettier(name, [], re.compile(rb"prettier-ignore"), None, dialect, style)
    return Language(
        name=dialect,
        source="typescript",
        parser=tstools.TYPESCRIPT,
        judge=partial(judges.typescript, dialect=dialect),
        library=corpora[0],
        packages=corpora[1:],
        formatted=tuple(formatted(each, prettier) for each in corpora),
        fragments=lambda sources: [list(_fragments(source)) for source in sources],
        token=TOKEN,
        tokens=(*WORDS.split(), "\n", "/* c */", "// c\n"),
        ends=('"', "'", "`", "*/", "</", "/>"),
        needed=("x", " x", "=>", " =>", " =", ":", ">", "from", "0", " in", "${", "function"),
        options={"language": dialect, "semicolons": "no" if style == "no-semicolons" else "yes"},
        # An end tag repeats its element's name.
        beyond=("Expected corresponding JSX closing tag", "JSX element '")
        if dialect == "tsx"
        else (),
    )


def _fragments(source: bytes) -> Iterator[bytes]:
    """Statements, and members of classes, each with what makes it a file."""
    lines = source.decode().split("\n")
    for chunk in indented_chunks(lines, "", " "):
        yield f"{chunk}\n".encode()
    for indent in (" " * 2, " " * 4):
        for chunk in indented_chunks(lines, indent, " "):
            yield f"function f() {{\n{chunk}\n}}\n".encode()
            if not STATEMENT.match(chunk):
                yield f"class C {{\n{chunk}\n}}\n".encode()
