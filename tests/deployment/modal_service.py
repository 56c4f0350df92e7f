"""Modal's protocol on loopback: a service for its client, and one for each container."""

from __future__ import annotations

import asyncio
import base64
import inspect
import json
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from google.protobuf.empty_pb2 import Empty
from grpclib import GRPCError, Status
from modal_proto import api_grpc
from modal_proto import api_pb2 as pb

from tests.deployment.app_answers import AppAnswers
from tests.deployment.call_answers import CallAnswers
from tests.deployment.control_plane import ControlPlane
from tests.deployment.part_answers import PartAnswers

TOKEN = ("ak-test", "as-test")
RATES = {"L40S": "0.000542", "H100": "0.001097", "CPU": "0.0000131"}


class Answers(AppAnswers, PartAnswers, CallAnswers):
    """All remote procedures, by their names; here those about clients and their workspace."""

    async def ClientHello(self, asked: Empty) -> pb.ClientHelloResponse:
        return pb.ClientHelloResponse()

    async def AuthTokenGet(self, asked: pb.AuthTokenGetRequest) -> pb.AuthTokenGetResponse:
        def part(fields: dict[str, object]) -> str:
            return base64.urlsafe_b64encode(json.dumps(fields).encode()).decode().rstrip("=")

        expires = part({"exp": int(time.time()) + 3600})
        return pb.AuthTokenGetResponse(token=f"{part({'alg': 'none'})}.{expires}.x")

    async def EnvironmentGetOrCreate(
        self, asked: pb.EnvironmentGetOrCreateRequest
    ) -> pb.EnvironmentGetOrCreateResponse:
        if asked.deployment_name not in ("", "main"):
            raise GRPCError(Status.NOT_FOUND, f"Environment '{asked.deployment_name}' not found")
        settings = pb.EnvironmentSettings(image_builder_version="2025.06")
        return pb.EnvironmentGetOrCreateResponse(
            environment_id="en-000001",
            metadata=pb.EnvironmentMetadata(name="main", settings=settings),
        )

    async def WorkspaceNameLookup(self, asked: Empty) -> pb.WorkspaceNameLookupResponse:
        return pb.WorkspaceNameLookupResponse(workspace_name="test", username="test")

    async def WorkspaceBillingRates(
        self, asked: pb.WorkspaceBillingRatesRequest
    ) -> pb.WorkspaceBillingRatesResponse:
        lines = "\n".join(f"  {name:<8} $ {price} / s" for name, price in RATES.items())
        return pb.WorkspaceBillingRatesResponse(rates=RATES, formatted=lines)

    async def WebhookTokenCreate(
        self, asked: pb.WebhookTokenCreateRequest
    ) -> pb.TokenCreateResponse:
        key = f"wk-{len(self.plane.proxy_tokens) + 1:06d}"
        self.plane.proxy_tokens[key] = f"ws-{key}"
        return pb.TokenCreateResponse(token_id=key, token_secret=f"ws-{key}")


def _service(plane: ControlPlane, task: str) -> api_grpc.ModalClientBase:
    """The answers as a service; what isn't among them is refused by its name."""
    answers = Answers(plane, task)

    def procedure(name: str) -> Callable[..., Coroutine[None, None, None]]:
        async def answer(self: object, stream: Any) -> None:
            asked = await stream.recv_message()
            plane.asked.append(name)
            given = (stream.metadata.get(f"x-modal-token-{each}", "") for each in ("id", "secret"))
            if not task and tuple(given) != TOKEN:
                raise GRPCError(Status.UNAUTHENTICATED, "Token ID is malformed or unknown")
            if (found := getattr(answers, name, None)) is None:
                raise GRPCError(Status.UNIMPLEMENTED, f"the control plane has no {name}")
            if inspect.isasyncgenfunction(found):
                async for each in found(asked):
                    await stream.send_message(each)
            else:
                await stream.send_message(await found(asked))

        return answer

    base = api_grpc.ModalClientBase
    procedures = {name: procedure(name) for name in base.__abstractmethods__}
    return type("Service", (base,), procedures)()  # type: ignore[no-any-return]


@contextmanager
def control_plane(home: Path) -> Iterator[ControlPlane]:
    """A control plane that runs until the end of the block."""
    plane = ControlPlane(home, _service)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(work: Coroutine[None, None, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(60)

    plane.address = run(plane.serve())
    try:
        yield plane
    finally:
        run(plane.close())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
