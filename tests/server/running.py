"""`maze serve` in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

READY_SECONDS = 120


@contextmanager
def serving(
    environment: Mapping[str, str], cwd: Path, *options: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a server on a free port, and its process; it is stopped at the end."""
    command = [sys.executable, "-m", "maze", "serve", "--port", "0", *options]
    process = subprocess.Popen(
        command, env=dict(environment), cwd=cwd, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr
        line = process.stderr.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + process.stderr.read()
        yield found[0], process
    finally:
        process.terminate()
        process.wait(30)
        process.communicate()


def wait_until_ready(address: str) -> dict[str, object]:
    """What /health says as soon as it is ready."""
    for _ in range(READY_SECONDS * 5):
        response = httpx.get(f"{address}/health")
        if response.status_code == 200:
            fields: dict[str, object] = response.json()
            return fields
        assert response.status_code == 503, response.text
        assert "failed" not in response.text, response.text
        time.sleep(0.2)
    raise AssertionError(f"not ready within {READY_SECONDS} seconds")
