"""Train the byte-level BPE tokenizer.

`python -m training.tokenizer DATA_DIRECTORY` reads `train.jsonl` there and writes
`tokenizer.json`. Newlines never join anything, blanks at the start of a line form tokens of their
own (2, 4, 8, 12, 16 and 1-4 tabs), digits are single: a prompt or a prefix may end at any of these
places and still be tokenized the way the model was trained.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

VOCABULARY = 4096
LANGUAGES = ("python", "go", "rust", "typescript", "tsx", "zig")
END, PAD, PROMPT, CODE = "<|end|>", "<|pad|>", "<|prompt|>", "<|code|>"
SPECIAL = (END, PAD, PROMPT, CODE, *(f"<|{language}|>" for language in LANGUAGES))

PIECES = (
    r"\n",
    r"\t{4}|\t{3}|\t{2}|\t",
    r" {16}| {12}| {8}| {4}| {2}",
    r" ?_?[A-Za-z]+",
    r"[0-9]",
    r" ?[^\sA-Za-z0-9]+",
    r"\s",
)


def new_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex("|".join(PIECES)), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def texts(path: Path, share: float = 0.5, seed: int = 0) -> Iterator[str]:
    """Prompts and programs of a random share of the records; indentation samples come first."""
    rng = random.Random(seed)
    yield from ["\n".join(" " * width + "x" for width in (2, 4, 8, 12, 16))] * 2000
    yield from ["\n".join("\t" * width + "x" for width in (1, 2, 3, 4))] * 2000
    with path.open() as lines:
        for line in lines:
            if rng.random() < share:
                record = json.loads(line)
                yield record["prompt"]
                yield record["code"]


def train(path: Path) -> Tokenizer:
    tokenizer = new_tokenizer()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[AddedToken(token, special=True, normalized=False) for token in SPECIAL],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts(path), trainer)
    return tokenizer


def main() -> None:
    directory = Path(sys.argv[1])
    tokenizer = train(directory / "train.jsonl")
    tokenizer.save(str(directory / "tokenizer.json"))
    print(f"vocabulary {tokenizer.get_vocab_size()}")


if __name__ == "__main__":
    main()
