"""Validity rates and speed of whole generations with the embedded model.

    python -m benchmarks.generations                  # 60 prompts x 10 seeds, with and without
    python -m benchmarks.generations --seeds 2        # fewer

Every text that maze calls valid is parsed once more in a process of its own, by `python -m ast`,
`gofmt -e`, `rustc`, TypeScript's parser or `std.zig.Ast`. Times are of the process's CPU, with one
thread for the model.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import cast

from maze import languages
from maze.grammar.choice import grammar_for
from maze.pipeline import run
from maze.providers.local import LocalProvider
from maze.request import Request, Result, SamplingParams
from maze.settings import Settings
from tests.conformance import gotools, judges, tstools, zigtools
from tests.conformance.language import LanguageName
from tests.conformance.languages import language

PROMPTS = {
    "python": (
        "a function that returns the factorial of a number",
        "check whether a string is a palindrome",
        "Write a class for a bank account with deposit and withdraw.",
        "count the words in a text and return a dictionary",
        "a script that reads a file and prints the number of lines",
        "Merge two sorted lists into one sorted list",
        "I need a generator of the Fibonacci numbers below a limit",
        "parse a line of comma-separated integers, ignore the empty ones",
        "a decorator that retries a function three times",
        "convert temperatures from Celsius to Fahrenheit and print a table",
    ),
    "go": (
        "a function that reverses a slice of ints",
        "Write a stack type with push and pop",
        "find the largest number in a slice, return an error if it is empty",
        "a program that prints the first ten prime numbers",
        "an HTTP handler that answers with JSON",
        "read a file line by line and count the lines",
        "a struct for a point with a method that returns the distance to another",
        "check if two strings are anagrams",
        "a worker pool with goroutines and a channel",
        "Sum the values of a map from string to float64",
    ),
    "rust": (
        "a function that returns the sum of the even numbers in a slice",
        "Write a generic stack with push and pop",
        "an enum for shapes with a method that returns the area",
        "count the words in a string and return a HashMap",
        "read a file and print its lines with their numbers",
        "a trait for animals and two structs that implement it",
        "parse a comma-separated line of integers, return an error for the others",
        "an iterator over the Fibonacci numbers",
        "check if two strings are anagrams",
        "a program that prints the first ten prime numbers",
    ),
    "typescript": (
        "a function that returns the sum of an array of numbers",
        "debounce a function",
        "an interface for a user and a function that greets one",
        "Write a generic stack class with push and pop",
        "group an array of objects by a key",
        "an enum for colours and a function that names them",
        "fetch JSON from a URL with a timeout",
        "check whether a string is a palindrome",
        "a type for the result of an operation that may fail",
        "parse a query string into an object",
    ),
    "tsx": (
        "a button component with a label and a click handler",
        "a list of todo items",
        "a counter with a button",
        "a form with an input and a submit button",
        "a card with a title and children",
        "a table of users",
        "a component that shows a message while it loads",
        "a checkbox with a label",
        "a page with a heading and two paragraphs",
        "a link that opens in a new tab",
    ),
    "zig": (
        "a function that adds two numbers",
        "a struct for a point with a method that returns the distance",
        "find the largest number in a slice",
        "a function that returns the factorial of a number",
        "an error set and a function that divides two numbers",
        "count the vowels in a string",
        "reverse a slice in place",
        "a test that checks a sum",
        "an enum for directions with a function that turns left",
        "check if a number is prime",
    ),
}


@dataclass
class Tally:
    """Sums over many generations."""

    verdicts: Counter[str] = field(default_factory=Counter)
    disputed: list[str] = field(default_factory=list)
    tokens: int = 0
    forced: int = 0
    drawn: int = 0
    masks: int = 0
    cpu_seconds: float = 0.0
    slowest_seconds: float = 0.0

    def add(self, result: Result, cpu_seconds: float) -> None:
        """Count one generation; a text that the parser apart refuses is kept."""
        self.verdicts[result.verdict.name] += 1
        self.tokens += result.completion.usage.completion_tokens
        self.cpu_seconds += cpu_seconds
        self.slowest_seconds = max(self.slowest_seconds, result.total_seconds)
        if stats := result.completion.stats:
            self.forced += stats.forced_tokens
            self.drawn += stats.draws
            self.masks += stats.masks
        if result.verdict.name == "valid" and not parses_apart(result):
            self.disputed.append(result.text)

    def share(self, verdict: str) -> float:
        """Share of the generations with this verdict, 0 to 1."""
        return self.verdicts[verdict] / max(1, self.verdicts.total())

    @property
    def tokens_per_second(self) -> float:
        """Tokens by second of CPU time, validation included."""
        return self.tokens / max(self.cpu_seconds, 1e-9)


def parses_apart(result: Result) -> bool:
    """Whether the language's own parser accepts the text, in a process of its own."""
    if result.request.language == "python":
        command = [sys.executable, "-I", "-W", "ignore", "-m", "ast"]
    elif result.request.language == "go":
        command = [str(gotools.gofmt()), "-e"]
    else:
        spoken = language(cast(LanguageName, result.request.language))
        return [*spoken.judge([result.text.encode()])] == [judges.ACCEPTED]
    parser = subprocess.run(command, input=result.text.encode(), capture_output=True, check=False)
    return parser.returncode == 0


