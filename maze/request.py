"""The values that travel through maze. All are frozen; none knows how it is computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

VerdictName = Literal["valid", "incomplete", "invalid"]
FinishReason = Literal["stop", "length"]
CheckResult = Literal["accepted", "incomplete", "refused"]


@dataclass(frozen=True, slots=True)
class SamplingParams:
    """How the next token is drawn.

    `temperature` 0 is greedy decoding. `top_p` keeps the smallest set of allowed tokens whose
    probabilities sum to at least `top_p`. The same `seed` gives the same text on one machine.
    """

    temperature: float = 0.2
    top_p: float = 0.95
    max_tokens: int = 1024
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    """A grammar as it is sent to an engine: its name, its flat text, and the text's SHA-256.

    `shipped` are those that come with maze; `start` is the part of a language that a shipped one
    is for, such as `expression`, or None for whole files.
    """

    name: str
    text: str
    sha256: str
    shipped: bool = False
    start: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One generation: a prompt in a language, and the grammar that its answer must follow.

    `prefix` is how the text begins; the model goes on from there, and the grammar is for both.
    `grammar` is None only when the user switched the constraint off, `language` only when the
    user's own grammar stands for a language that maze doesn't know. With `thinks` False, which only
    a server asks of its own engine, a model that thinks first answers at once, as it does with a
    `prefix`.
    """

    prompt: str
    language: str | None
    grammar: Grammar | None
    sampling: SamplingParams = field(default_factory=SamplingParams)
    prefix: str = ""
    thinks: bool = True


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of the prompt and of the completion."""

    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class DecodingStats:
    """What constrained decoding did, token by token.

    `forced_tokens` were the only continuation, so the model wasn't asked; `draws` counts the
    tokens that were drawn, the end of the text included; `masks` those of them that needed the
    full token mask.
    """

    forced_tokens: int = 0
    draws: int = 0
    masks: int = 0

    @property
    def mask_share(self) -> float:
        """Share of draws that needed the full mask, 0 to 1."""
        return self.masks / self.draws if self.draws else 0.0


@dataclass(frozen=True, slots=True)
class Completion:
    """What a provider returns at the end of its stream: the text without the prefix.

    `reasoning` is what a model thought before, which no grammar is for.
    """

    text: str
    finish_reason: FinishReason
    usage: Usage
    model: str
    first_token_seconds: float
    stats: DecodingStats | None = None
    reasoning: str | None = None


@dataclass(frozen=True, slots=True)
class ParserCheck:
    """What the reference parser said: its name (`ast`, `gofmt`, `tree-sitter`) and its result."""

    name: str
    result: CheckResult
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on a text.

    `line` and `column` count from 1 (columns in characters) and, like `message`, are None when
    nothing is wrong. `expected` names what could have stood at that place.
    """

    name: VerdictName
    grammar: CheckResult
    parser: ParserCheck | None = None
    line: int | None = None
    column: int | None = None
    message: str | None = None
    expected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A generation from end to end: the text, how it came about, and the verdict on it."""

    request: Request
    provider: str
    completion: Completion
    verdict: Verdict
    total_seconds: float
    attempts: int = 1

    @property
    def text(self) -> str:
        """The source text: the prefix and what was generated."""
        return self.request.prefix + self.completion.text
