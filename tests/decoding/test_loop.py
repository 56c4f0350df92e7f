"""The decoding loop: forced tokens, the grammar's end, the budget, cancellation, errors."""

from __future__ import annotations

import pytest
from llguidance import LLParserLimits

from maze.decoding.loop import Decoding, Piece, decode
from maze.decoding.matcher import Matcher
from maze.decoding.vocabulary import Vocabulary
from maze.errors import EngineError, GrammarError, Interrupted
from maze.request import DecodingStats, Grammar, SamplingParams
from tests.decoding.toys import FixedModel, ScriptedModel, grammar, words

GREEDY = SamplingParams(temperature=0.0)


def run(
    model: FixedModel,
    vocabulary: Vocabulary,
    rules: Grammar | None,
    *,
    budget: int = 20,
    sampling: SamplingParams = GREEDY,
) -> tuple[list[Piece], Decoding]:
    matcher = Matcher(rules, vocabulary) if rules else None
    *pieces, end = decode(model, vocabulary, [0], matcher, sampling, budget=budget)
    assert isinstance(end, Decoding)
    return [piece for piece in pieces if isinstance(piece, Piece)], end


def test_the_grammar_overrules_the_model() -> None:
    vocabulary = words("a", "b", "c")
    wants_c = FixedModel([0, 1, 9, -9])
    _, end = run(wants_c, vocabulary, grammar('start: ("a" | "b") ("a" | "b")'))
    assert end.text == "bb"
    assert end.finish_reason == "stop"


def test_it_ends_where_the_grammar_ends_without_asking_the_model() -> None:
    vocabulary = words("a", "b")
    model = FixedModel([9, 0, 0])
    _, end = run(model, vocabulary, grammar('start: "a" | "b"'))
    assert (end.text, model.calls) == ("a", 1)


def test_forced_tokens_are_taken_without_asking_the_model() -> None:
    vocabulary = words("a", "b", "x", "y", "z")
    model = FixedModel([9, 0, 0, 0, 0, 0])
    _, end = run(model, vocabulary, grammar('start: ("a" | "b") "xyz"'))
    assert end.text == "axyz"
    assert end.stats == DecodingStats(forced_tokens=3, draws=1, masks=0)
    assert model.calls == 1


def test_the_model_sees_the_forced_tokens_before_it_is_asked_again() -> None:
    vocabulary = words("a", "b", "x", "y")
    model = FixedModel([9, 0, 0, 0, 0])
    run(model, vocabulary, grammar('start: ("a" | "b") "xy" ("a" | "b")'))
    assert model.seen == [0, 0, 2, 3]


def test_the_model_may_end_the_text_where_the_grammar_allows_it() -> None:
    vocabulary = words("a", "b")
    model = ScriptedModel(3, [0, 0, 2])
    _, end = run(model, vocabulary, grammar('start: ("a" | "b")*'))
    assert (end.text, end.finish_reason, end.tokens) == ("aa", "stop", 2)


def test_the_model_cannot_end_the_text_where_the_grammar_forbids_it() -> None:
    vocabulary = words("a", "b", ";", "-")
    wants_the_end = FixedModel([1, 2, 3, 0, 9])
    _, end = run(wants_the_end, vocabulary, grammar('start: ("a" | "b") (";" | "-")'))
    assert end.text == "b;"


def test_the_budget_ends_the_text_as_length() -> None:
    vocabulary = words("a", "b")
    _, end = run(FixedModel([9, 0, 0]), vocabulary, grammar('start: ("a" | "b")*'), budget=5)
    assert (end.text, end.finish_reason, end.tokens) == ("aaaaa", "length", 5)


def test_the_budget_holds_for_forced_tokens_too() -> None:
    vocabulary = words("a", "b")
    _, end = run(FixedModel([9, 0, 0]), vocabulary, grammar('start: "abababab"'), budget=3)
    assert (end.text, end.finish_reason, end.tokens) == ("aba", "length", 3)


def test_a_text_that_is_whole_when_the_budget_ends_has_stopped() -> None:
    vocabulary = words("a", "b")
    _, end = run(FixedModel([9, 0, 0]), vocabulary, grammar('start: "a" "b"'), budget=2)
    assert (end.text, end.finish_reason) == ("ab", "stop")


