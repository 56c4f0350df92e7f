"""The reference parsers: independent of maze's grammars, one function each.

Each takes the source and returns a ParserReport; `place` is where it stopped.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from maze.errors import EngineError, UsageError
from maze.validation.place import Place

if TYPE_CHECKING:
    from tree_sitter import Node

SECONDS = 60


@dataclass(frozen=True, slots=True)
class ParserReport:
    """What a reference parser said of a text."""

    name: str
    accepted: bool
    place: Place | None = None
    message: str | None = None


Parser = Callable[[bytes], ParserReport]


def python_ast(source: bytes, *, version: tuple[int, int] | None = None) -> ParserReport:
    """Parse with `ast` of this interpreter, as `version` if that is an older one.

    An older version is asked of this interpreter as a feature version, which refuses most of
    what that version didn't have.
    """
    running = sys.version_info[:2]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(source, feature_version=version if version != running else None)
        except SyntaxError as error:
            place = Place(error.lineno or 1, max(error.offset or 1, 1))
            return ParserReport("ast", False, place, error.msg)
        except (ValueError, RecursionError, MemoryError) as error:
            reason = str(error) or "too deeply nested for this parser"
            return ParserReport("ast", False, None, reason)
    return ParserReport("ast", True)


# Prints nothing, or line, column and message of the error.
CHILD = """\
import ast, json, sys, warnings
warnings.simplefilter("ignore")
try:
    ast.parse(sys.stdin.buffer.read())
except SyntaxError as error:
    print(json.dumps([error.lineno or 1, error.offset or 1, error.msg]))
except (ValueError, RecursionError, MemoryError) as error:
    print(json.dumps([1, 1, str(error) or "too deeply nested for this parser"]))
