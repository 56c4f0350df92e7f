"""Settings: the order of their sources, every mistake in one, and writing without losing a key."""

import multiprocessing
import os
import re
import stat
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import ValidationError

from maze import settings
from maze.errors import SettingsError
from maze.settings.keys import KEYS, TABLES
from maze.settings.lock import locked
from maze.settings.values import as_text

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")


class Sources:
    """A user's file and a project's folder, both empty at first, and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.user = folder / "config" / "maze" / "config.toml"
        self.project = folder / "project" / "maze.toml"
        self.user.parent.mkdir(parents=True)
        self.project.parent.mkdir()

    def load(
        self,
        environ: Mapping[str, str] | None = None,
        flags: Mapping[str, str | int | float | None] | None = None,
    ) -> settings.LoadedSettings:
        return settings.load(environ or {}, self.user, self.project.parent, flags)

    def refusal(
        self,
        environ: Mapping[str, str] | None = None,
        flags: Mapping[str, str | int | float | None] | None = None,
    ) -> tuple[str, str | None]:
        with pytest.raises(SettingsError) as caught:
            self.load(environ, flags)
        assert caught.value.exit_code == 2
        return caught.value.message, caught.value.hint


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return Sources(tmp_path)


# --- what there is -----------------------------------------------------------------------------


def test_without_any_source_each_setting_has_its_default(sources):
    assert sources.load().lines(show_origin=True) == (
        'default\tgeneration.provider = "local"\n'
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


def test_the_keys_are_those_of_the_design():
    assert " ".join(KEYS) == (
        "generation.provider generation.model generation.language generation.temperature "
        "generation.top_p generation.max_tokens generation.seed generation.timeout_seconds "
        "generation.retries generation.fallback "
        "validation.parser validation.python_version validation.rust_edition "
        "validation.zig_version "
        "local.model local.threads local.cache_dir "
        "modal.endpoint_url modal.key modal.secret modal.app modal.environment "
        "vllm.endpoint_url vllm.api_key sglang.endpoint_url sglang.api_key "
        "llamacpp.endpoint_url llamacpp.api_key openai.endpoint_url openai.api_key "
        "anthropic.endpoint_url anthropic.api_key "
        "deploy.model deploy.gpu deploy.quantization deploy.kv_cache_dtype deploy.concurrency "
        "deploy.secret deploy.reasoning_parser deploy.max_model_len "
        "deploy.min_containers deploy.max_containers deploy.scaledown_window deploy.timeout "
        "serve.engine serve.model serve.host serve.port serve.token "
        "serve.reasoning_parser serve.max_waiting"
    )


def test_each_key_is_documented_with_what_it_accepts_and_its_default():
    documented = (Path(__file__).parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = [line for line in documented.splitlines() if re.match(r"\| `\w+\.\w+`", line)]
    assert rows == [
        f"| `{key}` | {key.accepts} | {f'`{default}`' if default else ''} |"
        for key in KEYS.values()
        for default in [as_text(TABLES[key.table].model_fields[key.name].default)]
    ]


def test_settings_are_frozen(sources):
    with pytest.raises(ValidationError, match="frozen"):
        sources.load().settings.generation.seed = 1


def test_a_secret_shows_in_no_representation(sources):
    loaded = sources.load({"OPENAI_API_KEY": "sk-123"})
    secret = loaded.settings.openai.api_key
    assert secret is not None
    assert secret.get_secret_value() == "sk-123"
    assert "sk-123" not in f"{loaded!r} {loaded.settings} {loaded.lines()} {loaded.json()}"
    assert loaded.text("openai.api_key") == "********"


# --- the order ---------------------------------------------------------------------------------


def test_the_project_comes_before_the_user_the_environment_before_both_and_a_flag_first(sources):
    key = "generation.max_tokens"
    sources.user.write_text("[generation]\nmax_tokens = 1\n")
    assert (sources.load().value(key), sources.load().origins[key]) == (1, str(sources.user))

    sources.project.write_text("[generation]\nmax_tokens = 2\n")
    assert (sources.load().value(key), sources.load().origins[key]) == (2, str(sources.project))

    environ = {"MAZE_GENERATION_MAX_TOKENS": "3"}
    loaded = sources.load(environ)
    assert (loaded.value(key), loaded.origins[key]) == (3, "MAZE_GENERATION_MAX_TOKENS")

    loaded = sources.load(environ, {key: "4"})
    assert (loaded.value(key), loaded.origins[key]) == (4, "--max-tokens")


def test_sources_are_merged_key_by_key(sources):
    sources.user.write_text('[generation]\nprovider = "modal"\nseed = 7\n')
    sources.project.write_text('[generation]\nprovider = "vllm"\n')
    generation = sources.load({"MAZE_GENERATION_TOP_P": "0.5"}).settings.generation
    assert (generation.provider, generation.seed, generation.top_p) == ("vllm", 7, 0.5)


def test_the_project_s_file_is_found_from_a_folder_below_it(sources):
    sources.project.write_text("[generation]\nseed = 7\n")
    below = sources.project.parent / "a" / "b"
    below.mkdir(parents=True)
    loaded = settings.load({}, sources.user, below)
    assert loaded.settings.generation.seed == 7
    assert loaded.project_file == sources.project


def test_the_nearest_project_file_counts_alone(sources):
    sources.project.write_text("[generation]\nseed = 7\nretries = 5\n")
    below = sources.project.parent / "a"
    below.mkdir()
    (below / "maze.toml").write_text("[generation]\nseed = 8\n")
    generation = settings.load({}, sources.user, below).settings.generation
    assert (generation.seed, generation.retries) == (8, 2)


@posix_only
def test_in_a_folder_that_was_deleted_there_is_no_project(sources, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert settings.load({}, sources.user).project_file is None
    with pytest.raises(SettingsError, match="the working directory has been deleted"):
        settings.target(project=True)


def test_a_variable_can_name_the_user_s_file(sources):
    sources.user.write_text("[generation]\nseed = 7\n")
    environ = {"MAZE_CONFIG_FILE": str(sources.user)}
    loaded = settings.load(environ, project_start_dir=sources.project.parent)
    assert loaded.settings.generation.seed == 7


@pytest.mark.parametrize(
    ("variable", "key"),
    [
        ("MODAL_ENDPOINT_URL", "modal.endpoint_url"),
        ("OPENAI_API_KEY", "openai.api_key"),
        ("ANTHROPIC_API_KEY", "anthropic.api_key"),
    ],
)
def test_well_known_variables_are_read_and_maze_s_own_name_comes_before_them(
    sources, variable, key
):
    own = "MAZE_" + key.replace(".", "_").upper()
    assert sources.load({variable: "https://a.example"}).origins[key] == variable
    both = {variable: "https://a.example", own: "https://b.example"}
    assert sources.load(both).origins[key] == own


def test_an_empty_variable_is_none(sources):
    environ = {"OPENAI_API_KEY": "", "MAZE_GENERATION_SEED": "", "MAZE_CONFIG_FILE": ""}
    assert sources.load(environ).origins["openai.api_key"] == "default"
    assert sources.load(environ).origins["generation.seed"] == "default"


def test_a_variable_that_is_no_setting_is_none_of_our_business(sources):
    environ = {"MAZE_CONFIG_FILE": "x", "MAZE_TOKEN": "t", "GENERATION_SEED": "1", "PATH": "/bin"}
    assert set(sources.load(environ).origins.values()) == {"default"}


def test_a_flag_that_was_not_given_leaves_the_value(sources):
    loaded = sources.load(flags={"generation.seed": None, "generation.temperature": 0})
    assert (loaded.value("generation.seed"), loaded.value("generation.temperature")) == (None, 0)
    assert loaded.origins["generation.temperature"] == "--temperature"


def test_a_byte_order_mark_and_windows_line_ends_are_read(sources):
    sources.user.write_bytes(b"\xef\xbb\xbf[generation]\r\nseed = 7\r\n")
    assert sources.load().settings.generation.seed == 7


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[generation]\n"])
def test_a_file_may_be_empty(sources, text):
    sources.user.write_text(text)
    assert sources.load().settings == settings.Settings()


# --- mistakes in files -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "[generation]\n\nmodle = 'x'\n",
            "unknown key `generation.modle` in `FILE`, line 3",
            "did you mean `generation.model`?",
        ),
        (
            "generation.modle = 'x'\n",
            "unknown key `generation.modle` in `FILE`, line 1",
            "did you mean `generation.model`?",
        ),
        (
            "\ngeneration = { seed = 1, modle = 'x' }\n",
            "unknown key `generation.modle` in `FILE`, line 2",
            "did you mean `generation.model`?",
        ),
        (
            "[generation.deep]\nx = 1\n",
            "unknown key `generation.deep` in `FILE`, line 1",
            (
                "the keys of `generation` are `provider`, `model`, `language`, `temperature`, "
                "`top_p`, `max_tokens`, `seed`, `timeout_seconds`, `retries`, `fallback`"
            ),
        ),
        (
            "[generaton]\nseed = 1\n",
            "unknown table `generaton` in `FILE`, line 1",
            "did you mean `generation`?",
        ),
        (
            "[tool.maze]\nseed = 1\n",
            "unknown table `tool` in `FILE`, line 1",
            (
                "the tables are `generation`, `validation`, `local`, `modal`, `vllm`, `sglang`, "
                "`llamacpp`, `openai`, `anthropic`, `deploy`, `serve`"
            ),
        ),
        (
            "provider = 'modal'\n",
            "unknown key `provider` in `FILE`, line 1",
            "did you mean `generation.provider`?",
        ),
    ],
)
def test_an_unknown_name_is_refused_with_its_place_and_the_nearest_one(
    sources, text, message, hint
):
    sources.user.write_text(text)
    assert sources.refusal() == (message.replace("FILE", str(sources.user)), hint)


@pytest.mark.parametrize(
    ("key", "raw", "message"),
    [
        (
            "generation.provider",
            '"modl"',
            (
                'expected one of "local", "modal", "vllm", "sglang", "llamacpp", "openai", '
                '"anthropic", but it is the string "modl"'
            ),
        ),
        ("generation.model", "7", "expected the name of a model, but it is the number 7"),
        ("generation.model", '""', "expected the name of a model, but it is empty"),
        (
            "generation.language",
            '"cobol"',
            (
                'expected one of "python", "typescript", "tsx", "rust", "go", "zig", '
                'but it is the string "cobol"'
            ),
        ),
        (
            "generation.temperature",
            '"0.2"',
            'expected a number from 0 to 100, but it is the string "0.2"',
        ),
        (
            "generation.temperature",
            "-1",
            "expected a number from 0 to 100, but it is the number -1",
        ),
        (
            "generation.temperature",
            "nan",
            "expected a number from 0 to 100, but it is the number NaN",
        ),
        (
            "generation.temperature",
            "true",
            "expected a number from 0 to 100, but it is the boolean true",
        ),
        ("generation.top_p", "0", "expected a number above 0, at most 1, but it is the number 0"),
        (
            "generation.top_p",
            "1.1",
            "expected a number above 0, at most 1, but it is the number 1.1",
        ),
        (
            "generation.max_tokens",
            "0",
            "expected a whole number, 1 or more, but it is the number 0",
        ),
        (
            "generation.max_tokens",
            "9.0",
            "expected a whole number, 1 or more, but it is the number 9.0",
        ),
        (
            "generation.seed",
            "-1",
            "expected a whole number, 0 or more, below 2^63, but it is the number -1",
        ),
        (
            "generation.timeout_seconds",
            "inf",
            "expected a number of seconds above 0, but it is the number Infinity",
        ),
        ("generation.retries", "[1]", "expected a whole number, 0 or more, but it is a list"),
        (
            "generation.fallback",
            '"modal"',
            (
                'expected a list of "local", "modal", "vllm", "sglang", "llamacpp", "openai", '
                '"anthropic", but it is the string "modal"'
            ),
        ),
        (
            "validation.python_version",
            "3.12",
            ('expected one of "3.10", "3.11", "3.12", "3.13", "3.14", but it is the number 3.12'),
        ),
        (
            "validation.parser",
            "{ x = 1 }",
            'expected one of "auto", "grammar", "tree-sitter", "toolchain", but it is a table',
        ),
        (
            "local.cache_dir",
            "1979-05-27",
            "expected the path of a folder, but it is a date or time",
        ),
        (
            "vllm.endpoint_url",
            '"localhost:8000"',
            (
                "expected an http:// or https:// address without user name and password, "
                'but it is the string "localhost:8000"'
            ),
        ),
        (
            "vllm.endpoint_url",
            '"https://me:hunter2@gpu.example"',
            (
                "expected an http:// or https:// address without user name and password, "
                "but it is another string"
            ),
        ),
        (
            "vllm.endpoint_url",
            '"http://host:99999"',
            (
                "expected an http:// or https:// address without user name and password, "
                'but it is the string "http://host:99999"'
            ),
        ),
        ("openai.api_key", "12345", "expected an API key, as a string, but it is a number"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place_and_what_is_accepted(sources, key, raw, message):
    sources.user.write_text(f"{key} = {raw}\n")
    assert sources.refusal() == (
        f"wrong value for `{key}` in `{sources.user}`, line 1: {message}",
        f"correct it there, or remove it: `maze config unset {key}`",
    )


def test_a_wrong_value_in_the_project_s_file_is_removed_from_there(sources):
    sources.project.write_text("[generation]\nseed = 'x'\n")
    assert sources.refusal() == (
        (
            f"wrong value for `generation.seed` in `{sources.project}`, line 2: "
            'expected a whole number, 0 or more, below 2^63, but it is the string "x"'
        ),
        "correct it there, or remove it: `maze config unset generation.seed --project`",
    )


def test_a_value_in_a_table_s_place_is_refused(sources):
    sources.user.write_text("openai = 'sk-123'\n")
    assert sources.refusal() == (
        (
            f"wrong value for `openai` in `{sources.user}`, line 1: "
            "expected a table, but it is a string"
        ),
        "a table begins with a line `[openai]`",
    )


def test_text_that_is_not_toml_is_shown_with_line_and_caret(sources):
    sources.user.write_text('[generation]\nprovider "modal"\n')
    assert sources.refusal() == (
        (
            f"invalid settings file `{sources.user}`\n"
            "  at 2(10): expected '=' after a key in a key/value pair\n"
            '     2 | provider "modal"\n'
            "                  ^"
        ),
        "the file is TOML: https://toml.io",
    )


def test_a_text_that_ends_too_early_is_shown_at_its_end(sources):
    sources.user.write_text("[generation]\nseed =\n\n")
    assert sources.refusal()[0] == (
        f"invalid settings file `{sources.user}`\n"
        "  at 2(7): invalid value\n"
        "     2 | seed =\n"
        "               ^"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('[openai]\napi_key "sk-123"\n', "api_key ********"),
        ('[openai]\napi_key = "sk-123\n', "api_key = *******"),
        ("openai.api_key = sk-123\n", "openai.api_key = ******"),
        ('openai = { api_key = "sk-123", }}\n', "openai = * ******* * ********* **"),
        ('model = "x" api_key = "sk-123"\n', "model = *** ******* * ********"),
        ('unheard_of = "sk-123\n', "unheard_of = *******"),
        ('[openai]\napi_key = """\nsk-123', "sk****"),
        ("sk-123\n", "sk****"),
    ],
)
def test_a_broken_line_is_shown_without_what_could_be_a_secret(sources, text, shown):
    sources.user.write_text(text)
    message, _ = sources.refusal()
    assert message.splitlines()[2].partition(" | ")[2] == shown
    assert "123" not in message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = " + "[" * 100_000, "nested too deeply"),
        ("x = " + "9" * 10_000, "a number is too long"),
    ],
)
def test_a_monstrous_file_is_refused(sources, text, reason):
    sources.user.write_text(text)
    assert sources.refusal()[0] == f"invalid settings file `{sources.user}`: {reason}"


