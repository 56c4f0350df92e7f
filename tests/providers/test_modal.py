"""The `modal` provider against a real server of maze's on loopback."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.conftest import RunMaze
from tests.server.running import serving, wait_until_ready
from tests.server.test_app import home, running

__all__ = ["home"]


@pytest.fixture(scope="module")
def endpoint(
    home: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    with serving(home, tmp_path_factory.mktemp("server")) as (address, _):
        wait_until_ready(address)
        yield {"MAZE_GENERATION_PROVIDER": "modal", "MODAL_ENDPOINT_URL": address}


@pytest.mark.parametrize("language", ["python", "go", "rust", "typescript", "tsx", "zig"])
def test_a_program_comes_from_the_deployment(
    run_maze: RunMaze, endpoint: dict[str, str], language: str
) -> None:
    prompt = "a function that adds two numbers"
    ran = run_maze("generate", prompt, "-l", language, "--seed", "1", "--json", env=endpoint)
    answer = json.loads(ran.stdout)
    assert answer["provider"] == "modal"
    assert answer["model"] == "nano"
    assert answer["verdict"] in ("valid", "incomplete"), answer
    assert ran.returncode == (0 if answer["verdict"] == "valid" else 1)
    assert answer["grammar"]["name"] == language


def test_the_text_is_the_same_as_with_the_model_here(
    run_maze: RunMaze, endpoint: dict[str, str]
) -> None:
    asked = ("generate", "a Python function that reverses a string", "--seed", "1")
    assert run_maze(*asked, env=endpoint).stdout == run_maze(*asked).stdout


def test_a_prefix_goes_along(run_maze: RunMaze, endpoint: dict[str, str]) -> None:
    prefix = "def reverse(text: str) -> str:\n"
    ran = run_maze("generate", "reverse", "-l", "python", "--prefix", prefix, env=endpoint)
    assert ran.stdout.startswith(prefix)


def test_a_grammar_of_ones_own_goes_along(
    run_maze: RunMaze, endpoint: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "own.lark").write_text('start: "ab" | "cd"\n')
    ran = run_maze("generate", "x", "-g", "own.lark", env=endpoint)
    assert ran.stdout.strip() in ("ab", "cd")


def test_a_server_that_knows_another_text_is_sent_the_own(
    run_maze: RunMaze, endpoint: dict[str, str]
) -> None:
    older = endpoint | {"MAZE_VALIDATION_PYTHON_VERSION": "3.10"}
    asked = ("generate", "a Python function that reverses a string", "--seed", "1", "--json")
    answer = json.loads(run_maze(*asked, env=older).stdout)
    assert answer["verdict"] == "valid"
    assert answer["grammar"]["sha256"] != json.loads(run_maze(*asked).stdout)["grammar"]["sha256"]


def test_the_grammar_may_be_left_out(run_maze: RunMaze, endpoint: dict[str, str]) -> None:
    ran = run_maze("generate", "in Go: add", "--no-constrain", "--json", env=endpoint)
    assert json.loads(ran.stdout)["grammar"] is None


def test_doctor_proves_that_grammars_are_enforced(
    run_maze: RunMaze, endpoint: dict[str, str]
) -> None:
    ran = run_maze("doctor", env=endpoint)
    assert re.search(r"^ok +provider modal +nano: ready, grammars are enforced$", ran.stdout, re.M)


def test_without_an_endpoint_it_says_what_to_do(run_maze: RunMaze) -> None:
    ran = run_maze("generate", "in Go: add", "-p", "modal")
    assert ran.returncode == 2
    assert "no deployment is known" in ran.stderr
    assert "`maze config set modal.endpoint_url URL`" in ran.stderr


def test_an_endpoint_that_is_not_there_is_said_soon(run_maze: RunMaze) -> None:
    nowhere = {"MODAL_ENDPOINT_URL": "http://127.0.0.1:9"}
    started = time.monotonic()
    ran = run_maze("generate", "in Go: add", "-p", "modal", env=nowhere)
    assert ran.returncode == 3
    assert time.monotonic() - started < 15
    assert "http://127.0.0.1:9 can't be reached" in ran.stderr
    assert "trying again in 1 s" in ran.stderr


def test_other_credentials_are_wanted(
    run_maze: RunMaze, home: dict[str, str], tmp_path: Path
) -> None:
    with serving(home | {"MAZE_SERVE_TOKEN": "s3cret"}, tmp_path) as (address, _):
        wait_until_ready(address)
        wrong = {
            "MODAL_ENDPOINT_URL": address,
            "MAZE_MODAL_KEY": "wk-1",
            "MAZE_MODAL_SECRET": "ws-2",
        }
        ran = run_maze("generate", "in Go: add", "-p", "modal", env=wrong)
    assert ran.returncode == 4
    assert "the deployment refuses the credentials" in ran.stderr
    assert "ws-2" not in ran.stdout + ran.stderr


def test_a_server_that_ends_in_the_middle_is_an_error(
    run_maze: RunMaze, home: dict[str, str], environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "long.lark").write_text("start: /[a-z]{50000}/\n")
    with serving(home, tmp_path) as (address, process):
        wait_until_ready(address)
        asked = [sys.executable, "-m", "maze", "generate", "x", "-g", "long.lark", "-p", "modal"]
        asking = subprocess.Popen(
            asked,
            env=environment | {"MODAL_ENDPOINT_URL": address, "MAZE_GENERATION_RETRIES": "0"},
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        while running(address) == 0:
            assert asking.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        stdout, stderr = asking.communicate(timeout=60)
    assert asking.returncode == 3
    assert stdout == ""
    assert "error: " in stderr


METADATA = {
    "model": "other",
    "prompt_tokens": 1,
    "tokens": 1,
    "first_token_seconds": 0,
    "finish_reason": "stop",
    "grammar_constrained": True,
    "grammar": {"name": "go", "sha256": "0" * 64},
}


@contextmanager
def answering(
    answer: Callable[[BaseHTTPRequestHandler], None],
) -> Iterator[str]:
    """Another server; the address at which each POST is answered so."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            answer(self)

        def log_message(self, *values: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"code": "package x\n", "metadata": METADATA}, "has not applied the grammar"),
        (
            {"code": "package x\n", "metadata": METADATA | {"grammar_constrained": False}},
            "has not applied the grammar",
        ),
        ({"code": "package y\n", "metadata": METADATA}, "isn't one of maze's server"),
        ({"code": "package x\n", "metadata": {}}, "isn't one of maze's server"),
        ({"code": "package x\n"}, "isn't one of maze's server"),
        ([], "isn't one of maze's server"),
        (None, "is no JSON"),
    ],
)
def test_an_answer_of_another_kind_is_an_error(
    run_maze: RunMaze, data: object, message: str
) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        text = "{" if data is None else json.dumps(data)
        handler.wfile.write(f"event: done\ndata: {text}\n\n".encode())

    with answering(answer) as address:
        asked = ("generate", "in Go: add", "--prefix", "package x", "-p", "modal")
        ran = run_maze(*asked, env={"MODAL_ENDPOINT_URL": address})
    assert ran.returncode == 3
    assert ran.stdout == ""
    assert message in ran.stderr


def test_credentials_go_to_the_deployment_alone(run_maze: RunMaze) -> None:
    seen: list[str | None] = []

    def other(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["modal-secret"])
        handler.send_error(418)

    def own(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["modal-secret"])
        handler.send_response(307)
        handler.send_header("location", f"{elsewhere}/generate")
        handler.end_headers()

    with answering(other) as elsewhere, answering(own) as address:
        env = {"MODAL_ENDPOINT_URL": address}
        env |= {"MAZE_MODAL_KEY": "wk-1", "MAZE_MODAL_SECRET": "ws-2"}
        ran = run_maze("generate", "in Go: add", "-p", "modal", env=env)
    assert ran.returncode == 3
    assert seen == ["ws-2", None]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODAL_ENDPOINT_URL", "http://xn--a.com"),
        ("MAZE_MODAL_KEY", "wk-\N{GREEK SMALL LETTER PI}"),
    ],
)
def test_settings_that_can_be_no_address_or_token(
    run_maze: RunMaze, endpoint: dict[str, str], name: str, value: str
) -> None:
    env = endpoint | {"MAZE_MODAL_KEY": "wk-1", "MAZE_MODAL_SECRET": "ws-2", name: value}
    ran = run_maze("generate", "in Go: add", env=env)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
