"""maze's server as an app on Modal: one class, behind Modal's proxy authentication.

`maze deploy` runs this file with its plan in MAZE_PLAN. Without one, the usual plan holds:

    modal deploy deployment/modal_app.py
    modal run deployment/modal_app.py      # a smoke test in a container of its own

Callers inside Modal need no HTTP:

    server = modal.Cls.from_name("maze-inference", "MazeInferenceServer")()
    server.generate.remote({"prompt": "reverse a string", "language": "python"})
"""

from __future__ import annotations

import asyncio
import os
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

import modal
import modal.experimental

import maze
from maze.deploy import plan
from maze.deploy.image import CUDA, PACKAGES, PYTHON, VLLM

if TYPE_CHECKING:
    from fastapi import FastAPI

    from maze.server.engines import Engine

PLAN = plan.read(os.environ)

# Weights are loaded once for all containers; compiled kernels and grammars are kept, too.
WEIGHTS = modal.Volume.from_name("maze-weights", create_if_missing=True)
CACHE = modal.Volume.from_name("maze-cache", create_if_missing=True)
VARIABLES = {
    plan.VARIABLE: PLAN.text(),
    plan.DIGEST_VARIABLE: PLAN.digest,
    "HF_HOME": "/weights/hub",
    "VLLM_CACHE_ROOT": "/cache/vllm",
    "XDG_CACHE_HOME": "/cache",
    "VLLM_NO_USAGE_STATS": "1",
    # The log is for what goes wrong.
    "VLLM_LOGGING_LEVEL": "WARNING",
}
# Beyond what the engine runs at once, so that /health is answered while it is full.
MORE_INPUTS = 16
# From this share of inputs on, Modal starts another container, if it may.
TARGET_SHARE = 0.75

SLOW_IMPORTS = {"vllm": ("torch", "transformers"), "local": ("onnxruntime",)}

PACKAGE = Path(maze.__file__).parent
HOME = "/root"


def source(image: modal.Image) -> modal.Image:
    """The image with maze as it is here: code, grammars, and the entry point that vLLM reads."""
    # The embedded model's weights are of no use beside vLLM.
    ignore = ["**/__pycache__", *(["weights"] if PLAN.engine == "vllm" else [])]
    image = image.add_local_dir(PACKAGE, f"{HOME}/maze", ignore=ignore)
    if not (PACKAGE / "grammars").is_dir():  # a checkout
        image = image.add_local_dir(PACKAGE.parent / "grammars", f"{HOME}/maze/grammars")
    files = distribution("maze").files or []
    for file in files:
        if file.name in ("METADATA", "entry_points.txt"):
            folder = file.parent.name
            image = image.add_local_file(str(file.locate()), f"{HOME}/{folder}/{file.name}")
    return image


def image() -> modal.Image:
    """The image for the plan's engine."""
    if PLAN.engine == "local":
        base = modal.Image.debian_slim(python_version=PYTHON)
        return source(base.uv_pip_install(*PACKAGES).env(VARIABLES))
    base = modal.Image.from_registry(CUDA, add_python=PYTHON).entrypoint([])
    return source(base.uv_pip_install(VLLM, *PACKAGES).env(VARIABLES))


def engine() -> Engine:
    """The plan's engine, not started yet."""
    if PLAN.engine == "local":
        from maze.providers.local import LocalProvider
        from maze.server.engines import LocalEngine

        return LocalEngine(LocalProvider(PLAN.model))
    from maze.server.vllm.engine import VllmEngine, VllmOptions

    more = ["--dtype", PLAN.dtype, "--kv-cache-dtype", PLAN.kv_cache_dtype]
    more += ["--tensor-parallel-size", str(PLAN.gpus or 1)]
    options = VllmOptions(
        PLAN.model,
        PLAN.name,
        max_model_len=PLAN.max_model_len,
        max_num_seqs=PLAN.max_num_seqs,
        quantization=PLAN.quantization,
        revision=PLAN.revision,
        reasoning_parser=PLAN.reasoning_parser,
        more=tuple(more),
    )
    return VllmEngine(options, most_running=PLAN.max_num_seqs)


app = modal.App(PLAN.app, image=image())
MOST_INPUTS = PLAN.max_num_seqs + MORE_INPUTS


@app.cls(
    gpu=PLAN.gpu,
    volumes={"/weights": WEIGHTS, "/cache": CACHE},
    secrets=[modal.Secret.from_name(PLAN.secret)] if PLAN.secret else [],
    min_containers=PLAN.min_containers,
    max_containers=PLAN.max_containers,
    scaledown_window=PLAN.scaledown_window,
    timeout=PLAN.timeout,
    startup_timeout=plan.STARTUP_SECONDS,
    enable_memory_snapshot=True,
)
@modal.concurrent(max_inputs=MOST_INPUTS, target_inputs=int(MOST_INPUTS * TARGET_SHARE))
class MazeInferenceServer:
    """One engine, for HTTP and for callers inside Modal."""

    @modal.enter(snap=True)
    def imports(self) -> None:
        """What takes long to import and doesn't look for a GPU yet: a snapshot has none."""
        for name in ("maze.server.app", "maze.server.service", *SLOW_IMPORTS[PLAN.engine]):
            import_module(name)

    @modal.enter()
    async def start(self) -> None:
        """Load the model and let it see each grammar, before any request is let in."""
        from maze.server.service import Service
        from maze.settings.schema import Generation, Settings

        settings = Settings(generation=Generation(timeout_seconds=PLAN.timeout))
        self.service = Service(
            engine(),
            settings,
            most_waiting=MORE_INPUTS,
            deployment=os.environ[plan.DIGEST_VARIABLE],
        )
        await self.service.start()
        self.watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        """A container whose engine has died takes no more requests and ends; Modal replaces it."""
        try:
            await self.service.watch()
        except maze.MazeError:
            await modal.experimental.stop_fetching_inputs.aio()

    @modal.exit()
    async def close(self) -> None:
        """End the engine."""
        self.watching.cancel()
        await self.service.close()

    @modal.asgi_app(requires_proxy_auth=True)
    def web(self) -> FastAPI:
        """The HTTP API (docs/server.md)."""
        from maze.server.app import create_app

        return create_app(self.service)

    @modal.method()
    async def generate(self, body: dict[str, Any]) -> dict[str, Any]:
        """As `POST /generate`: its body, its answer; a refusal is an answer, too."""
        return await self.service.answer(body)

    @modal.method()
    async def generate_batch(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """As `POST /generate/batch`."""
        return await self.service.answers(items)


@app.local_entrypoint()
def smoke(prompt: str = "a function that adds two numbers", language: str = "go") -> None:
    """One generation in a container of its own; prints the code, fails without one that parses."""
    body = {"prompt": prompt, "language": language, "seed": 1, "max_tokens": 256}
    answer = MazeInferenceServer().generate.remote(body)
    if not answer["success"]:
        raise SystemExit(f"error: {answer['error']['message']}")
    print(answer["code"])
    print(answer["metadata"])
    if answer["metadata"]["verdict"] not in ("valid", "incomplete"):
        raise SystemExit("error: the code doesn't parse")
