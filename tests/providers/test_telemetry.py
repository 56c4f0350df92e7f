"""The engine's usage reports are off: nothing is written to the home, nothing is sent."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.providers.tiny import write_checkpoint

ANY_ADDRESS = re.compile(r"sa_family=AF_INET6?\b|socket\(AF_INET6?\b")
LOAD = "import sys, time, onnxruntime; onnxruntime.InferenceSession(sys.argv[1]); time.sleep(60)"


def traced(command: list[str], environment: Mapping[str, str], log: Path) -> str:
    """Run under strace; the log of every call that has to do with the network."""
    strace = shutil.which("strace")
    assert strace, "strace is not installed: `apt-get install strace`"
    subprocess.run(
        [strace, "-f", "-e", "trace=network", "-o", str(log), *command],
        env=dict(environment),
        capture_output=True,
        timeout=120,
        check=False,
    )
    return log.read_text()


def test_generating_writes_no_telemetry_and_opens_no_connection(
    environment: Mapping[str, str], tmp_path: Path
) -> None:
    folder = write_checkpoint(tmp_path / "tiny")
    rules = tmp_path / "sum.lark"
    rules.write_text("start: /[0-9]/ (/[+]/ /[0-9]/)~3\n")
    command = [
        sys.executable,
        "-m",
        "maze",
        "generate",
        "a sum",
        "-m",
        str(folder),
        "-g",
        str(rules),
    ]
    # The engine writes where caches are kept.
    home = Path(environment["HOME"])
    log = traced(command, {**environment, "XDG_CACHE_HOME": f"{home}/.cache"}, tmp_path / "log")

    assert "exited with 0" in log
    assert not ANY_ADDRESS.search(log)
    written = [path.relative_to(home) for path in home.rglob("*") if path.is_file()]
    assert [path.parts[:3] for path in written] == [(".cache", "maze", "grammars")]


def test_the_engine_would_write_them_otherwise(
    environment: Mapping[str, str], tmp_path: Path
) -> None:
    """The control: the test above could fail. Builds before 1.29 have no telemetry to find."""
    model = write_checkpoint(tmp_path / "tiny") / "onnx" / "model.onnx"
    home = Path(environment["HOME"])
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", LOAD, str(model)],
        env={**environment, "XDG_CACHE_HOME": f"{home}/.cache"},
    )
    until = time.monotonic() + 60
    while not (found := list(home.rglob("*onnxruntime*"))) and time.monotonic() < until:
        time.sleep(0.1)
    process.kill()
    process.wait()
    assert found
