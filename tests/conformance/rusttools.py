"""The Rust toolchain: rustc as a judge of many programs, and rustfmt."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conformance.cache import folder

FEATURE = re.compile(rb"(#!\[[^\]]*?)\bfeature\s*\(")
# Messages on names and attributes, not on syntax.
OF_NAMES = re.compile("use of unstable|the `.*` attribute")
SERVER_SOURCE = Path(__file__).parent / "rustjudge" / "forkserver.c"


class RustMissingError(Exception):
    """No rustc that knows edition 2024, or no C compiler."""


@cache
def sysroot() -> Path:
    """The root of the Rust installation; not the launcher of rustup, which picks one."""
    return Path(_output("rustc", "--print", "sysroot"))


@cache
def version() -> str:
    """The compiler's version, such as `rustc 1.95.0`."""
    return " ".join(_output("rustc", "--version").split()[:2])


def rustfmt() -> Path:
    """The program rustfmt."""
    return sysroot() / "bin" / "rustfmt"


def parse(programs: list[bytes], edition: str) -> list[tuple[int, str]]:
    """Exit status of rustc for each program, and its messages."""
    environment = os.environ | {
        "LD_PRELOAD": str(_server()),
        "LD_LIBRARY_PATH": str(sysroot() / "lib"),
        "RUSTC_BOOTSTRAP": "1",
    }
    rustc = sysroot() / "bin" / "rustc"
    done = subprocess.run(
        [rustc, "-Zunpretty=normal", "--edition", edition, "--color=never", "-"],
        input=b"".join(b"%d\n%b" % (len(program), program) for program in programs),
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    answers = []
    rest = done.stdout
    while rest:
        head, _, rest = rest.partition(b"\n")
        status, size = map(int, head.split())
        answers.append((status, rest[:size].decode(errors="replace")))
        rest = rest[size:]
    return answers


def experimental(program: bytes, edition: str) -> list[tuple[int, str]]:
    """Where a program that parses uses syntax that stable Rust doesn't have, by rustc: the byte,
    and what it says of it."""
    # What the program switches on itself would not be told; offsets stay as they are.
    program = FEATURE.sub(rb"\1allow  (", program)
    command = [sysroot() / "bin" / "rustc", "--edition", edition, "--crate-type", "lib"]
    environment = {key: value for key, value in os.environ.items() if key != "RUSTC_BOOTSTRAP"}
    with TemporaryDirectory() as made:
        command += ["--emit=metadata", "--out-dir", made, "--error-format=json", "-"]
        done = subprocess.run(command, input=program, env=environment, capture_output=True)
    said = [json.loads(line) for line in done.stderr.splitlines()]
    return [
        (span["byte_start"], each["message"])
        for each in said
        if (each["code"] or {}).get("code") == "E0658" or "experimental" in each["message"]
        if not OF_NAMES.match(each["message"])
        for span in each["spans"]
        if span["is_primary"]
    ]


@cache
def _server() -> Path:
    """The library in `rustjudge/`, built if its source is new."""
    source = SERVER_SOURCE.read_bytes()
    library = folder("rustjudge") / f"{hashlib.sha256(source).hexdigest()[:16]}.so"
    if not library.exists():
        built = library.with_suffix(f".{os.getpid()}")
        _output("cc", "-O2", "-shared", "-fPIC", "-o", str(built), str(SERVER_SOURCE), "-ldl")
        built.replace(library)
    return library


def _output(program: str, *arguments: str) -> str:
    if not shutil.which(program):
        raise RustMissingError(f"no `{program}` on the path")
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    if done.returncode:
        raise RustMissingError(f"`{program} {' '.join(arguments)}` failed: {done.stderr.strip()}")
    return done.stdout.strip()
