"""What is deployed: a model, the GPU that it runs on, and how it scales.

The same plan is read in three places: where it is made, by `maze deploy`; where it becomes an app
of Modal's; and in the container, which finds it as JSON in its environment.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Literal

from maze.catalogue import DEFAULT
from maze.errors import SettingsError

VARIABLE = "MAZE_PLAN"
# The plan's digest, as it was when the image was made.
DIGEST_VARIABLE = "MAZE_PLAN_DIGEST"
APP = "maze-inference"
# 61 GiB of weights come over the network at the first start.
STARTUP_SECONDS = 20 * 60
# Where a container finds the volume with the weights of models that aren't on the hub.
CHECKPOINTS = "/weights/checkpoints"

EngineName = Literal["vllm", "local"]


@dataclass(frozen=True, slots=True)
class Plan:
    """`model` is a repository on the hub, a folder in the container, or `nano`; `name` is what the
    server calls it. Times are in seconds, lengths in tokens.

    `gpu` None is a container without one. `secret` names a secret of Modal's that holds a
    HF_TOKEN, for models that aren't public.
    """

    app: str = APP
    engine: EngineName = "vllm"
    name: str = DEFAULT.name
    model: str = DEFAULT.repository
    revision: str | None = None
    gpu: str | None = "L40S"
    # vLLM's name of what makes the weights smaller while they are loaded.
    quantization: str | None = None
    # `half` where a GPU has no BF16.
    dtype: str = "auto"
    kv_cache_dtype: str = "auto"
    max_model_len: int = 16_384
    max_num_seqs: int = 64
    reasoning_parser: str | None = None
    min_containers: int = 0
    max_containers: int = 1
    scaledown_window: int = 300
    timeout: int = 600
    secret: str | None = None

    def text(self) -> str:
        """As JSON, on one line."""
        return json.dumps(asdict(self), sort_keys=True)

    @property
    def digest(self) -> str:
        """Tells this plan from others; /health has it, so that it is known which one answers."""
        return hashlib.sha256(self.text().encode()).hexdigest()[:12]

    @property
    def gpus(self) -> int:
        """How many GPUs one container has."""
        return int(self.gpu.partition(":")[2] or 1) if self.gpu else 0


def read(environment: Mapping[str, str]) -> Plan:
    """The plan in an environment; without one, the usual. Raises SettingsError."""
    text = environment.get(VARIABLE)
    if text is None:
        return Plan()
    try:
        found = json.loads(text)
        known = {field.name for field in fields(Plan)}
        if unknown := sorted(set(found) - known):
            raise SettingsError(f"`{VARIABLE}` has an unknown field `{unknown[0]}`")
        return Plan(**found)
    except (ValueError, TypeError) as error:
        raise SettingsError(f"`{VARIABLE}` holds no plan: {error}") from error
