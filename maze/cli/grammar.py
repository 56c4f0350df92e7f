"""`maze grammar`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(help="The grammars.", no_args_is_help=True)


@app.command("list")
def list_grammars() -> None:
    """List the languages that have a grammar, with their files and styles."""
    from maze import languages, output

    output.write(languages.table())


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A grammar's name, or a `.lark` file.")],
    profile: Annotated[
        Literal["generate", "full"],
        typer.Option(help="What models write under, or all that the language has."),
    ] = "generate",
) -> None:
    """Print the flat text that is sent to the engine."""
    from maze import output, settings
    from maze.grammar.choice import grammar_for

    versions = settings.load().settings.validation.versions
    output.write(grammar_for(None, profile, named=name, versions=versions).text)


@app.command()
def check(file: Annotated[Path, typer.Argument(help="A `.lark` file.")]) -> None:
    """Check a grammar of your own: what the engine refuses, with line and caret."""
    from maze import output
    from maze.grammar import check as check_grammar
    from maze.grammar import load_file

    grammar = load_file(file)
    check_grammar(grammar)
    output.write(f"{file}: accepted, {len(grammar.text)} characters, sha256 {grammar.sha256}\n")
