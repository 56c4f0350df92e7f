"""The HTTP API over the embedded model: a real server on loopback, and real requests."""

from __future__ import annotations

import ast
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from maze.languages import LANGUAGES, Versions
from maze.server.engines import shipped_grammars
from tests.conftest import RunMaze, home_in
from tests.server.deep import chain, references
from tests.server.running import serving, wait_until_ready

ENDLESS = "start: /[a-z]{50000}/"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return home_in(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def address(home: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(home, tmp_path_factory.mktemp("server")) as (address, _):
        wait_until_ready(address)
        yield address


def post(address: str, body: object, route: str = "/generate") -> httpx.Response:
    return httpx.post(f"{address}{route}", json=body, timeout=60)


def running(address: str) -> int:
    return int(httpx.get(f"{address}/health").json()["running"])


def test_health_says_what_runs(address: str) -> None:
    health = httpx.get(f"{address}/health").json()
    assert health["ready"] is True
    assert (health["engine"], health["model"]) == ("local", "nano")
    assert set(health["versions"]) == {"maze", "llguidance", "onnxruntime"}
    known = {each.name: each.sha256 for each, _ in shipped_grammars(Versions())}
    assert {each["name"]: each["sha256"] for each in health["grammars"]} == known
    assert {language.name for language in LANGUAGES} <= set(known)


def test_a_text_is_generated_and_judged(address: str) -> None:
    response = post(address, {"prompt": "a Python function that reverses a string", "seed": 1})
    assert response.status_code == 200
    answer = response.json()
    assert answer["success"] is True
    ast.parse(answer["code"])
    told = answer["metadata"]
    assert told["verdict"] == "valid"
    assert told["finish_reason"] == "stop"
    assert told["grammar_constrained"] is True
    assert told["grammar"]["name"] == told["language"] == "python"
    assert 0 < told["tokens"] < 200
    assert 0 < told["first_token_seconds"] <= told["duration_seconds"]


def test_the_same_seed_gives_the_same_text(address: str) -> None:
    body = {"prompt": "a Go function that adds", "seed": 7, "temperature": 1, "max_tokens": 40}
    assert post(address, body).json()["code"] == post(address, body).json()["code"]


def test_samples_are_listed(address: str) -> None:
    body = {"prompt": "a Go function that adds", "seed": 7, "temperature": 1.5, "n": 3}
    answer = post(address, body).json()
    texts = [sample["code"] for sample in answer["samples"]]
    assert len(set(texts)) > 1
    assert answer["code"] == texts[0]


def test_a_stream_ends_with_the_whole(address: str) -> None:
    body = {"prompt": "a Python function that reverses a string", "seed": 1, "stream": True}
    with httpx.stream("POST", f"{address}/generate", json=body, timeout=60) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        events = [event.split("\n") for event in response.read().decode().strip().split("\n\n")]
    names = [name.removeprefix("event: ") for name, _ in events]
    sent = [json.loads(line.removeprefix("data: ")) for _, line in events]
    assert names == ["token"] * (len(names) - 1) + ["done"]
    assert "".join(each["text"] for each in sent[:-1]) == sent[-1]["code"]
    assert sent[-1]["metadata"]["verdict"] == "valid"


def test_a_prefix_begins_the_text(address: str) -> None:
    prefix = "def reverse(text: str) -> str:\n"
    body = {"prompt": "reverse a string", "language": "python", "prefix": prefix, "seed": 1}
    answer = post(address, body).json()
    assert answer["code"].startswith(prefix)
    assert answer["metadata"]["verdict"] == "valid"


def test_a_grammar_comes_as_text_or_as_schema(address: str) -> None:
    text = post(address, {"prompt": "x", "grammar": 'start: "ab" | "cd"'}).json()
    assert text["code"] in ("ab", "cd")
    schema = {"type": "object", "properties": {"a": {"type": "boolean"}}, "required": ["a"]}
    schema["additionalProperties"] = False
    answer = post(address, {"prompt": "x", "schema": schema}).json()
    assert json.loads(answer["code"]) in ({"a": True}, {"a": False})


def test_a_grammar_is_known_by_its_hash(address: str) -> None:
    ((served, _), *_) = shipped_grammars(Versions())
    body = {"prompt": "x", "grammar": served.name, "grammar_sha256": served.sha256, "max_tokens": 1}
    assert post(address, body).status_code == 200
    refused = post(address, body | {"grammar_sha256": "0" * 64})
    assert refused.status_code == 400
    assert "send the grammar's text" in refused.json()["error"]["hint"]


@pytest.mark.parametrize(
    ("body", "status", "kind", "message"),
    [
        ({"prompt": "x"}, 400, "LanguageError", "language"),
        ({"prompt": " "}, 400, "UsageError", "the prompt is empty"),
        ({"prompt": "x", "language": "cobol"}, 400, "LanguageError", "unknown language `cobol`"),
        ({"prompt": "x", "grammar": "cobol"}, 400, "UsageError", "no grammar `cobol` here"),
        ({"prompt": "x", "grammar": "start: foo"}, 400, "GrammarError", "undefined rule `foo`"),
        ({"prompt": "x", "grammar": ""}, 400, "GrammarError", "the grammar is empty"),
        ({"prompt": "x", "grammar": "%import .x (A)\nstart: A"}, 400, "GrammarError", "import"),
        ({"prompt": "x", "grammar": 'start: "a"', "schema": {}}, 400, "UsageError", "both given"),
        ({"prompt": "in Go", "prefix": "func ("}, 400, "UsageError", "prefix is refused at 1:1"),
        ({"prompt": "in Go", "suffix": "}"}, 400, "UsageError", "suffix"),
        ({"prompt": "in Go", "n": 2, "stream": True}, 400, "UsageError", "one sample"),
        ({"prompt": "in Go", "temperatur": 1}, 422, "UsageError", "`temperatur`"),
        ({"prompt": "in Go", "max_tokens": 0}, 422, "UsageError", "`max_tokens`"),
        ({"prompt": "in Go", "seed": "7"}, 422, "UsageError", "`seed`"),
        ({"prompt": "x", "grammar": chain(3_000)}, 400, "GrammarError", "more than 1,000 rules"),
        ({"prompt": "x", "schema": references(3_000)}, 400, "GrammarError", "more than 2,000"),
        ({"prompt": "x", "schema": {"$ref": "http://a/b"}}, 400, "GrammarError", "refers to"),
        ({"prompt": "in Go " + "x " * 3_000}, 413, "ContextError", "reads"),
        ({"prompt": "x", "grammar": "// " + "x" * 300_000}, 413, "SizeError", "the grammar has"),
        ({"prompt": "in Go " + "x" * 10_000_000}, 413, "SizeError", "the body is too large"),
    ],
)
def test_refusals(
    address: str, body: dict[str, object], status: int, kind: str, message: str
) -> None:
    response = post(address, body)
    answer = response.json()
    assert (response.status_code, answer["success"]) == (status, False)
    assert answer["error"]["type"] == kind
    assert message in answer["error"]["message"]


def test_a_refused_grammar_is_placed(address: str) -> None:
    error = post(address, {"prompt": "x", "grammar": 'start: "a"\n  | foo'}).json()["error"]
    assert (error["line"], error["column"]) == (2, 5)


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        (b"{", "application/json", "the body is no JSON: "),
        (b"[]", "application/json", "the body is no JSON object"),
        (b'{"prompt": "x"}', "text/plain", "the body is no JSON object"),
        (b'{"prompt": "x", "language": "\\ud800"}', "application/json", "`language`"),
        (b'{"prompt": "x", "grammar": "\\ud800"}', "application/json", "`grammar`"),
        (b'{"prompt": "\xff"}', "application/json", "the request can't be read"),
        (b"[" * 100_000, "application/json", "the request can't be read"),
        (b'{"seed": ' + b"1" * 5_000 + b"}", "application/json", "the request can't be read"),
    ],
)
def test_what_is_no_json_is_refused(address: str, content: bytes, kind: str, message: str) -> None:
    response = httpx.post(f"{address}/generate", content=content, headers={"content-type": kind})
    assert response.status_code in (400, 422)
    assert response.json()["success"] is False
    assert response.json()["error"]["message"].startswith(message)


