"""One module for each engine that can complete a prompt under a grammar."""

from __future__ import annotations

from maze.errors import UsageError
from maze.providers.provider import Capabilities, Health, Provider
from maze.settings import Settings

AVAILABLE = ("local",)

__all__ = ["AVAILABLE", "Capabilities", "Health", "Provider", "create"]


def create(settings: Settings) -> Provider:
    """The provider that the settings name; nothing is loaded or contacted yet."""
    name = settings.generation.provider
    if name != "local":
        raise UsageError(
            f"the provider `{name}` is not available yet",
            hint=f"this version has: {', '.join(AVAILABLE)}; choose it with `--provider local` "
            "or `maze config set generation.provider local`",
        )
    from maze.providers.local import LocalProvider

    model = settings.generation.model or settings.local.model
    return LocalProvider(model, threads=settings.local.threads)
