"""The `modal` provider: maze's own server (docs/server.md), deployed to Modal."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from hashlib import sha256

import httpx

from maze.errors import (
    AuthorizationError,
    BusyError,
    EngineError,
    MazeError,
    NotReadyError,
    ProviderError,
    SettingsError,
    UsageError,
)
from maze.providers.provider import Capabilities, Health
from maze.request import Completion, Grammar, Request, SamplingParams, Usage
from maze.settings import Settings
from maze.settings.schema import Modal

CONNECT_SECONDS = 10
FIRST_PAUSE_SECONDS = 0.5
# A container that isn't up yet is started by the first request, which waits for it.
COLD_SECONDS = 5
READY_PAUSE_SECONDS = 1
CANARY = Grammar("canary", '%llguidance {}\nstart: "maze-" /[0-9]{4}/\n', sha256="")
CANARY_PREFIX = "maze-"
CANARY_TEXT = re.compile("[0-9]{4}")
OTHER_TEXT = "send the grammar's text"

Fields = dict[str, object]
Items = AsyncGenerator[str | Completion, None]


class ModalProvider:
    """Sends requests to a deployment; its answers are judged here like any other.

    `say` is told what a wait is for.
    """

    name = "modal"
    capabilities = Capabilities(grammar=True, prefix=True, seed=True, streaming=True)
    introduction = None

    def __init__(
        self,
        settings: Settings,
        *,
        say: Callable[[str], None] = lambda text: None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        if settings.modal.endpoint_url is None:
            raise UsageError(
                "no deployment is known",
                hint="`maze deploy` makes one, or `maze config set modal.endpoint_url URL`",
            )
        self._url = settings.modal.endpoint_url.rstrip("/")
        self._headers = credentials(settings.modal)
        self._seconds = settings.generation.timeout_seconds
        self._retries = settings.generation.retries
        self._say = say
        self._transport = transport

    async def complete(self, request: Request) -> Items:
        """Stream pieces of text, then the Completion; leaving the stream aborts it there."""
        try:
            async with aclosing(self._retried(body(request), request)) as items:
                async for item in items:
                    yield item
        except UsageError as error:
            if OTHER_TEXT not in (error.hint or ""):
                raise
            # The server has another version of this grammar.
            sent = body(request, by_name=False)
            async with aclosing(self._retried(sent, request)) as items:
                async for item in items:
                    yield item

    async def _retried(self, sent: Fields, request: Request) -> Items:
        """What fails before its first piece is tried again, after a pause that grows."""
        for attempt in range(self._retries + 1):
            begun = False
            try:
                async with aclosing(self._streamed(sent, request)) as items:
                    async for item in items:
                        begun = True
                        yield item
                return
            except (BusyError, NotReadyError) as error:
                if begun or attempt == self._retries:
                    raise
                pause = FIRST_PAUSE_SECONDS * 2**attempt
                self._say(f"{error.message}; trying again in {pause:g} s")
                await asyncio.sleep(pause)

    async def _streamed(self, sent: Fields, request: Request) -> Items:
        async with self._response("POST", "/generate", sent, self._seconds) as response:
            if response.status_code != 200:
                raise refusal(response.status_code, await response.aread())
            async for name, fields in events(response):
                if name == "token":
                    yield str(fields.get("text", ""))
                elif name == "done":
                    yield completion(fields, request)
                    return
                else:
                    raise refusal(500, json.dumps(fields).encode())
        raise EngineError("the deployment ended its answer in the middle")

    async def ready(self, seconds: float, deployment: str) -> Fields:
        """What /health says once that deployment is ready; a container starts if there is none.

        Raises AuthorizationError; EngineError if it fails, ProviderError if it takes longer.
        """
        told = ""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    async with self._response("GET", "/health", None, seconds) as response:
                        answer = await response.aread()
                        status = response.status_code
                    if status == 200:
                        fields = healthy(answer)
                        if fields.get("deployment") == deployment:
                            return fields
                        message = "what was deployed before still answers"
                    else:
                        error = refusal(status, answer)
                        if not isinstance(error, NotReadyError | BusyError):
                            raise error
                        message = error.message
                    if message != told:
                        told = message
                        self._say(told)
                    await asyncio.sleep(READY_PAUSE_SECONDS)
        except TimeoutError:
            raise ProviderError(f"{self._url} isn't ready after {seconds:g} seconds") from None

    async def health(self) -> Health:
        """Whether it is ready, and obeys a grammar that allows one kind of text only."""
        # With a prefix, a model that thinks first answers at once.
        request = Request("Say hello.", None, CANARY, SamplingParams(max_tokens=32), CANARY_PREFIX)
        try:
            async with aclosing(self._retried(body(request), request)) as items:
                *_, last = [item async for item in items]
        except MazeError as error:
            return Health(ready=False, detail=error.message)
        if not isinstance(last, Completion) or not CANARY_TEXT.fullmatch(last.text):
            return Health(ready=False, detail="the canary grammar was not enforced")
        return Health(ready=True, detail=f"{last.model}: ready, grammars are enforced")

    @asynccontextmanager
    async def _response(
        self, method: str, route: str, sent: Fields | None, seconds: float
    ) -> AsyncIterator[httpx.Response]:
        """An answer whose body hasn't been read; faults of the network become errors of maze."""
        timeout = httpx.Timeout(seconds, connect=CONNECT_SECONDS)
        waiting = asyncio.create_task(self._tell())
        try:
            async with (
                httpx.AsyncClient(
                    timeout=timeout,
                    transport=self._transport,
                    # Modal answers a long request with redirects to itself.
                    follow_redirects=True,
                    event_hooks={"request": [self._keep_credentials]},
                ) as client,
                client.stream(method, self._url + route, json=sent, headers=self._headers) as found,
            ):
                waiting.cancel()
                yield found
        except httpx.TimeoutException as error:
            kind = "answer" if isinstance(error, httpx.ReadTimeout) else "let itself be reached"
            raise ProviderError(
                f"{self._url} didn't {kind} in time", hint="`maze deploy status` looks at it"
            ) from error
        except httpx.HTTPError as error:
            raise NotReadyError(
                f"{self._url} can't be reached: {error}", hint="`maze deploy status` looks at it"
            ) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise UsageError(
                f"`{self._url}` is no address: {error}", hint="`modal.endpoint_url` holds it"
            ) from error
        finally:
            waiting.cancel()

    async def _keep_credentials(self, asked: httpx.Request) -> None:
        """No other server gets to see them, wherever this one leads."""
        own = httpx.URL(self._url)
        if (asked.url.scheme, asked.url.host, asked.url.port) != (own.scheme, own.host, own.port):
            for name in self._headers:
                asked.headers.pop(name, None)

    async def _tell(self) -> None:
        """Says every few seconds that no answer has begun yet."""
        seconds = 0
        while True:
            await asyncio.sleep(COLD_SECONDS)
            seconds += COLD_SECONDS
            self._say(
                "waiting for an answer: a container may have to start and load the model"
                f" ({seconds} s)"
            )


