"""`maze deploy` and what belongs to it, step by step."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from maze import settings as files
from maze.deploy import remote
from maze.deploy.gpus import Gpu
from maze.deploy.plan import APP, CHECKPOINTS, STARTUP_SECONDS, Plan
from maze.deploy.preflight import Preflight
from maze.deploy.remote import Modal, Running
from maze.errors import AuthorizationError, MazeError, ProviderError
from maze.providers.modal import ModalProvider
from maze.settings import Settings

SHOWN_LINES = 20

Say = Callable[[str], None]


async def deploy(found: Preflight, settings: Settings, *, say: Say, verbose: bool) -> str:
    """Deploy a plan and wait until it obeys a grammar; returns its address.

    The settings are written as soon as it is deployed. Raises MazeError.
    """
    modal = Modal(settings.modal.environment)
    await modal.connect()
    plan = found.plan
    if found.fit is not None:
        await _tell_price(modal, found.fit.gpu, say)
    if found.folder is not None:
        name = remote.content_name(found.folder, plan.name)
        say(f"uploading `{found.folder}` to the volume {remote.VOLUME}")
        if not await modal.upload(found.folder, name):
            say("its files are there already")
        plan = replace(plan, model=f"{CHECKPOINTS}/{name}")
    if await modal.has(plan.app):
        say(f"`{plan.app}` runs already, and is replaced")
    say(f"deploying `{plan.name}` as `{plan.app}` on {plan.gpu or 'a CPU'}")
    say("an image that is new takes minutes to build")
    url = await modal.deploy(plan, verbose=verbose)
    say(f"deployed to {url}")
    current = await _authorized(modal, settings, url)
    loaded = files.load()
    if loaded.settings.modal.endpoint_url != url:
        origin = loaded.origins["modal.endpoint_url"]
        say(f"`modal.endpoint_url` from {origin} comes first, and is another address")
    say("waiting until it is ready: a container starts and loads the model")
    try:
        try:
            await _ready(current, plan, say)
        except AuthorizationError:
            say("the proxy token in the settings isn't this workspace's; a new one takes its place")
            known = current.modal.model_copy(update={"key": None, "secret": None})
            current = await _authorized(modal, current.model_copy(update={"modal": known}), url)
            await _ready(current, plan, say)
    except AuthorizationError:
        raise
    except MazeError as error:
        await _tell_log(modal, plan.app, say)
        raise ProviderError(
            f"the deployment doesn't come up: {error.message}",
            hint="`maze deploy logs` has more; `maze deploy stop` ends it",
        ) from error
    return url


def changes(settings: Settings) -> list[str]:
    """The settings that a deployment writes."""
    known = settings.modal
    has_token = known.key is not None and known.secret is not None
    return [
        "modal.endpoint_url",
        *([] if has_token else ["modal.key", "modal.secret"]),
        *(["modal.app"] if known.app != APP else []),
        *(["modal.environment"] if known.environment is not None else []),
    ]


async def _authorized(modal: Modal, settings: Settings, url: str) -> Settings:
    """The settings with the address and a proxy token, as the user's file has them from now on."""
    known = settings.modal
    values = {"modal.endpoint_url": url, "modal.app": known.app}
    values["modal.environment"] = known.environment or ""
    names = changes(settings)
    if "modal.key" in names:
        values["modal.key"], values["modal.secret"] = await modal.new_proxy_token()
    target = files.target(project=False)
    for name in names:
        files.set_value(target, name, values[name])
    written = {name: values[name] for name in names}
    found = files.load(flags=written).settings.modal
    return settings.model_copy(update={"modal": found})


async def _ready(settings: Settings, plan: Plan, say: Say) -> None:
    """Wait for /health, then see that a canary grammar is enforced."""
    provider = ModalProvider(settings, say=say)
    await provider.ready(STARTUP_SECONDS, plan.digest)
    health = await provider.health()
    if not health.ready:
        raise ProviderError(health.detail)
    say(health.detail)


async def _tell_price(modal: Modal, gpu: Gpu, say: Say) -> None:
    """What Modal's price list says of a GPU, in its words."""
    try:
        rates = await modal.rates()
    except MazeError:
        return
    for line in rates.splitlines():
        if re.search(rf"\b{re.escape(gpu.name)}\b", line, re.IGNORECASE):
            say(f"Modal's prices: {' '.join(line.split())}")


async def _tell_log(modal: Modal, app: str, say: Say) -> None:
    try:
        lines = [line async for line in modal.logs(app, 1000)]
    except MazeError:
        return
    for line in "".join(lines).splitlines()[-SHOWN_LINES:]:
        say(f"  {line}")


async def status(settings: Settings) -> Running:
    """What runs now, without starting anything. Raises UsageError if it isn't deployed."""
    modal = Modal(settings.modal.environment)
    await modal.connect()
    return await modal.running(settings.modal.app)


async def stop(settings: Settings) -> None:
    """End the deployment. Raises UsageError if there is none."""
    modal = Modal(settings.modal.environment)
    await modal.connect()
    await modal.stop(settings.modal.app)


async def logs(settings: Settings, write: Say, *, lines: int, follow: bool) -> None:
    """What its containers wrote, the newest lines, and those that come."""
    modal = Modal(settings.modal.environment)
    await modal.connect()
    async for text in modal.logs(settings.modal.app, lines):
        write(text)
    if follow:
        async for text in modal.follow(settings.modal.app):
            write(text)


def settings_file() -> Path:
    """The file that a deployment writes to."""
    return files.target(project=False)
