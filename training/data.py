"""Make the training data: `python -m training.data DATA_DIRECTORY --sources DIRECTORY --tools
DIRECTORY`.

Writes `train.jsonl` and `valid.jsonl`: language, prompt, code, and where the code comes from.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

from training import real, synthetic

CHARACTERS = 22_000_000
SHARES = {"python": 0.40, "go": 0.34, "rust": 0.09, "typescript": 0.09, "tsx": 0.01, "zig": 0.07}
REAL = 0.22
VALID = 40  # one real declaration in so many is for validation
MEAN = 225  # characters a synthetic record, for the number to generate


@dataclass(frozen=True, slots=True)
class Record:
    language: str
    prompt: str
    code: str
    origin: str  # a source's name, or `synthetic/` and the family


def _size(record: Record) -> int:
    return len(record.prompt) + len(record.code)


def _filled(records: list[Record], characters: int) -> list[Record]:
    """The first records that make up so many characters."""
    taken, size = [], 0
    for record in records:
        if size >= characters:
            break
        taken.append(record)
        size += _size(record)
    return taken


def real_records(language: str, given: argparse.Namespace) -> tuple[list[Record], list[Record]]:
    """Two passes over the real code with different prompts, so small sources fill their share."""
    rng, train, valid = random.Random(1), [], []
    if language not in real.MOST:
        return [], []
    found = real.load(language, given.sources, given.tools, given.data)
    for passage in range(2):
        for one in found:
            record = Record(language, real.prompt_for(one, rng), one.code, one.source)
            if zlib.crc32(one.code.encode()) % VALID:
                train.append(record)
            elif not passage:
                valid.append(record)
    return _filled(train, int(CHARACTERS * SHARES[language] * REAL)), valid


def synthetic_records(
    language: str, given: argparse.Namespace
) -> tuple[list[Record], list[Record]]:
    characters = int(CHARACTERS * SHARES[language] * (1 - REAL))
    made = synthetic.generate(language, int(characters / MEAN * 1.3), given.tools)
    random.Random(2).shuffle(made)
    split: tuple[list[Record], list[Record]] = ([], [])
    for one in made:
        split[one.held_out].append(
            Record(language, one.prompt, one.code, f"synthetic/{one.family}")
        )
    return _filled(split[0], characters), split[1]


def write(path: Path, records: list[Record]) -> None:
    random.Random(3).shuffle(records)
    path.write_text("".join(json.dumps(asdict(record)) + "\n" for record in records))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--tools", type=Path, required=True)
    given = parser.parse_args()
    given.data.mkdir(parents=True, exist_ok=True)
    train: list[Record] = []
    valid: list[Record] = []
    for language in SHARES:
        for kind, make in (("real", real_records), ("synthetic", synthetic_records)):
            more, held_out = make(language, given)
            print(
                f"{language:11} {kind:10} {len(more):7,} records "
                f"{sum(map(_size, more)):11,} characters, "
                f"{len(held_out):,} held out",
                flush=True,
            )
            train += more
            valid += random.Random(4).sample(held_out, min(len(held_out), 250))
    write(given.data / "train.jsonl", train)
    write(given.data / "valid.jsonl", valid)


if __name__ == "__main__":
    main()
