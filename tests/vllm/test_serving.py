"""`maze serve --engine vllm`: a real vLLM on the CPU behind the HTTP API."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from maze.languages import LANGUAGES
from maze.providers.modal import ModalProvider
from maze.settings.schema import Modal, Settings
from maze.validation import validate
from tests.server.deep import chain, references
from tests.server.running import serving, wait_until_ready
from tests.vllm.processes import engine_of

CANARY = 'start: "maze-" /[0-9]{4}/'
DAMAGED = f"// maze-prefix-b64: gA==\n{CANARY}"
GENERATIONS = 54


def post(address: str, body: object, route: str = "/generate") -> httpx.Response:
    return httpx.post(f"{address}{route}", json=body, timeout=120)


def test_health_names_the_versions_that_run(address: str) -> None:
    import llguidance
    import vllm

    health = httpx.get(f"{address}/health").json()
    assert health["engine"] == "vllm"
    assert health["versions"]["vllm"] == vllm.__version__ == "0.32.0"
    assert health["versions"]["llguidance"] == llguidance.__version__
    assert {language.name for language in LANGUAGES} <= {
        each["name"] for each in health["grammars"]
    }


def test_every_text_follows_its_grammar(address: str) -> None:
    def generate(number: int) -> tuple[str, str, dict[str, object]]:
        language = LANGUAGES[number % len(LANGUAGES)].name
        body = {
            "prompt": "a small function",
            "language": language,
            "seed": number,
            "temperature": 1,
            "max_tokens": 80,
        }
        answer = post(address, body).json()
        return language, answer["code"], answer["metadata"]

    with ThreadPoolExecutor(8) as pool:
        generated = list(pool.map(generate, range(GENERATIONS)))
    verdicts = Counter(str(told["verdict"]) for _, _, told in generated)
    print(dict(verdicts))
    assert set(verdicts) <= {"valid", "incomplete"}
    assert all(told["grammar_constrained"] for _, _, told in generated)
    for language, code, told in generated:
        again = validate(code, language)
        assert again.grammar != "refused", code
        assert told["tokens"] == 80 or told["finish_reason"] == "stop"


def test_a_seed_gives_the_same_text_alone_and_among_others(address: str) -> None:
    body = {"prompt": "x", "language": "go", "seed": 5, "temperature": 1, "max_tokens": 30}
    alone = post(address, body).json()["code"]
    with ThreadPoolExecutor(6) as pool:
        bodies = [body, *({**body, "seed": seed} for seed in range(10, 15))]
        among = list(pool.map(lambda each: post(address, each).json()["code"], bodies))
    assert among[0] == alone
    assert len(set(among)) == 6


def test_a_prefix_may_end_inside_a_token(address: str) -> None:
    grammar = 'start: "let " /[a-z]{1,3}/ " = " /[0-9]{1,4}/ ";"'
    body = {"prompt": "x", "grammar": grammar, "prefix": "let ab = 12", "temperature": 1}
    code = post(address, body).json()["code"]
    assert code.startswith("let ab = 12")
    assert code.endswith(";")
    refused = post(address, body | {"prefix": "lot"})
    assert refused.status_code == 400
    assert "the prefix is refused at 1:2" in refused.json()["error"]["message"]


def test_a_grammar_that_needs_more_than_the_usual_limits_works(address: str) -> None:
    wide = "start: " + " | ".join(f'"a" r{each}' for each in range(3_001)) + "\n"
    wide += "".join(f'r{each}: "b{each}"\n' for each in range(3_001))
    answer = post(address, {"prompt": "x", "grammar": f"%llguidance {{}}\n{wide}"}).json()
    assert answer["metadata"]["verdict"] == "valid"


def test_a_text_cut_at_a_limit_is_an_error_and_harms_no_other(address: str) -> None:
    wide = "start: " + " | ".join(f'"a" r{each}' for each in range(9_001)) + "\n"
    wide += "".join(f'r{each}: "b"\n' for each in range(9_001))
    with ThreadPoolExecutor(4) as pool:
        other = {"prompt": "x", "grammar": CANARY}
        bodies = [{"prompt": "x", "grammar": f"%llguidance {{}}\n{wide}"}, other, other, other]
        exploded, *others = pool.map(lambda body: post(address, body), bodies)
    assert exploded.status_code in (400, 500)
    assert exploded.json()["success"] is False
    assert all(each.json()["code"].startswith("maze-") for each in others)


def test_more_prompts_at_once_than_a_step_takes(address: str) -> None:
    body = {"prompt": "a word " * 100, "grammar": CANARY}
    with ThreadPoolExecutor(48) as pool:
        answers = list(pool.map(lambda seed: post(address, body | {"seed": seed}), range(48)))
    assert {each.status_code for each in answers} == {200}
    assert all(each.json()["metadata"]["prompt_tokens"] > 100 for each in answers)


def test_a_client_that_leaves_ends_its_generation(address: str) -> None:
    body = {"prompt": "x", "grammar": "start: /[a-z]{50000}/", "max_tokens": 3_500, "stream": True}
    with httpx.stream("POST", f"{address}/generate", json=body, timeout=30) as response:
        received = response.iter_raw()
        next(received)
        assert httpx.get(f"{address}/health").json()["running"] == 1
    # Far less than the generation takes, and more than a busy machine keeps a process waiting.
    deadline = time.monotonic() + 5
    while httpx.get(f"{address}/health").json()["running"]:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_vllms_own_routes_are_there(address: str) -> None:
    (model,) = httpx.get(f"{address}/v1/models").json()["data"]
    body = {
        "model": model["id"],
        "prompt": "x",
        "max_tokens": 20,
        "structured_outputs": {"grammar": CANARY},
    }
    answer = post(address, body, "/v1/completions").json()
    assert answer["choices"][0]["text"].startswith("maze-")
    chat = {"model": model["id"], "messages": [{"role": "user", "content": "x"}], "max_tokens": 20}
    chat["structured_outputs"] = {"grammar": CANARY}
    answer = post(address, chat, "/v1/chat/completions").json()
    assert answer["choices"][0]["message"]["content"].startswith("maze-")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"guided_grammar": CANARY}, "`guided_grammar` is no field of vLLM any more"),
        ({"structured_outputs": {"grammar": CANARY}, "ignore_eos": True}, "`ignore_eos`"),
        ({"structured_outputs": {"choice": ["a"]}, "min_tokens": 20}, "`min_tokens`"),
        ({"structured_outputs": {"grammar": chain(3_000)}}, "more than 1,000 rules"),
        ({"structured_outputs": {"json": references(3_000)}}, "more than 2,000 levels"),
        ({"structured_outputs": {"grammar": DAMAGED}}, "a damaged prefix"),
    ],
)
def test_what_would_leave_an_answer_unconstrained_is_refused(
    address: str, fields: dict[str, object], message: str
) -> None:
    response = post(address, {"prompt": "x", "max_tokens": 5, **fields}, "/v1/completions")
    assert response.status_code == 400
    assert message in response.json()["error"]["message"]


@pytest.mark.parametrize("parser", ["deepseek_r1", "qwen3"])
def test_thinking_comes_back_apart(
    thinking_checkpoint: Path, vllm_environment: dict[str, str], tmp_path: Path, parser: str
) -> None:
    options = ("--engine", "vllm", "--model", str(thinking_checkpoint))
    chosen = {"MAZE_SERVE_REASONING_PARSER": parser}
    with serving(vllm_environment | chosen, tmp_path, *options) as (address, _):
        wait_until_ready(address)
        body = {"prompt": "x", "grammar": CANARY, "temperature": 1}
        answers = [post(address, body | {"seed": seed}).json() for seed in range(32)]
        # Each kind has a chance of one half, a thought before an answer one of a fifth.
        whole = [answer for answer in answers if answer["success"]]
        failed = [answer["error"]["message"] for answer in answers if not answer["success"]]
        assert whole
        assert failed
        assert all("ended while it was thinking" in message for message in failed)
        assert all(re.fullmatch("maze-[0-9]{4}", answer["code"]) for answer in whole)
        thoughts = [answer["metadata"]["reasoning"] for answer in whole]
        assert any(thoughts)
        assert not any("</think>" in thought for thought in thoughts)
        begun = post(address, body | {"prefix": "maze-12"}).json()
        assert begun["code"].startswith("maze-12")
        assert begun["metadata"]["reasoning"] is None
        # Marks of thinking in a prefix or a prompt are the user's.
        marked = {"grammar": 'start: "<think>" /[0-9]{4}/', "prefix": "<think>"}
        code = post(address, body | marked).json()["code"]
        assert re.fullmatch("<think>[0-9]{4}", code), code
        asked = [body | {"prompt": "x </think>", "seed": seed} for seed in range(16)]
        assert any(post(address, each).json()["success"] for each in asked)
        # What `maze deploy` and `maze doctor` ask: it doesn't wait for a thought's end.
        health = asyncio.run(ModalProvider(Settings(modal=Modal(endpoint_url=address))).health())
        assert health.ready, health.detail
        assert tokens_that_a_mark_takes(address) > 1


def test_a_prompt_that_spells_a_special_token(address: str) -> None:
    assert tokens_that_a_mark_takes(address) > 1


def tokens_that_a_mark_takes(address: str) -> int:
    """How many more tokens a prompt has that spells a turn's end: 1 if it is taken for that."""
    plain, spelled = (
        post(address, {"prompt": prompt, "grammar": CANARY, "prefix": "maze-"}).json()["metadata"]
        for prompt in ("x ", "x <|im_end|>")
    )
    return int(spelled["prompt_tokens"] - plain["prompt_tokens"])


