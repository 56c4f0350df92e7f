"""Who gets a place on the server, who waits, and who gives it back by leaving."""

from __future__ import annotations

import re
import socket
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import httpx
import pytest

from tests.server.running import serving, wait_until_ready
from tests.server.test_app import ENDLESS, address, home, post, running

__all__ = ["address", "home"]


def wait_until(is_so: Callable[[], bool], *, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


# Each of its samples ends with the model's context; all of them take a while.
LONG = {"prompt": "x", "grammar": ENDLESS, "max_tokens": 100_000, "n": 16}


def ended(address: str) -> Counter[str]:
    """How many generations have ended so far, by verdict; `none` were broken off."""
    text = httpx.get(f"{address}/metrics").text
    found = re.findall(r'maze_generations_total\{verdict="(\w+)"\} (\S+)', text)
    return Counter({verdict: int(float(number)) for verdict, number in found})


def ask_for(seconds: float, address: str, body: object) -> None:
    """Ask, once there is room in the queue, and leave."""
    with suppress(httpx.ReadTimeout):
        while httpx.post(f"{address}/generate", json=body, timeout=seconds).status_code == 429:
            time.sleep(0.05)


def test_a_client_that_leaves_ends_its_generation(address: str) -> None:
    before = ended(address)
    ask_for(1, address, LONG)
    wait_until(lambda: running(address) == 0)
    after = ended(address)
    assert after["none"] > before["none"]
    assert sum((after - before).values()) < LONG["n"]


def test_a_client_that_leaves_a_stream_ends_its_generation(address: str) -> None:
    before = ended(address)
    body = LONG | {"n": 1, "stream": True}
    with httpx.stream("POST", f"{address}/generate", json=body, timeout=30) as response:
        next(response.iter_raw())
    wait_until(lambda: running(address) == 0)
    assert ended(address) - before == Counter(none=1)


def test_a_client_that_leaves_before_its_stream_begins_is_forgotten(
    home: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    def is_full() -> bool:
        with suppress(httpx.ReadTimeout):
            body = {"prompt": "x", "grammar": 'start: "a"'}
            return httpx.post(f"{address}/generate", json=body, timeout=0.3).status_code == 429
        return False

    place = tmp_path_factory.mktemp("left")
    with (
        serving(home | {"MAZE_SERVE_MAX_WAITING": "1"}, place) as (address, _),
        ThreadPoolExecutor(2) as pool,
    ):
        wait_until_ready(address)
        other = pool.submit(ask_for, 10, address, LONG)
        wait_until(lambda: running(address) == 2)
        leaving = pool.submit(ask_for, 2, address, LONG | {"n": 1, "stream": True})
        wait_until(is_full)
        leaving.result()
        wait_until(lambda: not is_full(), seconds=2)
        assert not other.done()


def test_a_slow_client_holds_nothing_up(address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    head = f"POST /generate HTTP/1.1\r\nhost: {host}\r\ncontent-length: 100\r\n"
    slow = [socket.create_connection((host, int(port))) for _ in range(20)]
    try:
        for each in slow:
            each.sendall(f"{head}content-type: application/json\r\n\r\n{{".encode())
        answer = post(address, {"prompt": "a Go function that adds", "seed": 1, "max_tokens": 8})
        assert answer.status_code == 200
        assert running(address) == 0
        for each in slow:
            each.settimeout(60)
        assert slow[0].recv(200).startswith(b"HTTP/1.1 408")
    finally:
        for each in slow:
            each.close()


def test_a_full_queue_says_so_at_once(
    home: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("full")
    with serving(home | {"MAZE_SERVE_MAX_WAITING": "1"}, place) as (address, _):
        wait_until_ready(address)
        body = {"prompt": "x", "grammar": ENDLESS, "max_tokens": 200}
        with ThreadPoolExecutor(8) as pool:
            responses = list(pool.map(lambda _: post(address, body), range(8)))
    refused = [each for each in responses if each.status_code == 429]
    assert len(refused) + sum(each.status_code == 200 for each in responses) == 8
    assert 1 <= len(refused) <= 5
    assert refused[0].headers["retry-after"] == "1"
    assert refused[0].json()["error"]["type"] == "BusyError"


def test_a_batch_and_samples_wait_for_themselves(
    home: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    item = {"prompt": "x", "grammar": "start: /[a-z]{20}/", "max_tokens": 40}
    place = tmp_path_factory.mktemp("batch")
    with serving(home | {"MAZE_SERVE_MAX_WAITING": "1"}, place) as (address, _):
        wait_until_ready(address)
        results = post(address, {"items": [item] * 12}, "/generate/batch").json()["results"]
        assert [each["success"] for each in results] == [True] * 12
        assert len(post(address, item | {"n": 12}).json()["samples"]) == 12
        assert running(address) == 0
