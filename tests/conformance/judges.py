"""What the languages' own parsers say."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.conformance import gotools, rusttools, tstools, zigtools


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a parser says of a text; `lenient`: it accepts what the language's reference refuses;
    `unjudged`: it crashed."""

    verdict: Literal["accepted", "lenient", "refused", "unjudged"]
    reason: str = ""


Judge = Callable[[Sequence[bytes]], list[Judgement]]

ACCEPTED = Judgement("accepted")


def go(programs: Sequence[bytes]) -> list[Judgement]:
    """gofmt's parser, and which of the texts it accepts the specification refuses."""
    return _lines(gotools.judge(), programs)


def zig(programs: Sequence[bytes], version: str = "0.17") -> list[Judgement]:
    """The parser of Zig's standard library, and which of the texts it accepts have a literal that
    the language reference refuses."""
    return _lines(zigtools.judge(version), programs)


def _lines(judge: Path, programs: Sequence[bytes]) -> list[Judgement]:
    """What a program says of texts that are each behind a line with its length: a line of each."""
    frames = b"".join(b"%d\n%b" % (len(program), program) for program in programs)
    done = subprocess.run([judge], input=frames, capture_output=True, check=True)
    return [_line(line) for line in done.stdout.decode().split("\n")[:-1]]


def _line(line: str) -> Judgement:
    verdict, _, reason = line.partition("\t")
    if verdict == "accepted":
        return ACCEPTED
    return Judgement("lenient" if verdict == "lenient" else "refused", reason)


def rust(programs: Sequence[bytes], edition: str = "2024") -> list[Judgement]:
    """rustc's parser, which expands no macros and knows no names."""
    return [_rust(status, text) for status, text in rusttools.parse(list(programs), edition)]


def _rust(status: int, messages: str) -> Judgement:
    if status == 0:
        return ACCEPTED
    if status != 1:
        return Judgement("unjudged", f"rustc ended with {status}")
    errors = [line for line in messages.splitlines() if line.startswith("error")]
    return Judgement("refused", errors[0] if errors else messages)


def typescript(programs: Sequence[bytes], dialect: tstools.Dialect) -> list[Judgement]:
    """TypeScript's parser, which leaves much to the checks that come after it."""
    return [_typescript(*tstools.parse(program, dialect)) for program in programs]


def _typescript(taken: bool, error: str) -> Judgement:
    if error.startswith("crashed: "):
        return Judgement("unjudged", error)
    return ACCEPTED if taken else Judgement("refused", error)