def test_a_number_of_thousands_of_digits_is_refused(sources):
    sources.user.write_text(f"generation.max_tokens = 0x{'f' * 5000}\n")
    assert sources.refusal()[0] == (
        f"wrong value for `generation.max_tokens` in `{sources.user}`, line 1: "
        "expected a whole number, 1 or more, but it is another number"
    )


def test_a_file_s_escape_sequences_never_reach_the_terminal(sources):
    sources.user.write_text('"\\u001b[31m" = 1\n')
    assert sources.refusal()[0] == rf"unknown key `\x1b[31m` in `{sources.user}`"
    sources.user.write_text("provider = \x1b[31m\n")
    assert "\x1b" not in sources.refusal()[0]


def test_a_file_that_is_not_utf_8_is_refused(sources):
    sources.user.write_text("[generation]\n", encoding="utf-16")
    assert sources.refusal() == (
        f"settings file `{sources.user}` is not UTF-8: byte 0xff at offset 0",
        "save it as UTF-8",
    )


@posix_only
def test_a_folder_in_the_file_s_place_is_refused(sources):
    sources.project.mkdir()
    assert sources.refusal()[0] == (f"can't read settings file `{sources.project}`: is a directory")


@posix_only
def test_a_file_that_can_t_be_read_is_refused(sources):
    sources.user.symlink_to(sources.user)
    assert sources.refusal() == (
        f"can't read settings file `{sources.user}`: too many levels of symbolic links",
        "look at its permissions, or name another file in `MAZE_CONFIG_FILE`",
    )


