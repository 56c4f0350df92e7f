"""`maze deploy`."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(help="The server on Modal, behind its proxy authentication.")

MODEL = "A known model, OWNER/NAME on the hub, `nano`, or the folder of a checkpoint."
GPU = "The GPU of a container, by Modal's name, like `L40S`; else the cheapest that fits."
QUANTIZATION = "The precision of the weights: `bf16`, `fp8` or `awq`."
CONTEXT = "The longest prompt and answer together, in tokens."
CONCURRENCY = "How many requests of the whole context have to fit at once."
SECONDS = "Assumed for one generation, for the costs."
DRY_RUN = "Print the plan, its memory and costs; nothing is sent to Modal."


@app.callback(invoke_without_command=True)
def command(
    context: typer.Context,
    model: Annotated[str | None, typer.Option("-m", "--model", help=MODEL)] = None,
    gpu: Annotated[str | None, typer.Option(help=GPU)] = None,
    quantization: Annotated[str | None, typer.Option(help=QUANTIZATION)] = None,
    max_model_len: Annotated[str | None, typer.Option(help=CONTEXT)] = None,
    concurrency: Annotated[str | None, typer.Option(help=CONCURRENCY)] = None,
    seconds: Annotated[
        float, typer.Option("--seconds-per-generation", min=0.001, help=SECONDS)
    ] = 10,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=DRY_RUN)] = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Show what Modal builds and uploads.")
    ] = False,
) -> None:
    """Deploy a model to Modal, and wait until it is ready."""
    import asyncio

    from maze import output, settings
    from maze.deploy import report, run
    from maze.deploy.preflight import preflight
    from maze.errors import Interrupted, UsageError

    flags = {
        "deploy.model": model,
        "deploy.gpu": gpu,
        "deploy.quantization": quantization,
        "deploy.max_model_len": max_model_len,
        "deploy.concurrency": concurrency,
    }
    given = {key: value for key, value in flags.items() if value is not None}
    if context.invoked_subcommand is not None:
        if given or dry_run or verbose:
            raise UsageError(
                f"`maze deploy {context.invoked_subcommand}` takes no options of `maze deploy`",
                hint=f"`maze deploy {context.invoked_subcommand} -h` lists its own",
            )
        return
    current = settings.load(flags=given).settings
    found = preflight(current)
    if dry_run:
        file, changes = run.settings_file(), run.changes(current)
        plan = report.lines(found, seconds=seconds, file=file, changes=changes)
        output.write("".join(f"{line}\n" for line in plan))
        return
    try:
        url = asyncio.run(run.deploy(found, current, say=output.say, verbose=verbose))
    except KeyboardInterrupt:
        raise Interrupted(
            "interrupted", hint="`maze deploy status` says what runs, `maze deploy stop` ends it"
        ) from None
    output.write(f"{url}\n")


@app.command()
def status() -> None:
    """Print the address and what runs now; no container is started by it."""
    import asyncio

    from maze import output, settings
    from maze.deploy import run

    running = asyncio.run(run.status(settings.load().settings))
    output.write(
        f"url:         {running.url}\ncontainers:  {running.containers}\n"
        f"waiting:     {running.waiting}\n"
    )


@app.command()
def stop() -> None:
    """End the deployment and its containers."""
    import asyncio

    from maze import output, settings
    from maze.deploy import run

    current = settings.load().settings
    asyncio.run(run.stop(current))
    output.say(f"stopped `{current.modal.app}`")


@app.command()
def logs(
    lines: Annotated[int, typer.Option("-n", "--lines", min=1, help="How many, at most.")] = 100,
    follow: Annotated[
        bool, typer.Option("-f", "--follow", help="Go on with the lines that come.")
    ] = False,
) -> None:
    """Print what the containers wrote."""
    import asyncio

    from maze import output, settings
    from maze.deploy import run

    current = settings.load().settings
    asyncio.run(run.logs(current, output.write, lines=lines, follow=follow))