def test_a_budget_of_one_token() -> None:
    vocabulary = words("a", "b")
    _, end = run(FixedModel([9, 0, 0]), vocabulary, grammar('start: ("a" | "b")*'), budget=1)
    assert (end.text, end.finish_reason) == ("a", "length")


def test_without_a_grammar_the_model_decides() -> None:
    vocabulary = words("a", "b")
    _, end = run(ScriptedModel(3, [1, 0, 2]), vocabulary, None)
    assert (end.text, end.finish_reason) == ("ba", "stop")


def test_pieces_add_up_to_the_text_even_if_a_character_spans_tokens() -> None:
    vocabulary = Vocabulary.from_tokenizer_json(BYTE_TOKENIZER, eos_tokens=[256])
    script = [*"né".encode(), 256]
    pieces, end = run(ScriptedModel(257, script), vocabulary, grammar("start: /[a-zà-ü]+/"))
    assert [piece.text for piece in pieces] == ["n", "", "é"]
    assert end.text == "né"


def test_cancelling_stops_before_the_next_token() -> None:
    vocabulary = words("a", "b")
    answers = iter([False, False, True])
    steps = decode(
        FixedModel([9, 0, 0]),
        vocabulary,
        [0],
        Matcher(grammar('start: ("a" | "b")*'), vocabulary),
        GREEDY,
        budget=20,
        cancelled=lambda: next(answers),
    )
    assert next(steps) == Piece("a", 1)
    assert next(steps) == Piece("a", 1)
    with pytest.raises(Interrupted):
        next(steps)


def test_logits_beyond_the_vocabulary_are_never_drawn() -> None:
    vocabulary = words("a", "b")
    for temperature in (0.0, 1.0):
        padded = FixedModel([1, 1, 0, 9, 9, float("inf")])
        sampling = SamplingParams(temperature, 0.95, 8, seed=1)
        rules = grammar('start: ("a" | "b")~8')
        _, end = run(padded, vocabulary, rules, sampling=sampling)
        assert set(end.text) <= {"a", "b"}
        assert len(end.text) == 8


def test_the_share_of_masks_counts_the_end_of_the_text_too() -> None:
    vocabulary = words("a", "b", ";")
    _, end = run(ScriptedModel(4, [3, 3]), vocabulary, grammar('start: ("a" | "b") ";"?'))
    assert end.stats == DecodingStats(forced_tokens=0, draws=2, masks=1)
    assert end.stats.mask_share == 0.5


def test_logits_that_are_not_numbers_are_an_error() -> None:
    vocabulary = words("a", "b")
    with pytest.raises(EngineError, match="finite"):
        run(FixedModel([float("nan"), 0, 0]), vocabulary, grammar('start: "a" | "b"'))


def test_a_grammar_that_the_vocabulary_cannot_spell_is_an_error() -> None:
    vocabulary = words("a", "b")
    with pytest.raises(EngineError):
        run(FixedModel([9, 0, 0]), vocabulary, grammar("start: /[cd]/"))


def test_a_grammar_that_the_engine_refuses_is_an_error() -> None:
    with pytest.raises(GrammarError, match="unknown name"):
        Matcher(grammar("start: nothing"), words("a"))


def test_a_limit_of_the_engine_is_an_error_and_never_a_silent_end() -> None:
    vocabulary = words("a", "b")
    rules = grammar('start: many\nmany: "a" many "b" | "a" many | many "a" | "a"')
    matcher = Matcher(rules, vocabulary, limits=LLParserLimits(max_items_in_row=50))
    with pytest.raises(EngineError, match="gave up"):
        list(decode(FixedModel([9, 0, 0]), vocabulary, [0], matcher, GREEDY, budget=500))


def _byte_tokenizer() -> str:
    import json

    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    alphabet = _bytes_to_unicode()
    tokenizer = Tokenizer(
        models.BPE(vocab={alphabet[byte]: byte for byte in range(256)}, merges=[])
    )
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(["<|end|>"])
    return json.dumps(json.loads(tokenizer.to_str()))


def _bytes_to_unicode() -> dict[int, str]:
    """GPT-2's printable stand-ins for the 256 bytes."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    stand_ins = {byte: chr(256 + place) for place, byte in enumerate(others)}
    return {byte: stand_ins.get(byte, chr(byte)) for byte in range(256)}


BYTE_TOKENIZER = _byte_tokenizer()
