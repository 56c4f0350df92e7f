"""The whole way: `maze deploy`, Modal's client and container runtime, vLLM, `maze generate`."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from maze.deploy.image import CUDA, PACKAGES, VLLM
from maze.languages import LANGUAGES
from tests.deployment.containers import Container
from tests.deployment.control_plane import ControlPlane
from tests.deployment.user import APP, FUNCTION, environment, maze, plane
from tests.vllm.processes import engine_of, runs

__all__ = ["plane"]

GENERATIONS = 54


@pytest.fixture(scope="module")
def home(plane: ControlPlane, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    found = environment(plane, tmp_path_factory.mktemp("home"))
    return found | {
        "MAZE_DEPLOY_SECRET": "huggingface",
        "MAZE_DEPLOY_MAX_CONTAINERS": "3",
        "MAZE_GENERATION_PROVIDER": "modal",
    }


@pytest.fixture(scope="module")
def deployed(home: dict[str, str], checkpoint: Path) -> str:
    """The address of a deployment of the tiny checkpoint, meant for an L40S."""
    ran = maze(home, "deploy", "--model", str(checkpoint), "--gpu", "L40S", seconds=600)
    assert ran.returncode == 0, ran.stderr
    assert "Modal's prices: L40S $ 0.000542 / s" in ran.stderr
    assert "ready, grammars are enforced" in ran.stderr
    return ran.stdout.strip()


def headers(plane: ControlPlane) -> dict[str, str]:
    ((key, secret),) = plane.proxy_tokens.items()
    return {"Modal-Key": key, "Modal-Secret": secret}


def started(plane: ControlPlane) -> list[Container]:
    app = plane.app(APP)
    assert app is not None
    return app.containers[FUNCTION].started


def logs(plane: ControlPlane) -> str:
    """What the containers said last, for a failure's report."""
    ends = (each.log.read_text(errors="replace")[-2_000:] for each in started(plane))
    return "\n---\n".join(ends)


def test_what_was_asked_of_modal(plane: ControlPlane, deployed: str, checkpoint: Path) -> None:
    function = plane.function(FUNCTION)
    gpu = function.resources.gpu_config
    assert (gpu.gpu_type, gpu.count) == ("L40S", 1)
    assert function.method_definitions["web"].webhook_config.requires_proxy_auth
    scaling = function.autoscaler_settings
    assert (scaling.min_containers, scaling.max_containers) == (0, 3)
    assert scaling.scaledown_window == 300
    assert function.max_concurrent_inputs == 80
    assert function.target_concurrent_inputs == 60
    assert function.startup_timeout_secs == 20 * 60
    assert function.timeout_secs == 600
    assert function.checkpointing_enabled
    assert list(function.secret_ids) == [plane.secrets["huggingface"]]
    volumes = {each.mount_path: each.volume_id for each in function.volume_mounts}
    assert volumes == {
        "/weights": plane.volumes["maze-weights"],
        "/cache": plane.volumes["maze-cache"],
    }
    commands = "\n".join(plane.commands(function.image_id))
    assert f"FROM {CUDA}" in commands
    for package in (VLLM, *PACKAGES):
        assert package in commands
    uploaded = plane.folder(plane.volumes["maze-weights"]) / "checkpoints"
    (folder,) = uploaded.iterdir()
    assert {each.name for each in folder.iterdir()} == {each.name for each in checkpoint.iterdir()}


def test_generations_follow_their_grammars(home: dict[str, str], deployed: str) -> None:
    def generate(number: int) -> dict[str, object]:
        language = LANGUAGES[number % len(LANGUAGES)].name
        options = ("-l", language, "--seed", str(number), "--max-tokens", "80", "--json")
        ran = maze(home, "generate", "a small function", *options, "--temperature", "1")
        answer: dict[str, object] = json.loads(ran.stdout)
        return answer

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(generate, range(GENERATIONS)))
    verdicts = Counter(str(each["verdict"]) for each in answers)
    print(dict(verdicts))
    assert set(verdicts) <= {"valid", "incomplete"}
    assert all(each["grammar"] for each in answers)
    assert {each["model"] for each in answers} == {answers[0]["model"]}


def test_strangers_start_no_gpu(plane: ControlPlane, deployed: str) -> None:
    before = len(started(plane))
    for wrong in ({}, {"Modal-Key": "wk-000001", "Modal-Secret": "ws-x"}):
        answer = httpx.post(f"{deployed}/generate", json={"prompt": "x"}, headers=wrong)
        assert answer.status_code == 401
    assert len(started(plane)) == before


def test_an_engine_that_dies_is_replaced(
    plane: ControlPlane, home: dict[str, str], deployed: str
) -> None:
    assert len(started(plane)) == 1, logs(plane)
    (container,) = started(plane)
    engine = engine_of(container.process.pid)
    # Long enough that it isn't over before the engine dies: on a busy machine this process may wait
    # for seconds while vLLM's run.
    body = {"prompt": "x", "grammar": "start: /[a-z]{50000}/", "max_tokens": 3_500, "stream": True}
    with httpx.stream(
        "POST", f"{deployed}/generate", json=body, headers=headers(plane), timeout=120
    ) as stream:
        lines = stream.iter_lines()
        assert next(lines) == "event: token"
        os.kill(engine, signal.SIGKILL)
        rest = list(lines)
    assert "event: error" in rest, (runs(engine), len(rest), rest[-6:], logs(plane))
    assert "vLLM has ended" in rest[rest.index("event: error") + 1]
    deadline = time.monotonic() + 60
    while container.process.poll() is None:
        assert time.monotonic() < deadline, logs(plane)
        time.sleep(0.2)
    ran = maze(home, "generate", "a small function", "-l", "go", "--max-tokens", "40", "--json")
    assert json.loads(ran.stdout)["verdict"] in ("valid", "incomplete"), logs(plane)
    assert len(started(plane)) == 2


def test_weights_that_cannot_be_loaded(
    home: dict[str, str], checkpoint: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(checkpoint, folder)
    (folder / "model.safetensors").write_bytes(b"no weights")
    broken = {"MAZE_MODAL_APP": "broken", "XDG_CONFIG_HOME": str(tmp_path)}
    ran = maze(home, "deploy", "--model", str(folder), seconds=600, **broken)
    assert ran.returncode == 3
    assert "the deployment doesn't come up" in ran.stderr
    assert "vLLM can't run `broken`" in ran.stderr
    assert maze(home, "deploy", "stop", **broken).returncode == 0


def test_stop(plane: ControlPlane, home: dict[str, str], deployed: str) -> None:
    containers = started(plane)
    engine = engine_of(containers[-1].process.pid)
    assert maze(home, "deploy", "stop").returncode == 0
    assert containers[-1].process.returncode == 0
    assert not runs(engine)
    with pytest.raises(httpx.ConnectError):
        httpx.get(deployed)
