"""How deep flat texts and JSON Schemas from outside may lead."""

from __future__ import annotations

import json

import pytest

from maze.errors import GrammarError
from maze.grammar.nesting import check_flat, check_schema
from maze.languages import Versions
from maze.server.engines import shipped_grammars


def flat(*lines: str) -> str:
    return "\n".join(("%llguidance {}", *lines))


def chain(length: int, line: str) -> list[str]:
    """Rules that lead into the next; `line` has `{0}` for the rule and `{1}` for the next."""
    rules = [line.format(f"r{number}", f"r{number + 1}") for number in range(length)]
    return ["start: r0", *rules, f'r{length}: "x"']


def test_what_maze_ships_is_taken() -> None:
    for _, grammar in shipped_grammars(Versions()):
        check_flat(grammar.text)


@pytest.mark.parametrize(
    ("line", "levels"),
    [
        ('{0}: {1} "0" | "x"', 1),
        ('{0}: "a" | "b" (("c" {1}))', 3),
        ('{0}[capture="{1}:"]: {1}', 1),
        ("{0}: /a[(]/ {1} // )))", 1),
        ('{0}: "(" {1} <a> "\\"(" # (', 1),
        ('{0}\n  : {1}\n  | "x"', 1),
        ('{0}: %json {{"a": {{}}}} {1}', 1),
    ],
)
def test_a_chain_of_rules_has_an_end(line: str, levels: int) -> None:
    check_flat(flat(*chain(990 // levels, line)))
    with pytest.raises(GrammarError, match="leads through more than 1,000"):
        check_flat(flat(*chain(1_010 // levels, line)))


def test_names_end_where_llguidance_ends_them() -> None:
    with pytest.raises(GrammarError, match="leads through more than 1,000"):
        check_flat(flat(*chain(1_100, "{0}: {1}X"), 'X: "x"'))


def test_rules_that_lead_back_are_met_once() -> None:
    names = [f"r{number}" for number in range(2_000)]
    rules = [f'{name}: r0 | "x"' for name in names]
    check_flat(flat("start: " + " | ".join(names), *rules))


def test_a_grammar_within_the_grammar_is_refused() -> None:
    with pytest.raises(GrammarError, match="a grammar within a grammar"):
        check_flat(flat("start: %lark {", 'start: "a"', "}"))


def definitions(length: int, inner: object) -> dict[str, object]:
    """Schemas that refer to the next; `inner` has `NEXT` for its pointer."""
    text = json.dumps(inner)
    found = {
        f"d{number}": json.loads(text.replace("NEXT", f"#/$defs/d{number + 1}"))
        for number in range(length)
    }
    return {"$defs": found | {f"d{length}": {"type": "string"}}, "$ref": "#/$defs/d0"}


@pytest.mark.parametrize(
    ("inner", "levels"),
    [
        ({"items": {"$ref": "NEXT"}}, 2),
        ({"anyOf": [{"properties": {"definitions": {"allOf": [{"$ref": "NEXT"}]}}}, {}]}, 7),
    ],
)
def test_a_chain_of_references_has_an_end(inner: object, levels: int) -> None:
    check_schema(definitions(1_900 // levels, inner))
    with pytest.raises(GrammarError, match="lead through more than 2,000"):
        check_schema(definitions(2_400 // levels, inner))
    with pytest.raises(GrammarError, match="lead through more than 2,000"):
        check_flat(flat("start: %json " + json.dumps(definitions(2_400 // levels, inner))))


def test_a_knot_of_schemas_counts_as_all_of_them() -> None:
    names = [f"d{number}" for number in range(1_200)]
    # In some order, each leads to the next before it leads anywhere else.
    knot = {name: {"items": {"$ref": "#/$defs/d0"}} for name in names}
    knot["d0"] = {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in names]}
    with pytest.raises(GrammarError, match="lead through more than 2,000"):
        check_schema({"$defs": knot, "$ref": "#/$defs/d0"})
    del knot["d0"]
    check_schema({"$defs": knot, "anyOf": [{"$ref": f"#/$defs/{name}"} for name in names[1:]]})


def test_a_schema_refers_to_itself_alone() -> None:
    check_schema({"items": {"$ref": "#"}})
    check_schema({"$defs": {"a/b": {"$ref": "#/$defs/a~1b"}}, "items": {"$ref": "#/$defs/a~1b"}})
    with pytest.raises(GrammarError, match=r"refers to `other\.json`"):
        check_schema({"items": {"$ref": "other.json"}})
