"""Does the export compute what was trained? `python -m training.agreement RUN DATA MODEL`.

Prints the loss on the held-out prompts by language and origin, and how near the exported graphs are
to the torch model.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer

from training.encode import LONGEST, record_text
from training.export import build_qwen2_onnx, checkpoint_weights
from training.model import Nano
from training.qwen2 import Qwen2Config
from training.speed import empty_past, session_of
from training.tokenizer import CODE

TORCH_RECORDS = 100


@dataclass(frozen=True, slots=True)
class HeldOut:
    language: str
    kind: str  # real or synthetic
    ids: np.ndarray
    code_starts: int


def held_out(path: Path, tokenizer: Tokenizer) -> Iterator[HeldOut]:
    code = tokenizer.token_to_id(CODE)
    for line in path.read_text().splitlines():
        record = json.loads(line)
        text = record_text(record["language"], record["prompt"], record["code"])
        ids = np.array(tokenizer.encode(text, add_special_tokens=False).ids)
        kind = "synthetic" if record["origin"].startswith("synthetic/") else "real"
        if len(ids) <= LONGEST:
            yield HeldOut(record["language"], kind, ids, int(np.flatnonzero(ids == code)[0]))


def logits_of(
    session: onnxruntime.InferenceSession, config: Qwen2Config, ids: np.ndarray
) -> np.ndarray:
    names = [value.name for value in session.get_inputs()][3:]
    feeds = {"input_ids": ids[None], "attention_mask": np.ones((1, len(ids)), np.int64),
             "position_ids": np.arange(len(ids))[None]}  # fmt: skip
    past = dict(zip(names, empty_past(config), strict=True))
    return session.run(["logits"], {**feeds, **past})[0][0]


def losses(logits: np.ndarray, one: HeldOut) -> np.ndarray:
    """Nats for each token of the program and its end."""
    rows = logits[one.code_starts : -1].astype(np.float64)
    targets = one.ids[one.code_starts + 1 :]
    top = rows.max(-1)
    total = top + np.log(np.exp(rows - top[:, None]).sum(-1))
    return total - rows[np.arange(len(targets)), targets]


def print_losses(by_group: dict[tuple[str, str], list[np.ndarray]]) -> None:
    print("| held-out prompts | records | tokens | nats a token |\n|---|---|---|---|")
    for (language, kind), parts in sorted(by_group.items()):
        every = np.concatenate(parts)
        print(f"| {language}, {kind} | {len(parts)} | {len(every):,} | {every.mean():.3f} |")
    every = np.concatenate([part for parts in by_group.values() for part in parts])
    count = sum(len(parts) for parts in by_group.values())
    print(f"| all | {count:,} | {len(every):,} | {every.mean():.3f} |\n")


def main() -> None:
    run, data, model_directory = (Path(argument) for argument in sys.argv[1:4])
    torch.set_num_threads(1)
    config = Qwen2Config.from_json(run / "config.json")
    weights = checkpoint_weights(run / "checkpoint.pt")
    nano = Nano(config)
    nano.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    exact = session_of(build_qwen2_onnx(config, weights, 32).SerializeToString())
    shipped = session_of((model_directory / "model.onnx").read_bytes())
    tokenizer = Tokenizer.from_file(str(model_directory / "tokenizer.json"))
    by_group: dict[tuple[str, str], list[np.ndarray]] = defaultdict(list)
    apart, agreed, places, nats = 0.0, 0, 0, 0.0
    for number, one in enumerate(held_out(data / "valid.jsonl", tokenizer)):
        full, small = (logits_of(session, config, one.ids) for session in (exact, shipped))
        by_group[one.language, one.kind].append(losses(small, one))
        nats += float(losses(full, one).sum())
        same = full.argmax(-1) == small.argmax(-1)
        agreed += int(same[one.code_starts : -1].sum())
        places += len(one.ids) - one.code_starts - 1
        if number < TORCH_RECORDS:
            ids = torch.from_numpy(one.ids)[None]
            with torch.no_grad():
                expected = nano(ids, torch.ones_like(ids, dtype=torch.bool)).numpy()
            apart = max(apart, float(np.abs(expected - full).max()))
    print_losses(by_group)
    print(f"largest difference of a logit, float graph and torch: {apart:.1e}")
    print(f"loss of the float graph: {nats / places:.3f}")
    print(f"likeliest token the same, shipped and float graph: {agreed / places:.2%}")


if __name__ == "__main__":
    main()
