"""The public face: `import maze` and call it."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import maze


def test_generate_and_validate_can_be_called_again_and_again() -> None:
    # The command's modules must not stand in for the functions of the same name.
    import maze.cli

    for _ in range(2):
        assert maze.validate("x = 1\n", "python").name == "valid"
        result = maze.generate("add two numbers", language="python", seed=1, max_tokens=3)
        assert result.verdict.name in ("valid", "incomplete")
        assert result.completion.usage.completion_tokens <= 3


def test_generate_works_inside_a_running_event_loop() -> None:
    async def cell() -> maze.Result:
        return maze.generate("add two numbers", language="go", seed=1, max_tokens=3)

    assert asyncio.run(cell()).text.startswith("package")


def test_importing_maze_loads_next_to_nothing() -> None:
    code = "import maze, sys; print(sorted({'numpy', 'pydantic', 'llguidance'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_everything_public_is_there() -> None:
    for name in maze.__all__:
        assert getattr(maze, name) is not None
