"""Tokenize: `python -m training.encode DATA_DIRECTORY` writes `train.npz` and `valid.npz`.

Each holds all records, `<|python|><|prompt|>...<|code|>...<|end|>`, one after the other, and their
lengths.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.tokenizer import CODE, END, PROMPT

LONGEST = 350  # tokens a record


def record_text(language: str, prompt: str, code: str) -> str:
    return f"<|{language}|>{PROMPT}{prompt}{CODE}{code}{END}"


def main() -> None:
    directory = Path(sys.argv[1])
    tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
    for split in ("valid", "train"):
        records = [
            json.loads(line) for line in (directory / f"{split}.jsonl").read_text().splitlines()
        ]
        texts = [record_text(one["language"], one["prompt"], one["code"]) for one in records]
        ids = [encoding.ids for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)]
        kept = [one for one in ids if len(one) <= LONGEST]
        lengths = np.array([len(one) for one in kept])
        tokens = np.concatenate([np.array(one, np.uint16) for one in kept])
        np.savez(directory / f"{split}.new.npz", tokens=tokens, lengths=lengths)
        (directory / f"{split}.new.npz").rename(directory / f"{split}.npz")
        middle, upper = (int(np.quantile(lengths, share)) for share in (0.5, 0.9))
        print(f"{split}: {len(kept):,} of {len(ids):,} records, {len(tokens):,} tokens; a record "
              f"has {middle} in the middle, {upper} at the 90th percentile")  # fmt: skip


if __name__ == "__main__":
    main()
