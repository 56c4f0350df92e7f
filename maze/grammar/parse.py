"""Grammar text -> statements. Imports lark, so import it late: a cached grammar needs no parser."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from threading import Lock

from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.exceptions import VisitError

from maze.errors import GrammarError
from maze.grammar import embedded
from maze.grammar.build import Builder
from maze.grammar.expected import character_reason, token_reason
from maze.grammar.lines import LineEnds, NestingError
from maze.grammar.nodes import Statement
from maze.grammar.source import Place, Source

_LINE_ENDS = LineEnds()
_LOCK = Lock()  # of `_LINE_ENDS`, which has a state


def parse(source: Source) -> list[Statement]:
    """The statements of a grammar file in their order."""
    text = embedded.blanked(source) + "\n"
    with _LOCK:
        tree = _tree(source, text)
    try:
        return Builder(source).transform(tree)
    except VisitError as error:
        if isinstance(error.orig_exc, GrammarError):
            raise error.orig_exc from None
        raise


@cache
def _parser() -> Lark:
    syntax = files(__package__).joinpath("syntax.lark").read_text("utf-8")
    return Lark(
        syntax,
        parser="lalr",
        lexer="contextual",
        postlex=_LINE_ENDS,
        propagate_positions=True,
        maybe_placeholders=True,
    )


def _tree(source: Source, text: str) -> Tree[Token]:
    try:
        return _parser().parse(text)
    except NestingError as error:
        place = Place(source, error.token.start_pos or 0)
        raise place.error("brackets are nested too deeply") from None
    except UnexpectedInput as error:
        raise _syntax_error(source, error) from None


def _syntax_error(source: Source, error: UnexpectedInput) -> GrammarError:
    if isinstance(error, UnexpectedCharacters):
        place = Place(source, error.pos_in_stream or 0)
        return place.error(character_reason(source.text, place.offset, error.allowed))
    if isinstance(error, UnexpectedToken):
        if _LINE_ENDS.open and error.token.type in {"_COLON", "$END"}:
            bracket = _LINE_ENDS.open[0]
            return Place(source, bracket.start_pos or 0).error(f"this `{bracket}` is never closed")
        place = Place(source, _start(error.token, source))
        return place.error(token_reason(error.token, error.accepts or error.expected))
    raise error


def _start(token: Token, source: Source) -> int:
    """Where a token starts; the end of the file has no place of its own."""
    if token.type == "$END" or token.start_pos is None:
        return len(source.text.rstrip())
    return token.start_pos