"""


def other_python(version: tuple[int, int]) -> Parser:
    """The parser of an installed `python3.N`. Raises UsageError if there is none."""
    name = f"python{version[0]}.{version[1]}"
    program = next((each for each in _programs(name) if _runs(each)), None)
    if program is None:
        running = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise UsageError(
            f"`{name}` is not installed, and Python {running} can't judge its syntax",
            hint=f"install it, or choose another version: "
            f"`maze config set validation.python_version {running}`",
        )
    return partial(_parse_elsewhere, program)


def _programs(name: str) -> Iterator[str]:
    """All of that name on the path, then those that pyenv keeps, the newest first."""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if found := shutil.which(name, path=folder):
            yield found
    root = Path(os.environ.get("PYENV_ROOT") or "~/.pyenv").expanduser()
    kept = root.glob(f"versions/{name.removeprefix('python')}.*/bin/{name}")
    yield from map(str, sorted(kept, key=lambda path: (len(str(path)), path), reverse=True))


def _runs(program: str) -> bool:
    """Not every one does: pyenv's launchers refuse for versions that aren't activated."""
    try:
        return _run([program, "-I", "-c", ""], b"").returncode == 0
    except EngineError:
        return False


def _parse_elsewhere(program: str, source: bytes) -> ParserReport:
    run = _run([program, "-I", "-c", CHILD], source)
    if run.returncode:
        raise EngineError(f"`{program}` failed: exit code {run.returncode}")
    if not run.stdout.strip():
        return ParserReport("ast", True)
    line, column, message = json.loads(run.stdout)
    return ParserReport("ast", False, Place(line, max(column, 1)), message)


GOFMT_ERROR = re.compile(r"^<standard input>:(\d+):(\d+): (.*)$", re.MULTILINE)
ZIG_ERROR = re.compile(r"^<stdin>:(\d+):(\d+): error: (.*)$", re.MULTILINE)


def gofmt(source: bytes) -> ParserReport:
    """Parse with `gofmt -e`, which must be installed."""
    return _by_formatter("gofmt", ["gofmt", "-e"], GOFMT_ERROR, source)


def zig_fmt(source: bytes, *, version: str) -> ParserReport:
    """Parse with `zig fmt`, which must be installed.

    `version` is what the text is written in. If another is installed, the report's name says so:
    what the two don't agree in is judged by the installed one.
    """
    installed = _zig_version(shutil.which("zig"))
    name = "zig fmt" if installed.startswith(f"{version}.") else f"zig fmt {installed}"
    return _by_formatter(name, ["zig", "fmt", "--stdin", "--color", "off"], ZIG_ERROR, source)


@cache
def _zig_version(_program: str | None) -> str:
    return _run(["zig", "version"], b"").stdout.decode(errors="replace").strip()


def _by_formatter(
    name: str, command: list[str], error: re.Pattern[str], source: bytes
) -> ParserReport:
    """What a formatter says that reads standard input and counts columns in bytes."""
    run = _run(command, source)
    if run.returncode == 0:
        return ParserReport(name, True)
    text = run.stderr.decode(errors="replace")
    found = error.search(text)
    if not found:
        raise EngineError(f"`{name}` failed: {text.strip() or f'exit code {run.returncode}'}")
    return ParserReport(name, False, Place.in_bytes(source, int(found[1]), int(found[2])), found[3])


# Syntax alone: no types, no other files. Without the library it complains of global types that
# aren't there, in lines without a place. A configuration of its own, or one above would count.
TSC_OPTIONS = {
    "noCheck": True,
    "noEmit": True,
    "noResolve": True,
    "noLib": True,
    "types": [],
    "jsx": "preserve",
    "target": "esnext",
    "module": "esnext",
}
TSC_ERROR = re.compile(r"^text\.tsx?\((\d+),(\d+)\): error TS\d+: (.*)$", re.MULTILINE)
TSC_NO_LIBRARY = "error TS2318: "
TSC_UNKNOWN_OPTION = "error TS5023: "
TSC_TOO_DEEP = "RangeError: Maximum call stack size exceeded"


def tsc(source: bytes, *, extension: str) -> ParserReport:
    """Parse with the TypeScript compiler, 5.6 or newer, which must be installed.

    `extension` is `.ts`, or `.tsx` for TSX.
    """
    name = f"text{extension}"
    try:
        with tempfile.TemporaryDirectory(prefix="maze-") as folder:
            settings = {"compilerOptions": TSC_OPTIONS, "files": [name]}
            (Path(folder) / "tsconfig.json").write_text(json.dumps(settings), "utf-8")
            (Path(folder) / name).write_bytes(source)
            run = _run(["tsc", "--project", folder, "--pretty", "false"], b"", folder)
    except OSError as error:
        raise EngineError(f"can't write a file for `tsc`: {error}") from error
    text = run.stdout.decode(errors="replace")
    if found := TSC_ERROR.search(text):
        place = Place.in_utf16(source, int(found[1]), int(found[2]))
        return ParserReport("tsc", False, place, found[3])
    said = f"{text}{run.stderr.decode(errors='replace')}"
    if TSC_TOO_DEEP in said:
        return ParserReport("tsc", False, None, "too deeply nested for this parser")
    others = [line for line in said.splitlines() if line and not line.startswith(TSC_NO_LIBRARY)]
    if others or (run.returncode and not said.strip()):
        reason = others[0] if others else f"exit code {run.returncode}"
        old = reason.startswith(TSC_UNKNOWN_OPTION) or "TS5023" in reason
        raise EngineError(
            f"`tsc` failed: {reason}",
            hint=("TypeScript 5.6 or newer is needed; or " if old else "")
            + "let tree-sitter judge: `maze config set validation.parser tree-sitter`",
        )
    return ParserReport("tsc", True)


class NoToolchainError(EngineError):
    """`rustfmt` is rustup's launcher, and rustup has no toolchain or component for it."""


RUSTC_ERROR = re.compile(r"^error[^:\n]*: (.*)\n +--> <stdin>:(\d+):(\d+)$", re.MULTILINE)

# Of the parser; what rustup and others say has no capital or number there.
RUSTC_PLACELESS_ERROR = re.compile(r"^error\[E\d+\]: (.*)$", re.MULTILINE)

RUSTUP_ERROR = re.compile(r"error: (rustup could not choose|.* is not installed)")


