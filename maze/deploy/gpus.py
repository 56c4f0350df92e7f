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
    """`usable` is the memory in GiB that a program finds free; `capability` is NVIDIA's compute
    capability: from 8.0 on there is BF16, from 8.9 on FP8, which 8.0 only stores."""

    name: str
    usable: float
    capability: float
    count: int = 1

    def __str__(self) -> str:
        return self.name if self.count == 1 else f"{self.name}:{self.count}"


# From the cheapest on.
GPUS = (
    Gpu("T4", 14.6, 7.5),
    Gpu("L4", 22.0, 8.9),
    Gpu("A10", 22.0, 8.6),
    Gpu("L40S", 44.4, 8.9),
    Gpu("A100-40GB", 39.5, 8.0),
    Gpu("A100-80GB", 79.2, 8.0),
    Gpu("H100", 79.2, 9.0),
    Gpu("H200", 139.8, 9.0),
    Gpu("H100", 79.2, 9.0, count=2),
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
