"""How often the exported model ends by itself, and how often what it wrote parses, without a
grammar.

`python -m training.evaluate MODEL_DIRECTORY --tools DIRECTORY` prints the table for 20 plain
prompts, ten seeds each, in Python and Go, at two temperatures; `--show` prints one answer to each
prompt as well.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
from tokenizers import Tokenizer

from training.formatters import format_all
from training.qwen2 import Qwen2Config
from training.speed import empty_past, session_of
from training.tokenizer import CODE, END, PROMPT

SEEDS, MAX_TOKENS, TOP_P = 10, 512, 0.95
TEMPERATURES = (0.2, 0.8)
HEAD = """\
| language | temperature | ended in 512 tokens | ended and parses | parses, of those that ended \
| median characters |
|---|---|---|---|---|---|"""
PROMPTS = {
    "python": (
        "Write a function that returns the factorial of n",
        "Write a Python function that checks if a number is prime",
        "reverse a string",
        "count the vowels in a text",
        "a function that merges two dictionaries",
        "Create a class Stack with push and pop",
        "Write a bank account class",
        "Read a CSV file and return its rows",
        "binary search",
        "fibonacci numbers up to n",
        "sum of even numbers in a list",
        "Write a decorator that measures the running time of a function",
        "parse a date like 2024-01-31",
        "find the longest word in a sentence",
        "a script that prints hello world",
        "remove duplicates from a list but keep the order",
        "Convert a temperature from celsius to fahrenheit",
        "get the second largest number",
        "Write a web scraper for news headlines",
        "implement a priority queue for hospital patients",
    ),
    "go": (
        "Write a function that returns the factorial of n",
        "Write a Go function that checks if a number is prime",
        "reverse a string",
        "count words in a string",
        "an HTTP handler that says hello",
        "Create a stack type with Push and Pop",
        "a struct for a bank account with Deposit and Withdraw",
        "Read a file and return its lines",
        "binary search in a sorted slice",
        "sum of a slice of ints",
        "find the maximum in a list",
        "parse a JSON config file",
        "a command line program that greets the user",
        "filter even numbers",
        "custom error type for validation",
        "a worker pool with channels",
        "Merge two maps",
        "check if a string is a palindrome",
        "Write a REST API for todo items",
        "simulate a traffic light",
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    ended: bool


class Model:
    """A model folder, one sequence at a time."""

    def __init__(self, directory: Path) -> None:
        self.config = Qwen2Config.from_json(directory / "config.json")
        self.tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self.session = session_of((directory / "model.onnx").read_bytes())
        self.past_names = [value.name for value in self.session.get_inputs()][3:]
        self.end = self.tokenizer.token_to_id(END)

    def step(self, ids: list[int], past: list[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray]]:
        """The logits after the last of `ids`, and the longer past."""
        before = past[0].shape[2]
        feeds = {"input_ids": np.array([ids]),
                 "attention_mask": np.ones((1, before + len(ids)), np.int64),
                 "position_ids": np.arange(before, before + len(ids))[None]}  # fmt: skip
        logits, *past = self.session.run(
            None, {**feeds, **dict(zip(self.past_names, past, strict=True))}
        )
        return logits[0, -1], past

    def answer(self, language: str, prompt: str, temperature: float, seed: int) -> Answer:
        rng, past = np.random.default_rng(seed), empty_past(self.config)
        record = f"<|{language}|>{PROMPT}{prompt}{CODE}"
        pending: list[int] = self.tokenizer.encode(record, add_special_tokens=False).ids
        written: list[int] = []
        while len(written) < MAX_TOKENS:
            logits, past = self.step(pending, past)
            token = sample(logits, temperature, rng)
            if token == self.end:
                return Answer(self.tokenizer.decode(written), True)
            written.append(token)
            pending = [token]
        return Answer(self.tokenizer.decode(written), False)


def sample(logits: np.ndarray, temperature: float, rng: np.random.Generator) -> int:
    """A token by temperature and nucleus."""
    scaled = (logits - logits.max()).astype(np.float64) / temperature
    shares = np.exp(scaled) / np.exp(scaled).sum()
    order = np.argsort(-shares)
    kept = order[: int(np.searchsorted(np.cumsum(shares[order]), TOP_P)) + 1]
    return int(rng.choice(kept, p=shares[kept] / shares[kept].sum()))


def answers(model: Model, language: str, temperature: float) -> Iterator[Answer]:
    for prompt in PROMPTS[language]:
        for seed in range(SEEDS):
            yield model.answer(language, prompt, temperature, seed)


def row(language: str, temperature: float, got: list[Answer], tools: Path) -> str:
    checked = format_all(language, [one.text for one in got], tools)
    ended = sum(one.ended for one in got)
    parsed = sum(one.ended and text is not None for one, text in zip(got, checked, strict=True))
    length = int(np.median([len(one.text) for one in got]))
    return (f"| {language} | {temperature} | {ended / len(got):.1%} | {parsed / len(got):.1%} "
            f"| {parsed / max(ended, 1):.1%} | {length} |")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--tools", type=Path, required=True)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    model = Model(given.model)
    print(HEAD)
    for language in PROMPTS:
        for temperature in TEMPERATURES:
            got = list(answers(model, language, temperature))
            print(row(language, temperature, got, given.tools), flush=True)
    if given.show:
        for language, prompts in PROMPTS.items():
            for prompt in prompts:
                print(f"\n## {language}: {prompt}\n")
                print(model.answer(language, prompt, TEMPERATURES[0], 0).text, end="")


if __name__ == "__main__":
    main()
