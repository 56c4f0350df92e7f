"""One module for each engine that can complete a prompt under a grammar."""

from __future__ import annotations

from collections.abc import Callable

from maze.errors import UsageError
from maze.providers.provider import Capabilities, Health, Provider
from maze.settings import Settings

AVAILABLE = ("local", "modal")

__all__ = ["AVAILABLE", "Capabilities", "Health", "Provider", "create"]


def create(settings: Settings, say: Callable[[str], None] = lambda text: None) -> Provider:
    """The provider that the settings name; nothing is loaded or contacted yet.

    `say` is told what a wait is for.
    """
    name = settings.generation.provider
    if name == "modal":
        from maze.providers.modal import ModalProvider

        return ModalProvider(settings, say=say)
    if name != "local":
        raise UsageError(
            f"the provider `{name}` is not available yet",
            hint=f"this version has: {', '.join(AVAILABLE)}; choose it with `--provider local` "
            "or `maze config set generation.provider local`",
        )
    from maze.providers.local import LocalProvider

    model = settings.generation.model or settings.local.model
    return LocalProvider(model, threads=settings.local.threads)
