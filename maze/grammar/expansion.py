"""Templates, loops and conditions -> plain rules and terminals, those that the start needs."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, replace

from maze.errors import GrammarError
from maze.grammar.conditions import Conditions, evaluate
from maze.grammar.module import Module
from maze.grammar.nodes import (
    Alternative,
    Argument,
    Atom,
    Attribute,
    Call,
    Definition,
    Group,
    Item,
    Name,
    Not,
    Number,
    Pieces,
    Repeat,
    Text,
)
from maze.grammar.source import Place
from maze.grammar.symbols import FlatNames, Scope, Symbol, Value

MAX_VERSIONS = 1_000
"""Of one template. A grammar that needs more is expanded without end."""

MAX_DEPTH = 16
"""Of templates as arguments of templates."""

MAX_ITEMS = 400_000
"""Of all rules together, and of turns of loops; Python's grammar has about 20,000."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule or terminal of the flat text: its names are flat, nothing is left to decide."""

    name: str
    definition: Definition
    attributes: tuple[Attribute, ...]
    alternatives: tuple[Alternative, ...]

    @property
    def place(self) -> Place:
        """Where its definition stands."""
        return self.definition.place

    def attribute_names(self) -> list[Name]:
        """The terminals that its attributes use, as in `[stop=END]`."""
        return [each.value for each in self.attributes if isinstance(each.value, Name)]


class Expansion:
    """Expands what is reachable from a start rule, each version of a template once."""

    def __init__(self, root: Module, choices: Mapping[str, str]) -> None:
        self._root = root
        self._conditions = Conditions(choices, self._count)
        self._names = FlatNames()
        self._waiting: deque[Symbol] = deque()
        self._seen: set[Symbol] = set()
        self._symbols: dict[Symbol, Symbol] = {}
        self._versions: Counter[Definition] = Counter()
        self._items = 0

    def rules(self, start: Definition) -> tuple[list[Rule], list[Rule]]:
        """The rules and terminals that `start` needs, it first; and what is ignored."""
        first = Symbol(self._root, start)
        self._names.reserve(first, "start")
        self._waiting.append(first)
        self._seen.add(first)
        ignored = [self._ignored(ignore.alternatives) for ignore in self._root.ignores]
        rules = []
        while self._waiting:
            rules.append(self._rule(self._waiting.popleft()))
        return rules, ignored

    def _ignored(self, alternatives: tuple[Alternative, ...]) -> Rule:
        place = alternatives[0].place
        definition = Definition("IGNORED", "", (), False, (), alternatives, place)
        scope = Scope(self._root, {})
        return Rule("", definition, (), self._alternatives(alternatives, scope, definition))

    def _rule(self, symbol: Symbol) -> Rule:
        definition = symbol.definition
        scope = Scope(
            symbol.module, dict(zip(definition.parameters, symbol.arguments, strict=True))
        )
        attributes = tuple(
            replace(each, value=self._attribute(each.value, scope))
            for each in definition.attributes
        )
        alternatives = self._alternatives(definition.alternatives, scope, definition)
        return Rule(self._names[symbol], definition, attributes, alternatives)

    def _attribute(self, value: Name | Text | None, scope: Scope) -> Name | Text | None:
        return self._symbol(value, scope) if isinstance(value, Name) else value

    # ---- alternatives

    def _alternatives(
        self, alternatives: tuple[Alternative, ...], scope: Scope, user: Definition
    ) -> tuple[Alternative, ...]:
        kept = []
        for alternative in alternatives:
            for turn in self._conditions.scopes(alternative.loops, scope):
                self._count(alternative.place)
                if self._conditions.hold(alternative.whens, turn):
                    kept.append(self._alternative(alternative, turn, user))
        return tuple(kept)

    def _alternative(self, alternative: Alternative, scope: Scope, user: Definition) -> Alternative:
        conjuncts = tuple(
            tuple(new for item in items for new in self._item(item, scope, user))
            for items in alternative.conjuncts
        )
        condition = _evaluated(alternative.condition, scope)
        return replace(alternative, conjuncts=conjuncts, condition=condition, whens=(), loops=())

    def _item(self, item: Item, scope: Scope, user: Definition) -> tuple[Item, ...]:
        """One item, or none where it is repeated no time."""
        self._count(user.place)
        if isinstance(item.atom, Call) and not self._is_template(item.atom, scope):
            return self._repetition(item.atom, item, scope, user)
        atom = self._atom(item.atom, scope, user)
        if not isinstance(item.repeat, Repeat):
            return (Item(atom, item.repeat),)
        repeat = Repeat(
            _number(item.repeat.least, scope),
            _number(item.repeat.most, scope) if item.repeat.most else None,
        )
        if repeat.most and repeat.most.offset < repeat.least.offset:
            raise repeat.least.place.error("the least of a repetition is greater than the most")
        return () if repeat.most and repeat.most.offset == 0 else (Item(atom, repeat),)

    def _repetition(
        self, call: Call, item: Item, scope: Scope, user: Definition
    ) -> tuple[Item, ...]:
        """`NAME{2,3}` where NAME is no template."""
        least, most = call.arguments[0], call.arguments[-1]
        bounds = [_bound(each, scope, call) for each in (least, most)]
        if len(call.arguments) > 2 or bounds == [None, None]:
            raise call.place.error(f"`{call.name}` is no template, so it takes no arguments")
        repeat = Repeat(bounds[0] or Number(None, 0, call.place), bounds[1])
        once = Item(Name(call.name, call.parameter, call.place), repeat)
        if item.repeat == "":
            return self._item(once, scope, user)
        inner = Alternative(((once,),), None, None, (), (), call.place)
        return self._item(Item(Group((inner,), False, call.place), item.repeat), scope, user)

    # ---- atoms

    def _atom(self, atom: Atom, scope: Scope, user: Definition) -> Atom:
        match atom:
            case Text():
                return atom
            case Not(inner, place):
                return Not(self._atom(inner, scope, user), place)
            case Group(alternatives, optional, place):
                return Group(self._alternatives(alternatives, scope, user), optional, place)
            case Name() | Call():
                found = self._symbol(atom, scope)
                if isinstance(found, Name) and user.is_terminal and not found.name.isupper():
                    what = "%ignore" if user.name == "IGNORED" else f"terminal `{user.name}`"
                    reason = f"{what} can't use the rule `{atom.name}`"
                    raise atom.place.error(
                        reason, "a terminal is made of strings, regexes, terminals"
                    )
                return found

    def _symbol(self, atom: Name | Call, scope: Scope) -> Name | Text:
        """The flat name that a name or a call stands for, or the text that a parameter holds."""
        value = self._value(atom, scope)
        if isinstance(value, Text):
            return value
        if isinstance(value, int):
            raise atom.place.error(f"`{atom.name}` is a number, not a symbol")
        if value.is_template:
            count = len(value.definition.parameters)
            raise atom.place.error(f"template `{atom.name}` needs {_arguments(count)}")
        return Name(
            self._flat_name(value, atom.place), _evaluated(atom.parameter, scope), atom.place
        )

    def _flat_name(self, symbol: Symbol, place: Place) -> str:
        if symbol not in self._seen:
            self._seen.add(symbol)
            self._versions[symbol.definition] += 1
            if self._versions[symbol.definition] > MAX_VERSIONS:
                raise _endless(symbol, place)
            self._waiting.append(symbol)
        return self._names[symbol]

    def _value(self, argument: Argument, scope: Scope) -> Value:
        match argument:
            case Number():
                return evaluate(argument, scope)
            case Text():
                return argument
            case Name(name=name):
                return self._named(name, argument.place, scope)
            case Call(name=name, arguments=arguments, place=place):
                values = tuple(self._value(each, scope) for each in arguments if each is not None)
                template = self._named(name, place, scope)
                if not isinstance(template, Symbol) or not template.is_template:
                    raise place.error(f"`{name}` is no template, so it takes no arguments")
                if len(values) != len(template.definition.parameters):
                    raise wrong_arguments(argument, template.definition)
                symbol = replace(template, arguments=values)
                if symbol.depth > MAX_DEPTH:
                    raise _endless(symbol, place)
                # One object for equal ones, or comparing them would follow shared arguments.
                return self._symbols.setdefault(symbol, symbol)

    def _named(self, name: str, place: Place, scope: Scope) -> Value:
        if name in scope.bindings:
            return scope.bindings[name]
        return Symbol(*scope.module.find(name, place))

    def _is_template(self, call: Call, scope: Scope) -> bool:
        value = self._named(call.name, call.place, scope)
        return isinstance(value, Symbol) and value.is_template

    def _count(self, place: Place) -> None:
        self._items += 1
        if self._items > MAX_ITEMS:
            raise place.error(f"the grammar expands to more than {MAX_ITEMS:,} symbols")


