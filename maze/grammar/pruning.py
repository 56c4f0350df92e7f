"""What can't match any more once alternatives were dropped by `%when`."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace

from maze.grammar.clauses import Clauses
from maze.grammar.expansion import Rule
from maze.grammar.nodes import Alternative, Group, Item, Name, Not, Repeat, Text


def prune(rules: list[Rule]) -> list[Rule]:
    """The rules without what needs a rule that has no alternatives.

    So `type_parameters?` is nothing where `type_parameters` has been dropped as a whole.
    """
    clauses = Clauses()
    for rule in rules:
        if not rule.definition.builtin:
            _add_emptiness(clauses, rule.name, rule.alternatives)
    empty = clauses.true()
    if not any(rule.name in empty for rule in rules):
        return rules
    kept = [rule for rule in rules if rule.name not in empty]
    kept = [replace(rule, alternatives=_alternatives(rule.alternatives, empty)) for rule in kept]
    return _reachable(kept)


def _add_emptiness(clauses: Clauses, head: Hashable, alternatives: Iterable[Alternative]) -> None:
    """`head` is empty if all its alternatives are; one is if any item is that it needs."""
    choices = []
    for alternative in alternatives:
        choices.append(id(alternative))
        for item in (item for items in alternative.conjuncts for item in items):
            if isinstance(item.atom, Group):
                _add_emptiness(clauses, id(item), item.atom.alternatives)
            need = item.atom.name if isinstance(item.atom, Name) else id(item)
            if not may_be_left_out(item):
                clauses.add(id(alternative), [need])
    clauses.add(head, choices)


def _alternatives(
    alternatives: tuple[Alternative, ...], empty: set[Hashable]
) -> tuple[Alternative, ...]:
    kept = (_alternative(alternative, empty) for alternative in alternatives)
    return tuple(alternative for alternative in kept if alternative)


def _alternative(alternative: Alternative, empty: set[Hashable]) -> Alternative | None:
    conjuncts = []
    for conjunct in alternative.conjuncts:
        items = []
        for item in conjunct:
            kept = _item(item, empty)
            if kept is None and not may_be_left_out(item):
                return None
            items += [kept] if kept else []
        conjuncts.append(tuple(items))
    return replace(alternative, conjuncts=tuple(conjuncts))


def _item(item: Item, empty: set[Hashable]) -> Item | None:
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


def may_be_left_out(item: Item) -> bool:
    """Whether an item may be repeated no time."""
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
