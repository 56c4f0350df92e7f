"""Write the model card: `python -m training.card RUN DATA MODEL_DIRECTORY --tools DIRECTORY`.

Every number in the card is printed by another script of this folder; this one runs them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

CARD = Path(__file__).with_name("card.md")


def output_of(module: str, *arguments: object) -> str:
    command = [sys.executable, "-m", f"training.{module}", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("run", "data", "model"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--tools", type=Path, required=True)
    given = parser.parse_args()
    from training.evaluate import PROMPTS, SEEDS, TOP_P
    from training.qwen2 import Qwen2Config, shapes

    config = Qwen2Config.from_json(given.model / "config.json")
    last = json.loads((given.run / "log.jsonl").read_text().splitlines()[-1])
    sizes = [int.__mul__(*shape) if len(shape) == 2 else shape[0] for _, shape in shapes(config)]
    card = CARD.read_text().format(
        parameters=sum(sizes), size=(given.model / "model.onnx").stat().st_size / 1e6,
        layers=config.num_hidden_layers, width=config.hidden_size,
        heads=config.num_attention_heads, kv_heads=config.num_key_value_heads,
        inner=config.intermediate_size, vocabulary=config.vocab_size,
        context=config.max_position_embeddings, minutes=last["seconds"] / 60,
        tokens=last["tokens"], steps=last["step"], prompts=len(PROMPTS["python"]), seeds=SEEDS,
        top_p=TOP_P, losses=output_of("agreement", given.run, given.data, given.model),
        validity=output_of("evaluate", given.model, "--tools", given.tools),
        speed=output_of("speed"),
    )  # fmt: skip
    (given.model / "README.md").write_text(card)


if __name__ == "__main__":
    main()
