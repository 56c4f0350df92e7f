"""Python: the running interpreter's own library and parser."""

from __future__ import annotations

import ast
import re
import sys
import sysconfig
import textwrap
import tokenize
import warnings
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from tests.conformance import judges
from tests.conformance.language import Language, NotTextError

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


@cache
def python() -> Language:
    """The running version of the language."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Language(
        name="python",
        parser=f"ast.parse of Python {sys.version.split()[0]}",
        judge=judges.python,
        library=lambda: Path(sysconfig.get_path("stdlib")),
        suffix=".py",
        read=_text,
        fragments=_fragments,
        token=TOKEN,
        tokens=(*WORDS.split(), "\n", "\n    ", "\n        "),
        ends=('"', "'", '"""', "'''"),
        options={"python": version},
    )


def _text(path: Path) -> bytes:
    """A file in UTF-8, whatever encoding it declares."""
    data = path.read_bytes()
    try:
        encoding, _ = tokenize.detect_encoding(BytesIO(data).readline)
        text = data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError) as error:
        raise NotTextError(f"{type(error).__name__}: {error}") from error
    return text.encode()


def _fragments(source: bytes, longest: int = 12) -> Iterator[bytes]:
    """The statements of a file, also nested ones, with their indent taken away."""
    lines = source.decode().split("\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and node.end_lineno is not None:
            chunk = lines[node.lineno - 1 : node.end_lineno]
            if len(chunk) <= longest:
                yield (textwrap.dedent("\n".join(chunk)) + "\n").encode()
