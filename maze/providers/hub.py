"""Facts about models on the hub, read when a model is named that maze doesn't know."""

from __future__ import annotations

import os
from collections.abc import Mapping

import httpx

from maze.errors import AuthorizationError, ModelError, ProviderError

HUB = "https://huggingface.co"
SECONDS = 10


def config(repository: str, environ: Mapping[str, str] = os.environ) -> dict[str, object]:
    """A model's `config.json`; HF_ENDPOINT and HF_TOKEN are the hub's own variables.

    Raises AuthorizationError, ModelError or ProviderError.
    """
    hub = environ.get("HF_ENDPOINT", HUB).rstrip("/")
    token = environ.get("HF_TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    address = f"{hub}/{repository}/resolve/main/config.json"
    try:
        answer = httpx.get(address, headers=headers, timeout=SECONDS, follow_redirects=True)
    except httpx.HTTPError as error:
        raise ProviderError(
            f"the facts of `{repository}` can't be read from {hub}: {error}",
            hint="the models that maze knows need no network",
        ) from error
    if answer.status_code in (401, 403):
        raise AuthorizationError(
            f"{hub} doesn't show `{repository}`",
            hint="there may be no such model, or set `HF_TOKEN` to a token that may read it",
        )
    if answer.status_code != 200:
        raise ModelError(f"{hub} has no `config.json` of `{repository}` ({answer.status_code})")
    try:
        found = answer.json()
    except ValueError as error:
        raise ModelError(f"the `config.json` of `{repository}` is no JSON") from error
    if not isinstance(found, dict):
        raise ModelError(f"the `config.json` of `{repository}` is no JSON object")
    return found
