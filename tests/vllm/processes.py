"""The processes of a server with vLLM."""

from __future__ import annotations

from contextlib import suppress

import psutil


def engine_of(server: int) -> int:
    """The process of vLLM's engine core, which names itself, below that of a server."""
    found = {}
    for each in psutil.Process(server).children(recursive=True):
        # Some have ended, or do so meanwhile.
        with suppress(psutil.NoSuchProcess):
            found[each.pid] = " ".join(each.cmdline())
    engines = [number for number, title in found.items() if "EngineCore" in title]
    # What it forks has its name until it runs something else.
    assert engines, f"no engine below {server}: {found}"
    return engines[0]


def runs(number: int) -> bool:
    """Whether there is such a process, more than a zombie that nobody has asked for."""
    with suppress(psutil.NoSuchProcess):
        return bool(psutil.Process(number).status() != psutil.STATUS_ZOMBIE)
    return False
