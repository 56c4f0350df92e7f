"""The processes of a server with vLLM."""

from __future__ import annotations

import psutil


def engine_of(server: int) -> int:
    """The process of vLLM's engine core, which names itself, below that of a server."""
    below = psutil.Process(server).children(recursive=True)
    (engine,) = [each.pid for each in below if "EngineCore" in " ".join(each.cmdline())]
    return engine
