"""What Modal's control plane knows, on loopback, in a thread of the tests.

It builds no images; everything else of a deployment happens: files are uploaded, functions made,
apps published, containers started from what was uploaded, calls handed to them.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import grpclib.server
from grpclib import GRPCError, Status
from modal_proto import api_pb2 as pb

from tests.deployment.containers import Call, Container, Containers, Release, variables
from tests.deployment.front import Blobs, Front

if TYPE_CHECKING:
    from grpclib._typing import IServable as Servable


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

    def __init__(self, home: Path, service: Callable[[ControlPlane, str], Servable]) -> None:
        self.home = home
        self._service = service
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

    def deployed(self, name: str) -> App:
        """The deployed app of that name, or what Modal says without one."""
        app = self.app(name)
        if app is None:
            raise GRPCError(Status.NOT_FOUND, f"App '{name}' not found in environment 'main'")
        return app

    def containers(self, function: str) -> Containers:
        """Those of a function, by its identifier."""
        return next(
            containers
            for app in self.apps.values()
            for containers in app.containers.values()
            if containers.release.arguments.function_id == function
        )

    def container(self, task: str) -> Container:
        """The one with that task."""
        return next(each for app in self.apps.values() for each in app.started if each.task == task)

    def metadata(
        self, app: App, identifier: str, function: pb.Function, name: str
    ) -> pb.FunctionHandleMetadata:
        """What a client needs to call a function."""
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
                each.web_url = self.url(app, method, definition.webhook_config)
        return found

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
        server = grpclib.server.Server([self._service(self, task)])
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


class Procedures:
    """Remote procedures, by their names, for clients or for the container with a task."""

    def __init__(self, plane: ControlPlane, task: str) -> None:
        self.plane = plane
        self.task = task
