"""`%when` and `%for`: what is decided while a grammar is loaded."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping

from maze.grammar.module import Module
from maze.grammar.nodes import Comparison, For, Number, Option, Range, Text, When
from maze.grammar.numbers import whole
from maze.grammar.source import Place
from maze.grammar.symbols import Scope, Symbol

_COMPARE: Mapping[Comparison, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


class Conditions:
    """Decides conditions; `choices` are the values that were asked for, by option.

    `count` is called for each turn of a loop and each range by name, and may refuse more of them.
    """

    def __init__(self, choices: Mapping[str, str], count: Callable[[Place], None]) -> None:
        self._choices = choices
        self._count = count

    def hold(self, whens: tuple[When, ...], scope: Scope) -> bool:
        """Whether all of them hold."""
        return all(self._holds(when, scope) for when in whens)

    def scopes(self, loops: tuple[For, ...], scope: Scope) -> Iterator[Scope]:
        """The scope once for each turn of the loops."""
        if not loops:
            yield scope
            return
        first, *rest = loops
        for value in self._values(first.ranges, scope):
            if rest:
                self._count(first.place)
            yield from self.scopes(tuple(rest), scope.bind(first.variable, value))

    def _values(
        self, ranges: tuple[Range, ...], scope: Scope, inside: tuple[str, ...] = ()
    ) -> Iterator[int]:
        """The numbers of ranges; `inside` are the names that they are a part of."""
        for each in ranges:
            if isinstance(each.values, range):
                yield from each.values
            else:
                yield from self._named(each.values, each.place, scope, inside)

    def _named(
        self, name: str, place: Place, scope: Scope, inside: tuple[str, ...]
    ) -> Iterator[int]:
        if name not in scope.module.lets:
            raise place.error(f"undefined range `{name}`", f"define it: `%let {name} = 1..9`")
        if name in inside:
            raise place.error(f"`{name}` is defined by itself")
        self._count(place)
        for let in scope.module.lets[name]:
            if self.hold(let.whens, scope):
                yield from self._values(let.ranges, scope, (*inside, name))

    def _holds(self, when: When, scope: Scope) -> bool:
        compare = _COMPARE[when.comparison]
        if when.left not in scope.bindings:
            option = find_option(when, scope.module)
            chosen = self._choices.get(option.name, option.default)
            return compare(option.values.index(chosen), _position(when, option))
        value = scope.bindings[when.left]
        if isinstance(value, int):
            return compare(value, _whole(when))
        if when.comparison not in ("==", "!="):
            raise when.place.error(
                f"`{when.left}` is no number, so only `==` and `!=` tell it apart"
            )
        return compare(_is_called(value, when, scope), True)


def find_option(when: When, module: Module) -> Option:
    """The option that a condition asks for."""
    if when.left in module.options:
        return module.options[when.left]
    raise when.place.error(
        f"`{when.left}` is no option, parameter or loop variable",
        f"declare an option: `%option {when.left} …`",
    )


def _position(when: When, option: Option) -> int:
    if when.right not in option.values:
        values = ", ".join(option.values)
        raise when.place.error(
            f"option `{option.name}` has no value `{when.right}`", f"it has {values}"
        )
    return option.values.index(when.right)


def _whole(when: When) -> int:
    if not when.right.isdigit():
        raise when.place.error(f"`{when.left}` is a number here, and `{when.right}` isn't")
    return whole(when.right, when.place)


def _is_called(value: Symbol | Text, when: When, scope: Scope) -> bool:
    if isinstance(value, Text):
        return value.text == when.right
    if when.right.startswith('"') or when.right.isdigit():
        return False
    module, definition = scope.module.find(when.right, when.place)
    return value == Symbol(module, definition)


def evaluate(number: Number, scope: Scope) -> int:
    """The value of `w+100`."""
    if number.variable is None:
        return number.offset
    value = scope.bindings.get(number.variable)
    if not isinstance(value, int):
        raise number.place.error(f"`{number.variable}` is no loop variable and no number")
    return value + number.offset
