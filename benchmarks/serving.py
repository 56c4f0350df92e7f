"""Throughput of a server with and without grammars, its first grammar, and how it bears a load.

    python -m benchmarks.serving --model DIR                    # vLLM, on this machine
    python -m benchmarks.serving --model DIR --load 180         # 64 clients for 3 minutes
    python -m benchmarks.serving --engine local                 # the embedded model

The server is `maze serve` in a process of its own. Throughput is in tokens a second, constrained
and not in turns, so that both see the same machine; the ratio is of two neighbours, and its median
is printed with the smallest and the largest. Under load, each client sends requests of mixed
lengths and languages, one after the other; some hang up midway, some send a grammar that is none.
Then more requests come at once than the server lets wait.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from maze.languages import LANGUAGES
from tests.server.running import serving, wait_until_ready

NAMES = [language.name for language in LANGUAGES]
TOKENS = 128
LEAVING, WRONG = 0.20, 0.05
LENGTHS = (16, 64, 256, 768)
SAMPLE_SECONDS = 1
BURST = 700


def body(seed: int, *, constrain: bool, tokens: int = TOKENS) -> dict[str, object]:
    """A request."""
    return {
        "prompt": "a small program",
        "language": NAMES[seed % len(NAMES)],
        "constrain": constrain,
        "seed": seed,
        "temperature": 1.0,
        "max_tokens": tokens,
    }


async def throughput(client: httpx.AsyncClient, streams: int, rounds: int) -> None:
    """Prints tokens a second and their ratio for so many requests at once."""

    async def speed(first: int, *, constrain: bool) -> float:
        started = time.perf_counter()
        answers = await asyncio.gather(
            *(
                client.post("/generate", json=body(seed, constrain=constrain))
                for seed in range(first, first + streams)
            )
        )
        seconds = time.perf_counter() - started
        return sum(answer.json()["metadata"]["tokens"] for answer in answers) / seconds

    with_, without, ratios = [], [], []
    for number in range(rounds):
        first = number * streams
        free = await speed(first, constrain=False)
        bound = await speed(first, constrain=True)
        with_.append(bound)
        without.append(free)
        ratios.append(bound / free)
    print(
        f"{streams} streams: {statistics.median(without):,.0f} tokens/s free, "
        f"{statistics.median(with_):,.0f} constrained; ratio {statistics.median(ratios):.3f} "
        f"({min(ratios):.3f} to {max(ratios):.3f} in {rounds} rounds)",
        flush=True,
    )


async def first_grammar(client: httpx.AsyncClient, count: int) -> None:
    """Prints the time of the first request with a grammar after ready, and of those behind it."""
    times = []
    for seed in range(count):
        started = time.perf_counter()
        asked = body(seed * len(NAMES), constrain=True, tokens=16)
        (await client.post("/generate", json=asked)).raise_for_status()
        times.append(time.perf_counter() - started)
    median = statistics.median(times[1:])
    print(
        f"first grammar request {times[0] * 1000:.0f} ms, median of the next {count - 1} "
        f"{median * 1000:.0f} ms: {times[0] / median:.2f} times",
        flush=True,
    )


@dataclass
class Load:
    """What happened under load."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    memory: list[tuple[float, int]] = field(default_factory=list)


async def load(client: httpx.AsyncClient, process: psutil.Process, seconds: float) -> Load:
    """64 clients until the time is over; each answer is checked against its request."""
    found, end = Load(), time.monotonic() + seconds

    async def one(number: int) -> None:
        chance = random.Random(number)
        while time.monotonic() < end:
            await request(client, chance, found)

    async def watch() -> None:
        started = time.monotonic()
        while time.monotonic() < end:
            began = time.perf_counter()
            (await client.get("/health")).raise_for_status()
            found.health.append(time.perf_counter() - began)
            found.memory.append((time.monotonic() - started, resident(process)))
            await asyncio.sleep(SAMPLE_SECONDS)

    await asyncio.gather(watch(), *(one(number) for number in range(64)))
    return found


