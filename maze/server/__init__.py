"""The HTTP API: one FastAPI app over an engine.

`app` has the routes, `wire` what they take and answer, `requests` makes maze's own requests of it,
`gate` and `admission` let in what may come in, `engines` are what can stand behind, `run` starts
it all.
"""

from __future__ import annotations

from importlib.util import find_spec

from maze.errors import UsageError
from maze.settings import Settings

NEEDED = ("fastapi", "uvicorn", "prometheus_client")


def serve(settings: Settings) -> None:
    """Serve what the settings name until a signal ends it. Raises MazeError if that can't begin."""
    if any(find_spec(name) is None for name in NEEDED):
        raise UsageError("the server isn't installed", hint="`pip install 'maze[serve]'`")
    from maze.server.run import run

    run(settings)
