"""Train nano on one core: `python -m training.train DATA_DIRECTORY RUN_DIRECTORY [--minutes 65]`.

Reads `train.npz` and `valid.npz` (see `encode.py`), writes `checkpoint.pt`, `config.json` and
`log.jsonl` to the run directory. The schedule follows the clock, so a run ends when its time is
up; a run directory with a checkpoint is continued. The data are read again whenever their file
changes.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from training.model import Nano
from training.qwen2 import Qwen2Config
from training.tokenizer import CODE, PAD

TOKENS = 4096  # a step, padding included
POOL = 2000  # records that are sorted by length together, so that little is padding
PEAK = 4e-3  # small models bear, and need, a large learning rate
FINAL = 0.01  # share of the peak at the end
WARMUP = 0.02  # share of the time
DECAY = 0.05
BETAS = (0.9, 0.95)
CLIP = 1.0
EVERY = 100  # steps between two looks at the validation loss
SAMPLE = 300  # held-out records for these looks; the last one takes all


@dataclass(frozen=True, slots=True)
class Records:
    """Token ids of records that follow each other in one array."""

    tokens: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray

    @classmethod
    def load(cls, path: Path) -> Records:
        stored = np.load(path)
        lengths = stored["lengths"]
        return cls(stored["tokens"].astype(np.int64), np.cumsum(lengths) - lengths, lengths)

    def first(self, count: int) -> Records:
        return Records(self.tokens, self.starts[:count], self.lengths[:count])

    def padded(self, rows: np.ndarray, pad: int) -> np.ndarray:
        width = int(-(-self.lengths[rows].max() // 8) * 8)
        ids = np.full((len(rows), width), pad)
        for row, number in enumerate(rows):
            start, length = self.starts[number], self.lengths[number]
            ids[row, :length] = self.tokens[start : start + length]
        return ids

    def batches(self, rng: np.random.Generator) -> Iterator[np.ndarray]:
        """One pass: row numbers of records of about the same length, `TOKENS` tokens together."""
        order = rng.permutation(len(self.lengths))
        for start in range(0, len(order), POOL):
            pool = order[start : start + POOL]
            pool = pool[np.argsort(self.lengths[pool], kind="stable")]
            edges, first = [], 0
            for last in range(1, len(pool) + 1):
                if last == len(pool) or (last - first + 1) * self.lengths[pool[last]] > TOKENS:
                    edges.append((first, last))
                    first = last
            for first, last in rng.permutation(edges):
                yield pool[first:last]


@dataclass(frozen=True, slots=True)
class Marks:
    """Ids of the tokens that structure a record."""

    code: int
    pad: int

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> Marks:
        return cls(tokenizer.token_to_id(CODE), tokenizer.token_to_id(PAD))


def loss_of(model: torch.nn.Module, padded: np.ndarray, marks: Marks) -> tuple[Tensor, int]:
    """Nats a token of the programs and their ends (not of the prompts), and how many tokens."""
    ids = torch.from_numpy(padded)
    inputs, targets = ids[:, :-1], ids[:, 1:]
    chosen = ((inputs == marks.code).cumsum(1) > 0) & (targets != marks.pad)
    with torch.autocast("cpu", torch.bfloat16):
        logits = model(inputs, chosen)
    return F.cross_entropy(logits.float(), targets[chosen]), int(chosen.sum())


@torch.no_grad()
def validate(model: torch.nn.Module, records: Records, marks: Marks) -> float:
    total, count = 0.0, 0
    for rows in records.batches(np.random.default_rng(0)):
        loss, tokens = loss_of(model, records.padded(rows, marks.pad), marks)
        total += loss.item() * tokens
        count += tokens
    return total / count


def rate_at(progress: float) -> float:
    if progress < WARMUP:
        return PEAK * progress / WARMUP
    along = min(1.0, (progress - WARMUP) / (1 - WARMUP))
    return PEAK * (FINAL + (1 - FINAL) * 0.5 * (1 + math.cos(math.pi * along)))


def optimizers_for(model: Nano) -> list[torch.optim.Optimizer]:
    """Muon for the layers' matrices, AdamW for the embedding, norms and biases."""
    matrices = [p for name, p in model.named_parameters() if p.ndim == 2 and "layers" in name]
    others = [p for name, p in model.named_parameters() if p.ndim < 2 or "layers" not in name]
    muon = torch.optim.Muon(matrices, lr=PEAK, weight_decay=DECAY, adjust_lr_fn="match_rms_adamw")
    return [muon, torch.optim.AdamW(others, lr=PEAK, betas=BETAS, weight_decay=0.0)]


class Training:
    """Endless shuffled passes over the training records, read again when their file changes."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path, self.rng = path, np.random.default_rng(seed)

    def __iter__(self) -> Iterator[tuple[Records, np.ndarray]]:
        while True:
            changed, records = self.path.stat().st_mtime, Records.load(self.path)
            for rows in records.batches(self.rng):
                yield records, rows
                if self.path.stat().st_mtime != changed:
                    break


@dataclass(slots=True)
class Progress:
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0


def save(
    path: Path, model: Nano, optimizers: list[torch.optim.Optimizer], progress: Progress
) -> None:
    state = {"model": model.state_dict(), "optimizers": [one.state_dict() for one in optimizers],
             "progress": asdict(progress)}  # fmt: skip
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").rename(path)


def restore(path: Path, model: Nano, optimizers: list[torch.optim.Optimizer]) -> Progress:
    if not path.exists():
        return Progress()
    state = torch.load(path)
    model.load_state_dict(state["model"])
    for one, stored in zip(optimizers, state["optimizers"], strict=True):
        one.load_state_dict(stored)
    return Progress(**state["progress"])


def step(model: Nano, optimizers: list[torch.optim.Optimizer], loss: Tensor, rate: float) -> None:
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
    for one in optimizers:
        for group in one.param_groups:
            group["lr"] = rate
        one.step()
        one.zero_grad(set_to_none=True)


def run(data: Path, directory: Path, minutes: float) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    directory.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(data / "tokenizer.json"))
    marks, config = Marks.of(tokenizer), Qwen2Config(vocab_size=tokenizer.get_vocab_size())
    (directory / "config.json").write_text(config.to_json())
    model, checkpoint = Nano(config), directory / "checkpoint.pt"
    optimizers = optimizers_for(model)
    progress = restore(checkpoint, model, optimizers)
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters")
    valid, losses = Records.load(data / "valid.npz"), []
    began = time.monotonic() - progress.seconds
    for records, rows in Training(data / "train.npz", progress.step):
        loss, _ = loss_of(model, records.padded(rows, marks.pad), marks)
        step(model, optimizers, loss, rate_at(progress.seconds / (minutes * 60)))
        losses.append(loss.item())
        progress.seconds = time.monotonic() - began
        progress.step += 1
        progress.tokens += int(records.lengths[rows].sum())
        over = progress.seconds > minutes * 60
        if over or progress.step % EVERY == 0:
            looked = validate(model, valid if over else valid.first(SAMPLE), marks)
            means = {"train_loss": sum(losses) / len(losses), "valid_loss": looked}
            line = {**asdict(progress), **{name: round(mean, 4) for name, mean in means.items()}}
            losses = []
            with (directory / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            print(json.dumps(line), flush=True)
            save(checkpoint, model, optimizers, progress)
        if over:
            return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--minutes", type=float, default=65)
    given = parser.parse_args()
    run(given.data, given.run, given.minutes)


if __name__ == "__main__":
    main()