def healthy(answer: bytes) -> Fields:
    """What /health says. Raises EngineError if that is another server's answer."""
    try:
        found = json.loads(answer)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise EngineError("`/health` is answered by something that isn't maze's server")
    return found


def credentials(modal: Modal) -> dict[str, str]:
    """The headers of Modal's proxy authentication."""
    if modal.key is None or modal.secret is None:
        return {}
    found = {
        "Modal-Key": modal.key.get_secret_value(),
        "Modal-Secret": modal.secret.get_secret_value(),
    }
    if not all(value.isascii() and value.isprintable() for value in found.values()):
        raise SettingsError("`modal.key` or `modal.secret` holds letters that no token has")
    return found


def body(request: Request, *, by_name: bool = True) -> Fields:
    """The body of `POST /generate`; a grammar that comes with maze goes by name and hash."""
    sampling, grammar = request.sampling, request.grammar
    sent: Fields = {
        "prompt": request.prompt,
        "language": request.language,
        "prefix": request.prefix,
        "max_tokens": sampling.max_tokens,
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "seed": sampling.seed,
        "stream": True,
    }
    if grammar is None:
        return sent | {"constrain": False}
    if grammar.shipped and by_name:
        return sent | {"grammar": grammar.name, "grammar_sha256": grammar.sha256}
    return sent | {"grammar": grammar.text}


def completion(fields: Fields, request: Request) -> Completion:
    """What the event `done` says. Raises EngineError if the grammar wasn't applied."""
    try:
        told = fields["metadata"]
        assert isinstance(told, dict)
        applied = told["grammar"]["sha256"] if told["grammar_constrained"] else None
        code = str(fields["code"])
        assert code.startswith(request.prefix)
        found = Completion(
            text=code.removeprefix(request.prefix),
            finish_reason="stop" if told["finish_reason"] == "stop" else "length",
            usage=Usage(int(told["prompt_tokens"]), int(told["tokens"])),
            model=str(told["model"]),
            first_token_seconds=float(told["first_token_seconds"]),
            reasoning=told.get("reasoning"),
        )
    except (KeyError, TypeError, ValueError, AssertionError) as error:
        raise EngineError("the deployment's answer isn't one of maze's server") from error
    if request.grammar and applied != sha256(request.grammar.text.encode()).hexdigest():
        raise EngineError("the deployment has not applied the grammar that it was sent")
    return found


async def events(response: httpx.Response) -> AsyncIterator[tuple[str, Fields]]:
    """Server-sent events: their names and their JSON. Raises EngineError for anything else."""
    name = ""
    async for line in response.aiter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            try:
                fields = json.loads(line.removeprefix("data: "))
            except (ValueError, RecursionError) as error:
                raise EngineError("the deployment's answer is no JSON") from error
            if not isinstance(fields, dict):
                raise EngineError("the deployment's answer isn't one of maze's server")
            yield name, fields


def refusal(status: int, answer: bytes) -> MazeError:
    """An answer that is no result, as an error of maze."""
    try:
        told = json.loads(answer)["error"]
        message, hint = str(told["message"]), told.get("hint")
    except (ValueError, KeyError, TypeError):
        message, hint = f"the deployment answered {status}", None
    if status in (401, 403):
        return AuthorizationError(
            "the deployment refuses the credentials",
            hint="`modal.key` and `modal.secret` are a proxy token of its workspace",
        )
    if status == 429:
        return BusyError(message, hint=hint)
    if status in (502, 503, 504):
        return NotReadyError(message, hint=hint)
    if status in (400, 413, 422):
        return UsageError(message, hint=hint)
    return EngineError(message, hint=hint)
