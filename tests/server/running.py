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

START_SECONDS = 60
READY_SECONDS = 300


@contextmanager
def serving(
    environment: Mapping[str, str], cwd: Path, *options: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a server on a free port, and its process; it is stopped at the end."""
    command = [sys.executable, "-m", "maze", "serve", "--port", "0", *options]
    log = cwd / "stderr"
    with log.open("w") as stderr:
        process = subprocess.Popen(command, env=dict(environment), cwd=cwd, stderr=stderr)
    try:
        yield _address(log, process), process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    for _ in range(START_SECONDS * 20):
        if found := re.search(r"http://\S+", log.read_text()):
            return found[0]
        assert process.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError(log.read_text())


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
