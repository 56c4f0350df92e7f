"""A plan in words: what is deployed, how it fits, what it costs, what changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from maze.architecture import GIB
from maze.deploy import prices
from maze.deploy.gpus import OVERHEAD_GIB, UTILIZATION
from maze.deploy.image import CUDA, PYTHON, VLLM
from maze.deploy.preflight import Fit, Preflight


def lines(found: Preflight, *, seconds: float, file: Path, changes: Sequence[str]) -> Iterator[str]:
    """The plan for people, a line each.

    `seconds` are assumed for one generation; `changes` are the settings that will be written to
    the `file`.
    """
    plan = found.plan
    yield f"app:         {plan.app}, class MazeInferenceServer, behind Modal's proxy authentication"
    yield f"model:       {plan.name}" + (f" ({plan.model})" if plan.model != plan.name else "")
    if found.folder is not None:
        yield f"upload:      {found.folder} -> volume maze-weights"
    yield f"engine:      {plan.engine}" + (
        f", context of {plan.max_model_len:,} tokens, {plan.max_num_seqs} requests at once"
        if plan.engine == "vllm"
        else " (embedded in maze, on the CPU)"
    )
    yield f"image:       {_image(found)}"
    yield f"GPU:         {plan.gpu or 'none'}"
    yield (
        f"containers:  {plan.min_containers} to {plan.max_containers}, each ends after "
        f"{plan.scaledown_window} s without a request"
    )
    if found.fit is not None:
        yield ""
        yield from _memory(found.fit)
        yield ""
        yield from _costs(found.fit, seconds)
    yield ""
    yield f"settings that will change, in {file}:"
    yield f"  {', '.join(changes)}"


def _image(found: Preflight) -> str:
    inside = f"Python {PYTHON}, maze and what it needs"
    return f"Debian, {inside}" if found.plan.engine == "local" else f"{CUDA}, {VLLM}, {inside}"


def _memory(fit: Fit) -> Iterator[str]:
    """The memory of each GPU as a table, in GiB."""
    memory = fit.memory
    contexts = fit.context * fit.concurrency * memory.token
    share = f"{UTILIZATION:.0%} of {fit.gpu.usable:g}"
    yield f"memory of each {fit.gpu.name} in GiB"
    for name, amount, note in (
        ("for vLLM", memory.available, share),
        ("weights", memory.weights, fit.model.precision.upper()),
        ("engine", memory.overhead, f"{OVERHEAD_GIB:g} assumed"),
        ("contexts", contexts, f"{fit.concurrency} x {fit.context:,} tokens"),
        ("left over", memory.rest - contexts, f"{memory.tokens:,} tokens of context fit in all"),
    ):
        yield f"  {name:<10} {amount / GIB:>6.1f}   {note}"


def _costs(fit: Fit, seconds: float) -> Iterator[str]:
    hourly = prices.per_hour(fit.gpu)
    if hourly is None:
        yield f"cost: the price of {fit.gpu} isn't known here; `modal billing rates` says it"
        return
    thousand = prices.per_thousand(hourly, seconds=seconds)
    yield f"cost, without CPU and memory, at Modal's prices of {prices.AS_OF}"
    yield f"  an hour of a container   $ {hourly:.2f}"
    yield (
        f"  1,000 generations        $ {thousand:.2f}   assumed: {seconds:g} s each, one at a time "
        "(`--seconds-per-generation`)"
    )
