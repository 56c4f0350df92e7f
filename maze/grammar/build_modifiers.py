"""Parse tree -> what stands after an alternative: numbers, conditions, loops."""

# ruff: noqa: D102 - a method is the rule of syntax.lark that has its name

from __future__ import annotations

from typing import cast

from lark import Token, Transformer, v_args
from lark.tree import Meta

from maze.grammar.nodes import Comparison, For, Number, Pieces, Range, Statement, When
from maze.grammar.numbers import hexadecimal, whole
from maze.grammar.source import Place, Source

_NO_RANGE = "a range is made of whole numbers, and its step isn't 0"


@v_args(inline=True, meta=True)
class ModifierBuilder(Transformer[Token, list[Statement]]):
    """Builds numbers and modifiers, and knows the places of what it builds."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source

    def number(self, meta: Meta, token: Token, add: Token | None = None) -> Number:
        place = self._place(meta)
        offset = whole("".join(add.split()), place) if add else 0
        if token.type == "RULE":
            return Number(str(token), offset, place)
        if "." in token:
            raise place.error(f"`{token}` isn't a whole number")
        value = hexadecimal(token, place) if token.type == "HEX" else whole(token, place)
        return Number(None, value + offset, place)

    def variable(self, meta: Meta, name: Token) -> Number:
        return Number(str(name), 0, self._place(meta))

    def parameter(
        self, meta: Meta, first: Token | Number, argument: Token | Number | Pieces | None = None
    ) -> Pieces:
        if argument is None:
            return self._pieces(first)
        return (*self._pieces(first), "(", *self._pieces(argument), ")")

    def condition(self, meta: Meta, condition: Token | Pieces) -> Pieces:
        return self._pieces(condition)

    def function(self, meta: Meta, name: Token, *arguments: Token | Number | Pieces) -> Pieces:
        pieces: list[str | Number] = [str(name), "("]
        for index, argument in enumerate(arguments):
            pieces += ([", "] if index else []) + list(self._pieces(argument))
        return (*pieces, ")")

    def when(self, meta: Meta, left: Token, comparison: Token, right: Token) -> When:
        sign = cast(Comparison, str(comparison))
        return When(str(left), sign, str(right), self._at(left))

    def loop(self, meta: Meta, variable: Token, ranges: tuple[Range, ...]) -> For:
        return For(str(variable), ranges, self._at(variable))

    def ranges(self, meta: Meta, *ranges: Range) -> tuple[Range, ...]:
        return ranges

    def range(
        self, meta: Meta, first: Token, last: Token | None = None, step: Token | None = None
    ) -> Range:
        place = self._place(meta)
        if first.type == "RULE":
            return Range(str(first), place)
        if any("." in part for part in (first, last or "", step or "")):
            raise place.error(_NO_RANGE)
        start, stop, by = (whole(part, place) for part in (first, last or first, step or "1"))
        if by == 0:
            raise place.error(_NO_RANGE)
        if start > stop:
            raise place.error(f"the range `{first}..{last}` is empty")
        return Range(range(start, stop + 1, by), place)

    # ---- places

    def _place(self, meta: Meta) -> Place:
        return Place(self._source, 0 if meta.empty else meta.start_pos)

    def _at(self, token: Token) -> Place:
        return Place(self._source, token.start_pos or 0)

    @staticmethod
    def _pieces(part: Token | Number | Pieces) -> Pieces:
        if isinstance(part, Number):
            return (part,)
        return (str(part),) if isinstance(part, str) else part