# --- mistakes elsewhere ------------------------------------------------------------------------


def test_a_wrong_value_in_a_variable_is_refused_with_the_variable_s_name(sources):
    assert sources.refusal({"MAZE_GENERATION_TEMPERATURE": "hot"}) == (
        (
            "wrong value for `generation.temperature` in the environment variable "
            "`MAZE_GENERATION_TEMPERATURE`: expected a number from 0 to 100, "
            'but it is the string "hot"'
        ),
        "correct the variable, or unset it",
    )


def test_a_misspelt_settings_variable_is_refused_with_the_nearest_one(sources):
    assert sources.refusal({"MAZE_GENERATION_MODLE": "x"}) == (
        "unknown settings variable `MAZE_GENERATION_MODLE`",
        "did you mean `MAZE_GENERATION_MODEL`?",
    )


def test_a_wrong_flag_is_refused_with_the_flag_s_name(sources):
    assert sources.refusal(flags={"generation.top_p": "2"}) == (
        "wrong value for `--top-p`: expected a number above 0, at most 1, but it is the number 2.0",
        "its default is `0.95`",
    )


def test_no_traceback_of_a_wrong_secret_holds_it(sources):
    sources.user.write_text("[openai]\napi_key = ['sk-123']\n")
    with pytest.raises(SettingsError) as caught:
        sources.load()
    assert "sk-123" not in str(caught.getrepr(chain=True, style="short"))


