"""A control plane that speaks Modal's protocol on loopback, in a thread of the tests.

It builds no images; everything else of a deployment happens: files are uploaded, functions made,
apps published, containers started from what was uploaded, calls handed to them.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import inspect
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import grpclib.server
from google.protobuf.empty_pb2 import Empty
from grpclib import GRPCError, Status
from modal_proto import api_grpc
from modal_proto import api_pb2 as pb

from tests.deployment.containers import Call, Container, Containers, Release, variables
from tests.deployment.front import Blobs, Front

TOKEN = ("ak-test", "as-test")
RATES = {"L40S": "0.000542", "H100": "0.001097", "CPU": "0.0000131"}


@dataclass
class App:
    """An app and what belongs to it."""

    number: str
    name: str
    state: pb.AppState.ValueType = pb.APP_STATE_INITIALIZING
    layout: pb.AppLayout = field(default_factory=pb.AppLayout)
    containers: dict[str, Containers] = field(default_factory=dict)
    fronts: dict[str, Front] = field(default_factory=dict)

    @property
    def started(self) -> list[Container]:
        """The containers of all its functions."""
        return [each for containers in self.containers.values() for each in containers.started]


class ControlPlane:
    """What Modal knows; read it from the tests, and never change it while a client runs."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.address = ""
        self.asked: list[str] = []
        self.apps: dict[str, App] = {}
        self.functions: dict[str, pb.Function] = {}
        self.data: dict[str, pb.FunctionData] = {}
        self.images: dict[str, pb.Image] = {}
        self.mounts: dict[str, list[pb.MountFile]] = {}
        self.files: dict[str, bytes] = {}
        self.volumes: dict[str, str] = {}
        self.committed: list[str] = []
        self.secrets: dict[str, str] = {"huggingface": "st-000001"}
        self.proxy_tokens: dict[str, str] = {}
        self.calls: dict[str, Call] = {}
        self.blobs = Blobs()
        self._numbers = count(1)
        self._servers: list[grpclib.server.Server] = []

    def number(self, kind: str) -> str:
        """A new identifier."""
        return f"{kind}-{next(self._numbers):06d}"

    def app(self, name: str) -> App | None:
        """The deployed app of that name."""
        deployed = (app for app in self.apps.values() if app.state == pb.APP_STATE_DEPLOYED)
        return next((app for app in deployed if app.name == name), None)

    def function(self, name: str) -> pb.Function:
        """The newest function of that name, as it was asked for."""
        return [each for each in self.functions.values() if each.function_name == name][-1]

    def commands(self, image: str) -> list[str]:
        """The lines of the Dockerfiles that an image is made of, the first first."""
        found = self.images[image]
        below = [line for base in found.base_images for line in self.commands(base.image_id)]
        return [*below, *found.dockerfile_commands]

    def folder(self, volume: str) -> Path:
        """Where a volume's files lie."""
        folder = self.home / "volumes" / volume
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def upload(self, files: list[pb.MountFile], folder: Path) -> None:
        """Write uploaded files below a folder."""
        for file in files:
            path = folder / file.filename.lstrip("/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.files[file.sha256_hex])

    def publish(self, app: App) -> None:
        """Make the functions of an app reachable."""
        for name, identifier in app.layout.function_ids.items():
            function = self.functions[identifier]
            containers = app.containers.setdefault(name, Containers(self.serve))
            containers.replace(self._release(app, identifier, function))
            for front in app.fronts.values():
                front.containers = containers
                front.open()

    def _release(self, app: App, identifier: str, function: pb.Function) -> Release:
        home = self.home / self.number("fn")
        home.mkdir(parents=True)
        for mount in function.mount_ids:
            self.upload(self.mounts[mount], home)
        environment = variables(self.commands(function.image_id))
        # A volume isn't mounted here: a place in it that the environment names is in its folder.
        for mounted in function.volume_mounts:
            folder = str(self.folder(mounted.volume_id))
            for name, value in environment.items():
                environment[name] = value.replace(f"{mounted.mount_path}/", f"{folder}/")
                if value == mounted.mount_path:
                    environment[name] = folder
        arguments = pb.ContainerArguments(
            function_id=identifier,
            app_id=app.number,
            function_def=function,
            environment_name="main",
            app_layout=app.layout,
        )
        return Release(home, arguments, environment)

    def url(self, app: App, method: str, config: pb.WebhookConfig) -> str:
        """The address of a web function; it is open once the app is published."""
        if method not in app.fronts:
            tokens = self.proxy_tokens if config.requires_proxy_auth else None
            app.fronts[method] = Front(method, tokens, self.remember)
        return app.fronts[method].url

    async def serve(self, task: str = "") -> str:
        """The address of a server for clients, or for the container with that task."""
        server = grpclib.server.Server([_service(self, task)])
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        await server.start("127.0.0.1", port)
        self._servers.append(server)
        return f"http://127.0.0.1:{port}"

    def remember(self, call: Call) -> None:
        """So that the container's messages find their call."""
        self.calls[call.number] = call

    async def stop(self, app: App) -> None:
        """End an app's containers and close its ports."""
        app.state = pb.APP_STATE_STOPPED
        for front in app.fronts.values():
            await front.close()
        for containers in app.containers.values():
            await containers.close()

    async def close(self) -> None:
        """End everything."""
        for app in self.apps.values():
            if app.state != pb.APP_STATE_STOPPED:
                await self.stop(app)
        await self.blobs.close()
        for server in self._servers:
            server.close()
            await server.wait_closed()


class Answers:
    """The remote procedures, by their names, for clients or for the container with a task."""

    def __init__(self, plane: ControlPlane, task: str) -> None:
        self.plane = plane
        self.task = task

    # Clients

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

    # Apps

    async def AppCreate(self, asked: pb.AppCreateRequest) -> pb.AppCreateResponse:
        app = App(self.plane.number("ap"), asked.description)
        self.plane.apps[app.number] = app
        return pb.AppCreateResponse(app_id=app.number)

    async def AppGetOrCreate(self, asked: pb.AppGetOrCreateRequest) -> pb.AppGetOrCreateResponse:
        app = self.plane.app(asked.app_name)
        if app is None:
            raise GRPCError(Status.NOT_FOUND, f"App '{asked.app_name}' not found")
        return pb.AppGetOrCreateResponse(app_id=app.number)

    async def AppGetByDeploymentName(
        self, asked: pb.AppGetByDeploymentNameRequest
    ) -> pb.AppGetByDeploymentNameResponse:
        app = self.plane.app(asked.name)
        return pb.AppGetByDeploymentNameResponse(app_id=app.number if app else "")

    async def AppGetLayout(self, asked: pb.AppGetLayoutRequest) -> pb.AppGetLayoutResponse:
        return pb.AppGetLayoutResponse(app_layout=self.plane.apps[asked.app_id].layout)

    async def AppPublish(self, asked: pb.AppPublishRequest) -> pb.AppPublishResponse:
        app = self.plane.apps[asked.app_id]
        app.name = asked.name
        app.layout = pb.AppLayout(function_ids=asked.function_ids, class_ids=asked.class_ids)
        for name, identifier in asked.function_ids.items():
            metadata = self._metadata(app, identifier, self.plane.functions[identifier], name)
            app.layout.objects.add(object_id=identifier, function_handle_metadata=metadata)
            for needed in self.plane.functions[identifier].object_dependencies:
                app.layout.objects.add(object_id=needed.object_id)
        for identifier in asked.class_ids.values():
            app.layout.objects.add(
                object_id=identifier, class_handle_metadata=pb.ClassHandleMetadata()
            )
        app.state = asked.app_state
        self.plane.publish(app)
        return pb.AppPublishResponse(url="http://127.0.0.1/app", deployed_at=time.time())

    async def AppHeartbeat(self, asked: pb.AppHeartbeatRequest) -> Empty:
        return Empty()

    async def AppClientDisconnect(self, asked: pb.AppClientDisconnectRequest) -> Empty:
        app = self.plane.apps[asked.app_id]
        if app.state == pb.APP_STATE_EPHEMERAL:
            await self.plane.stop(app)
        return Empty()

    async def AppSetTags(self, asked: pb.AppSetTagsRequest) -> Empty:
        return Empty()

    async def AppStop(self, asked: pb.AppStopRequest) -> Empty:
        await self.plane.stop(self.plane.apps[asked.app_id])
        return Empty()

    async def AppList(self, asked: pb.AppListRequest) -> pb.AppListResponse:
        items = [
            pb.AppListResponse.AppListItem(
                app_id=app.number, name=app.name, description=app.name, state=app.state
            )
            for app in self.plane.apps.values()
        ]
        return pb.AppListResponse(apps=items)

    async def AppFetchLogs(self, asked: pb.AppFetchLogsRequest) -> pb.AppFetchLogsResponse:
        app = self.plane.apps[asked.app_id]
        batches = [_written(each, each.log.read_bytes()) for each in app.started]
        return pb.AppFetchLogsResponse(batches=batches)

    async def AppGetLogs(self, asked: pb.AppGetLogsRequest) -> AsyncIterator[pb.TaskLogsBatch]:
        app = self.plane.apps[asked.app_id]
        seen = {each.task: each.log.stat().st_size for each in app.started}
        while app.state != pb.APP_STATE_STOPPED:
            for container in app.started:
                with container.log.open("rb") as log:
                    log.seek(seen.get(container.task, 0))
                    # A line that is being written comes later.
                    fresh = b"".join(line for line in log if line.endswith(b"\n"))
                if fresh:
                    seen[container.task] = seen.get(container.task, 0) + len(fresh)
                    yield _written(container, fresh)
            await asyncio.sleep(0.1)
        yield pb.TaskLogsBatch(entry_id="1-0", app_done=True)

    # What apps are made of

    async def ImageGetOrCreate(
        self, asked: pb.ImageGetOrCreateRequest
    ) -> pb.ImageGetOrCreateResponse:
        data = asked.image.SerializeToString(deterministic=True)
        identifier = f"im-{hashlib.sha256(data).hexdigest()[:12]}"
        self.plane.images[identifier] = asked.image
        return pb.ImageGetOrCreateResponse(
            image_id=identifier,
            result=pb.GenericResult(status=pb.GenericResult.GENERIC_STATUS_SUCCESS),
            metadata=pb.ImageMetadata(image_builder_version=asked.builder_version),
        )

    async def MountBatchedCheckExistence(
        self, asked: pb.MountBatchedCheckExistenceRequest
    ) -> pb.MountBatchedCheckExistenceResponse:
        missing = [each for each in asked.sha256_hex_hashes if each not in self.plane.files]
        return pb.MountBatchedCheckExistenceResponse(missing_sha256_hex_hashes=missing)

    async def MountPutFile(self, asked: pb.MountPutFileRequest) -> pb.MountPutFileResponse:
        kind = asked.WhichOneof("data_oneof")
        if kind:
            is_blob = kind == "data_blob_id"
            data = self.plane.blobs.data[asked.data_blob_id] if is_blob else asked.data
            self.plane.files[asked.sha256_hex] = data
        return pb.MountPutFileResponse(exists=asked.sha256_hex in self.plane.files)

    async def BlobCreate(self, asked: pb.BlobCreateRequest) -> pb.BlobCreateResponse:
        self.plane.blobs.open()
        blob = self.plane.number("bl")
        urls = pb.UploadUrlList(items=[f"{self.plane.blobs.url}/{blob}"])
        return pb.BlobCreateResponse(blob_ids=[blob], upload_urls=urls)

    async def MountGetOrCreate(
        self, asked: pb.MountGetOrCreateRequest
    ) -> pb.MountGetOrCreateResponse:
        identifier = self.plane.number("mo")
        self.plane.mounts[identifier] = list(asked.files)
        metadata = pb.MountHandleMetadata(content_checksum_sha256_hex="00")
        return pb.MountGetOrCreateResponse(mount_id=identifier, handle_metadata=metadata)

    async def VolumeGetOrCreate(
        self, asked: pb.VolumeGetOrCreateRequest
    ) -> pb.VolumeGetOrCreateResponse:
        name = asked.deployment_name
        identifier = self.plane.volumes.setdefault(name, self.plane.number("vo"))
        metadata = pb.VolumeMetadata(name=name, version=pb.VOLUME_FS_VERSION_V1)
        return pb.VolumeGetOrCreateResponse(
            volume_id=identifier, version=pb.VOLUME_FS_VERSION_V1, metadata=metadata
        )

    async def VolumePutFiles(self, asked: pb.VolumePutFilesRequest) -> Empty:
        self.plane.upload(list(asked.files), self.plane.folder(asked.volume_id))
        return Empty()

    async def VolumeListFiles(
        self, asked: pb.VolumeListFilesRequest
    ) -> AsyncIterator[pb.VolumeListFilesResponse]:
        folder = self.plane.folder(asked.volume_id)
        place = folder / asked.path.lstrip("/")
        if not place.exists():
            raise GRPCError(Status.NOT_FOUND, f"No such file or directory: {asked.path}")
        entries = [
            pb.FileEntry(path=str(each.relative_to(folder)), size=each.stat().st_size)
            for each in sorted(place.iterdir())
        ]
        yield pb.VolumeListFilesResponse(entries=entries)

    async def VolumeCommit(self, asked: pb.VolumeCommitRequest) -> pb.VolumeCommitResponse:
        self.plane.committed.append(asked.volume_id)
        return pb.VolumeCommitResponse()

    async def SecretGetOrCreate(
        self, asked: pb.SecretGetOrCreateRequest
    ) -> pb.SecretGetOrCreateResponse:
        name = asked.deployment_name
        if name and name not in self.plane.secrets:
            raise GRPCError(Status.NOT_FOUND, f"Secret '{name}' not found")
        return pb.SecretGetOrCreateResponse(secret_id=self.plane.secrets.get(name, "st-000000"))

    async def FunctionPrecreate(
        self, asked: pb.FunctionPrecreateRequest
    ) -> pb.FunctionPrecreateResponse:
        identifier = asked.existing_function_id or self.plane.number("fu")
        app = self.plane.apps[asked.app_id]
        function = pb.Function(
            function_name=asked.function_name,
            function_type=asked.function_type,
            webhook_config=asked.webhook_config,
            method_definitions=asked.method_definitions,
        )
        metadata = self._metadata(app, identifier, function, asked.function_name)
        return pb.FunctionPrecreateResponse(function_id=identifier, handle_metadata=metadata)

    async def FunctionCreate(self, asked: pb.FunctionCreateRequest) -> pb.FunctionCreateResponse:
        identifier = asked.existing_function_id or self.plane.number("fu")
        app = self.plane.apps[asked.app_id]
        data = pb.FunctionData()
        if asked.HasField("function_data"):
            data.CopyFrom(asked.function_data)
            function = _merged(asked.function_data)
        else:
            function = asked.function
            _copy(function, data)
            data.ranked_functions.add(rank=0, function=function)
        self.plane.functions[identifier] = function
        self.plane.data[identifier] = data
        return pb.FunctionCreateResponse(
            function_id=identifier,
            function=function,
            function_data=data,
            handle_metadata=self._metadata(app, identifier, function, function.function_name),
        )

    async def ClassCreate(self, asked: pb.ClassCreateRequest) -> pb.ClassCreateResponse:
        return pb.ClassCreateResponse(
            class_id=self.plane.number("cs"), handle_metadata=pb.ClassHandleMetadata()
        )

    async def ClassGet(self, asked: pb.ClassGetRequest) -> pb.ClassGetResponse:
        app = self._deployed(asked.app_name)
        if asked.object_tag not in app.layout.class_ids:
            raise GRPCError(Status.NOT_FOUND, f"Class '{asked.object_tag}' not found")
        return pb.ClassGetResponse(
            class_id=app.layout.class_ids[asked.object_tag],
            handle_metadata=pb.ClassHandleMetadata(),
        )

    async def FunctionGet(self, asked: pb.FunctionGetRequest) -> pb.FunctionGetResponse:
        app = self._deployed(asked.app_name)
        identifier = app.layout.function_ids.get(asked.object_tag, "")
        if not identifier:
            raise GRPCError(Status.NOT_FOUND, f"Function '{asked.object_tag}' not found")
        function = self.plane.functions[identifier]
        metadata = self._metadata(app, identifier, function, asked.object_tag)
        return pb.FunctionGetResponse(
            function_id=identifier, function=self.plane.data[identifier], handle_metadata=metadata
        )

    async def FunctionGetCurrentStats(
        self, asked: pb.FunctionGetCurrentStatsRequest
    ) -> pb.FunctionStats:
        containers = self._containers(asked.function_id)
        return pb.FunctionStats(
            backlog=containers.waiting.qsize(),
            num_total_tasks=sum(not each.has_ended for each in containers.started),
        )

    def _containers(self, function: str) -> Containers:
        return next(
            containers
            for app in self.plane.apps.values()
            for containers in app.containers.values()
            if containers.release.arguments.function_id == function
        )

    def _deployed(self, name: str) -> App:
        app = self.plane.app(name)
        if app is None:
            raise GRPCError(Status.NOT_FOUND, f"App '{name}' not found in environment 'main'")
        return app

    def _metadata(
        self, app: App, identifier: str, function: pb.Function, name: str
    ) -> pb.FunctionHandleMetadata:
        found = pb.FunctionHandleMetadata(
            function_name=name, function_type=function.function_type, app_id=app.number
        )
        for method, definition in function.method_definitions.items():
            each = found.method_handle_metadata[method]
            each.function_name = definition.function_name
            each.function_type = definition.function_type
            each.app_id = app.number
            each.use_method_name = method
            each.supported_input_formats.extend(definition.supported_input_formats)
            each.supported_output_formats.extend(definition.supported_output_formats)
            if definition.webhook_config.type:
                each.web_url = self.plane.url(app, method, definition.webhook_config)
        return found

    # Calls from clients

    async def FunctionMap(self, asked: pb.FunctionMapRequest) -> pb.FunctionMapResponse:
        (item,) = asked.pipelined_inputs
        given = item.input
        call = Call(self.plane.number("fc"), given.method_name, given.args, given.data_format)
        self.plane.remember(call)
        await self._containers(asked.function_id).submit(call)
        return pb.FunctionMapResponse(
            function_call_id=call.number,
            pipelined_inputs=[pb.FunctionPutInputsResponseItem(idx=0, input_id=call.number)],
        )

    async def FunctionGetOutputs(
        self, asked: pb.FunctionGetOutputsRequest
    ) -> pb.FunctionGetOutputsResponse:
        call = self.plane.calls[asked.function_call_id]
        deadline = time.monotonic() + asked.timeout
        while call.result is None:
            if time.monotonic() > deadline:
                return pb.FunctionGetOutputsResponse(num_unfinished_inputs=1)
            await asyncio.sleep(0.02)
        output = pb.FunctionGetOutputsItem(
            result=call.result.result,
            idx=0,
            input_id=call.number,
            data_format=call.result.data_format,
        )
        return pb.FunctionGetOutputsResponse(outputs=[output], num_unfinished_inputs=0)

    # Calls, seen from containers

    async def ContainerHello(self, asked: Empty) -> Empty:
        return Empty()

    async def ContainerHeartbeat(
        self, asked: pb.ContainerHeartbeatRequest
    ) -> pb.ContainerHeartbeatResponse:
        return pb.ContainerHeartbeatResponse()

    async def ContainerStop(self, asked: pb.ContainerStopRequest) -> pb.ContainerStopResponse:
        self._container().is_draining = True
        return pb.ContainerStopResponse()

    async def TaskResult(self, asked: pb.TaskResultRequest) -> Empty:
        self._container().failure = asked.result.exception
        return Empty()

    async def FunctionGetDynamicConcurrency(
        self, asked: pb.FunctionGetDynamicConcurrencyRequest
    ) -> pb.FunctionGetDynamicConcurrencyResponse:
        return pb.FunctionGetDynamicConcurrencyResponse(concurrency=asked.max_concurrency)

    async def FunctionGetInputs(
        self, asked: pb.FunctionGetInputsRequest
    ) -> pb.FunctionGetInputsResponse:
        container = self._container()
        call = await container.owner.next_call(container)
        if call is None:
            return pb.FunctionGetInputsResponse(inputs=[pb.FunctionGetInputsItem(kill_switch=True)])
        given = pb.FunctionInput(
            args=call.arguments, data_format=call.data_format, method_name=call.method
        )
        item = pb.FunctionGetInputsItem(
            input_id=call.number, function_call_id=call.number, input=given
        )
        return pb.FunctionGetInputsResponse(inputs=[item])

    async def FunctionCallGetDataIn(
        self, asked: pb.FunctionCallGetDataRequest
    ) -> AsyncIterator[pb.DataChunk]:
        async for chunk in self.plane.calls[asked.function_call_id].sent(asked.last_index):
            yield chunk

    async def FunctionCallPutDataOut(self, asked: pb.FunctionCallPutDataRequest) -> Empty:
        call = self.plane.calls[asked.function_call_id]
        for chunk in asked.data_chunks:
            await call.outgoing.put(chunk)
        return Empty()

    async def FunctionPutOutputs(self, asked: pb.FunctionPutOutputsRequest) -> Empty:
        container = self._container()
        for item in asked.outputs:
            container.calls.pop(item.input_id, None)
            await self.plane.calls[item.input_id].finish(item)
        return Empty()

    def _container(self) -> Container:
        return next(
            container
            for app in self.plane.apps.values()
            for containers in app.containers.values()
            for container in containers.started
            if container.task == self.task
        )


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
    plane = ControlPlane(home)
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


def _written(container: Container, text: bytes) -> pb.TaskLogsBatch:
    """A part of a container's log, as Modal sends it."""
    now = time.time_ns()
    items = [
        pb.TaskLogs(
            data=line,
            timestamp=now / 1e9,
            timestamp_ns=now,
            file_descriptor=pb.FILE_DESCRIPTOR_STDOUT,
        )
        for line in text.decode(errors="replace").splitlines(keepends=True)
    ]
    return pb.TaskLogsBatch(task_id=container.task, entry_id=str(now), items=items)


def _copy(source: Any, target: Any) -> None:
    """The fields that both messages have."""
    names = {each.name for each in target.DESCRIPTOR.fields}
    for descriptor, value in source.ListFields():
        if descriptor.name not in names or descriptor.name == "ranked_functions":
            continue
        if descriptor.message_type is not None or hasattr(value, "extend"):
            getattr(target, descriptor.name).MergeFrom(value)
        else:
            setattr(target, descriptor.name, value)


def _merged(data: pb.FunctionData) -> pb.Function:
    """A function as containers get it: what all ranks share, and the first rank's own."""
    function = pb.Function()
    _copy(data, function)
    function.MergeFrom(data.ranked_functions[0].function)
    return function