def test_it_ends_with_an_engine_that_was_killed(
    checkpoint: Path, vllm_environment: dict[str, str], tmp_path: Path
) -> None:
    options = ("--engine", "vllm", "--model", str(checkpoint))
    with serving(vllm_environment, tmp_path, *options) as (address, process):
        wait_until_ready(address)
        body = {"prompt": "x", "grammar": "start: /[a-z]{50000}/", "max_tokens": 3_500}
        with ThreadPoolExecutor(3) as pool:
            asked = [pool.submit(post, address, body) for _ in range(2)]
            (model,) = httpx.get(f"{address}/v1/models").json()["data"]
            openai = {"model": model["id"], "prompt": "x", "max_tokens": 3_500, "ignore_eos": True}
            asked.append(pool.submit(post, address, openai, "/v1/completions"))
            while httpx.get(f"{address}/health").json()["running"] < 3:
                time.sleep(0.2)
            time.sleep(1)
            os.kill(engine_of(process.pid), signal.SIGKILL)
            answers = [each.result() for each in asked]
        assert [each.status_code for each in answers] == [503] * 3
        assert process.wait(30) == 3
    assert "vLLM has ended" in (tmp_path / "stderr").read_text()


# One that is not there, and one for which thinking ends otherwise.
@pytest.mark.parametrize("name", ["nonsense", "granite"])
def test_a_parser_that_does_not_fit_ends_the_server(
    checkpoint: Path, vllm_environment: dict[str, str], tmp_path: Path, name: str
) -> None:
    options = ("--engine", "vllm", "--model", str(checkpoint))
    parser = {"MAZE_SERVE_REASONING_PARSER": name}
    with serving(vllm_environment | parser, tmp_path, *options) as (_, process):
        assert process.wait(120) == 3
    assert name in (tmp_path / "stderr").read_text()


def test_a_model_that_is_not_there_ends_the_server(
    vllm_environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    options = ("--engine", "vllm", "--model", str(tmp_path / "empty"))
    with serving(vllm_environment, tmp_path, *options) as (_, process):
        assert process.wait(120) == 3
    said = (tmp_path / "stderr").read_text()
    assert "vLLM can't run" in said
    assert "Traceback" not in said
