"""Where the grammars lie that come with maze."""

from __future__ import annotations

from pathlib import Path

from maze.errors import GrammarError


def available() -> tuple[str, ...]:
    """The names of the shipped grammars, sorted."""
    directory = _directory()
    return tuple(sorted(path.stem for path in directory.glob("*.lark"))) if directory else ()


def path_of(name: str) -> Path:
    """The file of a shipped grammar."""
    if name not in available():
        names = ", ".join(available()) or "none"
        raise GrammarError(f"there is no grammar `{name}`", hint=f"there are: {names}")
    directory = _directory()
    assert directory is not None
    return directory / f"{name}.lark"


def _directory() -> Path | None:
    """In the wheel inside the package, in a checkout beside it.

    hatchling's force-include, which puts it into the wheel, doesn't reach editable installs.
    """
    package = Path(__file__).parents[1]
    candidates = (package / "grammars", package.parent / "grammars")
    return next((each for each in candidates if each.is_dir()), None)
