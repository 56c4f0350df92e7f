"""Work on several cores: a list is cut into parts, one for each process."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Part = TypeVar("Part")


def spread(work: Callable[[list[Item]], Part], items: Sequence[Item]) -> list[Part]:
    """What `work` makes of each part of `items`; the parts hold every n-th item."""
    cores = min(os.process_cpu_count() if hasattr(os, "process_cpu_count") else _cores(), 8)
    parts = [list(items[core::cores]) for core in range(cores)]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return [work(part) for part in parts]
    # llguidance has threads of its own, which a forked process wouldn't have.
    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, parts))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
