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
from maze.grammar.pruning import names, reachable, uses

MOST_ITEMS = 12
"""Of a rule that is written out in several places."""

MOST_COPIED = 20_000
"""Of a rule's characters, in all places together."""

MOST_LEVELS = 16
"""Of groups inside one another, in a rule in which others are written out."""


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
        self._alone: dict[str, tuple[Alternative, ...]] = {}
        self._anywhere: dict[str, tuple[Item, ...]] = {}
        # What a rule uses comes before it, except where rules need each other.
        for rule in _used_first([rule for rule in rules if not rule.definition.is_terminal]):
            if not rule.attributes:
                rule = self._with_others(rule)
            self._done[rule.name] = rule
            self._offer(rule)

    def written_out(self, rule: Rule) -> Rule:
        """The rule or terminal as it is now."""
        return self._done.get(rule.name, rule)

    def _with_others(self, rule: Rule) -> Rule:
        alternatives = self._alternatives(rule.alternatives)
        levels = _levels(alternatives)
        if levels > MOST_LEVELS and levels > _levels(rule.alternatives):
            return rule
        return replace(rule, alternatives=alternatives)

    def _offer(self, rule: Rule) -> None:
        """Keeps what may stand instead of the rule's name."""
        if rule.attributes or rule.definition.mark or rule.definition.parametric:
            return
        if not all(map(_is_plain, rule.alternatives)) or rule.name in names(rule.alternatives):
            return
        used = self._uses[rule.name]
        if used == 1:
            self._alone[rule.name] = rule.alternatives
        if len(rule.alternatives) == 1:
            (items,) = rule.alternatives[0].conjuncts
            count, characters = _size(items)
            if used == 1 or (count <= MOST_ITEMS and used * characters <= MOST_COPIED):
                self._anywhere[rule.name] = items

    def _alternatives(self, alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
        return tuple(new for each in alternatives for new in self._alternative(each))

    def _alternative(self, alternative: Alternative) -> Iterable[Alternative]:
        if len(alternative.conjuncts) != 1:
            return [alternative]
        (items,) = alternative.conjuncts
        if len(items) == 1 and not alternative.condition and not alternative.alias:
            name = _name(items[0])
            if name in self._alone:
                return self._alone[name]
        return [replace(alternative, conjuncts=(tuple(self._items(items)),))]

    def _items(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            name = _name(item)
            if name in self._anywhere:
                yield from self._anywhere[name]
            elif isinstance(item.atom, Group):
                inner = self._alternatives(item.atom.alternatives)
                yield replace(item, atom=replace(item.atom, alternatives=inner))
            else:
                yield item


def _name(item: Item) -> str:
    """The rule that stands there once, or nothing."""
    return item.atom.name if isinstance(item.atom, Name) and not item.repeat else ""


def _is_plain(alternative: Alternative) -> bool:
    """Whether it can stand in another rule: it has no name or condition and embeds no grammar."""
    if len(alternative.conjuncts) != 1 or alternative.condition or alternative.alias:
        return False
    atoms = [item.atom for item in alternative.conjuncts[0]]
    return not any(
        (isinstance(atom, Text) and atom.kind in ("grammar", "embedded"))
        or (isinstance(atom, Group) and not all(map(_is_plain, atom.alternatives)))
        for atom in atoms
    )


def _size(items: tuple[Item, ...]) -> tuple[int, int]:
    """How many items there are, those in groups too, and about how many characters."""
    count, characters = len(items), 0
    for item in items:
        match item.atom:
            case Name(name=text) | Text(text=text):
                characters += len(text) + 1
            case Group(alternatives=alternatives):
                for each in alternatives:
                    inner = _size(each.conjuncts[0])
                    count, characters = count + inner[0], characters + inner[1]
    return count, characters


def _levels(alternatives: Iterable[Alternative]) -> int:
    """How many groups stand inside one another."""
    items = (item for each in alternatives for items in each.conjuncts for item in items)
    groups = (item.atom for item in items if isinstance(item.atom, Group))
    return max((1 + _levels(group.alternatives) for group in groups), default=0)


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
