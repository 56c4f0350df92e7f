"""The settings: tables, keys, types and defaults.

Every key has a `description`: what it accepts, in the words that an error message uses.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from maze.architecture import Precision
from maze.languages import LanguageName, Versions

Provider = Literal["local", "modal", "vllm", "sglang", "llamacpp", "openai", "anthropic"]
EngineName = Literal["local", "vllm"]
CacheType = Literal["auto", "fp8"]
ParserChoice = Literal["auto", "grammar", "tree-sitter", "toolchain"]
PythonVersion = Literal["3.10", "3.11", "3.12", "3.13", "3.14"]
RustEdition = Literal["2021", "2024"]
ZigVersion = Literal["0.15", "0.16", "0.17"]


def _http_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise ValueError("not an http address")
    # An address is shown in lists and errors; a password in it would be shown too.
    if parts.username is not None or parts.password is not None:
        raise ValueError("holds a user name or a password")
    return text


def _home_expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:  # `~name` of a user that doesn't exist
        raise ValueError(str(error)) from error


_LIMIT = 2**63  # TOML's whole numbers have 64 bits; others are as long as a file makes them

Name = Annotated[str, Field(min_length=1)]
Address = Annotated[str, AfterValidator(_http_address)]
Folder = Annotated[Path, AfterValidator(_home_expanded)]
Secret = Annotated[SecretStr, Field(min_length=1)]


class Table(BaseModel):
    """A table of settings. Values aren't converted: the string "5" is no number."""

    # hide_input_in_errors: pydantic's message would quote a value, and that may be a secret.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class Generation(Table):
    """How text is generated, whichever provider does it."""

    provider: Provider = Field(default="local", description="one of {choices}")
    model: Name | None = Field(default=None, description="the name of a model")
    language: LanguageName | None = Field(default=None, description="one of {choices}")
    temperature: float = Field(default=0.2, ge=0, le=100, description="a number from 0 to 100")
    top_p: float = Field(default=0.95, gt=0, le=1, description="a number above 0, at most 1")
    max_tokens: int = Field(default=1024, ge=1, lt=_LIMIT, description="a whole number, 1 or more")
    seed: int | None = Field(
        default=None, ge=0, lt=_LIMIT, description="a whole number, 0 or more, below 2^63"
    )
    timeout_seconds: float = Field(
        default=300, gt=0, allow_inf_nan=False, description="a number of seconds above 0"
    )
    retries: int = Field(default=2, ge=0, lt=_LIMIT, description="a whole number, 0 or more")
    # strict=False: a TOML array arrives as a list, and a frozen value holds a tuple.
    fallback: tuple[Provider, ...] = Field(
        default=(), strict=False, description="a list of {choices}"
    )


class Validation(Table):
    """Which parsers judge a text."""

    parser: ParserChoice = Field(default="auto", description="one of {choices}")
    python_version: PythonVersion | None = Field(default=None, description="one of {choices}")
    rust_edition: RustEdition = Field(default="2024", description="one of {choices}")
    zig_version: ZigVersion = Field(default="0.17", description="one of {choices}")

    @property
    def versions(self) -> Versions:
        """The versions that texts are written in."""
        return Versions(self.python_version, self.rust_edition, self.zig_version)


class Local(Table):
    """The provider that runs in this process."""

    model: Name = Field(default="nano", description="the name of a model")
    threads: int | None = Field(
        default=None, ge=1, le=1024, description="a whole number from 1 to 1024"
    )
    cache_dir: Folder | None = Field(default=None, strict=False, description="the path of a folder")


class Modal(Table):
    """The deployment on Modal; `key` and `secret` are its proxy token."""

    endpoint_url: Address | None = Field(
        default=None, description="an http:// or https:// address without user name and password"
    )
    key: Secret | None = Field(default=None, description="the key of a proxy token, as a string")
    secret: Secret | None = Field(
        default=None, description="the secret of a proxy token, as a string"
    )
    app: Name = Field(default="maze-inference", description="the name of a Modal app")
    environment: Name | None = Field(default=None, description="the name of a Modal environment")


class Endpoint(Table):
    """A server that speaks one of the known wire APIs."""

    endpoint_url: Address | None = Field(
        default=None, description="an http:// or https:// address without user name and password"
    )
    api_key: Secret | None = Field(default=None, description="an API key, as a string")


class Deploy(Table):
    """What `maze deploy` starts; a key that isn't set is chosen by the deployment."""

    model: Name | None = Field(default=None, description="the name of a model")
    gpu: Name | None = Field(default=None, description="the name of a GPU")
    quantization: Precision | None = Field(default=None, description="one of {choices}")
    kv_cache_dtype: CacheType = Field(default="auto", description="one of {choices}")
    concurrency: int = Field(default=2, ge=1, lt=_LIMIT, description="a whole number, 1 or more")
    secret: Name | None = Field(default=None, description="the name of a secret on Modal")
    reasoning_parser: Name | None = Field(
        default=None, description="vLLM's name of the parser for a model that thinks first"
    )
    max_model_len: int | None = Field(
        default=None, ge=1, lt=_LIMIT, description="a whole number, 1 or more"
    )
    min_containers: int | None = Field(
        default=None, ge=0, lt=_LIMIT, description="a whole number, 0 or more"
    )
    max_containers: int | None = Field(
        default=None, ge=1, lt=_LIMIT, description="a whole number, 1 or more"
    )
    scaledown_window: int | None = Field(
        default=None, ge=1, lt=_LIMIT, description="whole seconds, 1 or more"
    )
    timeout: int | None = Field(
        default=None, ge=1, lt=_LIMIT, description="whole seconds, 1 or more"
    )


class Serve(Table):
    """What `maze serve` starts, and where."""

    engine: EngineName = Field(default="local", description="one of {choices}")
    model: Name | None = Field(default=None, description="the name of a model")
    host: Name = Field(default="127.0.0.1", description="an address of this machine")
    port: int = Field(default=8000, ge=0, le=65535, description="a whole number from 0 to 65535")
    token: Secret | None = Field(default=None, description="what clients have to send, as a string")
    reasoning_parser: Name | None = Field(
        default=None, description="vLLM's name of the parser for a model that thinks first"
    )
    max_waiting: int = Field(default=256, ge=0, lt=_LIMIT, description="a whole number, 0 or more")


class Settings(Table):
    """All settings, each at its default unless a file, the environment or a flag says otherwise."""

    generation: Generation = Generation()
    validation: Validation = Validation()
    local: Local = Local()
    modal: Modal = Modal()
    vllm: Endpoint = Endpoint()
    sglang: Endpoint = Endpoint()
    llamacpp: Endpoint = Endpoint()
    openai: Endpoint = Endpoint()
    anthropic: Endpoint = Endpoint()
    deploy: Deploy = Deploy()
    serve: Serve = Serve()
