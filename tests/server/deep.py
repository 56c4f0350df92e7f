"""Grammars and schemas whose parts lead into each other, as many as asked for."""

from __future__ import annotations


def chain(rules: int) -> str:
    """A grammar, flat already, in which each rule leads into the next."""
    lines = (f'r{number}: r{number + 1} "0" | "x"' for number in range(rules))
    return "\n".join(("%llguidance {}", "start: r0", *lines, f'r{rules}: "y"'))


def references(schemas: int) -> dict[str, object]:
    """A schema in which each definition refers to the next."""
    found: dict[str, object] = {
        f"d{number}": {"type": "array", "items": {"$ref": f"#/$defs/d{number + 1}"}}
        for number in range(schemas)
    }
    return {"$defs": found | {f"d{schemas}": {"type": "string"}}, "$ref": "#/$defs/d0"}
