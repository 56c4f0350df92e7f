"""The door to Modal: its client, with errors of maze's and times that it keeps.

Needs the package `modal` (`maze[modal]`); nothing is imported before it is needed.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import importlib.util
import io
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from maze.deploy.plan import CHECKPOINTS, VARIABLE, Plan
from maze.errors import (
    AuthorizationError,
    InputError,
    ProviderError,
    SettingsError,
    UsageError,
)

if TYPE_CHECKING:
    import modal

T = TypeVar("T")

# The client itself would try for a minute.
REACH_SECONDS = 10
ANSWER_SECONDS = 60
CLASS = "MazeInferenceServer"
VOLUME = "maze-weights"
TOKEN_HINT = "`modal token new` makes one, or set `MODAL_TOKEN_ID` and `MODAL_TOKEN_SECRET`"


@dataclass(frozen=True, slots=True)
class Running:
    """A deployed app: how many containers there are now, and how many requests wait."""

    url: str
    containers: int
    waiting: int


class Modal:
    """One environment of a workspace, for one command."""

    def __init__(self, environment: str | None) -> None:
        self.environment = environment

    async def connect(self) -> None:
        """See that Modal is there and takes the credentials.

        Raises UsageError, AuthorizationError or ProviderError.
        """
        if importlib.util.find_spec("modal") is None:
            raise UsageError("Modal's client isn't installed", hint="`pip install 'maze[modal]'`")
        _imported()
        import modal
        from modal.config import config

        where = config["server_url"]
        with translated(where):
            try:
                async with asyncio.timeout(REACH_SECONDS):
                    client = await modal.Client.from_env.aio()
                    await client.hello.aio()  # type: ignore[no-untyped-call]
            except TimeoutError:
                raise _unreachable(where) from None

    async def rates(self) -> str:
        """The price list as Modal prints it for this workspace."""
        import modal

        workspace = modal.Workspace.from_context()
        return str(await self._asked(workspace.billing.rates.aio()))

    async def has(self, app: str) -> bool:
        """Whether an app of that name is deployed."""
        try:
            await self._app(app)
        except UsageError:
            return False
        return True

    async def upload(self, folder: Path, name: str) -> bool:
        """A checkpoint into the volume of weights; False if it is there already.

        Its folder there has a name of its contents: what runs keeps what it was started with.
        """
        import modal

        volume = modal.Volume.from_name(
            VOLUME, environment_name=self.environment, create_if_missing=True
        )
        await self._asked(volume.hydrate.aio())
        target = f"/{Path(CHECKPOINTS).name}/{name}"
        try:
            there = await self._asked(volume.listdir.aio(target))
        except UsageError:
            there = []
        files = sorted(path for path in folder.iterdir() if path.is_file())
        if {Path(entry.path).name for entry in there} >= {path.name for path in files}:
            return False
        with translated():
            async with volume.batch_upload.aio(force=True) as batch:
                for path in files:
                    batch.put_file(path, f"{target}/{path.name}")
        return True

    async def deploy(self, plan: Plan, *, verbose: bool) -> str:
        """Build the image and publish the app; returns its address."""
        import modal

        module = deployment(plan)
        app: modal.App = module.app
        # Modal writes its progress to standard output, which is for results.
        progress = sys.stderr if verbose else io.StringIO()
        with translated(), redirect_stdout(progress), modal.enable_output():
            await app.deploy.aio(name=plan.app, environment_name=self.environment)
        return await self._url(plan.app)

    async def new_proxy_token(self) -> tuple[str, str]:
        """A key and a secret that Modal's proxy lets in."""
        import modal

        workspace = modal.Workspace.from_context()
        made = await self._asked(workspace.proxy_tokens.create.aio(name="maze"))
        return made.token_id, made.token_secret

    async def running(self, app: str) -> Running:
        """What runs now; nothing is started by it. Raises UsageError if the app isn't deployed."""
        await self._app(app)
        url = await self._url(app)
        method = (await self._class(app))().web
        stats = await self._asked(method.get_current_stats.aio())
        return Running(url, stats.num_total_runners, stats.backlog)

    async def stop(self, app: str) -> None:
        """End the app and its containers. Raises UsageError if it isn't deployed."""
        found = await self._app(app)
        await self._asked(found.stop.aio())

    async def logs(self, app: str, lines: int) -> AsyncIterator[str]:
        """The newest lines that its containers wrote."""
        found = await self._app(app)
        with translated():
            async for entry in found.logs.tail.aio(lines):
                yield entry.message

    async def follow(self, app: str) -> AsyncIterator[str]:
        """Lines as they come, until the app is stopped."""
        found = await self._app(app)
        with translated():
            async for entry in found.logs.stream.aio():
                yield entry.message

    async def _app(self, name: str) -> modal.App:
        import modal

        return await self._asked(modal.App.lookup.aio(name, environment_name=self.environment))

    async def _class(self, app: str) -> Any:
        import modal

        found = modal.Cls.from_name(app, CLASS, environment_name=self.environment)
        await self._asked(found.hydrate.aio())
        return found

    async def _url(self, app: str) -> str:
        method = (await self._class(app))().web
        await self._asked(method.hydrate.aio())
        url = await self._asked(method.get_web_url.aio())
        if url is None:
            raise ProviderError(f"`{app}` has no address")
        return str(url)

    async def _asked(self, work: Awaitable[T]) -> T:
        with translated():
            try:
                return await asyncio.wait_for(work, ANSWER_SECONDS)
            except TimeoutError:
                raise ProviderError(
                    f"Modal didn't answer within {ANSWER_SECONDS} seconds"
                ) from None


