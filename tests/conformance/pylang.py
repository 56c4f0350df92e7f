"""Python: the interpreter's own library and parser, and large packages from PyPI."""

from __future__ import annotations

import re
import sys
import tokenize
from collections.abc import Sequence
from functools import cache, partial
from importlib.metadata import version as installed
from io import BytesIO
from pathlib import Path

from tests.conformance import pythons
from tests.conformance.corpus import Corpus, Formatter, NotTextError, formatted
from tests.conformance.judges import ACCEPTED, Judgement
from tests.conformance.language import Language
from tests.conformance.packages import pypi

TOKEN = re.compile(
    r"#[^\n]*|[rbfuRBFU]{0,2}(?:\"\"\"(?s:.*?)\"\"\"|'''(?s:.*?)'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')"
    r"|[\w.]*\d[\w.]*|\w+|->|:=|\*\*=?|//=?|(?:<<|>>)=?|[!=<>+\-*/%&|^@]=|\.\.\.|\n[ \n]*|[^\s]"
)
WORDS = """
False None True and as assert async await break class continue def del elif else except finally for
from global if import in is lambda nonlocal not or pass raise return try while with yield match case
type _ print x y 0 1.5 1j 0x1f "s" f'{x}' b'b' ... + - * / // % @ ** << >> & | ^ ~ := < > <= >= ==
!= ( ) [ ] { } , : . ; = -> += *= #c
"""


PACKAGES = ("django==5.2.19", "sympy==1.14.0", "sqlalchemy==2.1.9", "twisted==26.10.0")


@cache
def python(version: str | None = None) -> Language:
    """A version of the language; by default the running one."""
    version = version or pythons.RUNNING
    number, folder = pythons.library(version)
    library = Corpus(f"Python {number}", lambda: folder, ".py", _text, without=("/site-packages/",))
    packages = [Corpus(each, partial(pypi, each), ".py", _text) for each in PACKAGES]
    ruff = _formatter("ruff", "ruff", "format", "--isolated", "--stdin-filename=x.py", "-")
    black = _formatter("black", "black", "-q", "-")
    return Language(
        name="python",
        parser=f"ast.parse of Python {pythons.number(version)}",
        judge=partial(_judge, version),
        library=library,
        packages=tuple(packages),
        formatted=(
            formatted(library, ruff),
            *(formatted(each, ruff) for each in packages[1:]),
            formatted(packages[0], black),
        ),
        fragments=partial(pythons.fragments, version),
        token=TOKEN,
        tokens=(*WORDS.split(), "\n", "\n    ", "\n        "),
        ends=('"', "'", '"""', "'''"),
        needed=(
            "def",
            "class",
            "x",
            " x",
            ":",
            " else",
            " in",
            " import",
            " =",
            "0",
            "pass",
            " pass",
            "    ",
            "except",
            "finally",
            " as",
            "=",
            "in",
            "else",
            ".",
            "[",
        ),
        options={"python": version},
    )


def _formatter(package: str, *arguments: str) -> Formatter:
    return Formatter(
        f"{package} {installed(package)}",
        [sys.executable, "-m", *arguments],
        re.compile(rb"# *(?:fmt|yapf): *\w+"),
    )


def _judge(version: str, programs: Sequence[bytes]) -> list[Judgement]:
    reasons = pythons.judge(version, programs)
    return [Judgement("refused", reason) if reason else ACCEPTED for reason in reasons]


def _text(path: Path) -> bytes:
    """A file in UTF-8, whatever encoding it declares."""
    data = path.read_bytes()
    try:
        encoding, _ = tokenize.detect_encoding(BytesIO(data).readline)
        text = data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError) as error:
        raise NotTextError(f"{type(error).__name__}: {error}") from error
    return text.encode()
