"""Containers of a deployed class: Modal's own runtime in processes of this machine."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from modal_proto import api_pb2 as pb

ENDED_SECONDS = 15


@dataclass
class Call:
    """One call of a function: its input, data that goes in while it runs, and what comes out."""

    number: str
    method: str
    arguments: bytes
    data_format: int
    incoming: list[pb.DataChunk] = field(default_factory=list)
    outgoing: asyncio.Queue[pb.DataChunk | pb.GenericResult] = field(default_factory=asyncio.Queue)
    result: pb.FunctionPutOutputsItem | None = None
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    tries: int = 0

    async def send(self, data: bytes) -> None:
        """A message of ASGI for the function."""
        async with self.changed:
            index = len(self.incoming) + 1
            self.incoming.append(
                pb.DataChunk(data_format=pb.DATA_FORMAT_ASGI, data=data, index=index)
            )
            self.changed.notify_all()

    async def sent(self, last: int) -> AsyncIterator[pb.DataChunk]:
        """What was sent after the `last`, and is sent until there is a result."""
        while True:
            async with self.changed:
                while len(self.incoming) == last and self.result is None:
                    await self.changed.wait()
                fresh = self.incoming[last:]
            if not fresh:
                return
            for chunk in fresh:
                yield chunk
            last = fresh[-1].index

    async def finish(self, item: pb.FunctionPutOutputsItem) -> None:
        """The function has ended."""
        async with self.changed:
            self.result = item
            self.changed.notify_all()
        await self.outgoing.put(item.result)


@dataclass(frozen=True)
class Release:
    """What a container is started from: uploaded files, arguments, the image's environment."""

    home: Path
    arguments: pb.ContainerArguments
    environment: dict[str, str]


@dataclass
class Container:
    """A process, and the calls that it works on."""

    owner: Containers
    task: str
    process: subprocess.Popen[bytes]
    log: Path
    calls: dict[str, Call] = field(default_factory=dict)
    is_ready: bool = False
    is_draining: bool = False
    failure: str | None = None

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self.process.poll() is not None


class Containers:
    """The containers of one function, at most one at a time, started when there is a call."""

    numbers = count(1)
    # Without room, calls wait: Modal may have no machine for another container.
    has_room = True

    def __init__(self, serve: Callable[[str], Awaitable[str]]) -> None:
        self.release: Release
        self.started: list[Container] = []
        self.waiting: asyncio.Queue[Call] = asyncio.Queue()
        self._serve = serve
        self._is_open = True
        self._watching: asyncio.Task[None] | None = None

    @property
    def running(self) -> Container | None:
        """The container that takes calls."""
        alive = [each for each in self.started if not (each.has_ended or each.is_draining)]
        return alive[-1] if alive else None

    def replace(self, release: Release) -> None:
        """From now on start this; what runs finishes its calls and ends."""
        self.release = release
        for container in self.started:
            container.is_draining = True
        if self._watching is None:
            self._watching = asyncio.create_task(self._watch())

    async def submit(self, call: Call) -> None:
        """Have a call done; a container is started if there is none."""
        await self.waiting.put(call)

    async def _start(self) -> None:
        """A process of Modal's runtime, in the environment of the image."""
        task, release = f"ta-{next(self.numbers):06d}", self.release
        arguments = pb.ContainerArguments()
        arguments.CopyFrom(release.arguments)
        arguments.task_id = task
        place = release.home / task
        place.mkdir()
        (place / "arguments").write_bytes(arguments.SerializeToString())
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MODAL_", "MAZE_", "XDG_"))
        }
        environment = (
            kept
            | {
                # What a CPU without a network needs and a GPU doesn't.
                "HF_HUB_OFFLINE": "1",
                "VLLM_CPU_KVCACHE_SPACE": "1",
                "OMP_NUM_THREADS": "2",
            }
            | release.environment
            | {
                "HOME": str(place),
                "PYTHONPATH": str(release.home / "root"),
                "MODAL_SERVER_URL": await self._serve(task),
                "MODAL_TASK_ID": task,
                "MODAL_IS_REMOTE": "1",
                "MODAL_CONTAINER_ARGUMENTS_PATH": str(place / "arguments"),
            }
        )
        log = release.home / f"{task}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "modal._container_entrypoint"],
                cwd=release.home / "root",
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started.append(Container(self, task, process, log))

    async def next_call(self, container: Container) -> Call | None:
        """The next call for a container; None if it shall take no more."""
        container.is_ready = True
        while self._is_open and not container.is_draining:
            try:
                call = await asyncio.wait_for(self.waiting.get(), 0.2)
            except TimeoutError:
                continue
            call.tries += 1
            container.calls[call.number] = call
            return call
        return None

    async def _watch(self) -> None:
        """Start a container for calls that wait, and answer those whose container has ended."""
        while self._is_open:
            for container in self.started:
                if container.has_ended and container.calls:
                    for call in list(container.calls.values()):
                        del container.calls[call.number]
                        await call.finish(_failed("the container ended"))
                if container.has_ended and not container.is_ready:
                    # One that never came up takes with it what waited for it.
                    container.is_ready = True
                    while not self.waiting.empty():
                        await self.waiting.get_nowait().finish(_failed("no container came up"))
            if self.waiting.qsize() and self.running is None and self.has_room:
                await self._start()
            await asyncio.sleep(0.05)

    async def close(self) -> None:
        """End the container: gently, then not."""
        self._is_open = False
        if self._watching is not None:
            await self._watching
        for container in self.started:
            await _end(container.process)


async def _end(process: subprocess.Popen[bytes]) -> None:
    """As a worker does: an interrupt, upon which the class is left, then everything is killed."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    for _ in range(ENDED_SECONDS * 10):
        if process.poll() is not None:
            break
        await asyncio.sleep(0.1)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _failed(reason: str) -> pb.FunctionPutOutputsItem:
    status = pb.GenericResult.GENERIC_STATUS_FAILURE
    return pb.FunctionPutOutputsItem(result=pb.GenericResult(status=status, exception=reason))


def variables(commands: list[str]) -> dict[str, str]:
    """What the lines `ENV` of an image set."""
    found: dict[str, str] = {}
    for command in commands:
        name, _, rest = command.partition(" ")
        if name == "ENV":
            for pair in shlex.split(rest):
                key, _, value = pair.partition("=")
                found[key] = value
    return found
