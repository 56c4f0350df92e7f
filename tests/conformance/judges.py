"""The languages' own parsers."""

from __future__ import annotations

import ast
import subprocess
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.conformance import gotools


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a parser says of a text; `lenient`: it accepts what the language's reference refuses."""

    verdict: Literal["accepted", "lenient", "refused"]
    reason: str = ""


Judge = Callable[[Sequence[bytes]], list[Judgement]]

ACCEPTED = Judgement("accepted")


def python(programs: Sequence[bytes]) -> list[Judgement]:
    """`ast.parse` of the running Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [_python(program) for program in programs]


def _python(program: bytes) -> Judgement:
    try:
        ast.parse(program)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return Judgement("refused", f"{type(error).__name__}: {error}")
    return ACCEPTED


def go(programs: Sequence[bytes]) -> list[Judgement]:
    """gofmt's parser, and which of the texts it accepts the specification refuses."""
    frames = b"".join(b"%d\n%b" % (len(program), program) for program in programs)
    done = subprocess.run([gotools.judge()], input=frames, capture_output=True, check=True)
    return [_go(line) for line in done.stdout.decode().splitlines()]


def _go(line: str) -> Judgement:
    verdict, _, reason = line.partition("\t")
    if verdict == "accepted":
        return ACCEPTED
    return Judgement("lenient" if verdict == "lenient" else "refused", reason)
