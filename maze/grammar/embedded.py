"""JSON objects and nested grammars inside a grammar: found and kept apart before parsing.

`%json {…}`, `%regex {…}`, `%llguidance {…}` and `%lark {…}` hold braces to any depth, which no
regular expression finds the end of. Parsing sees the same text with blanks between the braces,
so that every place stays where it was.
"""

from __future__ import annotations

import json
import re

from maze.grammar.source import Place, Source

_TEXT = r"//[^\n]*|#[^\n]*|\"(?:\\.|[^\"\\\n])*\"|/(?:\\.|[^/\\\n])+/"
_DIRECTIVE = re.compile(rf"{_TEXT}|%(?P<kind>json|regex|llguidance|lark)\s*(?=\{{)")
_BRACE = re.compile(rf"{_TEXT}|[{{}}]")


def blanked(source: Source) -> str:
    """The text with blanks in place of everything between the braces of a directive."""
    text = source.text
    pieces, done = [], 0
    for match in _DIRECTIVE.finditer(text):
        if match["kind"] is None or match.start() < done:
            continue
        start = match.end()
        end = (
            _end_of_grammar(source, start)
            if match["kind"] == "lark"
            else _end_of_json(source, start)
        )
        pieces += [text[done : start + 1], re.sub(r"[^\n]", " ", text[start + 1 : end - 1])]
        done = end - 1
    return "".join(pieces) + text[done:]


def _end_of_json(source: Source, start: int) -> int:
    try:
        return json.JSONDecoder().raw_decode(source.text, start)[1]
    except json.JSONDecodeError as error:
        raise Place(source, error.pos).error(f"invalid JSON: {error.msg.lower()}") from error
    except RecursionError as error:
        raise Place(source, start).error("this JSON is nested too deeply") from error


def _end_of_grammar(source: Source, start: int) -> int:
    depth = 0
    for match in _BRACE.finditer(source.text, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    raise Place(source, start).error("this `{` is never closed")
