"""`maze generate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

STYLE = "How the code is formatted: `semicolons` or `no-semicolons`, for TypeScript and TSX."
PREFIX = "How the text begins, or `@FILE` that holds it; the model goes on from there."
MODEL = "A model's name, or a folder that holds an ONNX export."
GRAMMAR = "A grammar's name, or a `.lark` file of your own."
SAMPLES = "How many samples; more than one needs `--json`, or `{}` in the name of `--output`."
CONSTRAIN = "Switch the grammar off while generating; the text is still validated."
PROMPT = "What to write. `-` or a pipe reads standard input; both are joined."


def command(
    prompt: Annotated[str | None, typer.Argument(help=PROMPT)] = None,
    language: Annotated[str | None, typer.Option("-l", "--language", help="The language.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write here: whole, or not at all.")
    ] = None,
    provider: Annotated[str | None, typer.Option("-p", "--provider", help="The engine.")] = None,
    model: Annotated[str | None, typer.Option("-m", "--model", help=MODEL)] = None,
    grammar: Annotated[str | None, typer.Option("-g", "--grammar", help=GRAMMAR)] = None,
    style: Annotated[str | None, typer.Option(help=STYLE)] = None,
    prefix: Annotated[str | None, typer.Option(metavar="TEXT|@FILE", help=PREFIX)] = None,
    max_tokens: Annotated[str | None, typer.Option(help="The token budget.")] = None,
    temperature: Annotated[str | None, typer.Option(help="0 is greedy.")] = None,
    top_p: Annotated[str | None, typer.Option(help="Nucleus sampling, above 0 to 1.")] = None,
    seed: Annotated[str | None, typer.Option(help="Same seed, same text.")] = None,
    samples: Annotated[int, typer.Option("-n", "--samples", help=SAMPLES)] = 1,
    constrain: Annotated[bool, typer.Option(" /--no-constrain", help=CONSTRAIN)] = True,
    keep_invalid: Annotated[
        bool, typer.Option("--keep-invalid", help="Write the text even if it isn't valid.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a sample.")] = False,
    stream: Annotated[bool, typer.Option(" /--no-stream", help="Don't show the text grow.")] = True,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Print statistics.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Generate source code that parses."""
    from maze.delivery import Display, Order, deliver

    order = Order(prompt, language, output, grammar, style, prefix, constrain, samples)
    flags = {
        "generation.provider": provider,
        "generation.model": model,
        "generation.max_tokens": max_tokens,
        "generation.temperature": temperature,
        "generation.top_p": top_p,
        "generation.seed": seed,
    }
    given = {key: value for key, value in flags.items() if value is not None}
    display = Display(as_json, keep_invalid, stream, verbose, quiet)
    raise typer.Exit(deliver(order, given, display))