def _endless(symbol: Symbol, place: Place) -> GrammarError:
    return place.error(
        f"template `{symbol.definition.name}` is expanded without end",
        "each version of it needs another one; let `%when` end it",
    )


def wrong_arguments(call: Call, template: Definition) -> GrammarError:
    """The error for a call whose arguments don't fit the template."""
    needed = _arguments(len(template.parameters))
    given = len([argument for argument in call.arguments if argument is not None])
    parameters = ", ".join(template.parameters)
    return call.place.error(
        f"template `{call.name}` needs {needed}, not {given}", f"`{template.name}{{{parameters}}}`"
    )


def _arguments(count: int) -> str:
    return "1 argument" if count == 1 else f"{count} arguments"


def _bound(argument: Argument | None, scope: Scope, call: Call) -> Number | None:
    match argument:
        case None:
            return None
        case Number():
            return argument
        case Name(name=name, place=place) if isinstance(scope.bindings.get(name), int):
            return Number(name, 0, place)
    raise call.place.error(f"`{call.name}` is no template, so it takes no arguments")


def _number(number: Number, scope: Scope) -> Number:
    value = evaluate(number, scope)
    if value < 0:
        raise number.place.error(f"a repetition can't be {value} times")
    return Number(None, value, number.place)


def _evaluated(pieces: Pieces | None, scope: Scope) -> Pieces | None:
    """Numbers in place of loop variables; the other words are llguidance's own."""
    if pieces is None:
        return None
    return tuple(_evaluated_piece(piece, scope) for piece in pieces)


def _evaluated_piece(piece: str | Number, scope: Scope) -> str:
    if isinstance(piece, str):
        return piece
    return "true" if piece.variable == "true" else str(evaluate(piece, scope))
