"""The local provider with a folder of its own: a tiny random model in three prompt formats."""

from __future__ import annotations

import asyncio
import json
import shutil
from contextlib import aclosing
from pathlib import Path

import pytest

from maze.errors import ContextError, GrammarError, MazeError, ModelError, UsageError
from maze.providers.local import LocalProvider
from maze.providers.local.checkpoint import Checkpoint
from maze.request import Completion, Grammar, Request, SamplingParams
from tests.decoding.toys import grammar
from tests.providers.tiny import CHAT_TOKENS, NANO_TOKENS, write_checkpoint

SUM = grammar('start: NUMBER ("+" NUMBER)*\nNUMBER: /[0-9]{1,3}/')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_checkpoint(tmp_path_factory.mktemp("tiny"), eos=[257, 258])


def request(
    prompt: str = "add two numbers",
    *,
    rules: Grammar | None = SUM,
    tokens: int = 40,
    temperature: float = 1.0,
    seed: int | None = 1,
) -> Request:
    return Request(prompt, "python", rules, SamplingParams(temperature, 0.95, tokens, seed))


def complete(provider: LocalProvider, wanted: Request) -> tuple[list[str], Completion]:
    async def collect() -> list[str | Completion]:
        return [item async for item in provider.complete(wanted)]

    *pieces, end = asyncio.run(collect())
    assert isinstance(end, Completion)
    return [str(piece) for piece in pieces], end


def test_a_folder_with_an_onnx_export_runs_under_a_grammar(folder: Path) -> None:
    pieces, end = complete(LocalProvider(str(folder)), request())
    assert "".join(pieces) == end.text
    assert all(part.isdigit() and len(part) <= 3 for part in end.text.rstrip("+").split("+"))
    assert end.model == str(folder)
    assert 0 < end.usage.completion_tokens <= 40
    assert end.first_token_seconds > 0


def test_one_seed_gives_one_text(folder: Path) -> None:
    provider = LocalProvider(str(folder))
    texts = {complete(provider, request(seed=7))[1].text for _ in range(3)}
    others = {complete(provider, request(seed=seed))[1].text for seed in range(8)}
    assert len(texts) == 1
    assert len(others) > 1


def test_without_a_grammar_the_text_is_the_models_own(folder: Path) -> None:
    _, end = complete(LocalProvider(str(folder)), request(rules=None))
    assert end.text
    assert end.finish_reason in ("stop", "length")


def test_max_tokens_of_one_and_a_temperature_of_zero_and_of_a_hundred(folder: Path) -> None:
    provider = LocalProvider(str(folder))
    for temperature in (0.0, 100.0):
        _, end = complete(provider, request(tokens=1, temperature=temperature))
        assert (len(end.text), end.usage.completion_tokens) == (1, 1)


def test_the_budget_never_exceeds_the_context(folder: Path) -> None:
    endless = grammar('start: "a"+')
    prompt_tokens = len(Checkpoint(LocalProvider(str(folder)).model).encode("x", "python"))
    _, end = complete(LocalProvider(str(folder)), request("x", rules=endless, tokens=5000))
    assert end.finish_reason in ("length", "stop")
    assert prompt_tokens + end.usage.completion_tokens <= 256


def test_a_prompt_longer_than_the_context_is_refused(folder: Path) -> None:
    with pytest.raises(ContextError, match="the prompt takes"):
        complete(LocalProvider(str(folder)), request("x" * 400))


def test_a_grammar_that_the_engine_refuses_is_an_error(folder: Path) -> None:
    with pytest.raises(GrammarError):
        complete(LocalProvider(str(folder)), request(rules=grammar("start: nothing")))


def test_leaving_the_stream_stops_the_decoding(folder: Path) -> None:
    provider = LocalProvider(str(folder))

    async def first() -> str | Completion:
        async with aclosing(provider.complete(request(rules=grammar('start: "a"+')))) as stream:
            return await anext(stream)

    assert asyncio.run(first()) == "a"


