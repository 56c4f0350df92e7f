"""What can't match any more once alternatives were dropped by `%when`."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace

from maze.errors import GrammarError
from maze.grammar.clauses import Clauses
from maze.grammar.expansion import Rule
from maze.grammar.nodes import Alternative, Group, Item, Name, Not, Repeat, Text


def prune(rules: list[Rule], ignored: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The rules, and what is ignored, without what needs a rule that has no alternatives.

    So `type_parameters?` is nothing where `type_parameters` has been dropped as a whole.
    """
    clauses = Clauses()
    for rule in rules:
        if not rule.definition.builtin:
            _add_emptiness(clauses, rule.name, rule.alternatives)
    empty = clauses.true()
    if any(rule.name in empty for rule in rules):
        rules = [_pruned(rule, empty) for rule in rules if rule.name not in empty]
        ignored = [_pruned(rule, empty) for rule in ignored]
        rules = reachable(rules, ignored)
    return rules, [rule for rule in ignored if rule.alternatives]


def _pruned(rule: Rule, empty: set[Hashable]) -> Rule:
    for value in rule.attribute_names():
        if value.name in empty:
            raise _nothing_left(value)
    return replace(rule, alternatives=_alternatives(rule.alternatives, empty))


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
        case Not(Name(name=name) as inner) if name in empty:
            raise _nothing_left(replace(inner, place=item.atom.place))
        case Not(Group() as inner, place):
            kept = _item(Item(inner, ""), empty)
            if kept is None:
                raise place.error("nothing is left that could be taken away")
            return replace(item, atom=Not(kept.atom, place))
        case Group(alternatives=alternatives) as group:
            left = _alternatives(alternatives, empty)
            return replace(item, atom=replace(group, alternatives=left)) if left else None
    return item


def _nothing_left(name: Name) -> GrammarError:
    return name.place.error(
        f"`{name.name}` has no alternative left, so nothing can be taken from it"
    )


def may_be_left_out(item: Item) -> bool:
    """Whether an item may be repeated no time."""
    if isinstance(item.atom, Group) and item.atom.optional:
        return True
    if isinstance(item.repeat, Repeat):
        return item.repeat.least.offset == 0
    return item.repeat in ("?", "*")


def reachable(rules: list[Rule], ignored: list[Rule]) -> list[Rule]:
    """The rules that `start` or what is ignored needs."""
    by_name = {rule.name: rule for rule in rules}
    reached = list(dict.fromkeys(["start", *(name for rule in ignored for name in uses(rule))]))
    seen = set(reached)
    for name in reached:
        for used in uses(by_name[name]) if name in by_name else ():
            if used not in seen:
                seen.add(used)
                reached.append(used)
    return [rule for rule in rules if rule.name in seen]


def uses(rule: Rule) -> Iterator[str]:
    """The names of all rules and terminals in a rule and its attributes."""
    yield from (value.name for value in rule.attribute_names())
    yield from names(rule.alternatives)


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