# --- writing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("generation.provider", "modal", "modal"),
        ("generation.model", "qwen2.5-coder-32b", "qwen2.5-coder-32b"),
        ("generation.model", "12", "12"),
        ("generation.temperature", "0", 0.0),
        ("generation.temperature", "1e-2", 0.01),
        ("generation.max_tokens", "4_096", 4096),
        ("generation.fallback", "modal, vllm", ["modal", "vllm"]),
        ("generation.fallback", '["modal", "vllm"]', ["modal", "vllm"]),
        ("generation.fallback", "modal", ["modal"]),
        ("generation.fallback", "", []),
        ("validation.python_version", "3.12", "3.12"),
        ("local.cache_dir", "~/models", "~/models"),
        ("vllm.endpoint_url", "http://[::1]:8000/v1", "http://[::1]:8000/v1"),
        ("openai.api_key", "sk-123", "sk-123"),
    ],
)
def test_text_is_written_as_a_value_of_the_key_s_kind(sources, key, text, value):
    settings.set_value(sources.user, key, text)
    table, name = key.split(".")
    assert tomllib.loads(sources.user.read_text()) == {table: {name: value}}
    sources.load()


@pytest.mark.parametrize("key", list(KEYS))
def test_each_key_can_be_set_read_and_unset(sources, key):
    samples = {"integer": "7", "number": "0.5", "list": "vllm"}
    special = {
        "generation.provider": "vllm",
        "generation.language": "go",
        "validation.parser": "grammar",
        "validation.python_version": "3.12",
        "validation.rust_edition": "2021",
        "validation.zig_version": "0.15",
        "local.cache_dir": "models",
        "deploy.quantization": "awq",
        "deploy.kv_cache_dtype": "fp8",
        "serve.engine": "vllm",
    }
    text = special.get(key) or samples.get(KEYS[key].kind) or "https://a.example"
    settings.set_value(sources.user, key, text)
    assert sources.load().text(key) == ("********" if KEYS[key].secret else text)
    assert sources.load().origins[key] == str(sources.user)
    settings.unset_value(sources.user, key)
    assert sources.user.read_text() == ""


