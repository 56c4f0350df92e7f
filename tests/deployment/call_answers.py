"""Modal's remote procedures about calls, by their names."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from google.protobuf.empty_pb2 import Empty
from modal_proto import api_pb2 as pb

from tests.deployment.containers import Call
from tests.deployment.control_plane import Procedures


class CallAnswers(Procedures):
    """Calls, from clients and in the container with a task."""

    async def FunctionGetCurrentStats(
        self, asked: pb.FunctionGetCurrentStatsRequest
    ) -> pb.FunctionStats:
        containers = self.plane.containers(asked.function_id)
        return pb.FunctionStats(
            backlog=containers.waiting.qsize(),
            num_total_tasks=sum(not each.has_ended for each in containers.started),
        )

    async def FunctionMap(self, asked: pb.FunctionMapRequest) -> pb.FunctionMapResponse:
        (item,) = asked.pipelined_inputs
        given = item.input
        call = Call(self.plane.number("fc"), given.method_name, given.args, given.data_format)
        self.plane.remember(call)
        await self.plane.containers(asked.function_id).submit(call)
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

    async def ContainerHello(self, asked: Empty) -> Empty:
        return Empty()

    async def ContainerHeartbeat(
        self, asked: pb.ContainerHeartbeatRequest
    ) -> pb.ContainerHeartbeatResponse:
        return pb.ContainerHeartbeatResponse()

    async def ContainerStop(self, asked: pb.ContainerStopRequest) -> pb.ContainerStopResponse:
        self.plane.container(self.task).is_draining = True
        return pb.ContainerStopResponse()

    async def TaskResult(self, asked: pb.TaskResultRequest) -> Empty:
        self.plane.container(self.task).failure = asked.result.exception
        return Empty()

    async def FunctionGetDynamicConcurrency(
        self, asked: pb.FunctionGetDynamicConcurrencyRequest
    ) -> pb.FunctionGetDynamicConcurrencyResponse:
        return pb.FunctionGetDynamicConcurrencyResponse(concurrency=asked.max_concurrency)

    async def FunctionGetInputs(
        self, asked: pb.FunctionGetInputsRequest
    ) -> pb.FunctionGetInputsResponse:
        container = self.plane.container(self.task)
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
        container = self.plane.container(self.task)
        for item in asked.outputs:
            container.calls.pop(item.input_id, None)
            await self.plane.calls[item.input_id].finish(item)
        return Empty()