async def request(client: httpx.AsyncClient, chance: random.Random, found: Load) -> None:
    """One request of a client, and whether its answer is its own."""
    draw = chance.random()
    if draw < WRONG:
        refusal = await client.post("/generate", json={"prompt": "x", "grammar": "start: nothing"})
        is_told = refusal.status_code == 400 and "nothing" in refusal.text
        found.outcomes[
            "bad grammar refused" if is_told else f"bad grammar {refusal.status_code}"
        ] += 1
        return
    mark = f"mark{chance.randrange(10**9):09d}"
    tokens = chance.choice(LENGTHS)
    # A grammar that only this request has: another's text would not follow it.
    asked: dict[str, object] = {
        "prompt": mark,
        "grammar": f'start: "{mark} " /[a-z ]+/',
        "max_tokens": tokens,
        "seed": chance.randrange(2**32),
        "stream": True,
    }
    own = chance.random() < 0.5
    language = chance.choice(NAMES)
    if not own:
        asked |= {"grammar": language, "language": language}
    leaves = draw < WRONG + LEAVING
    async with client.stream("POST", "/generate", json=asked) as stream:
        if stream.status_code != 200:
            found.outcomes[f"refused with {stream.status_code}"] += 1
            if stream.status_code == 429:
                await asyncio.sleep(float(stream.headers["retry-after"]))
            return
        last, pieces, event = "", 0, ""
        async for line in stream.aiter_lines():
            if line.startswith("event: "):
                event = line.removeprefix("event: ")
                pieces += event == "token"
                if leaves and pieces > 2:
                    found.outcomes["left midway"] += 1
                    return
            elif line.startswith("data: "):
                last = line.removeprefix("data: ")
    if event != "done":
        found.outcomes[f"ended with {event or 'nothing'}"] += 1
        found.wrong.append(last[:200])
        return
    answer = json.loads(last)
    text, told = str(answer["code"]), answer["metadata"]
    if text.startswith(mark) if own else told["grammar"]["name"] == language:
        is_good = own or told["verdict"] in ("valid", "incomplete")
        outcome = "answered" if is_good else f"answered, {told['verdict']}"
    else:
        is_good, outcome = False, "answered with another's text"
    found.outcomes[outcome] += 1
    if not is_good:
        found.wrong.append(f"{language}, {told['validation']}: {text}")


async def burst(address: str) -> None:
    """Prints what becomes of more requests at once than the server lets wait."""
    limits = httpx.Limits(max_connections=BURST)
    async with httpx.AsyncClient(base_url=address, timeout=300, limits=limits) as client:
        answers = await asyncio.gather(
            *(
                client.post("/generate", json=body(seed, constrain=True, tokens=16))
                for seed in range(BURST)
            )
        )
    counts = Counter(answer.status_code for answer in answers)
    told = ", ".join(f"{count:,} with {status}" for status, count in sorted(counts.items()))
    print(f"{BURST} requests at once: {told}", flush=True)


def resident(process: psutil.Process) -> int:
    """Bytes that the server and its processes hold."""
    total = 0
    for each in (process, *process.children(recursive=True)):
        try:
            total += each.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def report(found: Load, seconds: float) -> Iterator[str]:
    """The lines about a load."""
    yield f"{sum(found.outcomes.values()):,} requests of 64 clients in {seconds:.0f} s"
    for name, count in found.outcomes.most_common():
        yield f"  {name}: {count:,}"
    for text in found.wrong[:5]:
        yield f"    {text!r}"
    yield (
        f"/health: median {statistics.median(found.health) * 1000:.0f} ms, "
        f"longest {max(found.health) * 1000:.0f} ms"
    )
    # The first third warms caches up.
    late = [(at, held) for at, held in found.memory if at > seconds / 3]
    middle = statistics.median(held for _, held in late[: len(late) // 2])
    last = statistics.median(held for _, held in late[len(late) // 2 :])
    yield (
        f"memory: {found.memory[0][1] / 2**20:,.0f} MiB at the beginning, {middle / 2**20:,.0f} in "
        f"the second third, {last / 2**20:,.0f} in the last: {(last / middle - 1):+.1%}"
    )


async def measure(address: str, process: psutil.Process, options: argparse.Namespace) -> None:
    """All that was asked for."""
    limits = httpx.Limits(max_connections=200)
    async with httpx.AsyncClient(base_url=address, timeout=300, limits=limits) as client:
        await first_grammar(client, 20)
        if options.load:
            found = await load(client, process, options.load)
            print("\n".join(report(found, options.load)), flush=True)
            await burst(address)
        else:
            for streams in (1, 8):
                await throughput(client, streams, options.rounds)


def main() -> None:
    """Start a server and measure it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--engine", choices=("vllm", "local"), default="vllm")
    parser.add_argument("--model", help="the folder of a checkpoint")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--load", type=float, metavar="SECONDS", default=0)
    options = parser.parse_args()
    arguments = ["--engine", options.engine]
    arguments += ["--model", options.model] if options.model else []
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(os.environ, Path(folder), *arguments) as (address, process),
    ):
        print(wait_until_ready(address)["versions"], flush=True)
        asyncio.run(measure(address, psutil.Process(process.pid), options))


if __name__ == "__main__":
    main()