def _imported() -> None:
    """Import Modal's client, which reads its configuration meanwhile. Raises SettingsError."""
    with redirect_stdout(io.StringIO()):  # where it says that it is broken
        try:
            importlib.import_module("modal")
        except Exception as error:
            # Its errors can't be imported either.
            if type(error).__name__ != "InvalidError":
                raise
            hint = "correct it, or `modal token new` writes it anew"
            raise SettingsError(" ".join(str(error).split()), hint=hint) from error


@contextmanager
def translated(where: str = "Modal") -> Iterator[None]:
    """Errors of Modal's client as errors of maze."""
    from modal import exception

    try:
        yield
    except exception.AuthError as error:
        if "missing" in str(error).lower():
            raise AuthorizationError("there is no token of Modal's", hint=TOKEN_HINT) from error
        raise AuthorizationError("Modal refuses the token", hint=TOKEN_HINT) from error
    except exception.PermissionDeniedError as error:
        raise AuthorizationError(f"Modal refuses: {_line(error)}") from error
    except exception.NotFoundError as error:
        raise UsageError(_line(error)) from error
    except exception.ConnectionError as error:
        raise _unreachable(where) from error
    except exception.Error as error:
        raise ProviderError(f"Modal failed: {_line(error)}") from error


def _unreachable(where: str) -> ProviderError:
    return ProviderError(
        f"{where} can't be reached", hint="is there a network, and a proxy before it?"
    )


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def content_name(folder: Path, name: str) -> str:
    """The name of a checkpoint, and a hash of what is in it. Raises InputError."""
    digest = hashlib.sha256()
    try:
        for path in sorted(each for each in folder.iterdir() if each.is_file()):
            with path.open("rb") as file:
                digest.update(f"{path.name}\0".encode())
                digest.update(hashlib.file_digest(file, "sha256").digest())
    except OSError as error:
        raise InputError(f"`{folder}` can't be read: {error.strerror}") from error
    return f"{name}-{digest.hexdigest()[:12]}"


def deployment(plan: Plan) -> ModuleType:
    """`deployment/modal_app.py`, as it is with this plan."""
    path = _deployment_file()
    spec = importlib.util.spec_from_file_location("modal_app", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where Modal looks for what a class is in
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = plan.text()
    try:
        spec.loader.exec_module(module)
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
    return module


def _deployment_file() -> Path:
    """In the wheel inside the package, in a checkout beside it."""
    package = Path(__file__).parents[1]
    candidates = (package / "deployment", package.parent / "deployment")
    return next(each for each in candidates if each.is_dir()) / "modal_app.py"