@pytest.mark.parametrize(
    ("key", "text", "message", "hint"),
    [
        (
            "generation.tempreature",
            "1",
            "unknown key `generation.tempreature`",
            "did you mean `generation.temperature`?",
        ),
        (
            "generation.max_tokens",
            "many",
            (
                "wrong value for `generation.max_tokens`: expected a whole number, 1 or more, "
                'but it is the string "many"'
            ),
            "its default is `1024`",
        ),
        (
            "generation.max_tokens",
            "9" * 5000,
            (
                "wrong value for `generation.max_tokens`: expected a whole number, 1 or more, "
                "but it is another string"
            ),
            "its default is `1024`",
        ),
        (
            "openai.api_key",
            "",
            "wrong value for `openai.api_key`: expected an API key, as a string, but it is empty",
            "`maze config unset openai.api_key` leaves it open",
        ),
        (
            "generation.model",
            "\udcff",
            (
                "wrong value for `generation.model`: expected the name of a model, "
                "but it is another string"
            ),
            "`maze config unset generation.model` leaves it open",
        ),
        (
            "generation.fallback",
            "[modal",
            (
                'wrong value for `generation.fallback`: expected a list of "local", "modal", '
                '"vllm", "sglang", "llamacpp", "openai", "anthropic", '
                'but it is the string "[modal"'
            ),
            "`maze config unset generation.fallback` leaves it open",
        ),
    ],
)
def test_a_wrong_key_or_value_is_refused_and_nothing_is_written(sources, key, text, message, hint):
    sources.user.write_text("# untouched\n")
    with pytest.raises(SettingsError) as caught:
        settings.set_value(sources.user, key, text)
    assert (caught.value.message, caught.value.hint) == (message, hint)
    assert sources.user.read_text() == "# untouched\n"


