"""Runs the HTTP API until it is told to stop."""

from __future__ import annotations

import ipaddress
import logging
import socket
from contextlib import suppress
from importlib.util import find_spec

import uvicorn
from pydantic import SecretStr

from maze import catalogue, output
from maze.errors import ProviderError, SettingsError, UsageError
from maze.providers.local import LocalProvider
from maze.server.app import create_app, running
from maze.server.engines import Engine, LocalEngine
from maze.server.service import Service
from maze.settings import Settings

DRAIN_SECONDS = 10


def run(settings: Settings) -> None:
    """Serve what the settings name. Raises MazeError if that can't begin."""
    chosen = settings.serve
    _check_host(chosen.host, chosen.token)
    engine = _engine(settings)
    service = Service(engine, settings, most_waiting=chosen.max_waiting)
    listening = _listen(chosen.host, chosen.port)
    host, port = listening.getsockname()[:2]
    address = f"[{host}]" if ":" in host else host
    output.say(f"maze serves `{engine.model}` ({engine.name}) on http://{address}:{port}")
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)

    def stop() -> None:
        server.should_exit = True

    config = uvicorn.Config(
        create_app(service, token=chosen.token, lifespan=running(service, stop)),
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    server = uvicorn.Server(config)
    # uvicorn raises again the signal that ended it: that is how a server is told to stop.
    with suppress(SystemExit, KeyboardInterrupt):
        server.run(sockets=[listening])
    if service.failure:
        raise service.failure


def _engine(settings: Settings) -> Engine:
    name = settings.serve.engine
    if name == "vllm":
        if find_spec("vllm") is None:
            raise ProviderError(
                "vLLM isn't installed", hint="`pip install 'maze[server]'`, or `--engine local`"
            )
        if settings.serve.model is None:
            raise UsageError("no model is named", hint="`--model NAME`, or the folder of one")
        return _vllm(settings.serve.model, settings.serve.reasoning_parser)
    model = settings.serve.model or settings.local.model
    return LocalEngine(LocalProvider(model, threads=settings.local.threads))


def _vllm(name: str, parser: str | None) -> Engine:
    """vLLM with a model that maze knows, or any other."""
    from maze.server.vllm.engine import VllmEngine, VllmOptions

    known = catalogue.find(name)
    if known is None:
        return VllmEngine(VllmOptions(name, name, reasoning_parser=parser))
    options = VllmOptions(
        known.repository,
        known.name,
        quantization=known.quantization,
        revision=known.revision,
        reasoning_parser=parser or known.reasoning_parser,
    )
    return VllmEngine(options)


def _check_host(host: str, token: SecretStr | None) -> None:
    if token is None and not _is_loopback(host):
        raise SettingsError(
            f"`{host}` is reachable from other machines, and there is no token",
            hint="set `MAZE_SERVE_TOKEN`, or `maze config set serve.token`; or serve on 127.0.0.1",
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=1024
        )
    except (OSError, UnicodeError, TypeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(
            f"`{host}:{port}` can't be listened on: {reason}",
            hint="`--port 0` takes a free one",
        ) from error