def rustfmt(source: bytes, *, edition: str = "2024") -> ParserReport:
    """Parse with the compiler's parser, which is in `rustfmt`.

    Raises NoToolchainError if there is only rustup's launcher for it.
    """
    # The last two: no configuration from the folder where maze runs.
    options = ["--edition", edition, "--color=never", "--config-path", os.devnull]
    run = _run(["rustfmt", *options], source)
    if run.returncode == 0:
        return ParserReport("rustfmt", True)
    text = run.stderr.decode(errors="replace")
    found = RUSTC_ERROR.search(text)
    if found:
        return ParserReport("rustfmt", False, Place(int(found[2]), int(found[3])), found[1])
    if placeless := RUSTC_PLACELESS_ERROR.search(text):
        return ParserReport("rustfmt", False, None, placeless[1])
    reason = text.strip().partition("\n")[0] or f"exit code {run.returncode}"
    if RUSTUP_ERROR.match(text):
        raise NoToolchainError(
            "there is only rustup's launcher for `rustfmt`", hint="`rustup component add rustfmt`"
        )
    raise EngineError(
        f"`rustfmt` failed: {reason}",
        hint="update Rust, or let tree-sitter judge: "
        "`maze config set validation.parser tree-sitter`",
    )


TREE_SITTER_ACCEPTS = ParserReport("tree-sitter", True)


def tree_sitter(grammar: str, source: bytes) -> ParserReport:
    """Parse with one of tree-sitter's grammars: `go`, `rust`, `typescript`, `tsx`, `zig`.

    It is looser than the toolchain in most things, and refuses some rare and some new syntax. What
    it doesn't look at, and no grammar can: whether an element of JSX ends with its own name.
    """
    from tree_sitter import Language, Parser

    module = "typescript" if grammar == "tsx" else grammar
    made = "language" if module != "typescript" else f"language_{grammar}"
    language = getattr(import_module(f"tree_sitter_{module}"), made)()
    if not source.endswith((b"\n", b"\r")):
        # Its Go takes no declaration before a comment that the file ends in.
        source += b"\n"
    node = Parser(Language(language)).parse(source).root_node
    if not node.has_error:
        return _elements_match(source, node) if grammar == "tsx" else TREE_SITTER_ACCEPTS
    while inner := next((child for child in node.children if child.has_error), None):
        node = inner
    line, column = node.start_point
    message = f"missing `{node.type}`" if node.is_missing else "syntax error"
    place = Place.in_bytes(source, line + 1, column + 1)
    return ParserReport("tree-sitter", False, place, message)


def _elements_match(source: bytes, root: Node) -> ParserReport:
    nodes = [root]
    while nodes:
        node = nodes.pop()
        nodes += reversed(node.children)
        if node.type == "jsx_element":
            opening, closing = (
                tag.child_by_field_name("name") if tag else None
                for tag in (
                    node.child_by_field_name("open_tag"),
                    node.child_by_field_name("close_tag"),
                )
            )
            name = _name(opening)
            if name != _name(closing):
                at = (closing or node).start_point
                place = Place.in_bytes(source, at.row + 1, at.column + 1)
                return ParserReport(
                    "tree-sitter", False, place, f"the end of `<{name}>` is missing"
                )
    return TREE_SITTER_ACCEPTS


def _name(node: Node | None) -> str:
    """A name without the blanks that may stand between its parts."""
    return "".join((node.text or b"").decode().split()) if node else ""


def _run(
    command: list[str], source: bytes, folder: str = os.sep
) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which(command[0])
    if program is None:
        raise EngineError(f"can't run `{command[0]}`: it is not on the path")
    try:
        # Not in the folder where maze runs, whose files may choose another toolchain; and rustup
        # downloads none.
        return subprocess.run(
            [os.path.abspath(program), *command[1:]],
            input=source,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=folder,
            env=os.environ | {"RUSTUP_AUTO_INSTALL": "0"},
        )
    except subprocess.TimeoutExpired as error:
        raise EngineError(f"`{command[0]}` did not finish within {SECONDS} seconds") from error
    except OSError as error:
        raise EngineError(f"can't run `{command[0]}`: {error}") from error
