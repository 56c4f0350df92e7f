"""A text judged whole: by the grammar first, then by the reference parser."""

from __future__ import annotations

import shutil
import sys
from functools import partial

from maze import languages
from maze.errors import UsageError
from maze.grammar.choice import grammar_for
from maze.request import Grammar, ParserCheck, Verdict
from maze.settings.schema import ParserChoice
from maze.validation.grammar_check import GrammarCheck, check_grammar
from maze.validation.parsers import (
    Parser,
    ParserReport,
    gofmt,
    other_python,
    python_ast,
    tree_sitter_go,
)
from maze.validation.place import Place


def validate(
    text: str,
    language: str | None,
    *,
    grammar: Grammar | None = None,
    parser: ParserChoice = "auto",
    python_version: str | None = None,
) -> Verdict:
    """Judge a source text; valid only if the grammar and the reference parser both accept it.

    `grammar` defaults to the language's own; without a language there is no reference parser.
    Raises EngineError if a parser can't do its work and UsageError if the one asked for isn't here.
    """
    source = text.encode("utf-8", errors="surrogatepass")
    if grammar is None:
        usable = languages.usable(language) if language else None
        grammar = grammar_for(usable, "full", python_version=python_version)
    check = check_grammar(source, grammar)
    if check.result == "incomplete":
        place = Place.at(source, check.offset)
        return Verdict(
            "incomplete",
            check.result,
            None,
            place.line,
            place.column,
            check.message,
            check.expected,
        )
    reference = reference_parser(language, parser, python_version)
    report = reference(source) if reference else None
    if check.result == "refused":
        return _refused_by_grammar(source, check, report)
    if report and not report.accepted:
        return _refused_by_parser(report)
    return Verdict("valid", "accepted", _parser_check(report))


def reference_parser(
    language: str | None, choice: ParserChoice, python_version: str | None
) -> Parser | None:
    """The parser that judges beside the grammar; None where the user wants the grammar alone."""
    if language is None or choice == "grammar":
        return None
    if language == "python":
        return _python_parser(choice, python_version)
    if language == "go":
        return _go_parser(choice)
    raise UsageError(f"no reference parser for `{language}` yet")


def _python_parser(choice: ParserChoice, version: str | None) -> Parser:
    if choice == "tree-sitter":
        raise UsageError(
            "Python is judged by its own parser, not by tree-sitter",
            hint="`maze config set validation.parser auto`",
        )
    if version is None:
        return python_ast
    major, minor = (int(part) for part in version.split("."))
    if (major, minor) > sys.version_info[:2]:
        return other_python((major, minor))
    return partial(python_ast, version=(major, minor))


def _go_parser(choice: ParserChoice) -> Parser:
    if choice == "tree-sitter":
        return tree_sitter_go
    if shutil.which("gofmt"):
        return gofmt
    if choice == "toolchain":
        raise UsageError(
            "`gofmt` is not installed",
            hint="install Go, or let tree-sitter judge: `maze config set validation.parser auto`",
        )
    return tree_sitter_go


def _refused_by_grammar(source: bytes, check: GrammarCheck, report: ParserReport | None) -> Verdict:
    message = check.message
    if report and report.accepted:
        message = f"{message} (`{report.name}` accepts the text: the grammar may lack this syntax)"
    place = Place.at(source, check.offset)
    return Verdict(
        "invalid",
        "refused",
        _parser_check(report),
        place.line,
        place.column,
        message,
        check.expected,
    )


def _refused_by_parser(report: ParserReport) -> Verdict:
    place = report.place or Place(1, 1)
    return Verdict(
        "invalid",
        "accepted",
        _parser_check(report),
        place.line,
        place.column,
        f"the grammar accepts the text, `{report.name}` refuses it: {report.message}",
    )


def _parser_check(report: ParserReport | None) -> ParserCheck | None:
    if report is None:
        return None
    return ParserCheck(report.name, "accepted" if report.accepted else "refused", report.message)