NEWER = """\
version = 2
when = 1979-05-27T07:32:00Z

[generation]
seed = 1
draft = { model = "tiny", ratio = 0.5 }

[[routes]]
name = "é"
"""


def test_keys_of_a_newer_maze_are_kept(sources):
    sources.user.write_text(NEWER, encoding="utf-8")
    expected = tomllib.loads(NEWER)
    settings.set_value(sources.user, "generation.seed", "2")
    settings.set_value(sources.user, "deploy.gpu", "L40S")
    settings.unset_value(sources.user, "deploy.gpu")
    expected["generation"]["seed"] = 2
    assert tomllib.loads(sources.user.read_text(encoding="utf-8")) == expected


def test_an_unknown_key_that_is_in_the_file_can_be_unset(sources):
    sources.user.write_text("[generation]\nseed = 1\n[generaton]\nmodle = 'x'\n")
    settings.unset_value(sources.user, "generaton.modle")
    assert sources.user.read_text() == "[generation]\nseed = 1\n"


def test_a_key_that_is_not_in_the_file_is_unset_already(sources):
    settings.unset_value(sources.user, "generation.seed")
    assert not sources.user.exists()
    sources.user.write_text("# kept, for nothing changes\n")
    settings.unset_value(sources.user, "generation.seed")
    assert sources.user.read_text() == "# kept, for nothing changes\n"


