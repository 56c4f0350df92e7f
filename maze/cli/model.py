"""`maze model`."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(help="Models for the `local` provider.", no_args_is_help=True)


@app.command("list")
def list_models() -> None:
    """List the models that maze knows by name."""
    from maze import models, output

    output.write("".join(f"{m.name}\t{m.summary}\n" for m in models.KNOWN.values()))


@app.command()
def path(name: Annotated[str, typer.Argument(help="A model's name.")] = "nano") -> None:
    """Print the folder that holds a model."""
    from maze import models, output

    output.write(f"{models.find(name).directory}\n")
