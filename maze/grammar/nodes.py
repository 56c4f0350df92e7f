"""What a grammar file says, as frozen values; each remembers its place in the source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from maze.grammar.source import Place

Comparison = Literal["==", "!=", ">=", "<=", ">", "<"]


@dataclass(frozen=True, slots=True)
class Number:
    """`4`, `w` or `w+100`: `variable` is a loop variable or a template parameter."""

    variable: str | None
    offset: int
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A rule, a terminal or a parameter, by name; `parameter` is what stands after `::`."""

    name: str
    parameter: Pieces | None
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """`name{argument, …}`: a template, or `NAME{2,3}`, a repetition, if `name` is none.

    A bound that isn't written, as in `NAME{2,}`, is None.
    """

    name: str
    arguments: tuple[Argument | None, ...]
    parameter: Pieces | None
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """What is passed on as it is written: a string, `"a".."z"`, a regex, `%json {…}`, `0.7`."""

    kind: Literal["string", "range", "regex", "token", "grammar", "embedded", "decimal"]
    text: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """`(…)`, or `[…]`, which is the same as `(…)?`."""

    alternatives: tuple[Alternative, ...]
    optional: bool
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """`~atom`, in terminals."""

    atom: Atom
    place: Place = field(compare=False)


Atom = Name | Call | Text | Group | Not
Argument = Name | Call | Text | Number
Pieces = tuple[str | Number, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`~3`, `~1..w` or `{2,}`; `most` is None where nothing bounds it."""

    least: Number
    most: Number | None


@dataclass(frozen=True, slots=True)
class Item:
    """An atom and how often it stands there."""

    atom: Atom
    repeat: Repeat | Literal["", "?", "*", "+"]


@dataclass(frozen=True, slots=True)
class When:
    """`%when left comparison right`."""

    left: str
    comparison: Comparison
    right: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Range:
    """`1..40`, `4..60 step 4`, `7`, or the name of a `%let`."""

    values: range | str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class For:
    """`%for variable in range, …`."""

    variable: str
    ranges: tuple[Range, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One alternative: conjuncts (more than one only with `&`), and what stands after them."""

    conjuncts: tuple[tuple[Item, ...], ...]
    alias: str | None
    condition: Pieces | None
    whens: tuple[When, ...]
    loops: tuple[For, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Attribute:
    """`max_tokens=5` or `lazy` between square brackets after a rule's name."""

    name: str
    value: Name | Text | None


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A rule or a terminal; with `parameters` it is a template. Two are never the same one.

    `builtin` is the name of a terminal of llguidance's own, such as `common.INT`.
    """

    name: str
    mark: str
    parameters: tuple[str, ...]
    parametric: bool
    attributes: tuple[Attribute, ...]
    alternatives: tuple[Alternative, ...]
    place: Place = field(compare=False)
    builtin: str | None = None

    @property
    def is_terminal(self) -> bool:
        """Terminals are written in capitals."""
        return is_terminal(self.name)


@dataclass(frozen=True, slots=True)
class Option:
    """`%option python 3.10 3.11`: the values in their order."""

    name: str
    values: tuple[str, ...]
    default: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Let:
    """`%let columns = 0..40`, a named range."""

    name: str
    ranges: tuple[Range, ...]
    whens: tuple[When, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Start:
    """`%start rule -> name`: `grammar:name` makes `rule` the start."""

    rule: str
    name: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Inline:
    """`%inline`: rules are written out where they are used."""

    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Import:
    """`%import .file (a, B)`; `names` holds pairs of the name there and the name here."""

    path: tuple[str, ...]
    relative: bool
    names: tuple[tuple[str, str], ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Ignore:
    """`%ignore terminal`."""

    alternatives: tuple[Alternative, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """`%llguidance {…}`; `text` is the JSON object."""

    text: str
    place: Place = field(compare=False)


Statement = Definition | Option | Let | Start | Inline | Import | Ignore | EngineOptions


def is_terminal(name: str) -> bool:
    """Whether a name is a terminal's: in capitals."""
    return name.lstrip("_")[:1].isupper()
