"""What the HTTP API takes and answers, as docs/server.md describes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from maze.errors import GrammarError, MazeError, UsageError
from maze.output import verdict_fields
from maze.request import Result

MAX_BODY_BYTES = 2_000_000
MAX_PROMPT = 400_000
MAX_SAMPLES = 16
MAX_BATCH = 256

# With a limit of length, text that is no Unicode is refused as well.
Text = Annotated[str, Field(max_length=MAX_PROMPT)]
Name = Annotated[str, Field(max_length=200)]
Source = Annotated[str, Field(max_length=MAX_BODY_BYTES)]
Fields = dict[str, object]


class Body(BaseModel):
    """What comes in from outside: no unknown fields, no conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class GenerateBody(Body):
    """The body of `POST /generate`; what isn't given comes from the server's settings.

    `grammar` is a grammar's name or Lark text. `grammar_sha256` is the hash of the text that the
    client knows by that name: where the server has another, that is an error. `schema` is a JSON
    Schema in the place of a grammar.
    """

    prompt: Text
    language: Name | None = None
    grammar: Source | None = None
    grammar_sha256: Name | None = None
    json_schema: dict[str, JsonValue] | None = Field(default=None, alias="schema")
    prefix: Text = ""
    suffix: Text = ""
    max_tokens: int | None = Field(default=None, ge=1, le=1_000_000)
    temperature: float | None = Field(default=None, ge=0, le=100)
    top_p: float | None = Field(default=None, gt=0, le=1)
    seed: int | None = Field(default=None, ge=0, lt=2**63)
    constrain: bool = True
    n: int = Field(default=1, ge=1, le=MAX_SAMPLES)
    stream: bool = False


class BatchBody(Body):
    """The body of `POST /generate/batch`."""

    # Each item is looked at on its own, so that a bad one is only its own failure.
    items: list[dict[str, JsonValue]] = Field(min_length=1, max_length=MAX_BATCH)


def answer(results: list[Result]) -> Fields:
    """The answer to one request; more than one sample are listed as well."""
    first = _sample(results[0])
    if len(results) > 1:
        first["samples"] = [_sample(result) for result in results]
    return {"success": True, **first}


def _sample(result: Result) -> Fields:
    completion, grammar = result.completion, result.request.grammar
    return {
        "code": result.text,
        "metadata": {
            "model": completion.model,
            "language": result.request.language,
            "prompt_tokens": completion.usage.prompt_tokens,
            "tokens": completion.usage.completion_tokens,
            "duration_seconds": round(result.total_seconds, 4),
            "first_token_seconds": round(completion.first_token_seconds, 4),
            "finish_reason": completion.finish_reason,
            "grammar_constrained": grammar is not None,
            "grammar": {"name": grammar.name, "sha256": grammar.sha256} if grammar else None,
            "verdict": result.verdict.name,
            "validation": verdict_fields(result.verdict),
            "reasoning": completion.reasoning,
        },
    }


def failure(error: MazeError) -> Fields:
    """The answer in the place of a result."""
    fields: Fields = {"type": type(error).__name__, "message": error.message}
    if error.hint:
        fields["hint"] = error.hint
    if isinstance(error, GrammarError) and error.location:
        fields |= {"line": error.location.line, "column": error.location.column}
    return {"success": False, "error": fields}


def malformed(found: Sequence[object]) -> UsageError:
    """The first of what pydantic has against a body, in one sentence."""
    first = found[0]
    assert isinstance(first, dict)
    place = ".".join(str(part) for part in first["loc"] if part != "body")
    if first["type"] == "json_invalid":
        return UsageError(f"the body is no JSON: {str(first['ctx']['error']).lower()}")
    if not place:
        return UsageError("the body is no JSON object", hint="`content-type: application/json`")
    said = str(first["msg"])
    return UsageError(f"`{place}`: {said[:1].lower()}{said[1:]}")
