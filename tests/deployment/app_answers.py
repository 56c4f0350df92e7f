"""Modal's remote procedures about apps, by their names."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from google.protobuf.empty_pb2 import Empty
from grpclib import GRPCError, Status
from modal_proto import api_pb2 as pb

from tests.deployment.containers import Container
from tests.deployment.control_plane import App, Procedures


class AppAnswers(Procedures):
    """Apps, from their making to their end, and what their containers write."""

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
            metadata = self.plane.metadata(app, identifier, self.plane.functions[identifier], name)
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
