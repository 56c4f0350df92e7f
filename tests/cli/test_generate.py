"""`maze generate` as a user meets it: stdout, stderr, files and exit codes."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import RunMaze
from tests.providers.tiny import write_checkpoint

SUM = "start: DIGIT (SIGN DIGIT)~3\nDIGIT: /[0-9]/\nSIGN: /[-+]/\n"
ENDLESS = "start: (WORD BLANK)* STOP\nWORD: /[a-z]+/\nBLANK: /[ ]/\nSTOP: /!{900}/\n"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_checkpoint(tmp_path_factory.mktemp("tiny"), context=8192))


@pytest.fixture
def summing(tmp_path: Path, tiny: str) -> list[str]:
    """Options for a text of seven characters, always valid."""
    path = tmp_path / "sum.lark"
    path.write_text(SUM)
    return ["-m", tiny, "-g", str(path), "--seed", "1"]


@pytest.fixture
def endless(tmp_path: Path, tiny: str) -> list[str]:
    """Options for a text that doesn't end by itself."""
    path = tmp_path / "endless.lark"
    path.write_text(ENDLESS)
    return ["-m", tiny, "-g", str(path), "--seed", "1"]


def is_sum(text: str) -> bool:
    return len(text) == 7 and text[::2].isdigit() and set(text[1::2]) <= {"+", "-"}


def test_stdout_has_the_text_and_nothing_else(run_maze: RunMaze, summing: list[str]) -> None:
    run = run_maze("generate", "a sum", *summing)
    assert is_sum(run.stdout)
    assert (run.stderr, run.returncode) == ("", 0)


def test_the_output_file_has_the_text_and_stdout_nothing(
    run_maze: RunMaze, summing: list[str], tmp_path: Path
) -> None:
    run = run_maze("generate", "a sum", *summing, "-o", "sum.txt")
    assert is_sum((tmp_path / "sum.txt").read_text())
    assert (run.stdout, run.returncode) == ("", 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "sum.lark", "sum.txt"]


def test_the_prompt_comes_from_a_pipe_or_from_both(run_maze: RunMaze, summing: list[str]) -> None:
    piped = run_maze("generate", *summing, input="a sum")
    dash = run_maze("generate", "-", *summing, input="a sum")
    both = run_maze("generate", "a sum", *summing, "--json", input="of four digits")
    alone = run_maze("generate", "a sum", *summing, "--json")
    assert is_sum(piped.stdout)
    assert piped.stdout == dash.stdout
    tokens = [json.loads(run.stdout)["usage"]["prompt_tokens"] for run in (both, alone)]
    assert tokens[0] - tokens[1] == len("\n\nof four digits")


def test_json_is_one_object_with_the_contracts_fields(
    run_maze: RunMaze, summing: list[str], tiny: str
) -> None:
    run = run_maze("generate", "a sum", *summing, "--json")
    result = json.loads(run.stdout)
    assert run.stdout.count("\n") == 1
    assert list(result) == [
        "verdict", "text", "language", "provider", "model", "finish_reason", "usage", "timing",
        "grammar", "attempts", "validation", "error",
    ]  # fmt: skip
    assert result["verdict"] == "valid"
    assert is_sum(result["text"])
    assert (result["provider"], result["model"], result["finish_reason"]) == ("local", tiny, "stop")
    assert result["usage"]["completion_tokens"] == 7
    assert 0 < result["timing"]["first_token_seconds"] <= result["timing"]["total_seconds"]
    assert len(result["grammar"]["sha256"]) == 64
    assert result["validation"] == {
        "grammar": "accepted", "parser": None, "line": None, "column": None, "message": None,
    }  # fmt: skip
    assert result["error"] is None


def test_samples_count_the_seed_up(run_maze: RunMaze, summing: list[str], tmp_path: Path) -> None:
    run = run_maze("generate", "a sum", *summing, "-n", "3", "--json")
    texts = [json.loads(line)["text"] for line in run.stdout.splitlines()]
    second = run_maze("generate", "a sum", *summing[:-1], "2")
    assert len(texts) == 3
    assert texts[1] == second.stdout

    files = run_maze("generate", "a sum", *summing, "-n", "2", "-o", "sum-{}.txt")
    assert files.returncode == 0
    assert [(tmp_path / f"sum-{i}.txt").read_text() for i in (1, 2)] == texts[:2]


def test_samples_that_fit_nowhere_are_refused(run_maze: RunMaze, summing: list[str]) -> None:
    run = run_maze("generate", "a sum", *summing, "-n", "2")
    assert (run.stdout, run.returncode) == ("", 2)
    assert run.stderr == (
        "error: 2 samples don't fit in one text\n\n"
        "hint: `--json` prints one object a sample; `--output 'out-{}.py'` numbers the files\n"
    )