def test_health_loads_the_model_and_proves_that_grammars_hold(folder: Path) -> None:
    health = asyncio.run(LocalProvider(str(folder)).health())
    assert health.ready
    assert health.detail.endswith("loaded, grammars are enforced")


def test_health_says_what_is_missing(tmp_path: Path) -> None:
    health = asyncio.run(LocalProvider(str(tmp_path)).health())
    assert not health.ready
    assert "tokenizer.json` is missing" in health.detail


def test_the_prompt_takes_the_form_that_the_vocabulary_shows(tmp_path: Path) -> None:
    nano = write_checkpoint(tmp_path / "nano", special=NANO_TOKENS, eos=260)
    chat = write_checkpoint(tmp_path / "chat", special=CHAT_TOKENS)
    bare = write_checkpoint(tmp_path / "bare", special=("<|endoftext|>",), eos=256)

    def shown(folder: Path) -> str:
        checkpoint = Checkpoint(LocalProvider(str(folder)).model)
        ids = checkpoint.encode("sort a list", "go")
        return checkpoint.tokenizer.decode(ids, skip_special_tokens=False)

    assert shown(nano) == "<|go|><|prompt|>sort a list<|code|>"
    assert shown(chat) == (
        "<|im_start|>system\nYou write Go source files. Answer with the complete file only: "
        "no Markdown, no explanation before or after the code.<|im_end|>\n"
        "<|im_start|>user\nsort a list<|im_end|>\n<|im_start|>assistant\n"
    )
    assert shown(bare) == "// sort a list\n\n"


def test_special_tokens_in_a_prompt_do_not_end_it(tmp_path: Path) -> None:
    chat = write_checkpoint(tmp_path / "chat", special=CHAT_TOKENS)
    checkpoint = Checkpoint(LocalProvider(str(chat)).model)
    plain = checkpoint.encode("a", "go")
    sly = checkpoint.encode("a<|im_end|>", "go")
    assert sly.count(257) == plain.count(257)


def test_marks_that_a_tokenizer_does_not_call_special_are_text_too(
    folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    content = json.loads((copy / "tokenizer.json").read_text())
    for token in content["added_tokens"]:
        token["special"] = token["content"] != "<|im_end|>"
    (copy / "tokenizer.json").write_text(json.dumps(content))
    checkpoint = Checkpoint(LocalProvider(str(copy)).model)
    assert checkpoint.encode("a<|im_end|>", "go").count(257) == 2


def test_without_a_grammar_special_tokens_have_no_text(folder: Path) -> None:
    _, end = complete(LocalProvider(str(folder)), request(rules=None, tokens=200, temperature=9.0))
    assert "<|im_start|>" not in end.text
    assert "<[" not in end.text


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("config.json", "{", "is damaged"),
        ("config.json", '{"vocab_size": 288}', "max_position_embeddings: Field required"),
        ("config.json", None, "config.json` is missing"),
        ("config.json", '{"vocab_size": 99999999999, "max_position_embeddings": 9}', "vocab_size"),
        ("tokenizer.json", "{}", "is no tokenizer"),
        ("tokenizer.json", "[", "is no tokenizer"),
        ("tokenizer.json", None, "tokenizer.json` is missing"),
        ("onnx/model.onnx", "damaged", "can't load the weights"),
        ("onnx/model.onnx", None, "no weights in"),
    ],
)
def test_a_missing_or_damaged_file_is_named(
    folder: Path, tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / name).unlink() if content is None else (copy / name).write_text(content)
    with pytest.raises(ModelError, match=message):
        complete(LocalProvider(str(copy)), request())


def test_no_end_of_sequence_token_is_an_error(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "generation_config.json").unlink()
    config = json.loads((copy / "config.json").read_text())
    del config["eos_token_id"]
    (copy / "config.json").write_text(json.dumps(config))
    with pytest.raises(MazeError, match="eos_token_id"):
        complete(LocalProvider(str(copy)), request())


def test_an_unknown_model_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no model `gpt-9`") as caught:
        LocalProvider("gpt-9")
    assert "known models: nano" in str(caught.value.hint)
