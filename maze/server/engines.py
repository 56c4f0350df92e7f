"""What can stand behind the HTTP API, and its start."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Protocol

from starlette.types import ASGIApp

from maze import languages
from maze.errors import NotReadyError
from maze.grammar.choice import GrammarName, grammar_for
from maze.languages import Versions
from maze.providers import Capabilities, Health, Provider
from maze.providers.local import LocalProvider
from maze.request import Completion, Grammar, Request, SamplingParams


class Engine(Provider, Protocol):
    """A provider that a server starts, keeps and ends."""

    model: str
    most_running: int

    @property
    def versions(self) -> Mapping[str, str]:
        """Of the packages that it runs on."""

    async def start(self) -> None:
        """Load the model. Raises MazeError if that fails."""

    async def close(self) -> None:
        """End what was started."""

    def check(self) -> None:
        """Raises NotReadyError if the engine has died."""

    @property
    def openai(self) -> ASGIApp | None:
        """The routes under /v1 that the engine has itself."""


class LocalEngine:
    """The embedded model, or an ONNX export, in threads of this process."""

    name = "local"
    capabilities = LocalProvider.capabilities
    # Each decoding holds a core; more of them at once only take each other's time.
    most_running = 2

    def __init__(self, provider: LocalProvider) -> None:
        self._provider = provider
        self.model = provider.model.name
        self.versions = {name: version(name) for name in ("llguidance", "onnxruntime")}

    @property
    def introduction(self) -> str | None:
        """As the provider's."""
        return self._provider.introduction

    async def start(self) -> None:
        """Load the model."""
        health = await self._provider.health()
        if not health.ready:
            raise NotReadyError(health.detail)

    async def close(self) -> None:
        """Nothing was started apart from this process."""

    openai = None

    def check(self) -> None:
        """It lives as long as this process."""

    def complete(self, request: Request) -> AsyncGenerator[str | Completion, None]:
        """As the provider does."""
        return self._provider.complete(request)

    async def health(self) -> Health:
        """As the provider's."""
        return await self._provider.health()


@dataclass(frozen=True, slots=True)
class Served:
    """A grammar that comes with maze, as this server has it."""

    name: str
    profile: str
    sha256: str


def shipped_grammars(versions: Versions) -> list[tuple[Served, Grammar]]:
    """Every language in every style, as formatters write it."""
    found = []
    for language in languages.LANGUAGES:
        for style in language.styles or (None,):
            name = str(GrammarName.of(language, style))
            grammar = grammar_for(language, "generate", style=style, versions=versions)
            found.append((Served(name, "generate", grammar.sha256), grammar))
    return found


async def warm_up(engine: Engine, grammars: list[Grammar]) -> None:
    """One token under each grammar: the engine builds what the first request would wait for.

    A thought would take the place of that token, or end the text with an error.
    """
    for grammar in grammars:
        sampling = SamplingParams(max_tokens=1)
        request = Request("hello", None, grammar, sampling, thinks=False)
        async for _ in engine.complete(request):
            pass


__all__ = ["Capabilities", "Engine", "LocalEngine", "Served", "shipped_grammars", "warm_up"]
