"""Where a line end matters: not inside brackets."""

from __future__ import annotations

from collections.abc import Iterator

from lark import Token

CLOSING = {"(": ")", "[": "]", "{": "}"}

MAX_NESTING = 24
"""llguidance refuses more than 30 levels, and a template's arguments may add some."""


class NestingError(ValueError):
    """Brackets are nested too deeply; `token` is the one that is too much."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.token = token


class LineEnds:
    """Drops the line ends that mean nothing; `open` holds the brackets that aren't closed yet."""

    always_accept = ("_NL",)

    def __init__(self) -> None:
        self.open: list[Token] = []

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens that the parser sees."""
        self.open.clear()
        for token in stream:
            if token.type == "_NL" and self.open:
                continue
            self._count(token)
            yield token

    def _count(self, token: Token) -> None:
        if token.value in CLOSING:
            self.open.append(token)
            if len(self.open) > MAX_NESTING:
                raise NestingError(token)
        elif self.open and token.value == CLOSING[self.open[-1].value]:
            self.open.pop()
