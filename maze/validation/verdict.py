"""A text judged whole: by the grammar first, then by the reference parser."""

from __future__ import annotations

from dataclasses import replace

from maze import languages
from maze.grammar.choice import grammar_for
from maze.languages import Language, Versions
from maze.request import Grammar, ParserCheck, Verdict
from maze.settings.schema import ParserChoice
from maze.validation.grammar_check import GrammarCheck, check_grammar
from maze.validation.parsers import ParserReport
from maze.validation.place import Place
from maze.validation.reference import reference_parser


def validate(
    text: str,
    language: str | None,
    *,
    grammar: Grammar | None = None,
    parser: ParserChoice = "auto",
    python_version: str | None = None,
    rust_edition: str | None = None,
    zig_version: str | None = None,
) -> Verdict:
    """Judge a source text; valid only if the grammar and the reference parser both accept it.

    `grammar` defaults to the language's own; without a language there is no reference parser.
    Raises EngineError if a parser can't do its work and UsageError if the one asked for isn't here.
    """
    source = text.encode("utf-8", errors="surrogatepass")
    spoken = languages.find(language) if language else None
    versions = Versions(python_version, rust_edition, zig_version)
    if grammar is None:
        grammar = grammar_for(spoken, "full", versions=versions)
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
    report = _reference_report(source, spoken, grammar, parser, versions)
    if check.result == "refused":
        return _refused_by_grammar(source, check, report, is_part=grammar.start is not None)
    if report and not report.accepted:
        return _refused_by_parser(report)
    return Verdict("valid", "accepted", _parser_check(report))


def _reference_report(
    source: bytes,
    language: Language | None,
    grammar: Grammar,
    choice: ParserChoice,
    versions: Versions,
) -> ParserReport | None:
    """What the reference parser says; it is shown a whole file if the text is a part of one."""
    parser = reference_parser(language, choice, versions) if language else None
    if parser is None or language is None:
        return None
    before, after = language.fragments.get(grammar.start or "", ("", ""))
    report = parser(before.encode() + source + after.encode())
    if report.place is None:
        return report
    return replace(report, place=report.place.behind(before))


def _refused_by_grammar(
    source: bytes, check: GrammarCheck, report: ParserReport | None, *, is_part: bool
) -> Verdict:
    message = check.message
    # In a file made around a part, what isn't that part may still parse.
    if report and report.accepted and not is_part:
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
