"""What shall be deployed, and whether it fits, from facts alone: nothing is asked of Modal."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from maze import catalogue
from maze.architecture import GIB, Precision, of_config
from maze.catalogue import HubModel
from maze.deploy import gpus
from maze.deploy.gpus import Gpu, Memory
from maze.deploy.plan import CHECKPOINTS, Plan
from maze.errors import InputError, UsageError
from maze.models import NANO
from maze.providers import hub
from maze.settings import Settings

USUAL_CONTEXT = 16_384
LEAST_CONTEXT = 4_096
# vLLM's names in `quantization_config` of what makes weights smaller.
METHODS: dict[str, Precision] = {"awq": "awq", "awq_marlin": "awq", "fp8": "fp8"}


@dataclass(frozen=True, slots=True)
class Fit:
    """A model on a GPU, with `concurrency` requests of the whole `context` at once."""

    model: HubModel
    gpu: Gpu
    context: int
    concurrency: int
    kv_cache_dtype: str

    @property
    def memory(self) -> Memory:
        """How the memory of each GPU is taken."""
        model = self.model
        return gpus.memory(model.architecture, model.precision, self.gpu, cache=self.kv_cache_dtype)

    @property
    def is_possible(self) -> bool:
        """Whether weights and that many contexts fit."""
        return self.memory.tokens >= self.context * self.concurrency

    @property
    def longest(self) -> int:
        """The longest context that fits, a power of two, at most the model's; 0 if none does."""
        tokens = min(self.memory.tokens // self.concurrency, self.model.architecture.context)
        return 0 if tokens < 1 else 1 << (tokens.bit_length() - 1)


@dataclass(frozen=True, slots=True)
class Preflight:
    """A plan, and the arithmetic behind it; `fit` None has no GPU. `folder` is to be uploaded."""

    plan: Plan
    fit: Fit | None = None
    folder: Path | None = None


def preflight(settings: Settings) -> Preflight:
    """What the settings ask for. Raises UsageError, naming what would fit, if it can't be."""
    asked = settings.deploy
    scaling = {
        name: value
        for name in ("min_containers", "max_containers", "scaledown_window", "timeout", "secret")
        if (value := getattr(asked, name)) is not None
    }
    plan = Plan(app=settings.modal.app, **scaling)
    if plan.min_containers > plan.max_containers:
        raise UsageError(
            f"`deploy.min_containers` is {plan.min_containers}, more than the "
            f"{plan.max_containers} of `deploy.max_containers`"
        )
    if asked.model == NANO.name:
        if asked.gpu is not None or asked.quantization is not None:
            raise UsageError(
                f"`{NANO.name}` runs on the CPU, and its weights are as they are",
                hint="leave out `--gpu` and `--quantization`, or `maze config unset deploy.gpu`",
            )
        return Preflight(_without_gpu(plan))
    model, folder = _model(asked.model)
    if asked.quantization is not None:
        model = _quantized(model, asked.quantization)
    context = asked.max_model_len or min(USUAL_CONTEXT, model.architecture.context)
    if context > model.architecture.context:
        raise UsageError(
            f"`{model.name}` reads {model.architecture.context:,} tokens at most, not {context:,}",
            hint="a smaller `deploy.max_model_len`",
        )
    fit = _fit(model, asked.gpu, context, asked.concurrency, asked.kv_cache_dtype)
    return Preflight(_plan(plan, fit, folder, asked.reasoning_parser), fit, folder)


def _without_gpu(plan: Plan) -> Plan:
    """The embedded model in a container without a GPU."""
    return replace(plan, engine="local", name=NANO.name, model=NANO.name, gpu=None, max_num_seqs=2)


def _plan(plan: Plan, fit: Fit, folder: Path | None, parser: str | None) -> Plan:
    model = fit.model
    return replace(
        plan,
        name=model.name,
        model=model.repository if folder is None else f"{CHECKPOINTS}/{model.name}",
        revision=model.revision,
        gpu=str(fit.gpu),
        quantization=model.quantization,
        dtype="auto" if fit.gpu.capability >= 8 else "half",
        kv_cache_dtype=fit.kv_cache_dtype,
        max_model_len=fit.context,
        reasoning_parser=parser or model.reasoning_parser,
    )


def _model(name: str | None) -> tuple[HubModel, Path | None]:
    """The model of that name, on the hub or in a folder. Raises UsageError."""
    if name is None:
        return catalogue.DEFAULT, None
    if known := catalogue.find(name):
        return known, None
    folder = Path(name).expanduser()
    if folder.is_dir():
        return _of_folder(folder), folder
    if re.fullmatch(r"[\w.-]+/[\w.-]+", name):
        return _described(name.rpartition("/")[2].lower(), name, hub.config(name), name), None
    names = ", ".join([*catalogue.BY_NAME, NANO.name])
    raise UsageError(
        f"no model `{name}`",
        hint=f"known models: {names}; or OWNER/NAME on the hub; or the folder of a checkpoint",
    )


def _of_folder(folder: Path) -> HubModel:
    """A checkpoint of the user's own, from its `config.json`."""
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"`{path}` can't be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"`{path}` is no JSON: {error}") from error
    if not any(folder.glob("*.safetensors")):
        raise InputError(
            f"`{folder}` holds no weights", hint="vLLM loads them from `*.safetensors`"
        )
    return _described(folder.resolve().name, str(folder), config, str(path))


def _described(name: str, repository: str, config: object, where: str) -> HubModel:
    """The model that a `config.json` describes."""
    if not isinstance(config, dict):
        raise InputError(f"`{where}` is no JSON object")
    quantization = config.get("quantization_config") or {}
    if not isinstance(quantization, dict):
        raise InputError(f"`quantization_config` in `{where}` is no JSON object")
    method = quantization.get("quant_method")
    if method is not None and (not isinstance(method, str) or method not in METHODS):
        known = ", ".join(METHODS)
        raise UsageError(
            f"`{where}` is quantized as `{method}`", hint=f"maze knows {known}, and none at all"
        )
    precision = METHODS[method] if method else "bf16"
    return HubModel(name, repository, of_config(config), precision)


def _quantized(model: HubModel, precision: Precision) -> HubModel:
    """The same model at another precision. Raises UsageError if there is none."""
    if model.precision == precision:
        return model
    if found := _sibling(model, precision):
        return found
    if model.precision == "bf16" and precision == "fp8":
        return replace(model, precision="fp8", quantization="fp8")
    raise UsageError(
        f"there are no weights of `{model.name}` in {precision.upper()}",
        hint=f"it is in {model.precision.upper()}"
        + (", and can be loaded as FP8" if model.precision == "bf16" else ""),
    )


def _sibling(model: HubModel, precision: Precision) -> HubModel | None:
    """The same model with other weights; one that isn't in the catalogue has none."""
    if model not in catalogue.MODELS:
        return None
    return next(
        (
            each
            for each in catalogue.MODELS
            if each.architecture == model.architecture and each.precision == precision
        ),
        None,
    )


def _fit(model: HubModel, gpu: str | None, context: int, concurrency: int, cache: str) -> Fit:
    """The model on that GPU, or on the cheapest that takes it. Raises UsageError."""
    fits = [Fit(model, each, context, concurrency, cache) for each in gpus.GPUS]
    takes = [each for each in fits if each.is_possible and _runs(model, each.gpu)]
    if gpu is None:
        if takes:
            return takes[0]
        raise UsageError(
            f"`{model.name}` at {_thousands(context)} fits on no GPU of Modal's",
            hint=_alternatives(fits[-1], takes),
        )
    name = "A100-40GB" if gpu == "A100" else gpu
    asked = next((each for each in fits if str(each.gpu) == name), None)
    if asked is None:
        raise UsageError(f"no GPU `{gpu}`", hint=f"there are: {', '.join(gpus.BY_NAME)}")
    if not _runs(model, asked.gpu):
        raise UsageError(
            f"a {asked.gpu} can't run weights in {model.precision.upper()}",
            hint=_alternatives(asked, takes),
        )
    if not asked.is_possible:
        memory = asked.memory
        raise UsageError(
            f"`{model.name}` doesn't fit on {_article(asked.gpu)}: of "
            f"{memory.available / GIB:.1f} GiB, weights take {memory.weights / GIB:.1f}, the "
            f"engine {memory.overhead / GIB:.1f}, and {concurrency} x {_thousands(context)} tokens "
            "of context "
            f"{context * concurrency * memory.token / GIB:.1f}",
            hint=_alternatives(asked, takes),
        )
    return asked


def _runs(model: HubModel, gpu: Gpu) -> bool:
    """FP8 weights need compute capability 8.0, AWQ's 7.5 (vLLM's table of quantizations)."""
    return gpu.capability >= (8 if model.precision == "fp8" else 7.5)


def _alternatives(asked: Fit, takes: list[Fit]) -> str:
    """What would do: other weights or a shorter context on that GPU, or another GPU."""
    found = []
    for precision in ("awq", "fp8", "bf16"):
        try:
            model = _quantized(asked.model, precision)
        except UsageError:
            continue
        other = Fit(model, asked.gpu, asked.context, asked.concurrency, asked.kv_cache_dtype)
        context = min(other.longest, asked.context)
        if context >= LEAST_CONTEXT and _runs(model, asked.gpu):
            found.append(f"{precision.upper()} at {_thousands(context)}")
    if takes:
        found.append(_article(takes[0].gpu))
    if not found:
        return "a smaller model"
    return "what fits: " + ", or ".join(found)


def _article(gpu: Gpu) -> str:
    return f"{'an' if str(gpu)[0] in 'AHL' else 'a'} {gpu}"


def _thousands(tokens: int) -> str:
    return f"{tokens // 1024}k" if tokens % 1024 == 0 else f"{tokens:,}"
