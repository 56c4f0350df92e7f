"""Rules -> the flat text that llguidance takes, and where each place of it comes from."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass

from maze.grammar.expansion import Rule
from maze.grammar.nodes import (
    Alternative,
    Atom,
    Attribute,
    EngineOptions,
    Group,
    Item,
    Name,
    Not,
    Pieces,
    Repeat,
    Text,
)
from maze.grammar.source import Place


@dataclass(frozen=True, slots=True)
class Flat:
    """The flat text; `places` are (line, column) there and the place in the source, in order."""

    text: str
    places: tuple[tuple[tuple[int, int], Place], ...]

    def origin(self, line: int, column: int) -> Place | None:
        """The place in the source of what stands at or before a place of the flat text."""
        index = bisect_right(self.places, (line, column), key=lambda entry: entry[0])
        return self.places[index - 1][1] if index else None


class Writer:
    """Writes flat text piece by piece and counts lines and columns."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._line = 1
        self._column = 1
        self._places: list[tuple[tuple[int, int], Place]] = []

    def flat(self) -> Flat:
        """What was written."""
        return Flat("".join(self._pieces), tuple(self._places))

    def grammar(self, options: list[EngineOptions], rules: list[Rule], ignored: list[Rule]) -> None:
        """A whole grammar: options, rules, what is ignored, terminals."""
        # Without this first line vLLM and SGLang take the text for GBNF.
        self._header(options)
        for rule in sorted(rules, key=lambda rule: rule.definition.is_terminal):
            self._rule(rule)
        for rule in ignored:
            self._write("%ignore ")
            self._alternatives(rule.alternatives, rule.place)
            self._write("\n")

    def _header(self, options: list[EngineOptions]) -> None:
        for each in options:
            self._mark(each.place)
            self._write(f"%llguidance {json.dumps(json.loads(each.text))}\n")
        if not options:
            self._write("%llguidance {}\n")

    def _rule(self, rule: Rule) -> None:
        definition = rule.definition
        self._mark(rule.place)
        if definition.builtin:
            self._write(f"%import {definition.builtin} -> {rule.name}\n")
            return
        self._write(definition.mark + rule.name)
        if definition.parametric:
            self._write("::_")
        if rule.attributes:
            self._write("[")
            for index, attribute in enumerate(rule.attributes):
                self._attribute(attribute, ", " if index else "")
            self._write("]")
        self._write(": ")
        self._alternatives(rule.alternatives, rule.place)
        self._write("\n")

    def _attribute(self, attribute: Attribute, before: str) -> None:
        self._write(before + attribute.name)
        if attribute.value is not None:
            self._write("=")
            self._atom(attribute.value)

    # ---- alternatives

    def _alternatives(self, alternatives: tuple[Alternative, ...], place: Place) -> None:
        self._mark(alternatives[0].place if alternatives else place)
        for index, alternative in enumerate(alternatives):
            self._write("\n  | " if index and len(alternatives) > 8 else " | " if index else "")
            self._alternative(alternative)

    def _alternative(self, alternative: Alternative) -> None:
        for index, conjunct in enumerate(alternative.conjuncts):
            self._write(" & " if index else "")
            for position, item in enumerate(conjunct):
                self._write(" " if position else "")
                self._item(item)
            if not conjunct:
                self._write('""')
        if alternative.alias:
            self._write(f" -> {alternative.alias}")
        if alternative.condition:
            self._write(f" %if {_joined(alternative.condition)}")

    def _item(self, item: Item) -> None:
        self._atom(item.atom)
        self._write(_times(item.repeat) if isinstance(item.repeat, Repeat) else item.repeat)

    def _atom(self, atom: Atom) -> None:
        match atom:
            case Text(kind=kind, text=text):
                self._write(_escaped(text) if kind in ("string", "range") else text)
            case Name(name, parameter, _):
                self._write(name if parameter is None else f"{name}::{_joined(parameter)}")
            case Not(inner, _):
                self._write("~")
                self._atom(inner)
            case Group(alternatives, optional, place):
                self._write("[" if optional else "(")
                self._alternatives(alternatives, place)
                self._write("]" if optional else ")")

    # ---- places

    def _mark(self, place: Place) -> None:
        self._places.append(((self._line, self._column), place))

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        if newlines := text.count("\n"):
            self._line += newlines
            self._column = len(text) - text.rindex("\n")
        else:
            self._column += len(text)


def _times(repeat: Repeat) -> str:
    least = repeat.least.offset
    if repeat.most is None:
        return f"{{{least},}}"
    most = repeat.most.offset
    return f"{{{least},{most}}}" if least != most else f"{{{least}}}" if least != 1 else ""


def _joined(pieces: Pieces) -> str:
    return "".join(str(piece) for piece in pieces)


def _escaped(text: str) -> str:
    r"""The string without `\x41`, which llguidance takes only since 1.8."""
    return re.sub(r"(?<!\\)((?:\\\\)*)\\x([0-9a-fA-F]{2})", r"\1\\u00\2", text)
