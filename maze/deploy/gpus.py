"""GPUs that Modal has, by its names, and what fits on them."""

from __future__ import annotations

from dataclasses import dataclass

from maze.architecture import GIB, KEY_VALUE_BYTES, Architecture, Precision

# Of a GPU's memory, what vLLM takes by itself (its `--gpu-memory-utilization`, 0.32).
UTILIZATION = 0.92
# Activations, CUDA graphs and the like: an estimate, for each GPU.
OVERHEAD_GIB = 2.0


@dataclass(frozen=True, slots=True)
class Gpu:
    """`usable` is the memory in GiB that a program finds free; `has_fp8` says that it computes in
    FP8 itself (compute capability 8.9 or newer), where others only store weights so."""

    name: str
    usable: float
    has_fp8: bool = False
    count: int = 1

    def __str__(self) -> str:
        return self.name if self.count == 1 else f"{self.name}:{self.count}"


GPUS = (
    Gpu("T4", 14.6),
    Gpu("L4", 22.0, has_fp8=True),
    Gpu("A10", 22.0),
    Gpu("A100-40GB", 39.5),
    Gpu("L40S", 44.4, has_fp8=True),
    Gpu("A100-80GB", 79.2),
    Gpu("H100", 79.2, has_fp8=True),
    Gpu("H200", 139.8, has_fp8=True),
    Gpu("H100", 79.2, has_fp8=True, count=2),
)
BY_NAME = {str(gpu): gpu for gpu in GPUS}


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of one GPU, in bytes: what is there, and what takes it."""

    available: float
    weights: float
    overhead: float
    token: float

    @property
    def rest(self) -> float:
        """What is left for the key-value cache; below 0 if the weights don't fit."""
        return self.available - self.weights - self.overhead

    @property
    def tokens(self) -> int:
        """How many tokens the cache holds, of all contexts together."""
        return max(0, int(self.rest / self.token))


def memory(
    architecture: Architecture,
    precision: Precision,
    gpu: Gpu,
    *,
    utilization: float = UTILIZATION,
    cache: str = "auto",
) -> Memory:
    """How the memory is taken; several GPUs share weights and cache evenly."""
    return Memory(
        available=gpu.usable * utilization * GIB,
        weights=architecture.weights(precision) / gpu.count,
        overhead=OVERHEAD_GIB * GIB,
        token=architecture.key_values(bytes_each=KEY_VALUE_BYTES[cache]) / gpu.count,
    )
