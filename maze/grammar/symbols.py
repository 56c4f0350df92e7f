"""What names stand for while a grammar is expanded, and what they are called in the flat text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from maze.grammar.module import Module
from maze.grammar.nodes import Definition, Text


@dataclass(frozen=True, slots=True)
class Symbol:
    """A definition with its arguments: one rule or terminal of the flat text.

    `depth` is how deep its arguments are nested. It and the hash are kept: arguments that are
    shared make a short chain of symbols a tree of millions.
    """

    module: Module
    definition: Definition
    arguments: tuple[Value, ...] = ()
    depth: int = field(init=False, compare=False)
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        inner = (value.depth for value in self.arguments if isinstance(value, Symbol))
        object.__setattr__(self, "depth", 1 + max(inner, default=0))
        parts = (self.module, self.definition, self.arguments)
        object.__setattr__(self, "_hash", hash(parts))

    def __hash__(self) -> int:
        return self._hash

    @property
    def is_template(self) -> bool:
        """Whether arguments are still missing."""
        return len(self.arguments) < len(self.definition.parameters)


Value = Symbol | Text | int


@dataclass(frozen=True, slots=True)
class Scope:
    """The file that names are looked up in, and what its parameters and loop variables hold."""

    module: Module
    bindings: Mapping[str, Value]

    def bind(self, name: str, value: Value) -> Scope:
        """The scope with one name more."""
        return replace(self, bindings={**self.bindings, name: value})


_SIGNS = {
    "(": "LPAR", ")": "RPAR", "[": "LSQB", "]": "RSQB", "{": "LBRACE", "}": "RBRACE",
    ",": "COMMA", ":": "COLON", ";": "SEMI", ".": "DOT", "=": "EQUAL", "+": "PLUS",
    "-": "MINUS", "*": "STAR", "/": "SLASH", "%": "PERCENT", "@": "AT", "&": "AMP",
    "|": "BAR", "^": "CARET", "~": "TILDE", "<": "LESS", ">": "GREATER", "!": "BANG",
    "?": "QUESTION", "#": "HASH", "$": "DOLLAR", "'": "QUOTE", "`": "BACKTICK", " ": "BLANK",
}  # fmt: skip

_MAX_NAME = 100


class FlatNames:
    """Gives each symbol a name of its own: `expr{atom, BLANK}` is `expr__atom__blank`."""

    def __init__(self) -> None:
        self._names: dict[Symbol, str] = {}
        self._taken: set[str] = set()

    def __getitem__(self, symbol: Symbol) -> str:
        if symbol not in self._names:
            self._names[symbol] = self._new(symbol)
        return self._names[symbol]

    def reserve(self, symbol: Symbol, name: str) -> None:
        """Gives a symbol this very name."""
        self._names[symbol] = name
        self._taken.add(name)

    def _new(self, symbol: Symbol) -> str:
        parts = [symbol.module.prefix + symbol.definition.name]
        parts += [self._argument(argument) for argument in symbol.arguments]
        name = "__".join(parts)[:_MAX_NAME]
        name = name.upper() if symbol.definition.is_terminal else name.lower()
        numbered = (
            f"{name}_{number}" if number else name for number in range(len(self._taken) + 1)
        )
        unique = next(each for each in numbered if each not in self._taken)
        self._taken.add(unique)
        return unique

    def _argument(self, argument: Value) -> str:
        if isinstance(argument, int):
            return str(argument)
        if isinstance(argument, Symbol):
            return self[argument]
        if argument.kind == "regex":
            return "REGEX"
        body = argument.text[1 : argument.text.rindex('"')]
        words = "".join(
            c if c.isascii() and c.isalnum() else f" {_SIGNS.get(c, 'X')} " for c in body
        )
        return "_".join(words.split()) or "EMPTY"
