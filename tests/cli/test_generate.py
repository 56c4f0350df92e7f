"""What `maze generate` makes: stdout, files, verdicts and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import is_sum
from tests.conftest import RunMaze


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
