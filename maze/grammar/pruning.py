"""What can't match any more once alternatives were dropped by `%when`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from maze.grammar.expansion import Rule
from maze.grammar.nodes import Alternative, Group, Item, Name, Not, Repeat, Text


def prune(rules: list[Rule]) -> list[Rule]:
    """The rules without alternatives that need a rule with no alternatives; start is kept.

    So `type_parameters?` is nothing where `type_parameters` has been dropped as a whole.
    """
    empty: set[str] = set()
    while gone := {rule.name for rule in rules if not rule.alternatives and not _is_builtin(rule)}:
        empty |= gone
        rules = [
            replace(rule, alternatives=_alternatives(rule.alternatives, empty))
            for rule in rules
            if rule.alternatives or _is_builtin(rule)
        ]
    return _reachable(rules) if empty else rules


def _is_builtin(rule: Rule) -> bool:
    return rule.definition.builtin is not None


def _alternatives(
    alternatives: tuple[Alternative, ...], empty: set[str]
) -> tuple[Alternative, ...]:
    kept = (_alternative(alternative, empty) for alternative in alternatives)
    return tuple(alternative for alternative in kept if alternative)


def _alternative(alternative: Alternative, empty: set[str]) -> Alternative | None:
    conjuncts = []
    for conjunct in alternative.conjuncts:
        items = []
        for item in conjunct:
            kept = _item(item, empty)
            if kept is None and not _may_be_left_out(item):
                return None
            items += [kept] if kept else []
        conjuncts.append(tuple(items))
    return replace(alternative, conjuncts=tuple(conjuncts))


def _item(item: Item, empty: set[str]) -> Item | None:
    match item.atom:
        case Name(name=name) if name in empty:
            return None
        case Not(Name(name=name)) if name in empty:
            place = item.atom.place
            raise place.error(f"`{name}` has no alternative left, so nothing can be taken from it")
        case Group(alternatives=alternatives) as group:
            kept = _alternatives(alternatives, empty)
            return replace(item, atom=replace(group, alternatives=kept)) if kept else None
    return item


def _may_be_left_out(item: Item) -> bool:
    if isinstance(item.atom, Group) and item.atom.optional:
        return True
    if isinstance(item.repeat, Repeat):
        return item.repeat.least.offset == 0
    return item.repeat in ("?", "*")


def _reachable(rules: list[Rule]) -> list[Rule]:
    by_name = {rule.name: rule for rule in rules}
    reached = ["start"]
    seen = {"start"}
    for name in reached:
        for used in names(by_name[name].alternatives) if name in by_name else ():
            if used not in seen:
                seen.add(used)
                reached.append(used)
    return [rule for rule in rules if rule.name in seen or not rule.name]


def names(alternatives: Iterable[Alternative]) -> Iterator[str]:
    """The names of all rules and terminals in alternatives."""
    for alternative in alternatives:
        for conjunct in alternative.conjuncts:
            for item in conjunct:
                yield from _names(item.atom)


def _names(atom: object) -> Iterator[str]:
    match atom:
        case Name(name=name):
            yield name
        case Not(inner):
            yield from _names(inner)
        case Group(alternatives=alternatives):
            yield from names(alternatives)
        case Text():
            pass
