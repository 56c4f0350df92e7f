"""Start-up time and memory of the commands, and the speed of validation.

    python -m benchmarks.commands

Times are medians over runs in fresh processes; `cpu` is user and system time, which other jobs on
the machine disturb less than the wall clock.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from maze import languages
from maze.grammar.choice import grammar_for
from maze.validation.grammar_check import check_grammar
from maze.validation.parsers import python_ast

RUNS = 15
# Enough files of the standard library for a stable figure, in their order.
VALIDATED_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """One run: seconds by the wall clock, seconds of CPU, and the peak of memory in MB."""

    wall: float
    cpu: float
    peak: float


def cost(arguments: list[str], environment: dict[str, str]) -> Cost:
    """Run the command once in a process of its own."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "maze", *arguments], stdout=subprocess.DEVNULL, env=environment
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    assert process.returncode == 0, arguments
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def starts() -> Iterator[str]:
    """A row for each command, with the cache of grammars filled."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder, "HOME": folder}
        small = Path(folder) / "small.py"
        small.write_text("def double(x):\n    return 2 * x\n")
        for arguments in (["--help"], ["--version"], ["validate", str(small)], ["config", "list"]):
            cost(arguments, environment)
            costs = [cost(arguments, environment) for _ in range(RUNS)]
            wall, cpu, peak = (
                statistics.median(getattr(one, name) for one in costs)
                for name in ("wall", "cpu", "peak")
            )
            shown = " ".join(Path(argument).name for argument in arguments)
            yield f"| `maze {shown}` | {wall:.2f} s | {cpu:.2f} s | {peak:.0f} MB |"


def validation() -> str:
    """A row on the speed of the grammar and of the reference parser over Python's own library."""
    grammar = grammar_for(languages.find("python"), "full")
    sources, size = [], 0
    for path in sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")):
        sources.append(path.read_bytes())
        size += len(sources[-1])
        if size > VALIDATED_BYTES:
            break
    started = time.thread_time()
    accepted = sum(check_grammar(source, grammar).result == "accepted" for source in sources)
    by_grammar = time.thread_time() - started
    started = time.thread_time()
    for source in sources:
        python_ast(source)
    by_parser = time.thread_time() - started
    return (
        f"| {len(sources)} files, {accepted} accepted | {size / by_grammar / 1e6:.2f} MB/s "
        f"| {size / by_parser / 1e6:.2f} MB/s |"
    )


def main() -> None:
    """Print both tables."""
    print("| command | wall | cpu | peak memory |\n|---|---|---|---|", flush=True)
    for line in starts():
        print(line, flush=True)
    print("\n| validation, Python | grammar | `ast` |\n|---|---|---|")
    print(validation())


if __name__ == "__main__":
    main()
