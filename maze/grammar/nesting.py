"""How deep a text from outside leads llguidance, whose stack ends with the whole process.

What `expand` makes is checked there (`depth.py`). Here are texts that were flat already, and JSON
Schemas. llguidance has limits of its own for brackets, regular expressions and nested JSON; on a
stack of 8 MB it dies of 3,000 rules that lead into each other, and of references in a schema that
lead through 4,000 levels of objects and lists (1.7.6 and 1.9.1).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from maze.errors import GrammarError
from maze.grammar.depth import MAX_REFERENCES

MAX_SCHEMA_LEVELS = 2_000

# As llguidance's lexer (parser/src/lark/lexer.rs) has them.
TOKEN = re.compile(
    r"""(?P<skip>(?:\#|//)[^\n]*|"(?:\\.|[^"\\\n])*"i?|/(?:\\.|[^/\\])+/[imslux]*|<[^<>\s]+>|@[\w-]+)
    |(?P<json>%(?:json|regex|llguidance))
    |(?P<lark>%lark)
    |(?P<name>[_?]?[a-z][_a-z0-9-]*|_?[A-Z][_A-Z0-9-]*)
    |(?P<mark>::|[:()\[\]{}])""",
    re.VERBOSE | re.DOTALL,
)
DECODER = json.JSONDecoder()


def check_flat(text: str) -> None:
    """Refuses a flat text whose rules lead through too many others, each inside the one before."""
    uses = _uses(text)
    seen: set[str] = set()
    for first in ("start", *uses):
        if first in seen or first not in uses:
            continue
        # The order is llguidance's: each rule once, where it is first met.
        seen.add(first)
        open_ = [(0, iter(uses[first]))]
        while open_:
            height, names = open_[-1]
            for name, levels in names:
                if name in uses and name not in seen:
                    seen.add(name)
                    open_.append((height + levels, iter(uses[name])))
                    break
            else:
                open_.pop()
            if height > MAX_REFERENCES:
                raise GrammarError(
                    f"the grammar leads through more than {MAX_REFERENCES:,} rules and groups,"
                    " each inside the one before",
                    name="grammar",
                    hint="write what is repeated as `(…)*`",
                )


def _uses(text: str) -> dict[str, list[tuple[str, int]]]:
    """The names that stand behind each rule's colon, and how many levels deep."""
    uses: dict[str, list[tuple[str, int]]] = {}
    current: list[tuple[str, int]] = []
    level, position = 0, 0
    # The last name outside of brackets is a rule's if a colon follows, and no use of it.
    outer = ("", 0)
    while found := TOKEN.search(text, position):
        position = found.end()
        token = found[0]
        match found.lastgroup:
            case "json":
                position = _behind_json(text, position)
            case "lark":
                raise GrammarError(
                    "a grammar within a grammar (`%lark`)", name="grammar", hint="write one grammar"
                )
            case "name":
                token = token.lstrip("?")
                if level == 0:
                    outer = (token, len(current))
                current.append((token, level + 1))
            case "mark" if token in "([{":
                level += 1
            case "mark" if token in ")]}":
                level = max(0, level - 1)
            case "mark" if token == ":" and outer[0]:
                del current[outer[1] :]
                current = uses.setdefault(outer[0], [])
    return uses


def _behind_json(text: str, position: int) -> int:
    """Where a value of JSON ends that begins at or behind a position."""
    while position < len(text) and text[position].isspace():
        position += 1
    try:
        value, position = DECODER.raw_decode(text, position)
    except ValueError:
        return position  # llguidance says what is wrong with it
    except RecursionError:
        raise GrammarError("JSON that is nested too deep", name="grammar") from None
    if isinstance(value, dict):
        check_schema(value)
    return position


def check_schema(schema: Mapping[str, object]) -> None:
    """Refuses a JSON Schema whose references lead through too many others.

    In which order llguidance follows them is its own affair: a knot of schemas that lead to each
    other counts as all of them, one inside the other.
    """
    references: dict[str, set[str]] = {}
    weights: dict[str, int] = {}
    waiting = ["#"]
    while waiting:
        pointer = waiting.pop()
        if pointer in references:
            continue
        references[pointer], weights[pointer] = _references(_at(schema, pointer), pointer == "#")
        waiting += references[pointer]
    if _longest(references, weights) > MAX_SCHEMA_LEVELS:
        raise GrammarError(
            f"the schema's references lead through more than {MAX_SCHEMA_LEVELS:,} levels",
            name="schema",
            hint="a schema whose parts refer to fewer others, or a grammar",
        )


def _at(schema: object, pointer: str) -> object:
    """What a JSON pointer names; None where there is nothing."""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(schema, Mapping):
            schema = schema.get(key)
        elif isinstance(schema, list) and key.isdecimal() and int(key) < len(schema):
            schema = schema[int(key)]
        else:
            return None
    return schema


def _references(schema: object, is_root: bool) -> tuple[set[str], int]:
    """The references in a schema, and how many levels deep it is."""
    found: set[str] = set()
    deepest = 1
    waiting = [(schema, 1)]
    while waiting:
        value, level = waiting.pop()
        if isinstance(value, Mapping | list):
            deepest = max(deepest, level)
        if isinstance(value, Mapping):
            reference = value.get("$ref")
            if isinstance(reference, str):
                if reference != "#" and not reference.startswith("#/"):
                    raise GrammarError(
                        f"the schema refers to `{reference}`",
                        name="schema",
                        hint="only references within it are followed, as `#/$defs/name`",
                    )
                found.add(reference)
            # The definitions count where they are referred to.
            waiting += (
                (inner, level + 1)
                for key, inner in value.items()
                if not (is_root and level == 1 and key in ("$defs", "definitions"))
            )
        elif isinstance(value, list):
            waiting += ((inner, level + 1) for inner in value)
    return found, deepest


def _longest(edges: Mapping[str, set[str]], weights: Mapping[str, int]) -> int:
    """The heaviest way along the edges, where a knot weighs as much as all that is in it."""
    heaviest = 0
    behind: dict[str, int] = {}
    for knot in _knots(edges):
        after = max((behind[to] for each in knot for to in edges[each] if to in behind), default=0)
        total = sum(weights[each] for each in knot) + after
        heaviest = max(heaviest, total)
        behind.update(dict.fromkeys(knot, total))
    return heaviest


def _knots(edges: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """The strongly connected components, each behind those that it leads to (Tarjan 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    held: set[str] = set()
    for first in edges:
        if first in index:
            continue
        open_ = [(first, iter(edges[first]))]
        index[first] = low[first] = len(index)
        stack.append(first)
        held.add(first)
        while open_:
            node, rest = open_[-1]
            for to in rest:
                if to not in index:
                    index[to] = low[to] = len(index)
                    stack.append(to)
                    held.add(to)
                    open_.append((to, iter(edges[to])))
                    break
                if to in held:
                    low[node] = min(low[node], index[to])
            else:
                open_.pop()
                if open_:
                    low[open_[-1][0]] = min(low[open_[-1][0]], low[node])
                if low[node] == index[node]:
                    knot = [stack.pop()]
                    while knot[-1] != node:
                        knot.append(stack.pop())
                    held.difference_update(knot)
                    yield knot
