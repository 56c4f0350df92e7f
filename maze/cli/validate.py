"""`maze validate`."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    files: Annotated[list[str], typer.Argument(help="Source files; `-` is standard input.")],
    language: Annotated[
        str | None, typer.Option("-l", "--language", help="The language, else by the extension.")
    ] = None,
    grammar: Annotated[
        str | None, typer.Option("-g", "--grammar", help="A grammar's name, or a `.lark` file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a file.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Only what isn't valid.")] = False,
) -> None:
    """Re-parse source files; a caret shows where one fails and what was expected there."""
    from maze import settings
    from maze.report import write_reports
    from maze.validation.files import validate_files

    reports = validate_files(files, settings.load().settings, language=language, grammar=grammar)
    raise typer.Exit(write_reports(reports, as_json=as_json, quiet=quiet))
