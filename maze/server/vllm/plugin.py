"""A plug-in of vLLM (entry point `vllm.general_plugins`), loaded in each of its processes.

What it changes in vLLM's guidance backend (vllm/v1/structured_output/backend_guidance.py, 0.32):

* A grammar is validated and compiled once, not for each request; a request gets a copy.
* A first line `// maze-prefix-b64: …` is text that the matcher has consumed before the first
  token: the grammar is for it and what follows.
* Limits of the parser that our grammars need, with margin.
* Where a limit is reached, the request fails. vLLM allows only the end of the text there, which
  looks like a text that was finished.
* Its messages don't hold the grammar, nor what was generated.
"""

from __future__ import annotations

import json
from functools import lru_cache

import llguidance
from vllm.sampling_params import SamplingParams
from vllm.v1 import structured_output
from vllm.v1.structured_output import backend_guidance
from vllm.v1.structured_output.backend_guidance import GuidanceBackend, GuidanceGrammar
from vllm.v1.structured_output.backend_types import (
    StructuredOutputGrammar,
    StructuredOutputOptions,
)

from maze.errors import GrammarError
from maze.grammar.nesting import check_flat, check_schema
from maze.server.vllm.prefix import split_prefix

# llguidance's own are 2,000 and 50,000; the worst measured are in docs/grammars.md.
LIMITS = llguidance.LLParserLimits(max_items_in_row=8_000, step_max_items=200_000)
MOST_CACHED = 64

_validate = backend_guidance.validate_guidance_grammar


def register() -> None:
    """Put the classes below in the place of vLLM's own; more than once is no harm."""
    backend_guidance.GuidanceBackend = MazeBackend
    structured_output.GuidanceBackend = MazeBackend
    backend_guidance.validate_guidance_grammar = validate


class MazeBackend(GuidanceBackend):
    """Compiles a grammar once, and lets its matcher consume a prefix."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._matcher = lru_cache(MOST_CACHED)(self._compiled)

    def compile_grammar(
        self,
        request_type: StructuredOutputOptions,
        grammar_spec: str,
        stop_token_ids: set[int] | None = None,
    ) -> StructuredOutputGrammar:
        """The matcher of one request. Raises ValueError for a grammar or prefix that is refused."""
        prefix, grammar_spec = split_prefix(grammar_spec)
        serialized = backend_guidance.serialize_guidance_grammar(
            request_type,
            grammar_spec,
            self.disable_any_whitespace,
            self.disable_additional_properties,
        )
        matcher = self._matcher(serialized).deep_copy()
        if prefix:
            # Not the model's tokens: among them, text like `<think>` would be a mark, and no text.
            tokens = self.ll_tokenizer.greedy_tokenize(prefix)
            taken = matcher.try_consume_tokens(tokens)
            if taken < len(tokens) or matcher.is_error():
                raise ValueError(f"the grammar refuses the prefix at its token {taken + 1}")
        return MazeGrammar(
            ll_matcher=matcher, ll_tokenizer=self.ll_tokenizer, vocab_size=self.vocab_size
        )

    def _compiled(self, serialized: str) -> llguidance.LLMatcher:
        matcher = llguidance.LLMatcher(self.ll_tokenizer, serialized, log_level=0, limits=LIMITS)
        if matcher.is_error():
            raise ValueError(f"Grammar error: {short(matcher.get_error())}")
        return matcher


class MazeGrammar(GuidanceGrammar):
    """A matcher whose errors end the request as failed."""

    def accept_tokens(self, request_id: str, tokens: list[int]) -> bool:
        """False where the matcher has failed: vLLM then ends the request with an error.

        So does a token behind the grammar's end, which another of the request's parameters
        (`min_tokens`, `allowed_token_ids`) has kept from being the text's.
        """
        if self.ll_matcher.is_error():
            return False
        if self.ll_matcher.is_stopped() and self.ll_tokenizer.eos_token not in tokens:
            return False
        return bool(super().accept_tokens(request_id, tokens)) and not self.ll_matcher.is_error()

    def check_error(self) -> None:
        """Nothing is logged: the message would hold the grammar and the text."""


def validate(
    sampling_params: SamplingParams, tokenizer: llguidance.LLTokenizer | None = None
) -> None:
    """As vLLM's own, but once for each grammar, and nothing that llguidance's stack can't bear."""
    asked = sampling_params.structured_outputs
    if asked is None or not isinstance(asked.grammar, str):
        if asked is not None and (message := _too_deep(asked.json, asked.structural_tag)):
            raise backend_guidance.VLLMValidationError(f"Grammar error: {message}")
        _validate(sampling_params, tokenizer)
        return
    try:
        _, grammar = split_prefix(asked.grammar)
    except ValueError:  # the line was somebody else's
        raise backend_guidance.VLLMValidationError("Grammar error: a damaged prefix") from None
    if message := _refusal(grammar):
        raise backend_guidance.VLLMValidationError(f"Grammar error: {message}")


@lru_cache(MOST_CACHED)
def _refusal(grammar: str) -> str:
    try:
        check_flat(grammar)
        serialized = llguidance.grammar_from("grammar", grammar)
    except GrammarError as error:
        return error.message
    except (ValueError, KeyError, TypeError) as error:
        return str(error)
    message = llguidance.LLMatcher.validate_grammar(serialized, None)
    return "" if message.startswith("WARNING: ") else short(message)


def _too_deep(schema: object, tag: str | None) -> str:
    """What is against a JSON Schema or those of a structural tag; a schema may come as text."""
    try:
        schemas = [json.loads(schema) if isinstance(schema, str) else schema]
        structures = (json.loads(tag) if tag else {}).get("structures", [])
        schemas += [each.get("schema") for each in structures]
        for each in schemas:
            if isinstance(each, dict):
                check_schema(each)
    except GrammarError as error:
        return error.message
    except RecursionError:
        return "JSON that is nested too deep"
    except (ValueError, AttributeError, TypeError):
        return ""  # vLLM says what is wrong with it
    return ""


def short(message: str) -> str:
    """llguidance's message without the state and the grammar that it appends."""
    return message.split("\n<backtrace>")[0].split("\n<state>")[0]
