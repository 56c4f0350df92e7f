"""Python's own parser, for any Python from 3.10: `python pyjudge.py judge|fragments|facts`.

Standard input is a JSON list of programs, their bytes as Latin-1. `judge` answers with a list of
error messages, empty for accepted programs, `fragments` with a list of fragments for each program,
`facts` with the version and the folder of the standard library.
"""

from __future__ import annotations

import ast
import json
import sys
import sysconfig
import textwrap
import warnings
from typing import Any

LONGEST = 30


def judge(program: bytes) -> str:
    """Why `ast.parse` refuses the program, or nothing."""
    try:
        _parse(program)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def fragments(program: bytes) -> list[bytes]:
    """The statements of a file, also nested ones, without their indent; up to 30 lines long."""
    lines = program.decode("utf-8-sig").split("\n")
    found = []
    for node in ast.walk(_parse(program)):
        if isinstance(node, ast.stmt) and node.end_lineno is not None:
            decorators = getattr(node, "decorator_list", [])
            first = min(each.lineno for each in [node, *decorators])
            chunk = lines[first - 1 : node.end_lineno]
            if len(chunk) <= LONGEST:
                found.append((textwrap.dedent("\n".join(chunk)) + "\n").encode())
    return found


def _parse(program: bytes) -> ast.Module:
    """The tree of a program in UTF-8, whatever encoding it declares."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(program.decode("utf-8-sig"))


def answer(task: str, request: str) -> str:
    """The answer to one request, as JSON."""
    programs = [text.encode("latin-1") for text in json.loads(request)]
    found: Any
    if task == "judge":
        found = [judge(program) for program in programs]
    elif task == "fragments":
        found = [[each.decode("latin-1") for each in fragments(program)] for program in programs]
    else:
        found = [sys.version.split()[0], sysconfig.get_path("stdlib")]
    return json.dumps(found)


if __name__ == "__main__":
    print(answer(sys.argv[1], sys.stdin.read()))
