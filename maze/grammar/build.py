"""Parse tree -> statements: one method for each rule of syntax.lark, which documents it."""

from __future__ import annotations

from typing import Literal, cast

from lark import Token, v_args
from lark.tree import Meta

from maze.grammar.build_modifiers import ModifierBuilder
from maze.grammar.nodes import (
    Alternative,
    Argument,
    Atom,
    Attribute,
    Call,
    Definition,
    EngineOptions,
    For,
    Group,
    Ignore,
    Import,
    Inline,
    Item,
    Let,
    Name,
    Not,
    Number,
    Option,
    Pieces,
    Range,
    Repeat,
    Start,
    Statement,
    Text,
    When,
)

MAX_LOOPS = 8
"""Of one alternative."""

TextKind = Literal["string", "range", "regex", "token", "grammar", "embedded", "decimal"]


@v_args(inline=True, meta=True)
class Builder(ModifierBuilder):
    """Builds definitions and statements; `meta` holds the offsets of what a rule covers."""

    def start(self, meta: Meta, *statements: Statement) -> list[Statement]:
        return list(statements)

    # ---- definitions

    def rule(
        self,
        meta: Meta,
        name: Token,
        parameters: tuple[str, ...] | None,
        parametric: Token | None,
        attributes: tuple[Attribute, ...] | None,
        priority: None,
        alternatives: tuple[Alternative, ...],
    ) -> Definition:
        plain = name.lstrip("!?")
        mark = name[: len(name) - len(plain)]
        place = self._at(name).moved(len(mark))
        return Definition(
            plain, mark, parameters or (), bool(parametric), attributes or (), alternatives, place
        )

    def terminal(
        self,
        meta: Meta,
        name: Token,
        parameters: tuple[str, ...] | None,
        priority: None,
        alternatives: tuple[Alternative, ...],
    ) -> Definition:
        place = self._at(name)
        return Definition(str(name), "", parameters or (), False, (), alternatives, place)

    def parameters(self, meta: Meta, *names: Token) -> tuple[str, ...]:
        seen: set[str] = set()
        for name in names:
            if name in seen:
                raise self._at(name).error(f"two parameters are called `{name}`")
            seen.add(str(name))
        return tuple(str(name) for name in names)

    def priority(self, meta: Meta, dot: Token, number: Token) -> None:
        hint = "the longest match wins; subtract what shouldn't match, as in `/[a-z]+/ & ~KEYWORD`"
        raise self._at(dot).error("llguidance has no priorities", hint)

    def attributes(self, meta: Meta, *attributes: Attribute) -> tuple[Attribute, ...]:
        return attributes

    def attribute(self, meta: Meta, name: Token, value: Name | Text | None) -> Attribute:
        return Attribute(str(name), value)

    def decimal(self, meta: Meta, token: Token) -> Text:
        return self._as_written("decimal", meta)

    def alternatives(self, meta: Meta, *alternatives: Alternative) -> tuple[Alternative, ...]:
        return alternatives

    def alternative(
        self,
        meta: Meta,
        conjuncts: tuple[tuple[Item, ...], ...],
        alias: Token | None,
        modifiers: tuple[Pieces | When | For, ...],
    ) -> Alternative:
        conditions = [each for each in modifiers if isinstance(each, tuple)]
        whens = tuple(each for each in modifiers if isinstance(each, When))
        loops = tuple(each for each in modifiers if isinstance(each, For))
        place = self._place(meta)
        if len(conditions) > 1:
            raise place.error("an alternative has two `%if`", "join them: `%if and(…, …)`")
        if len(loops) > MAX_LOOPS:
            reason = f"more than {MAX_LOOPS} loops are nested"
            raise loops[MAX_LOOPS].place.error(reason)
        condition = conditions[0] if conditions else None
        name = str(alias) if alias else None
        return Alternative(conjuncts, name, condition, whens, loops, place)

    def conjuncts(self, meta: Meta, *conjuncts: tuple[Item, ...]) -> tuple[tuple[Item, ...], ...]:
        return conjuncts

    def conjunct(self, meta: Meta, *items: Item) -> tuple[Item, ...]:
        return items

    def modifiers(self, meta: Meta, *each: Pieces | When | For) -> tuple[Pieces | When | For, ...]:
        return each

    # ---- symbols

    def item(self, meta: Meta, atom: Atom, repeat: Token | Repeat | None) -> Item:
        if isinstance(repeat, Token):
            return Item(atom, cast(Literal["?", "*", "+"], str(repeat)))
        return Item(atom, repeat or "")

    def repeat(self, meta: Meta, tilde: Token, least: Number, most: Number | None) -> Repeat:
        return Repeat(least, most or least)

    def repeat_braces(self, meta: Meta, count: Number) -> Repeat:
        return Repeat(count, count)

    def repeat_between(self, meta: Meta, least: Number, most: Number) -> Repeat:
        return Repeat(least, most)

    def repeat_from(self, meta: Meta, least: Number) -> Repeat:
        return Repeat(least, None)

    def repeat_to(self, meta: Meta, most: Number) -> Repeat:
        return Repeat(Number(None, 0, most.place), most)

    def name(self, meta: Meta, name: Token, parameter: Pieces | None) -> Name:
        return Name(str(name), parameter, self._at(name))

    def call(
        self,
        meta: Meta,
        name: Token,
        arguments: tuple[Argument | None, ...],
        parameter: Pieces | None,
    ) -> Call:
        return Call(str(name), arguments, parameter, self._at(name))

    def name_argument(self, meta: Meta, name: Token) -> Name:
        return Name(str(name), None, self._at(name))

    def call_argument(self, meta: Meta, name: Token, arguments: tuple[Argument, ...]) -> Call:
        return Call(str(name), arguments, None, self._at(name))

    def arguments(self, meta: Meta, *arguments: Argument) -> tuple[Argument | None, ...]:
        return arguments

    def arguments_from(self, meta: Meta, least: Argument) -> tuple[Argument | None, ...]:
        return (least, None)

    def arguments_to(self, meta: Meta, most: Argument) -> tuple[Argument | None, ...]:
        return (None, most)

    def negation(self, meta: Meta, atom: Atom) -> Not:
        return Not(atom, self._place(meta))

    def group(self, meta: Meta, alternatives: tuple[Alternative, ...]) -> Group:
        return Group(alternatives, False, self._place(meta))

    def maybe(self, meta: Meta, alternatives: tuple[Alternative, ...]) -> Group:
        return Group(alternatives, True, self._place(meta))

    def string(self, meta: Meta, token: Token) -> Text:
        return self._as_written("string", meta)

    def string_range(self, meta: Meta, first: Token, last: Token) -> Text:
        return Text("range", f"{first}..{last}", self._place(meta))

    def regex(self, meta: Meta, token: Token) -> Text:
        return self._as_written("regex", meta)

    def token(self, meta: Meta, token: Token) -> Text:
        return self._as_written("token", meta)

    def grammar(self, meta: Meta, token: Token) -> Text:
        return self._as_written("grammar", meta)

    def embedded(self, meta: Meta, token: Token) -> Text:
        return self._as_written("embedded", meta)

    # ---- statements

    def import_one(
        self, meta: Meta, path: tuple[bool, tuple[Token, ...]], alias: Token | None = None
    ) -> Import:
        relative, names = path
        pair = (str(names[-1]), str(alias or names[-1]))
        return Import(tuple(map(str, names[:-1])), relative, (pair,), self._at(names[0]))

    def import_list(
        self, meta: Meta, path: tuple[bool, tuple[Token, ...]], *names: Token
    ) -> Import:
        relative, parts = path
        pairs = tuple((str(name), str(name)) for name in names)
        return Import(tuple(map(str, parts)), relative, pairs, self._at(parts[0]))

    def path(self, meta: Meta, *parts: Token) -> tuple[bool, tuple[Token, ...]]:
        names = tuple(part for part in parts if part.type != "DOT")
        return parts[0].type == "DOT", names

    def ignore(self, meta: Meta, alternatives: tuple[Alternative, ...]) -> Ignore:
        return Ignore(alternatives, self._place(meta))

    def option(self, meta: Meta, name: Token, *values: tuple[Token, bool]) -> Option:
        marked = [str(value) for value, is_default in values if is_default]
        if len(marked) > 1:
            raise self._at(name).error(f"option `{name}` has two defaults")
        texts = tuple(str(value) for value, _ in values)
        return Option(str(name), texts, marked[0] if marked else texts[-1], self._at(name))

    def option_value(self, meta: Meta, value: Token, default: Token | None) -> tuple[Token, bool]:
        return value, default is not None

    def let(self, meta: Meta, name: Token, ranges: tuple[Range, ...], *whens: When) -> Let:
        return Let(str(name), ranges, whens, self._at(name))

    def start_rule(self, meta: Meta, rule: Token, name: Token | None) -> Start:
        return Start(str(rule), str(name or rule), self._at(rule))

    def inline(self, meta: Meta) -> Inline:
        return Inline(self._place(meta))

    def engine_options(self, meta: Meta, token: Token) -> EngineOptions:
        text = self._text(meta)
        return EngineOptions(text[text.index("{") :], self._place(meta))

    def unsupported(self, meta: Meta, token: Token) -> None:
        raise self._at(token).error(f"llguidance has no `{token.split()[0]}`")

    # ---- text

    def _as_written(self, kind: TextKind, meta: Meta) -> Text:
        return Text(kind, self._text(meta), self._place(meta))

    def _text(self, meta: Meta) -> str:
        return self._source.text[meta.start_pos : meta.end_pos]
