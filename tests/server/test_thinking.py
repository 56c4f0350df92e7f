"""Where a reasoning model's thinking ends."""

from __future__ import annotations

from maze.server.vllm.thinking import Thinking

END = 7


def test_it_ends_with_its_token() -> None:
    thinking = Thinking(END)
    assert thinking.answer("<think>\nperhaps", [1, 2]) == ""
    assert thinking.answer(" so</think>\n\nfn", [3, END, 4]) == "\n\nfn"
    assert thinking.answer(" main</think>", [5]) == " main</think>"
    assert thinking.text == "perhaps so"
    assert thinking.has_ended


def test_text_that_looks_like_its_token_is_thought() -> None:
    thinking = Thinking(END)
    assert thinking.answer("a </think> of", [1, 2, 3]) == ""
    assert not thinking.has_ended
    assert thinking.answer(" my own</think>x = 1", [4, END, 5]) == "x = 1"
    assert thinking.text == "a </think> of my own"


def test_its_token_may_come_before_its_text() -> None:
    thinking = Thinking(END)
    assert thinking.answer("so</thi", [1, END]) == ""
    assert thinking.answer("nk>x", [2]) == "x"
