"""What maze changes in vLLM's guidance backend, apart from a server."""

from __future__ import annotations

from pathlib import Path

import llguidance
import pytest


# torch's, on import.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_token_behind_the_grammars_end_fails_the_request(checkpoint: Path) -> None:
    from llguidance.hf import from_tokenizer
    from transformers import AutoTokenizer

    from maze.server.vllm.plugin import MazeGrammar

    tokenizer = from_tokenizer(AutoTokenizer.from_pretrained(checkpoint))
    whole, more = (tokenizer.tokenize_str(text) for text in ("maze", "!"))
    text = llguidance.grammar_from("grammar", 'start: "maze"')

    def grammar() -> MazeGrammar:
        matcher = llguidance.LLMatcher(tokenizer, text)
        return MazeGrammar(
            ll_matcher=matcher, ll_tokenizer=tokenizer, vocab_size=tokenizer.vocab_size
        )

    ended = grammar()
    assert ended.accept_tokens("a", whole)
    assert ended.accept_tokens("a", [tokenizer.eos_token])
    longer = grammar()
    assert longer.accept_tokens("b", whole)
    assert not longer.accept_tokens("b", more)
