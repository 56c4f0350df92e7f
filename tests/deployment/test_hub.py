"""A model that maze doesn't know, by its name on a hub on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.conftest import RunMaze
from tests.deployment.test_preflight import CONFIG

ANSWERS = {
    "there": (200, json.dumps(CONFIG)),
    "private": (401, "Invalid username or password."),
    "empty": (404, "Entry not found"),
    "text": (200, "config"),
    "list": (200, "[]"),
}


class Hub(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        owner, name, *rest = self.path.strip("/").split("/")
        assert (owner, rest) == ("someone", ["resolve", "main", "config.json"])
        is_known = self.headers["Authorization"] == "Bearer hf_right"
        status, text = ANSWERS["there" if name == "private" and is_known else name]
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def hub() -> Iterator[dict[str, str]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield {"HF_ENDPOINT": f"http://127.0.0.1:{server.server_port}"}
    server.shutdown()
    thread.join()
    server.server_close()


def test_its_facts_are_read_from_there(run_maze: RunMaze, hub: dict[str, str]) -> None:
    ran = run_maze("deploy", "--dry-run", "--model", "someone/there", env=hub)
    assert ran.returncode == 0, ran.stderr
    assert "model:       there (someone/there)" in ran.stdout
    assert "context of 4,096 tokens" in ran.stdout


def test_a_private_one_needs_a_token(run_maze: RunMaze, hub: dict[str, str]) -> None:
    asked = ("deploy", "--dry-run", "--model", "someone/private")
    ran = run_maze(*asked, env=hub)
    assert ran.returncode == 4
    assert "HF_TOKEN" in ran.stderr
    assert run_maze(*asked, env=hub | {"HF_TOKEN": "hf_right"}).returncode == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty", "has no `config.json` of `someone/empty` (404)"),
        ("text", "the `config.json` of `someone/text` is no JSON"),
        ("list", "the `config.json` of `someone/list` is no JSON object"),
    ],
)
def test_what_is_no_model(run_maze: RunMaze, hub: dict[str, str], name: str, said: str) -> None:
    ran = run_maze("deploy", "--dry-run", "--model", f"someone/{name}", env=hub)
    assert ran.returncode == 3
    assert said in " ".join(ran.stderr.split())


def test_a_hub_that_is_not_there(run_maze: RunMaze) -> None:
    hub = {"HF_ENDPOINT": "http://127.0.0.1:9"}
    ran = run_maze("deploy", "--dry-run", "--model", "someone/there", env=hub)
    assert ran.returncode == 3
    assert "can't be read from http://127.0.0.1:9" in " ".join(ran.stderr.split())
