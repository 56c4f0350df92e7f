"""The provider that runs a model in this process, on the CPU, with nothing sent anywhere."""

from maze.providers.local.provider import LocalProvider

__all__ = ["LocalProvider"]
