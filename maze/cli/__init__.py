"""The command `maze`: each command parses, calls one function, writes, and sets the exit code."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import Annotated, NoReturn

import typer

from maze.cli import config, deploy, doctor, generate, grammar, model, serve, validate
from maze.errors import MazeError
from maze.output import prepare_streams, show_error

app = typer.Typer(
    name="maze",
    help="Writes code that parses: a grammar of the whole language constrains the model.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("generate")(generate.command)
app.command("validate")(validate.command)
app.add_typer(grammar.app, name="grammar")
app.add_typer(config.app, name="config")
app.add_typer(model.app, name="model")
app.add_typer(deploy.app, name="deploy")
app.command("doctor")(doctor.command)
app.command("serve")(serve.command)


def _version(wanted: bool) -> None:
    if wanted:
        from maze.versions import versions

        typer.echo(versions())
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the versions."),
    ] = False,
) -> None:
    """Writes code that parses: a grammar of the whole language constrains the model."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line; the only place where errors become exit codes."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _terminate)
    prepare_streams()
    try:
        app(arguments, prog_name="maze")
    except MazeError as error:
        show_error(error)
        sys.exit(error.exit_code)
    sys.exit(0)


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    """Leave by an exception, so that temporary files are removed."""
    raise SystemExit(128 + number)
