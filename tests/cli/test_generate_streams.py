"""`maze generate` with odd streams, disks, signals and terminals: nothing is lost."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.conftest import is_sum
from tests.conftest import RunMaze


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_text_is_utf_8_whatever_the_locale_says(
    run_maze: RunMaze, tmp_path: Path, tiny: str, encoding: str
) -> None:
    (tmp_path / "pi.lark").write_text('start: "π = 3" /[0-9]/', encoding="utf-8")
    options = ["-m", tiny, "-g", "pi.lark"]
    run = run_maze("generate", "x", *options, env={"PYTHONIOENCODING": encoding}, text=False)
    assert run.stdout[:-1].decode("utf-8") == "π = 3"
    assert run.returncode == 0


@pytest.mark.parametrize(
    ("redirection", "code", "message"),
    [(">&-", 2, "error: can't write to standard output"), ("<&-", 0, ""), ("2>&-", 0, "")],
)
def test_closed_streams_are_no_crash(
    environment: Mapping[str, str],
    summing: list[str],
    redirection: str,
    code: int,
    message: str,
) -> None:
    command = [sys.executable, "-m", "maze", "generate", "a sum", *summing]
    run = subprocess.run(
        ["sh", "-c", f'"$@" {redirection}', "sh", *command],
        capture_output=True, text=True, env=dict(environment), check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert run.returncode == code
    assert run.stderr.startswith(message)
    assert "Traceback" not in run.stderr


def test_links_in_a_circle_and_long_names(
    run_maze: RunMaze, summing: list[str], tmp_path: Path
) -> None:
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    circle = run_maze("generate", "a sum", *summing, "-o", "one")
    assert circle.stderr.startswith("error: can't write `one`: ")
    assert circle.returncode == 2
    assert run_maze("generate", "a sum", *summing, "-o", "x" * 250).returncode == 0


def test_a_file_on_standard_input_is_left_to_the_loop_that_reads_it(
    environment: Mapping[str, str], summing: list[str], tmp_path: Path
) -> None:
    (tmp_path / "prompts").write_text("one\ntwo\n")
    command = subprocess.list2cmdline([sys.executable, "-m", "maze", "generate"])
    options = subprocess.list2cmdline(summing)
    loop = f'while read line; do {command} "$line" {options}; echo; done < prompts'
    run = subprocess.run(
        ["sh", "-c", loop], capture_output=True, text=True, env=dict(environment), cwd=tmp_path,
        check=True,
    )  # fmt: skip
    assert [is_sum(line) for line in run.stdout.splitlines()] == [True, True]


def test_a_full_disk_loses_nothing(
    run_maze: RunMaze, summing: list[str], environment: Mapping[str, str]
) -> None:
    command = [sys.executable, "-m", "maze", "generate", "a sum", *summing]
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, env=dict(environment),
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    (kept,) = (Path(environment["XDG_STATE_HOME"]) / "maze").glob("unsaved-*.txt")
    assert run.stderr == (
        "error: can't write to standard output: no space left on device\n\n"
        f"hint: the text was kept in `{kept}`\n"
    )
    assert run.returncode == 2
    assert is_sum(kept.read_text())


def test_a_closed_pipe_loses_nothing(summing: list[str], environment: Mapping[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    run = subprocess.run(
        [sys.executable, "-m", "maze", "generate", "a sum", *summing],
        stdout=writing, stderr=subprocess.PIPE, text=True, env=dict(environment),
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    os.close(writing)
    (kept,) = (Path(environment["XDG_STATE_HOME"]) / "maze").glob("unsaved-*.txt")
    assert run.stderr.startswith("error: can't write to standard output: broken pipe\n")
    assert run.returncode == 2
    assert is_sum(kept.read_text())


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_leaves_the_output_alone(
    endless: list[str],
    environment: Mapping[str, str],
    tmp_path: Path,
    sent: signal.Signals,
    code: int,
) -> None:
    target = tmp_path / "out.txt"
    target.write_text("before")
    command = ["generate", "words", *endless, "--max-tokens", "8000", "-o", str(target)]
    process = subprocess.Popen(
        [sys.executable, "-m", "maze", *command],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(environment),
        stdin=subprocess.DEVNULL, cwd=tmp_path,
        # A shell's background jobs, and so their children, ignore SIGINT.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    until = time.monotonic() + 30
    while not list(tmp_path.glob(".maze-*")) and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.5)
    process.send_signal(sent)
    out, err = process.communicate(timeout=20)
    assert process.returncode == code
    assert "Traceback" not in err
    assert (out, target.read_text()) == ("", "before")
    assert not list(tmp_path.glob(".maze-*"))


def test_on_a_terminal_the_text_is_coloured_and_the_verdict_follows(
    summing: list[str], environment: Mapping[str, str], tmp_path: Path
) -> None:
    controller, terminal = pty.openpty()
    coloured = {key: value for key, value in environment.items() if key != "NO_COLOR"}
    process = subprocess.Popen(
        [sys.executable, "-m", "maze", "generate", "a sum", "-l", "python", *summing],
        stdin=terminal, stdout=terminal, stderr=terminal, cwd=tmp_path,
        env={**coloured, "TERM": "xterm-256color"},
    )  # fmt: skip
    process.wait(timeout=60)
    os.close(terminal)
    shown = b""
    try:
        while block := os.read(controller, 65536):
            shown += block
    except OSError:  # Linux ends a terminal whose other side is closed with EIO.
        pass
    os.close(controller)
    assert b"\x1b[" in shown
    assert b"valid: python by" in shown