@pytest.mark.parametrize(
    ("method", "route", "status"), [("GET", "/nothing", 404), ("GET", "/generate", 405)]
)
def test_a_route_that_is_not_there(address: str, method: str, route: str, status: int) -> None:
    response = httpx.request(method, f"{address}{route}")
    assert response.status_code == status
    assert response.json()["error"]["message"] == f"there is no `{method} {route}`"


def test_an_item_of_a_batch_fails_alone(address: str) -> None:
    items = [
        {"prompt": "a Python function that reverses a string", "seed": 1},
        {"prompt": "x", "language": "cobol"},
        {"promt": "x"},
        {"prompt": "a Go function that adds", "seed": 1},
    ]
    results = post(address, {"items": items}, "/generate/batch").json()["results"]
    assert [each["success"] for each in results] == [True, False, False, True]
    assert results[0]["metadata"]["language"] == "python"
    assert results[1]["error"]["type"] == "LanguageError"
    assert results[2]["error"]["message"] == "`prompt`: field required"
    assert results[3]["metadata"]["language"] == "go"


def test_with_a_token_only_health_is_open(
    home: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("token")
    with serving(home | {"MAZE_SERVE_TOKEN": "s3cret-token"}, place) as (address, _):
        assert wait_until_ready(address)["ready"] is True
        for headers in ({}, {"authorization": "Bearer other"}, {"authorization": "s3cret-token"}):
            response = httpx.post(f"{address}/generate", json={"prompt": "x"}, headers=headers)
            assert response.status_code == 401
            assert response.json()["error"]["type"] == "AuthorizationError"
            assert "s3cret" not in response.text
        assert httpx.get(f"{address}/metrics").status_code == 401
        right = {"authorization": "Bearer s3cret-token"}
        body = {"prompt": "x", "grammar": 'start: "a"'}
        response = httpx.post(f"{address}/generate", json=body, headers=right)
        assert response.json()["code"] == "a"


def test_metrics_count_what_was_done(address: str) -> None:
    def generations() -> float:
        lines = httpx.get(f"{address}/metrics").text.split("\n")
        (line,) = [each for each in lines if each.startswith('maze_generations_total{verdict="val')]
        return float(line.split()[-1])

    post(address, {"prompt": "x", "grammar": 'start: "a"'})
    before = generations()
    post(address, {"prompt": "x", "grammar": 'start: "a"'})
    assert generations() == before + 1


def test_it_ends_when_it_is_told_to(home: dict[str, str], tmp_path: Path) -> None:
    with serving(home, tmp_path) as (address, process):
        wait_until_ready(address)
        process.terminate()
        assert process.wait(15) == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/health")


def test_other_machines_need_a_token(run_maze: RunMaze) -> None:
    ran = run_maze("serve", "--host", "0.0.0.0", "--port", "0")
    assert ran.returncode == 2
    assert "`0.0.0.0` is reachable from other machines, and there is no token" in ran.stderr


def test_a_port_that_is_taken_is_named(run_maze: RunMaze) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run_maze("serve", "--port", str(port))
    assert ran.returncode == 2
    assert f"`127.0.0.1:{port}` can't be listened on" in ran.stderr


def test_an_engine_that_is_not_there_is_said(run_maze: RunMaze) -> None:
    has_vllm = subprocess.run(
        [sys.executable, "-c", "import vllm"], capture_output=True, check=False
    )
    if has_vllm.returncode == 0:
        return
    ran = run_maze("serve", "--engine", "vllm", "--model", "x")
    assert ran.returncode == 3
    assert "pip install 'maze[server]'" in ran.stderr
