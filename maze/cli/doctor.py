"""`maze doctor`."""

from __future__ import annotations

import typer


def command() -> None:
    """Check settings, model, grammars and toolchains."""
    from maze import output
    from maze.doctor import examine

    report = examine()
    output.write("".join(f"{line}\n" for line in report.lines))
    raise typer.Exit(report.exit_code)