def test_verbose_prints_forced_tokens_and_the_share_of_masks(
    run_maze: RunMaze, endless: list[str]
) -> None:
    run = run_maze("generate", "words", *endless, "-v", "--max-tokens", "9")
    assert "9 tokens in" in run.stderr
    assert "forced, mask for" in run.stderr


def test_a_budget_that_ends_the_text_is_incomplete_and_leaves_no_file(
    run_maze: RunMaze, endless: list[str], tmp_path: Path
) -> None:
    run = run_maze("generate", "words", *endless, "--max-tokens", "5", "-o", "words.txt")
    assert (run.stdout, run.returncode) == ("", 1)
    assert not (tmp_path / "words.txt").exists()
    assert run.stderr.startswith("error: the text is incomplete: the budget of 5 tokens ended it\n")
    assert run.stderr.endswith(
        "hint: try a larger `--max-tokens`, or `--keep-invalid` to have the text anyway\n"
    )


def test_a_text_that_the_budget_cut_is_incomplete_even_if_it_parses(
    run_maze: RunMaze, tmp_path: Path, tiny: str
) -> None:
    (tmp_path / "words.lark").write_text("start: /[a-z]+/\n")
    options = ["-m", tiny, "-g", "words.lark", "--seed", "1", "--max-tokens", "4", "--json"]
    run = run_maze("generate", "words", *options)
    result = json.loads(run.stdout)
    assert (result["verdict"], result["finish_reason"], run.returncode) == (
        "incomplete",
        "length",
        1,
    )
    assert result["validation"]["message"] == "it could end here, but wasn't ended"


def test_the_end_of_the_context_is_not_blamed_on_the_budget(
    run_maze: RunMaze, endless: list[str]
) -> None:
    run = run_maze("generate", *endless, "--max-tokens", "90000", input="x" * 8000)
    assert "the model's context ended it after" in run.stderr
    assert "a shorter prompt, or a model with a longer context" in run.stderr


def test_an_incomplete_text_is_not_printed_unless_asked_for(
    run_maze: RunMaze, endless: list[str], tmp_path: Path
) -> None:
    options = [*endless, "--max-tokens", "5"]
    silent = run_maze("generate", "words", *options)
    asked = run_maze("generate", "words", *options, "--keep-invalid")
    filed = run_maze("generate", "words", *options, "--keep-invalid", "-o", "words.txt")
    assert (silent.stdout, silent.returncode) == ("", 1)
    assert (len(asked.stdout), asked.returncode) == (5, 1)
    assert (filed.stdout, filed.returncode) == ("", 1)
    assert (tmp_path / "words.txt").read_text() == asked.stdout


