"""Which reference parser judges a language: its toolchain's where it is installed."""

from __future__ import annotations

import shutil
import sys
from functools import partial

from maze.errors import UsageError
from maze.languages import Language, Versions
from maze.settings.schema import ParserChoice
from maze.validation.parsers import (
    NoToolchainError,
    Parser,
    ParserReport,
    gofmt,
    other_python,
    python_ast,
    rustfmt,
    tree_sitter,
    tsc,
    zig_fmt,
)

NEWEST_ZIG = "0.17"


def reference_parser(language: Language, choice: ParserChoice, versions: Versions) -> Parser | None:
    """The parser that judges beside the grammar; None where the user wants the grammar alone.

    Raises UsageError if the one asked for isn't here.
    """
    if choice == "grammar":
        return None
    match language.name:
        case "python":
            # Always its own: tree-sitter isn't needed for it.
            return _python(versions.python)
        case "go":
            return _toolchain(choice, "gofmt", gofmt, "go", "install Go")
        case "rust":
            judge = rustfmt if choice == "toolchain" else rustfmt_or_tree_sitter
            parser = partial(judge, edition=versions.rust or "2024")
            return _toolchain(choice, "rustfmt", parser, "rust", "`rustup component add rustfmt`")
        case "typescript" | "tsx":
            parser = partial(tsc, extension=language.extensions[0])
            install = "`npm install --global typescript`"
            return _toolchain(choice, "tsc", parser, language.name, install)
        case "zig":
            parser = partial(zig_fmt, version=versions.zig or NEWEST_ZIG)
            return _toolchain(choice, "zig", parser, "zig", "install Zig")


def rustfmt_or_tree_sitter(source: bytes, *, edition: str) -> ParserReport:
    """Parse with `rustfmt`, or with tree-sitter where there is only rustup's launcher for it."""
    try:
        return rustfmt(source, edition=edition)
    except NoToolchainError:
        return tree_sitter("rust", source)


def _python(version: str | None) -> Parser:
    if version is None:
        return python_ast
    major, minor = (int(part) for part in version.split("."))
    if (major, minor) > sys.version_info[:2]:
        return other_python((major, minor))
    return partial(python_ast, version=(major, minor))


def _toolchain(
    choice: ParserChoice, program: str, parser: Parser, grammar: str, install: str
) -> Parser:
    """The toolchain's parser, or tree-sitter's where that is asked for or no toolchain is here."""
    if choice != "tree-sitter" and shutil.which(program):
        return parser
    if choice == "toolchain":
        raise UsageError(
            f"`{program}` is not installed",
            hint=f"{install}, or let tree-sitter judge: `maze config set validation.parser auto`",
        )
    return partial(tree_sitter, grammar)
