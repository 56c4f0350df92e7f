"""`maze deploy` with Modal's own client and container runtime, and the embedded model."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import httpx
import pytest

from maze.deploy.plan import VARIABLE, Plan, read
from maze.deploy.remote import deployment
from maze.errors import SettingsError
from tests.conftest import ROOT
from tests.deployment.containers import Containers
from tests.deployment.control_plane import ControlPlane
from tests.deployment.user import APP, FUNCTION, environment, maze, plane

__all__ = ["plane"]


@pytest.fixture(scope="module")
def home(plane: ControlPlane, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a user who is logged in to Modal."""
    return environment(plane, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def deployed(home: dict[str, str]) -> str:
    """The address of a deployment of the embedded model."""
    ran = maze(home, "deploy", "--model", "nano")
    assert ran.returncode == 0, ran.stderr
    assert "ready, grammars are enforced" in ran.stderr
    return ran.stdout.strip()


def started(plane: ControlPlane) -> int:
    """How many containers were started so far."""
    return sum(
        len(containers.started)
        for app in plane.apps.values()
        for containers in app.containers.values()
    )


def test_what_was_asked_of_modal(plane: ControlPlane, deployed: str) -> None:
    function = plane.function(FUNCTION)
    assert not function.resources.gpu_config.gpu_type
    assert function.method_definitions["web"].webhook_config.requires_proxy_auth
    assert function.autoscaler_settings.max_containers == 1
    assert function.autoscaler_settings.scaledown_window == 300
    assert function.startup_timeout_secs == 20 * 60
    assert function.checkpointing_enabled
    assert set(function.method_definitions) == {"web", "generate", "generate_batch"}
    mounted = {each.mount_path for each in function.volume_mounts}
    assert mounted == {"/weights", "/cache"}
    assert set(plane.volumes) == {"maze-weights", "maze-cache"}


def test_the_settings_hold_the_address_and_a_token(home: dict[str, str], deployed: str) -> None:
    file = Path(home["XDG_CONFIG_HOME"]) / "maze" / "config.toml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert maze(home, "config", "get", "modal.endpoint_url").stdout.strip() == deployed
    assert "ws-" not in maze(home, "config", "list").stdout


@pytest.mark.parametrize("language", ["python", "go", "rust", "typescript", "tsx", "zig"])
def test_generations_come_from_the_container(
    home: dict[str, str], deployed: str, language: str
) -> None:
    asked = ("generate", "add two numbers", "-l", language, "--seed", "1", "--json")
    ran = maze(home, *asked, "--provider", "modal")
    answer = json.loads(ran.stdout)
    assert answer["verdict"] in ("valid", "incomplete"), answer
    assert answer["provider"] == "modal"


@pytest.mark.parametrize(
    "headers", [{}, {"Modal-Key": "wk-000001"}, {"Modal-Key": "wk-000001", "Modal-Secret": "ws-x"}]
)
def test_strangers_start_nothing(
    plane: ControlPlane, deployed: str, headers: dict[str, str]
) -> None:
    before = started(plane)
    answer = httpx.post(f"{deployed}/generate", json={"prompt": "x"}, headers=headers)
    assert answer.status_code == 401
    assert started(plane) == before


def test_wrong_credentials_are_told(home: dict[str, str], deployed: str) -> None:
    asked = ("generate", "add", "-l", "go", "--provider", "modal")
    ran = maze(home, *asked, MAZE_MODAL_SECRET="ws-wrong")
    assert ran.returncode == 4
    assert "refuses the credentials" in ran.stderr


def test_callers_inside_modal_need_no_http(home: dict[str, str], deployed: str) -> None:
    program = f"""
import modal
server = modal.Cls.from_name("{APP}", "MazeInferenceServer")()
answer = server.generate.remote({{"prompt": "add two numbers", "language": "go", "seed": 1}})
print(answer["metadata"]["verdict"])
one, other = server.generate_batch.remote([{{"language": "go"}}, {{"prompt": "add", "n": 99}}])
print(one["error"]["message"], "|", other["error"]["message"])
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], env=home, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    verdict, refusals = ran.stdout.splitlines()
    assert verdict in ("valid", "incomplete")
    assert "`prompt`" in refusals
    assert "`n`" in refusals


def test_status_starts_nothing(plane: ControlPlane, home: dict[str, str], deployed: str) -> None:
    before = started(plane)
    ran = maze(home, "deploy", "status")
    assert ran.stdout.split() == ["url:", deployed, "containers:", "1", "waiting:", "0"]
    assert started(plane) == before


def test_logs(plane: ControlPlane, home: dict[str, str], deployed: str) -> None:
    app = plane.app(APP)
    assert app is not None
    written = "".join(f"line {number}\n" for number in range(9))
    with app.containers[FUNCTION].started[-1].log.open("a") as log:
        log.write(written)
    ran = maze(home, "deploy", "logs", "-n", "1000")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.endswith(written)


def test_logs_are_followed_until_the_deployment_is_stopped(
    plane: ControlPlane, home: dict[str, str], tmp_path: Path
) -> None:
    other = home | {"MAZE_MODAL_APP": "followed", "XDG_CONFIG_HOME": str(tmp_path)}
    assert maze(other, "deploy", "--model", "nano").returncode == 0
    app = plane.app("followed")
    assert app is not None
    (container,) = app.started
    stopped = threading.Event()

    def write() -> None:
        for number in count(1):
            with container.log.open("a") as log:
                print("line", number, file=log)
            if stopped.wait(0.5):
                return

    with container.log.open("a") as log:
        print("before", file=log)
    with (
        ThreadPoolExecutor(1) as pool,
        subprocess.Popen(
            [sys.executable, "-m", "maze", "deploy", "logs", "-n", "1", "--follow"],
            env=other,
            stdout=subprocess.PIPE,
            text=True,
        ) as follower,
    ):
        assert follower.stdout is not None
        try:
            assert follower.stdout.readline() == "before\n"
            pool.submit(write)
            assert follower.stdout.readline().startswith("line ")
            assert maze(other, "deploy", "stop").returncode == 0
            follower.stdout.read()
            assert follower.wait(30) == 0
        finally:
            stopped.set()
            follower.kill()


def test_a_second_deployment_takes_the_place_of_the_first(
    plane: ControlPlane, home: dict[str, str], deployed: str
) -> None:
    tokens = dict(plane.proxy_tokens)
    first = plane.app(APP)
    ran = maze(home, "deploy", "--model", "nano")
    assert ran.returncode == 0, ran.stderr
    assert "runs already, and is replaced" in ran.stderr
    assert ran.stdout.strip() == deployed
    assert plane.app(APP) is first
    assert plane.proxy_tokens == tokens
    assert maze(home, "deploy", "status").returncode == 0


def test_a_token_of_another_workspace_is_replaced(
    plane: ControlPlane, home: dict[str, str], deployed: str
) -> None:
    before = len(plane.proxy_tokens)
    maze(home, "config", "set", "modal.secret", "ws-old")
    ran = maze(home, "deploy", "--model", "nano")
    assert ran.returncode == 0, ran.stderr
    assert "a new one takes its place" in ran.stderr
    assert len(plane.proxy_tokens) == before + 1


def test_stop(plane: ControlPlane, home: dict[str, str], deployed: str) -> None:
    app = plane.app(APP)
    assert app is not None
    assert maze(home, "deploy", "stop").returncode == 0
    assert plane.app(APP) is None
    # Each left the class by itself.
    codes = [each.process.returncode for each in app.containers[FUNCTION].started]
    assert set(codes) == {0}
    with pytest.raises(httpx.ConnectError):
        httpx.get(deployed)
    asked = ("generate", "add", "-l", "go", "--provider", "modal")
    ran = maze(home, *asked, MAZE_GENERATION_RETRIES="0")
    assert ran.returncode == 3
    assert "can't be reached" in ran.stderr
    for command in ("status", "stop", "logs"):
        ran = maze(home, "deploy", command)
        assert ran.returncode == 2
        assert f"App '{APP}' not found" in ran.stderr


def test_an_address_that_comes_first_is_named(home: dict[str, str]) -> None:
    other = {"MODAL_ENDPOINT_URL": "http://127.0.0.1:9"}
    ran = maze(home, "deploy", "--model", "nano", **other)
    assert ran.returncode == 0, ran.stderr
    assert "`modal.endpoint_url` from MODAL_ENDPOINT_URL comes first" in ran.stderr
    assert maze(home, "deploy", "stop").returncode == 0


def test_an_interrupt(home: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Containers, "has_room", False)
    command = [sys.executable, "-m", "maze", "deploy", "--model", "nano"]
    with subprocess.Popen(command, env=home, stderr=subprocess.PIPE, text=True) as deploying:
        assert deploying.stderr is not None
        said = iter(deploying.stderr.readline, "")
        assert any("waiting until it is ready" in line for line in said)
        deploying.send_signal(signal.SIGINT)
        rest = deploying.stderr.read()
    assert deploying.returncode == 130
    assert "`maze deploy stop` ends it" in rest
    assert maze(home, "deploy", "stop").returncode == 0


def test_without_a_token(home: dict[str, str]) -> None:
    began = time.monotonic()
    ran = maze(
        {name: value for name, value in home.items() if not name.startswith("MODAL_TOKEN")},
        "deploy",
        "--model",
        "nano",
    )
    assert ran.returncode == 4
    assert "there is no token of Modal's" in ran.stderr
    assert "modal token new" in ran.stderr
    assert time.monotonic() - began < 10  # 0.8 s where nothing else runs


def test_a_configuration_of_modals_that_is_damaged(home: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "modal.toml").write_text("[default\n")
    ran = maze(home, "deploy", "status", MODAL_CONFIG_PATH=str(tmp_path / "modal.toml"))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "Error when reading the modal configuration" in ran.stderr


def test_with_a_wrong_token(home: dict[str, str]) -> None:
    ran = maze(home, "deploy", "--model", "nano", MODAL_TOKEN_SECRET="as-wrong")
    assert ran.returncode == 4
    assert "Modal refuses the token" in ran.stderr


def test_an_unreachable_control_plane(home: dict[str, str]) -> None:
    began = time.monotonic()
    ran = maze(home, "deploy", "--model", "nano", MODAL_SERVER_URL="http://127.0.0.1:9")
    assert ran.returncode == 3
    assert "can't be reached" in ran.stderr
    assert time.monotonic() - began < 15


def test_an_environment_that_is_not_there(home: dict[str, str]) -> None:
    ran = maze(home, "deploy", "--model", "nano", MAZE_MODAL_ENVIRONMENT="staging")
    assert ran.returncode == 2
    assert "Environment 'staging' not found" in ran.stderr


def test_a_secret_that_is_not_there(home: dict[str, str]) -> None:
    ran = maze(home, "deploy", "--model", "nano", MAZE_DEPLOY_SECRET="missing")
    assert ran.returncode == 2
    assert "Secret 'missing' not found" in ran.stderr


@pytest.mark.parametrize("command", ["run", "deploy"])
def test_the_file_works_with_modals_own_command(
    plane: ControlPlane, home: dict[str, str], command: str
) -> None:
    name = f"by-{command}"
    plan = Plan(app=name, engine="local", name="nano", model="nano", gpu=None, max_num_seqs=2)
    file = ROOT / "deployment" / "modal_app.py"
    ran = subprocess.run(
        [sys.executable, "-m", "modal", command, str(file)],
        env=home | {VARIABLE: plan.text()},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    if command == "run":
        assert "func " in ran.stdout
        assert "'verdict': 'valid'" in ran.stdout
    assert (plane.app(name) is not None) == (command == "deploy")


def test_the_file_has_a_plan_of_its_own() -> None:
    """Importing it raises what Modal's client has against its idioms."""
    usual = deployment(Plan())
    assert usual.app.name == APP
    with pytest.raises(SettingsError, match="unknown field `gpus`"):
        read({VARIABLE: '{"gpus": 2}'})
    with pytest.raises(SettingsError, match="holds no plan"):
        read({VARIABLE: "gpu"})