def requests(name: str, seeds: Iterable[int], *, constrain: bool) -> Iterator[Request]:
    """Each prompt with each seed, with the default settings but 512 tokens."""
    grammar = grammar_for(languages.find(name), "generate") if constrain else None
    defaults = Settings().generation
    for prompt in PROMPTS[name]:
        for seed in seeds:
            params = SamplingParams(defaults.temperature, defaults.top_p, 512, seed)
            yield Request(prompt, name, grammar, params)


def tally(name: str, seeds: Iterable[int], *, constrain: bool) -> Tally:
    """Generate and judge all of one language."""
    # They are fetched without being put on the path.
    programs = (gotools.gofmt(), tstools.tsc(), zigtools.zig("0.17"))
    folders = [str(program.parent) for program in programs]
    os.environ["PATH"] = os.pathsep.join([*folders, os.environ["PATH"]])
    provider, settings, sums = LocalProvider("nano", threads=1), Settings(), Tally()
    for request in requests(name, list(seeds), constrain=constrain):
        started = time.process_time()
        result = asyncio.run(run(request, provider, settings))
        sums.add(result, time.process_time() - started)
    return sums


def row(name: str, constrain: bool, sums: Tally) -> str:
    """One line of the table."""
    cells = (
        name,
        "grammar" if constrain else "none",
        f"{sums.verdicts.total()}",
        f"{sums.share('valid'):.1%}",
        f"{sums.share('incomplete'):.1%}",
        f"{sums.share('invalid'):.1%}",
        f"{len(sums.disputed)}",
        f"{sums.tokens / max(1, sums.verdicts.total()):.0f}",
        f"{sums.forced / max(1, sums.tokens):.0%}",
        f"{sums.masks / max(1, sums.drawn):.0%}" if constrain else "-",
        f"{sums.tokens_per_second:.0f}",
        f"{sums.slowest_seconds:.1f}",
    )
    return "| " + " | ".join(cells) + " |"


HEAD = (
    "| language | constraint | texts | valid | incomplete | invalid | valid, but refused apart "
    "| tokens a text | forced | masks | tokens/s of CPU | slowest, s |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="seeds for each prompt")
    arguments = parser.parse_args()
    print(HEAD, flush=True)
    for name in PROMPTS:
        for constrain in (True, False):
            sums = tally(name, range(arguments.seeds), constrain=constrain)
            print(row(name, constrain, sums), flush=True)


if __name__ == "__main__":
    main()
