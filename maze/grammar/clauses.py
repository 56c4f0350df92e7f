"""What follows from what: facts by forward chaining, in linear time.

A grammar of a megabyte may have tens of thousands of rules in a chain; a loop over all rules until
nothing changes would take minutes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable


class Clauses:
    """Clauses `head if all of needs`; a head without needs is a fact."""

    def __init__(self) -> None:
        self._heads: list[Hashable] = []
        self._open: list[int] = []
        self._users: defaultdict[Hashable, list[int]] = defaultdict(list)

    def add(self, head: Hashable, needs: Iterable[Hashable] = ()) -> None:
        """Adds a clause."""
        distinct = set(needs)
        for need in distinct:
            self._users[need].append(len(self._heads))
        self._heads.append(head)
        self._open.append(len(distinct))

    def true(self) -> set[Hashable]:
        """All heads that follow."""
        waiting = [head for head, open_ in zip(self._heads, self._open, strict=True) if not open_]
        found: set[Hashable] = set(waiting)
        while waiting:
            for index in self._users[waiting.pop()]:
                self._open[index] -= 1
                head = self._heads[index]
                if not self._open[index] and head not in found:
                    found.add(head)
                    waiting.append(head)
        return found