@pytest.mark.parametrize("exists", [True, False])
def test_unsetting_a_key_that_is_neither_known_nor_there_is_refused(sources, exists):
    if exists:
        sources.user.touch()
    with pytest.raises(SettingsError, match=r"unknown key `generation\.sed`") as caught:
        settings.unset_value(sources.user, "generation.sed")
    assert caught.value.hint == "did you mean `generation.seed`?"


def test_a_whole_table_is_not_unset_by_its_name(sources):
    sources.user.write_text("[generation]\nseed = 1\n")
    with pytest.raises(SettingsError, match="`generation` is a table, not a key"):
        settings.unset_value(sources.user, "generation")
    assert sources.load().value("generation.seed") == 1


def test_a_value_in_a_table_s_place_is_not_overwritten_but_can_be_unset(sources):
    sources.user.write_text("generation = 5\n")
    with pytest.raises(SettingsError) as caught:
        settings.set_value(sources.user, "generation.seed", "1")
    assert caught.value.message == (
        f"can't set `generation.seed` in `{sources.user}`: "
        "`generation` is no table there, but a number"
    )
    assert caught.value.hint == "`maze config unset generation` removes it"
    settings.unset_value(sources.user, "generation")
    assert sources.user.read_text() == ""


def test_a_broken_file_is_not_overwritten(sources):
    sources.user.write_text("[generation\n")
    with pytest.raises(SettingsError, match="invalid settings file"):
        settings.set_value(sources.user, "generation.seed", "1")
    assert sources.user.read_text() == "[generation\n"
    assert os.listdir(sources.user.parent) == ["config.toml"]


def test_folders_are_made_and_nothing_but_the_file_stays(tmp_path):
    file = tmp_path / "a" / "b" / "config.toml"
    settings.set_value(file, "generation.seed", "1")
    assert os.listdir(file.parent) == ["config.toml"]


