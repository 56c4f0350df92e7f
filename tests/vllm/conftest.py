"""Checkpoints and servers for the tests with vLLM."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import ROOT, home_in

# `.ci/run` runs this folder where vLLM is installed; none collected is a failure there.
collect_ignore_glob = [] if find_spec("vllm") else ["*"]


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that writes anything."""
    from tests.vllm.checkpoint import write

    folder = tmp_path_factory.mktemp("tiny")
    write(folder, sorted((ROOT / "maze").rglob("*.py")))
    return folder


@pytest.fixture(scope="session")
def thinking_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that thinks a little first."""
    from tests.vllm.checkpoint import write

    folder = tmp_path_factory.mktemp("thinking")
    write(folder, sorted((ROOT / "maze").rglob("*.py")), thinks=True)
    return folder


@pytest.fixture(scope="session")
def vllm_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a server with vLLM on the CPU."""
    return home_in(tmp_path_factory.mktemp("home")) | {
        "HF_HUB_OFFLINE": "1",
        "VLLM_NO_USAGE_STATS": "1",
        "VLLM_CPU_KVCACHE_SPACE": "1",
        "VLLM_LOGGING_LEVEL": "ERROR",
        "OMP_NUM_THREADS": "2",
    }


@pytest.fixture(scope="session")
def address(
    checkpoint: Path,
    vllm_environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A server that is ready."""
    from tests.server.running import serving, wait_until_ready

    place = tmp_path_factory.mktemp("server")
    options = ("--engine", "vllm", "--model", str(checkpoint))
    with serving(vllm_environment, place, *options) as (address, _):
        wait_until_ready(address)
        yield address
