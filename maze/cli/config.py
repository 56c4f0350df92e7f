"""`maze config`."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(help="The settings.", no_args_is_help=True)

KeyArgument = Annotated[
    str, typer.Argument(metavar="KEY", help="A key, like `generation.provider`.")
]
ProjectOption = Annotated[
    bool, typer.Option("--project", help="In the project's `maze.toml`, not in the user's file.")
]


@app.command()
def get(key: KeyArgument) -> None:
    """Print the value of one setting; a secret is printed as stars."""
    from maze import output, settings

    output.write(settings.load().text(key) + "\n")


# So that a value may begin with a hyphen.
@app.command("set", context_settings={"ignore_unknown_options": True})
def set_(
    key: KeyArgument,
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help="Its value; `-` reads it from standard input.")
    ],
    project: ProjectOption = False,
) -> None:
    """Write one setting to a file."""
    from maze import settings

    text = _typed(key) if value == "-" else value
    settings.set_value(settings.target(project=project), key, text)


@app.command()
def unset(key: KeyArgument, project: ProjectOption = False) -> None:
    """Remove one setting from a file."""
    from maze import settings

    settings.unset_value(settings.target(project=project), key)


@app.command("list")
def list_settings(
    show_origin: Annotated[
        bool, typer.Option("--show-origin", help="Where each value comes from, before a tab.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Print all settings that have a value."""
    from maze import output, settings

    current = settings.load()
    output.write(current.json() + "\n" if as_json else current.lines(show_origin=show_origin))


@app.command()
def path(project: ProjectOption = False) -> None:
    """Print the path of the user's settings file."""
    from maze import output, settings

    output.write(f"{settings.target(project=project)}\n")


def _typed(key: str) -> str:
    """A value from standard input, without its line end; not echoed on a terminal."""
    import sys
    from getpass import getpass

    return getpass(f"{key}: ") if sys.stdin.isatty() else sys.stdin.read().rstrip("\r\n")
