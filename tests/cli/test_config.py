"""`maze config`, from outside: what it prints, what it writes, how it exits."""

import json
import sys
import tomllib
from pathlib import Path

import pytest


@pytest.fixture
def user_file(run_maze) -> Path:
    return Path(run_maze("config", "path").stdout.rstrip("\n"))


def test_what_is_set_is_listed_with_the_file_it_comes_from(run_maze, user_file):
    for arguments in (
        ("generation.provider", "modal"),
        ("generation.model", "qwen2.5-coder-32b"),
    ):
        done = run_maze("config", "set", *arguments)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    listed = run_maze("config", "list", "--show-origin")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert listed.stdout == (
        f'{user_file}\tgeneration.provider = "modal"\n'
        f'{user_file}\tgeneration.model = "qwen2.5-coder-32b"\n'
        "default\tgeneration.temperature = 0.2\n"
        "default\tgeneration.top_p = 0.95\n"
        "default\tgeneration.max_tokens = 1024\n"
        "default\tgeneration.timeout_seconds = 300\n"
        "default\tgeneration.retries = 2\n"
        "default\tgeneration.fallback = []\n"
        'default\tvalidation.parser = "auto"\n'
        'default\tvalidation.rust_edition = "2024"\n'
        'default\tvalidation.zig_version = "0.17"\n'
        'default\tlocal.model = "nano"\n'
        'default\tmodal.app = "maze-inference"\n'
        'default\tdeploy.kv_cache_dtype = "auto"\n'
        "default\tdeploy.concurrency = 2\n"
        'default\tserve.engine = "local"\n'
        'default\tserve.host = "127.0.0.1"\n'
        "default\tserve.port = 8000\n"
        "default\tserve.max_waiting = 256\n"
    )


def test_a_list_without_origins_is_toml(run_maze):
    run_maze("config", "set", "generation.fallback", "modal,vllm")
    listed = tomllib.loads(run_maze("config", "list").stdout)
    assert listed["generation"]["fallback"] == ["modal", "vllm"]
    assert listed["local"] == {"model": "nano"}


def test_a_list_as_json_has_each_key_with_its_value_and_origin(run_maze):
    listed = json.loads(run_maze("config", "list", "--json", env={"OPENAI_API_KEY": "sk-1"}).stdout)
    assert listed["generation.max_tokens"] == {"value": 1024, "origin": "default"}
    assert listed["generation.seed"] == {"value": None, "origin": "default"}
    assert listed["openai.api_key"] == {"value": "********", "origin": "OPENAI_API_KEY"}


def test_get_prints_the_value_as_set_takes_it(run_maze):
    run_maze("config", "set", "generation.fallback", "modal, vllm")
    assert run_maze("config", "get", "generation.fallback").stdout == "modal,vllm\n"
    assert run_maze("config", "get", "generation.temperature").stdout == "0.2\n"


def test_get_of_what_is_not_set_is_an_error_without_output(run_maze):
    done = run_maze("config", "get", "generation.seed")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: `generation.seed` is not set\n"
        "\n"
        "hint: `maze config set generation.seed VALUE` sets it\n"
    )


def test_a_misspelt_key_is_an_error_that_names_the_nearest(run_maze):
    for command in (("get",), ("unset",), ("set", "x")):
        done = run_maze("config", command[0], "generation.modle", *command[1:])
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("error: unknown key `generation.modle`")
        assert done.stderr.endswith("\n\nhint: did you mean `generation.model`?\n")


def test_a_wrong_value_is_an_error_that_names_what_is_accepted(run_maze, user_file):
    done = run_maze("config", "set", "generation.temperature", "hot")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: wrong value for `generation.temperature`: "
        'expected a number from 0 to 100, but it is the string "hot"\n'
        "\n"
        "hint: its default is `0.2`\n"
    )
    assert not user_file.exists()


def test_a_value_may_begin_with_a_hyphen(run_maze, user_file):
    run_maze("config", "set", "openai.api_key", "-ab1")
    assert user_file.read_text() == '[openai]\napi_key = "-ab1"\n'
    assert run_maze("config", "set", "generation.temperature", "-1").stderr == (
        "error: wrong value for `generation.temperature`: "
        "expected a number from 0 to 100, but it is the number -1.0\n"
        "\n"
        "hint: its default is `0.2`\n"
    )


def test_a_misspelt_option_is_no_value(run_maze, user_file):
    done = run_maze("config", "set", "--projct", "generation.seed", "1")
    assert (done.returncode, done.stdout) == (2, "")
    assert not user_file.exists()


def test_unset_brings_the_default_back(run_maze):
    run_maze("config", "set", "generation.max_tokens", "9")
    assert run_maze("config", "get", "generation.max_tokens").stdout == "9\n"
    assert run_maze("config", "unset", "generation.max_tokens").returncode == 0
    assert run_maze("config", "get", "generation.max_tokens").stdout == "1024\n"


def test_a_project_s_settings_are_written_to_its_file_from_any_folder_in_it(run_maze, tmp_path):
    project = tmp_path / "project"
    below = project / "src"
    below.mkdir(parents=True)
    run_maze("config", "set", "--project", "generation.language", "go", cwd=project)
    run_maze("config", "set", "--project", "generation.seed", "7", cwd=below)
    assert (project / "maze.toml").read_text() == '[generation]\nlanguage = "go"\nseed = 7\n'
    assert run_maze("config", "path", "--project", cwd=below).stdout == f"{project}/maze.toml\n"
    assert run_maze("config", "get", "generation.seed", cwd=below).stdout == "7\n"
    run_maze("config", "unset", "generation.seed", "--project", cwd=below)
    assert (project / "maze.toml").read_text() == '[generation]\nlanguage = "go"\n'


def test_a_secret_is_read_from_standard_input_and_never_printed(run_maze, user_file):
    done = run_maze("config", "set", "openai.api_key", "-", input="sk-123\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert user_file.read_text() == '[openai]\napi_key = "sk-123"\n'
    if sys.platform != "win32":
        assert oct(user_file.stat().st_mode)[-3:] == "600"

    assert run_maze("config", "get", "openai.api_key").stdout == "********\n"
    for options in ((), ("--show-origin",), ("--json",)):
        listed = run_maze("config", "list", *options)
        assert "********" in listed.stdout
        assert "sk-123" not in listed.stdout + listed.stderr


def test_a_broken_file_is_shown_with_a_caret(run_maze, user_file):
    user_file.parent.mkdir(parents=True)
    user_file.write_text("[generation]\nprovider = modal\n")
    done = run_maze("config", "list")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"error: invalid settings file `{user_file}`\n"
        "  at 2(12): invalid value\n"
        "     2 | provider = modal\n"
        "                    ^\n"
        "\n"
        "hint: the file is TOML: https://toml.io\n"
    )
    assert run_maze("config", "path").returncode == 0


def test_the_command_without_arguments_shows_its_help(run_maze):
    done = run_maze("config")
    for command in ("get", "set", "unset", "list", "path"):
        assert command in done.stdout + done.stderr
