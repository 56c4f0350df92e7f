"""Lets so many requests in at a time; a bounded number waits, and the rest is told to come back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from maze.errors import BusyError


class Admission:
    """`running` and `waiting` count the requests that are in and those before the door."""

    def __init__(self, *, most_running: int, most_waiting: int) -> None:
        self._places = asyncio.Semaphore(most_running)
        self._most_waiting = most_waiting
        self.running = 0
        self.waiting = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """A place for one request. Raises BusyError at once where too many wait already."""
        if self._places.locked() and self.waiting >= self._most_waiting:
            raise BusyError(
                f"{self.running} requests are running and {self.waiting} wait",
                hint="try again in a moment",
            )
        self.waiting += 1
        try:
            await self._places.acquire()
        finally:
            self.waiting -= 1
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1
            self._places.release()
