"""onnxruntime behind one door: a Qwen2-style decoder with its key-value cache.

The interface of the graph is the one that Optimum and the ONNX community export: `input_ids`,
`attention_mask`, `position_ids` (where the graph has it), `past_key_values.N.key|value` in;
`logits`, `present.N.key|value` out.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from maze.errors import EngineError, ModelError

# Official Linux builds of onnxruntime from 1.29 on record and send usage data unless this is set
# before the import (docs/Privacy.md of that project; measured in tests/providers).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as ort
from onnxruntime.capi.onnxruntime_pybind11_state import (
    Fail,
    InvalidArgument,
    InvalidGraph,
    InvalidProtobuf,
    NoSuchFile,
    NotImplemented,
    RuntimeException,
)

LOAD_ERRORS = (
    Fail, InvalidArgument, InvalidGraph, InvalidProtobuf, NoSuchFile, NotImplemented,
    RuntimeException,
)  # fmt: skip
RUN_ERRORS = (Fail, InvalidArgument, RuntimeException)

FLOATS = {"tensor(float)": np.float32, "tensor(float16)": np.float16}


def default_threads() -> int:
    """Physical cores less one, at least one: the engine's threads spin while they wait."""
    import psutil

    usable = len(psutil.Process().cpu_affinity() or [0]) if hasattr(os, "sched_getaffinity") else 0
    cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    return max(1, min(cores, usable or cores) - 1)


class Session:
    """A loaded graph. Many decoders may share it."""

    def __init__(self, path: Path, threads: int) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            self.run = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except LOAD_ERRORS as error:
            raise ModelError(
                f"can't load the weights `{path}`: {_reason(error)}",
                hint="the file is damaged or not an ONNX model; install or export it again",
            ) from error
        self.inputs = {value.name: value for value in self.run.get_inputs()}
        self.outputs = [value.name for value in self.run.get_outputs()]
        self.caches = [name for name in self.inputs if name.startswith("past_key_values.")]
        self._check(path)

    def _check(self, path: Path) -> None:
        wanted = {"input_ids", "attention_mask", "logits", *map(_present, self.caches)}
        missing = sorted(wanted - self.inputs.keys() - set(self.outputs))
        if not self.caches:
            missing.append("past_key_values")
        if missing:
            raise ModelError(
                f"`{path}` is not a text decoder: it lacks {', '.join(missing)}",
                hint="export it for text generation with past key values",
            )
        if not all(
            isinstance(self.inputs[name].shape[i], int) for name in self.caches for i in (1, 3)
        ):
            raise ModelError(f"`{path}` doesn't say how large its key-value cache is")

    def decoder(self) -> Decoder:
        """A decoder with an empty text."""
        return Decoder(self)


class Decoder:
    """One text that grows: keeps the keys and values of the tokens that were seen."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._length = 0
        self._past = {name: self._empty(name) for name in session.caches}

    def logits(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """Append tokens to the text; the logits of the next one, shape (vocabulary size,)."""
        if not tokens:
            raise EngineError("the model was asked to continue nothing")
        session, count = self._session, len(tokens)
        total = self._length + count
        feeds = {
            "input_ids": _value(np.array([tokens], np.int64)),
            "attention_mask": _value(np.ones((1, total), np.int64)),
            **self._past,
        }
        if "position_ids" in session.inputs:
            feeds["position_ids"] = _value(np.arange(self._length, total, dtype=np.int64)[None])
        try:
            values = session.run.run_with_ort_values(session.outputs, feeds)
        except RUN_ERRORS as error:
            raise EngineError(f"the model failed: {_reason(error)}") from error
        outputs = dict(zip(session.outputs, values, strict=True))
        self._past = {name: outputs[_present(name)] for name in session.caches}
        self._length = total
        last: NDArray[np.float32] = outputs["logits"].numpy()[0, -1].astype(np.float32)
        return last

    def _empty(self, name: str) -> ort.OrtValue:
        _, heads, _, width = self._session.inputs[name].shape
        kind = FLOATS.get(self._session.inputs[name].type, np.float32)
        return _value(np.zeros((1, heads, 0, width), kind))


def _present(cache: str) -> str:
    """The output that holds what is given as the input `cache` with the next tokens."""
    return cache.replace("past_key_values.", "present.")


def _value(array: NDArray[np.generic]) -> ort.OrtValue:
    return ort.OrtValue.ortvalue_from_numpy(array)


def _reason(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
