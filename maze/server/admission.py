"""Lets so many requests in at a time; a bounded number waits, and the rest is told to come back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from maze.errors import BusyError


class Admission:
    """`running` and `waiting` count the requests that are in and those before the door."""

    def __init__(self, *, most_running: int, most_waiting: int) -> None:
        self._places = asyncio.Semaphore(most_running)
        self._most_waiting = most_waiting
        self.most_running = most_running
        self.running = 0
        self.waiting = 0
        self._queue = 0

    def check(self) -> None:
        """Raises BusyError where too many wait already."""
        if self._places.locked() and self._queue >= self._most_waiting:
            raise BusyError(
                f"{self.running} requests are running and {self.waiting} wait",
                hint="try again in a moment",
            )

    @asynccontextmanager
    async def place(self, *, is_part: bool = False) -> AsyncIterator[None]:
        """A place for one request. Raises BusyError at once where too many wait already.

        Part of a request that was let in waits as long as it takes.
        """
        queued = 0 if is_part else 1
        if queued:
            self.check()
        self.waiting += 1
        self._queue += queued
        try:
            await self._places.acquire()
        finally:
            self.waiting -= 1
            self._queue -= queued
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1
            self._places.release()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Lets a batch in, which counts as one that waits. Raises BusyError as `place` does."""
        self.check()
        self._queue += 1
        try:
            yield
        finally:
            self._queue -= 1
