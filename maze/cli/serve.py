"""`maze serve`."""

from __future__ import annotations

from typing import Annotated

import typer

MODEL = "A model's name, or the folder of a checkpoint."
HOST = "The address to listen on; other than loopback it needs a token."
ENGINE = "`local`: in this process; `vllm`: vLLM, for a GPU."


def command(
    model: Annotated[str | None, typer.Option("-m", "--model", help=MODEL)] = None,
    host: Annotated[str | None, typer.Option(help=HOST)] = None,
    port: Annotated[str | None, typer.Option(help="The port; 0 takes a free one.")] = None,
    engine: Annotated[str | None, typer.Option(help=ENGINE)] = None,
) -> None:
    """Serve a model over HTTP, with grammars."""
    from maze import settings

    flags = {"serve.host": host, "serve.port": port, "serve.engine": engine, "serve.model": model}
    given = {key: value for key, value in flags.items() if value is not None}
    current = settings.load(flags=given).settings
    from maze.server import serve

    serve(current)
