"""How deep rules lead into rules: llguidance follows them on the stack, which has an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maze.grammar.expansion import Rule
from maze.grammar.nodes import Alternative, Atom, Group, Name, Not, Text

MAX_REFERENCES = 1_000
"""In a chain. llguidance 1.7 dies of 3,000 on a stack of 8 MB; Python's grammar has 250."""


def check_depth(rules: list[Rule]) -> None:
    """Refuses a chain of rules, and of groups inside them, that is too long."""
    by_name = {rule.name: rule for rule in rules}
    depths: dict[str, int] = {}
    for rule in rules:
        if rule.name not in depths:
            _measure(rule, by_name, depths)


def _measure(first: Rule, by_name: dict[str, Rule], depths: dict[str, int]) -> None:
    """Depth first, each rule once; a way back to an open one ends there."""
    depths[first.name] = 1
    open_ = [(first, _uses(first.alternatives, 1))]
    while open_:
        rule, uses = open_[-1]
        for name, _ in uses:
            if name in by_name and name not in depths:
                depths[name] = 1
                open_.append((by_name[name], _uses(by_name[name].alternatives, 1)))
                break
        else:
            open_.pop()
            for name, levels in _uses(rule.alternatives, 1):
                depths[rule.name] = max(depths[rule.name], levels + depths.get(name, 0))
            if depths[rule.name] > MAX_REFERENCES:
                raise rule.place.error(
                    f"`{rule.definition.name}` leads through more than {MAX_REFERENCES:,} rules"
                    " and groups, each inside the one before",
                    "write what is repeated as `(…)*`",
                )


def _uses(alternatives: Iterable[Alternative], levels: int) -> Iterator[tuple[str, int]]:
    """The names in alternatives, and how many levels deep each stands."""
    for alternative in alternatives:
        for conjunct in alternative.conjuncts:
            for item in conjunct:
                yield from _uses_of(item.atom, levels)


def _uses_of(atom: Atom, levels: int) -> Iterator[tuple[str, int]]:
    match atom:
        case Not(inner):
            yield from _uses_of(inner, levels)
        case Group(alternatives=alternatives):
            yield from _uses(alternatives, levels + 1)
        case Text():
            pass
        case Name(name=name):
            yield name, levels