def test_an_existing_file_is_replaced_whole_or_left_alone(
    run_maze: RunMaze, summing: list[str], endless: list[str], tmp_path: Path
) -> None:
    target = tmp_path / "out.txt"
    target.write_text("before")
    target.chmod(0o640)
    failed = run_maze("generate", "words", *endless, "--max-tokens", "5", "-o", "out.txt")
    assert (failed.returncode, target.read_text()) == (1, "before")
    good = run_maze("generate", "a sum", *summing, "-o", "out.txt")
    assert good.returncode == 0
    assert is_sum(target.read_text())
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link_and_a_device_is_written(
    run_maze: RunMaze, summing: list[str], tmp_path: Path
) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    run_maze("generate", "a sum", *summing, "-o", "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert is_sum((tmp_path / "real.txt").read_text())
    device = run_maze("generate", "a sum", *summing, "-o", "/dev/stdout")
    assert is_sum(device.stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "error: no prompt\n"),
        ([""], "error: the prompt is empty\n"),
        (["  \n"], "error: the prompt is empty\n"),
        (["say hello"], "error: the prompt doesn't name a language\n"),
        (["x", "-l", "pyhton"], "error: unknown language `pyhton`\n\nhint: did you mean `python`?"),
        (["x", "-l", "zig"], "error: Zig is not supported yet\n"),
        (["x", "-o", "f.ts"], "error: TypeScript is not supported yet\n"),
        (["x", "-l", "go", "-p", "vllm"], "error: the provider `vllm` is not available yet\n"),
        (["x", "-g", "zig"], "error: Zig is not supported yet\n"),
        (["x", "-l", "go", "-g", "python"], "error: `--grammar python` is not for `--language go`"),
        (["x", "-l", "go", "-n", "0"], "error: `--samples` is a whole number, 1 or more\n"),
        (["x", "-l", "go", "-n", "2", "-o", "f"], "error: 2 samples don't fit in one text\n"),
        (["x", "-l", "go", "-g", "no.lark"], "error: invalid grammar `no.lark`\n"),
        (["x", "-l", "go", "-o", "no/such/f.go"], "error: can't write `no/such/f.go`: no such"),
        (["x", "-l", "go", "-o", "home"], "error: can't write `home`: it is a directory\n"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_runs(
    run_maze: RunMaze, arguments: list[str], message: str
) -> None:
    run = run_maze("generate", *arguments)
    assert run.stderr.startswith(message)
    assert "Traceback" not in run.stderr
    assert (run.stdout, run.returncode) == ("", 2)


@pytest.mark.parametrize(
    "options",
    [
        ["--max-tokens", "0"],
        ["--max-tokens", "many"],
        ["--temperature", "-1"],
        ["--temperature", "101"],
        ["--top-p", "0"],
        ["--seed", "1.5"],
        ["-p", "nobody"],
    ],
)
def test_a_wrong_value_names_its_flag(run_maze: RunMaze, options: list[str]) -> None:
    run = run_maze("generate", "a Go function", *options)
    name = {"-p": "--provider"}.get(options[0], options[0])
    assert name in run.stderr.splitlines()[0]
    assert (run.stdout, run.returncode) == ("", 2)


def test_a_grammar_that_the_engine_refuses_is_shown_with_its_place(
    run_maze: RunMaze, tmp_path: Path, tiny: str
) -> None:
    (tmp_path / "bad.lark").write_text("start: WORD\nWORD: /[a-z]+(?=!)/\n")
    run = run_maze("generate", "a word", "-m", tiny, "-g", "bad.lark")
    assert run.stderr.startswith("error: invalid grammar `bad.lark`\n  at 2(")
    assert "     2 | WORD: /[a-z]+(?=!)/\n" in run.stderr
    assert (run.stdout, run.returncode) == ("", 2)


def test_an_unknown_model_names_the_known_ones(run_maze: RunMaze) -> None:
    run = run_maze("generate", "a Go function", "-m", "gpt-9")
    assert run.stderr.startswith("error: no model `gpt-9`\n\nhint: known models: nano")
    assert (run.stdout, run.returncode) == ("", 2)


def test_a_prompt_longer_than_the_context_is_refused(run_maze: RunMaze, summing: list[str]) -> None:
    run = run_maze("generate", *summing, input="x" * 20_000)
    assert run.stderr.startswith("error: the prompt takes ")
    assert (run.stdout, run.returncode) == ("", 2)


def test_a_prompt_that_is_no_text_is_refused(environment: Mapping[str, str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "maze", "generate", "-l", "go"],
        input=b"\xff\xfe",
        env=dict(environment),
        capture_output=True,
        check=False,
    )
    assert run.stderr.startswith(b"error: the prompt on standard input is not UTF-8 text")
    assert (run.stdout, run.returncode) == (b"", 2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["x", "-l", "zig"], "Zig is not supported yet"),
        ([], "no prompt"),
        (["x", "-l", "go", "-o", "no/f.go"], "can't write `no/f.go`: no such file or directory"),
    ],
)
def test_with_json_an_error_is_an_object_too(
    run_maze: RunMaze, arguments: list[str], message: str
) -> None:
    run = run_maze("generate", *arguments, "--json")
    assert json.loads(run.stdout)["error"]["message"] == message
    assert run.returncode == 2


@pytest.mark.parametrize(
    ("language", "variable", "value"),
    [
        ("go", "MAZE_VALIDATION_PARSER", "toolchain"),
        ("python", "MAZE_VALIDATION_PYTHON_VERSION", "3.14"),
    ],
)
def test_a_parser_that_is_not_there_is_missed_before_anything_runs(
    run_maze: RunMaze, language: str, variable: str, value: str
) -> None:
    environment = {variable: value, "PATH": "/nowhere"}
    run = run_maze("generate", "x", "-l", language, "-m", "no-such-model", env=environment)
    assert "no model" not in run.stderr
    assert (run.stdout, run.returncode) == ("", 2)


def test_a_grammar_in_a_file_is_for_a_language_only_if_the_user_says_so(
    run_maze: RunMaze, summing: list[str]
) -> None:
    setting = {"MAZE_GENERATION_LANGUAGE": "go"}
    plain = run_maze("generate", "a sum in Python", *summing, "--json", env=setting)
    named = run_maze("generate", "a sum", "-l", "python", *summing, "--json", env=setting)
    assert json.loads(plain.stdout)["language"] is None
    assert json.loads(named.stdout)["validation"]["parser"] == {"name": "ast", "result": "accepted"}


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
