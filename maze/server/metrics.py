"""What `GET /metrics` shows, in the format of Prometheus."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from maze.request import Result
from maze.server.admission import Admission

SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)


@dataclass(slots=True)
class Measured:
    """One generation; its result is None until there is one."""

    result: Result | None = None


class Metrics:
    """Counts generations by their verdict, tokens, and seconds."""

    def __init__(self, admission: Admission) -> None:
        self.registry = CollectorRegistry()
        self._generations = Counter(
            "maze_generations", "Generations by verdict", ["verdict"], registry=self.registry
        )
        self._tokens = Counter("maze_tokens", "Tokens generated", registry=self.registry)
        self._seconds = Histogram(
            "maze_generation_seconds",
            "Seconds of a generation",
            buckets=SECONDS,
            registry=self.registry,
        )
        running = Gauge("maze_running", "Generations in the engine", registry=self.registry)
        running.set_function(lambda: admission.running)
        waiting = Gauge("maze_waiting", "Requests that wait", registry=self.registry)
        waiting.set_function(lambda: admission.waiting)

    @contextmanager
    def measured(self) -> Iterator[Measured]:
        """Counts what happens inside; without a result it was broken off, or failed."""
        started = time.perf_counter()
        measured = Measured()
        try:
            yield measured
        finally:
            result = measured.result
            self._generations.labels(result.verdict.name if result else "none").inc()
            self._seconds.observe(time.perf_counter() - started)
            if result:
                self._tokens.inc(result.completion.usage.completion_tokens)

    def text(self) -> bytes:
        """All of it."""
        return generate_latest(self.registry)