def test_a_failed_write_leaves_the_old_file_alone(sources, monkeypatch):
    settings.set_value(sources.user, "generation.seed", "1")

    def full_disk(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(SettingsError) as caught:
        settings.set_value(sources.user, "generation.seed", "2")
    assert caught.value.message == (
        f"can't write settings file `{sources.user}`: no space left on device"
    )
    assert sources.user.read_text() == "[generation]\nseed = 1\n"
    assert os.listdir(sources.user.parent) == ["config.toml"]


@posix_only
def test_what_is_no_regular_file_is_not_replaced(sources):
    fifo = sources.user.with_name("pipe")
    os.mkfifo(fifo)
    for path in (fifo, sources.user.parent, Path(os.devnull)):
        with pytest.raises(SettingsError) as caught:
            settings.set_value(path, "generation.seed", "1")
        assert caught.value.message == (
            f"can't write settings file `{path}`: it is not a regular file"
        )
    assert stat.S_ISFIFO(fifo.stat().st_mode)


@posix_only
@pytest.mark.parametrize("target_exists", [True, False])
def test_a_symbolic_link_stays_one(sources, tmp_path, target_exists):
    target = tmp_path / "dotfiles" / "maze.toml"
    target.parent.mkdir()
    if target_exists:
        target.touch()
    sources.user.symlink_to(target)
    settings.set_value(sources.user, "generation.seed", "1")
    assert sources.user.is_symlink()
    assert target.read_text() == "[generation]\nseed = 1\n"


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


@posix_only
def test_a_file_with_a_secret_is_its_owner_s_alone(sources):
    sources.user.touch(mode=0o644)
    settings.set_value(sources.user, "modal.secret", "ws-123")
    assert mode(sources.user) == "0o600"
    settings.set_value(sources.user, "generation.seed", "1")
    assert mode(sources.user) == "0o600"


@posix_only
def test_a_secret_is_never_in_a_file_that_others_can_read_not_even_for_a_moment(
    sources, monkeypatch
):
    modes = []
    replace = os.replace

    def watched(new: Path, path: Path) -> None:
        modes.append(mode(Path(new)))
        replace(new, path)

    opened = os.open

    def watched_open(name: str, flags: int, mode_: int = 0o777) -> int:
        if str(name).endswith(".tmp"):
            modes.append(oct(mode_))
        return opened(name, flags, mode_)

    monkeypatch.setattr(os, "open", watched_open)
    monkeypatch.setattr(os, "replace", watched)
    settings.set_value(sources.user, "openai.api_key", "sk-123")
    assert modes == ["0o600", "0o600"]


@posix_only
@pytest.mark.parametrize("before", [0o600, 0o640, 0o664])
def test_the_permissions_of_a_file_without_a_secret_are_kept(sources, before):
    sources.user.touch()
    sources.user.chmod(before)
    settings.set_value(sources.user, "generation.seed", "1")
    assert mode(sources.user) == oct(before)


@posix_only
def test_a_new_file_without_a_secret_has_the_permissions_of_any_new_file(sources):
    settings.set_value(sources.project, "generation.seed", "1")
    other = sources.project.with_name("other")
    other.touch()
    assert mode(sources.project) == mode(other)


# --- at the same time --------------------------------------------------------------------------


def write_each(file: Path, values: list[tuple[str, str]], start: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    for key, text in values:
        settings.set_value(file, key, text)


def test_dozens_of_writes_by_several_processes_at_once_lose_nothing(sources):
    special = {
        "generation.provider": "vllm",
        "generation.language": "go",
        "generation.fallback": "vllm",
        "validation.parser": "grammar",
        "validation.python_version": "3.12",
        "validation.rust_edition": "2021",
        "validation.zig_version": "0.15",
        "deploy.quantization": "awq",
        "deploy.kv_cache_dtype": "fp8",
        "serve.engine": "vllm",
    }
    texts = {"integer": "7", "number": "0.5"}
    values = [
        (name, special.get(name) or texts.get(key.kind, "https://a.example"))
        for name, key in KEYS.items()
    ]
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(6)
    writers = [
        context.Process(target=write_each, args=(sources.user, values[index::6], start))
        for index in range(6)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * 6
    loaded = sources.load()
    assert [name for name in KEYS if loaded.origins[name] != str(sources.user)] == []
    assert os.listdir(sources.user.parent) == ["config.toml"]


def test_waiting_for_a_lock_ends_with_an_error(sources):
    with (
        locked(sources.user),
        pytest.raises(TimeoutError, match=r"others have kept writing it for 0\.05 seconds"),
        locked(sources.user, timeout_seconds=0.05),
    ):
        pass
    with locked(sources.user, timeout_seconds=0.05):
        pass
