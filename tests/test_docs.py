"""The documentation is complete and true: commands, options, links, examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from maze.cli import app
from tests.console import DOCUMENTS, ROOT, blocks

COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def commands(group: typer.core.TyperGroup, path: str = "maze") -> Iterator[tuple[str, object]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path} {name}")
            if command.invoke_without_command:
                yield f"{path} {name}", command
        else:
            yield f"{path} {name}", command


ALL = list(commands(typer.main.get_group(app)))


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_every_command_and_option_is_documented(name: str, command: object) -> None:
    start = COMMANDS.index(f"\n## `{' '.join(name.split()[:2])}") + 1
    end = COMMANDS.find("\n## ", start)
    section = COMMANDS[start : end if end > 0 else None]
    assert f"`{name}" in section
    for parameter in command.params:
        for option in (*parameter.opts, *parameter.secondary_opts):
            if option.strip().startswith("-") and option not in ("--help", "-h"):
                assert f"`{option.strip()}" in section or f"{option.strip()}`" in section, option


@pytest.mark.parametrize("document", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_the_examples_print_what_is_written(document: Path) -> None:
    for block in blocks(document):
        if block.varies:
            assert not block.failed, block.printed
        else:
            assert block.printed == block.written


@pytest.mark.parametrize("document", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_links_lead_somewhere(document: Path) -> None:
    for target in LINK.findall(CODE.sub("", document.read_text(encoding="utf-8"))):
        assert (document.parent / target).exists(), target


def test_the_readme_lists_every_document() -> None:
    for document in (ROOT / "docs").glob("*.md"):
        assert f"docs/{document.name}" in README


def test_the_readme_is_one_screen() -> None:
    assert README.count("\n") <= 70
