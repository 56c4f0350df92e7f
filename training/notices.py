"""What goes along with the weights: `python -m training.notices DATA SOURCES TARGET`.

Writes `SOURCES.md`, counted from all `train*.jsonl` in DATA, and `LICENSES/`, copied from the
packages in SOURCES.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.sources import SOURCES, licence_files

HEAD = """# Sources

Written by `python -m training.notices`. The weights were trained on declarations of 30 to 900
characters of these packages, deduplicated and formatted, and on synthetic tasks made by
`training/tasks/`. The licence texts of the packages, as they ship them, are in `LICENSES/`.

| source | version | language | licence | declarations | bytes used |
|---|---|---|---|---|---|
"""


@dataclass(slots=True)
class Used:
    declarations: Counter[str] = field(default_factory=Counter)
    size: Counter[str] = field(default_factory=Counter)

    def add(self, origin: str, code: str) -> None:
        self.declarations[origin] += 1
        self.size[origin] += len(code)

    def row(self, origin: str, *cells: str) -> str:
        return f"| {' | '.join(cells)} | {self.declarations[origin]:,} | {self.size[origin]:,} |\n"


def programs(path: Path) -> Iterator[tuple[str, str]]:
    """Origin and code of each record; all synthetic tasks of a language are one origin."""
    with path.open() as lines:
        for line in lines:
            record = json.loads(line)
            synthetic = record["origin"].startswith("synthetic/")
            yield (
                f"synthetic/{record['language']}" if synthetic else record["origin"],
                record["code"],
            )


def count(paths: Iterable[Path]) -> Used:
    """Distinct programs and their sizes by origin."""
    used = Used()
    for origin, code in {program for path in paths for program in programs(path)}:
        used.add(origin, code)
    return used


def main() -> None:
    data, sources, target = (Path(argument) for argument in sys.argv[1:4])
    used, text, licences = count(data.glob("train*.jsonl")), HEAD, target / "LICENSES"
    shutil.rmtree(licences, ignore_errors=True)
    licences.mkdir(parents=True)
    for source in SOURCES:
        if used.declarations[source.name]:
            text += used.row(
                source.name, source.name, source.version, source.language, source.licence
            )
            for number, path in enumerate(licence_files(source, sources)):
                suffix = f"-{number}" if number else ""
                shutil.copyfile(path, licences / f"{source.slug}{suffix}.txt")
    for origin in sorted(used.declarations):
        if origin.startswith("synthetic/"):
            text += used.row(origin, "synthetic tasks", "-", origin.split("/")[1], "this project's")
    (target / "SOURCES.md").write_text(text)
    print(text[len(HEAD) :], end="")


if __name__ == "__main__":
    main()
