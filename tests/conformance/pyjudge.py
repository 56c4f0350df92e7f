"""Python's own parser, for any Python from 3.10: `python pyjudge.py judge|fragments`.

Standard input is a JSON list of programs, their bytes as Latin-1. `judge` answers with a list of
error messages, empty for accepted programs; `fragments` with a list of fragments for each program.
"""

from __future__ import annotations

import ast
import json
import sys
import textwrap
import warnings

LONGEST = 12


def judge(program: bytes) -> str:
    """Why `ast.parse` refuses the program, or nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(program)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def fragments(program: bytes) -> list[bytes]:
    """The statements of a file, also nested ones, without their indent; up to 12 lines long."""
    lines = program.decode().split("\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(program)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and node.end_lineno is not None:
            chunk = lines[node.lineno - 1 : node.end_lineno]
            if len(chunk) <= LONGEST:
                found.append((textwrap.dedent("\n".join(chunk)) + "\n").encode())
    return found


def main() -> None:
    """Answers one request."""
    programs = [text.encode("latin-1") for text in json.load(sys.stdin)]
    if sys.argv[1] == "judge":
        json.dump([judge(program) for program in programs], sys.stdout)
    else:
        pieces = [[each.decode("latin-1") for each in fragments(program)] for program in programs]
        json.dump(pieces, sys.stdout)


if __name__ == "__main__":
    main()
