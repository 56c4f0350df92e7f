"""What every provider answers to."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

from maze.request import Completion, Request


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a provider can do; a request that needs more is refused before anything is sent."""

    grammar: bool
    prefix: bool
    seed: bool
    streaming: bool


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a provider can work now, with one line of facts or the reason why not."""

    ready: bool
    detail: str


class Provider(Protocol):
    """Completes requests under their grammar."""

    name: str
    capabilities: Capabilities

    @property
    def introduction(self) -> str | None:
        """What the user should know before the first use; None if nothing."""

    def complete(self, request: Request) -> AsyncGenerator[str | Completion, None]:
        """Stream pieces of text, then the Completion as the last item."""

    async def health(self) -> Health:
        """Whether it can work now; proves that grammars are enforced."""
