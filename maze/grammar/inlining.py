"""Rules written out where they are used: the engine's parser has fewer items for each position.

A rule costs an item wherever it may begin and another where it ends, besides those of what is in
it. The source is in rules for those who read it; the language stays the same without them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from maze.grammar.expansion import Rule
from maze.grammar.nodes import Alternative, Group, Item, Name, Text
from maze.grammar.pruning import reachable, uses

MOST_ITEMS = 12
"""Of a rule that is written out in several places."""


def inline(rules: list[Rule], ignored: list[Rule]) -> list[Rule]:
    """The rules, without those that could be written out where they are used.

    These are rules of one alternative, and rules that are used once, as an alternative of another.
    """
    inlining = _Inlining(rules)
    return reachable([inlining.written_out(rule) for rule in rules], ignored)


class _Inlining:
    def __init__(self, rules: list[Rule]) -> None:
        self._uses = Counter(name for rule in rules for name in uses(rule))
        self._done: dict[str, Rule] = {}
        # What a rule uses comes before it, except where rules need each other.
        for rule in _used_first([rule for rule in rules if not rule.definition.is_terminal]):
            alternatives = self._alternatives(rule.alternatives)
            self._done[rule.name] = replace(rule, alternatives=alternatives)

    def written_out(self, rule: Rule) -> Rule:
        """The rule or terminal as it is now."""
        return self._done.get(rule.name, rule)

    def _alternatives(self, alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
        return tuple(new for each in alternatives for new in self._alternative(each))

    def _alternative(self, alternative: Alternative) -> Iterable[Alternative]:
        (items,) = alternative.conjuncts
        if len(items) == 1 and _is_plain(alternative):
            rule = self._candidate(items[0])
            if rule and self._uses[rule.name] == 1:
                return rule.alternatives
        return [replace(alternative, conjuncts=(tuple(self._items(items)),))]

    def _items(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            rule = self._candidate(item)
            if rule and len(rule.alternatives) == 1:
                (inside,) = rule.alternatives[0].conjuncts
                if self._uses[rule.name] == 1 or _size(inside) <= MOST_ITEMS:
                    yield from inside
                    continue
            if isinstance(item.atom, Group):
                inner = self._alternatives(item.atom.alternatives)
                yield replace(item, atom=replace(item.atom, alternatives=inner))
            else:
                yield item

    def _candidate(self, item: Item) -> Rule | None:
        """The rule that an item stands for, if it has nothing but alternatives."""
        if item.repeat or not isinstance(item.atom, Name):
            return None
        rule = self._done.get(item.atom.name)
        if rule is None or rule.attributes or rule.definition.mark or rule.definition.parametric:
            return None
        plain = all(_is_plain(each) for each in rule.alternatives)
        return rule if plain and rule.name not in uses(rule) else None


def _is_plain(alternative: Alternative) -> bool:
    """Whether it can stand in another rule: it has no name or condition and embeds no grammar."""
    return not (
        alternative.condition
        or alternative.alias
        or any(
            isinstance(item.atom, Text) and item.atom.kind in ("grammar", "embedded")
            for item in alternative.conjuncts[0]
        )
    )


def _size(items: tuple[Item, ...]) -> int:
    groups = [item.atom for item in items if isinstance(item.atom, Group)]
    inside = sum(_size(each.conjuncts[0]) for group in groups for each in group.alternatives)
    return len(items) + inside


def _used_first(rules: list[Rule]) -> Iterator[Rule]:
    """The rules, those that a rule uses before it, as far as there is such an order."""
    by_name = {rule.name: rule for rule in rules}
    seen: set[str] = set()
    for first in rules:
        path = [] if first.name in seen else [(first, uses(first))]
        seen.add(first.name)
        while path:
            used = path[-1][1]
            following = next((name for name in used if name in by_name and name not in seen), None)
            if following is None:
                yield path.pop()[0]
            else:
                seen.add(following)
                path.append((by_name[following], uses(by_name[following])))
