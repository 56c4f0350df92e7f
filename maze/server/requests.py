"""A body of the HTTP API as a request of maze."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping

from maze.errors import GrammarError, SizeError, UsageError
from maze.grammar import expand
from maze.grammar.choice import is_file
from maze.grammar.nesting import check_flat, check_schema
from maze.grammar.source import MAX_SOURCE_BYTES
from maze.pipeline import Task, request_for
from maze.request import Grammar, Request
from maze.server.wire import GenerateBody
from maze.settings import Settings

MAX_GRAMMAR_BYTES = MAX_SOURCE_BYTES
NAME = re.compile(r"[a-z]+(/[a-z-]+)?(:[a-z]+)?")
FLAT = "%llguidance"


def request_of(body: GenerateBody, settings: Settings) -> Request:
    """The request that a body means; raises UsageError for what can't be done as asked."""
    if body.suffix:
        raise UsageError("a suffix can't be given: no engine of this server fills in the middle")
    asked = {
        "max_tokens": body.max_tokens,
        "temperature": body.temperature,
        "top_p": body.top_p,
        "seed": body.seed,
    }
    given = {key: value for key, value in asked.items() if value is not None}
    generation = settings.generation.model_copy(update=given)
    task = Task(
        body.prompt,
        body.language,
        None,
        _grammar(body),
        prefix=body.prefix,
        constrain=body.constrain,
    )
    request = request_for(task, settings.model_copy(update={"generation": generation}))
    _check_hash(body, request)
    return request


def _grammar(body: GenerateBody) -> str | Grammar | None:
    if body.json_schema is not None:
        if body.grammar is not None:
            raise UsageError("`grammar` and `schema` are both given", hint="leave out one of them")
        return _of_schema(body.json_schema)
    if body.grammar is None:
        return None
    if not NAME.fullmatch(body.grammar):
        return _of_text(body.grammar)
    # A path must not be read here: the file would be the server's.
    if is_file(body.grammar):
        raise UsageError(
            f"no grammar `{body.grammar}` here", hint="`GET /health` lists those that there are"
        )
    return body.grammar


def _of_text(text: str) -> Grammar:
    size = len(text.encode())
    if size > MAX_GRAMMAR_BYTES:
        raise SizeError(
            f"the grammar has {size:,} bytes", hint=f"at most {MAX_GRAMMAR_BYTES:,} are taken"
        )
    if not text.strip():
        raise GrammarError("the grammar is empty", name="grammar")
    if not text.startswith(FLAT):
        return expand(text)
    # What a client's `maze.grammar` has made already, or something that looks like it.
    check_flat(text)
    return _named("grammar", text)


def _of_schema(schema: Mapping[str, object]) -> Grammar:
    check_schema(schema)
    # Else blanks are free, and a small model writes them without an end.
    layout = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
    text = f"{FLAT} {{}}\nstart: %json {json.dumps({'x-guidance': layout, **schema})}\n"
    return _named("schema", text)


def _named(name: str, text: str) -> Grammar:
    return Grammar(name, text, hashlib.sha256(text.encode()).hexdigest())


def _check_hash(body: GenerateBody, request: Request) -> None:
    if body.grammar_sha256 is None:
        return
    known = request.grammar.sha256 if request.grammar else None
    if known != body.grammar_sha256:
        raise GrammarError(
            f"the server's text has the hash {known}, not {body.grammar_sha256}",
            name=body.grammar or body.language or "grammar",
            hint="send the grammar's text: client and server are of different versions",
        )
