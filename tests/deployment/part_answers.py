"""Modal's remote procedures about what apps are made of, by their names."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import Any

from google.protobuf.empty_pb2 import Empty
from grpclib import GRPCError, Status
from modal_proto import api_pb2 as pb

from tests.deployment.control_plane import Procedures


class PartAnswers(Procedures):
    """Images, files, volumes, secrets, functions and classes."""

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
        metadata = self.plane.metadata(app, identifier, function, asked.function_name)
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
            handle_metadata=self.plane.metadata(app, identifier, function, function.function_name),
        )

    async def ClassCreate(self, asked: pb.ClassCreateRequest) -> pb.ClassCreateResponse:
        return pb.ClassCreateResponse(
            class_id=self.plane.number("cs"), handle_metadata=pb.ClassHandleMetadata()
        )

    async def ClassGet(self, asked: pb.ClassGetRequest) -> pb.ClassGetResponse:
        app = self.plane.deployed(asked.app_name)
        if asked.object_tag not in app.layout.class_ids:
            raise GRPCError(Status.NOT_FOUND, f"Class '{asked.object_tag}' not found")
        return pb.ClassGetResponse(
            class_id=app.layout.class_ids[asked.object_tag],
            handle_metadata=pb.ClassHandleMetadata(),
        )

    async def FunctionGet(self, asked: pb.FunctionGetRequest) -> pb.FunctionGetResponse:
        app = self.plane.deployed(asked.app_name)
        identifier = app.layout.function_ids.get(asked.object_tag, "")
        if not identifier:
            raise GRPCError(Status.NOT_FOUND, f"Function '{asked.object_tag}' not found")
        function = self.plane.functions[identifier]
        metadata = self.plane.metadata(app, identifier, function, asked.object_tag)
        return pb.FunctionGetResponse(
            function_id=identifier, function=self.plane.data[identifier], handle_metadata=metadata
        )


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
