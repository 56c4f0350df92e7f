"""Values of settings: parsed from text, checked, and shown without giving away a secret."""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import suppress
from pathlib import Path

from pydantic import SecretStr, ValidationError

from maze.errors import SettingsError
from maze.settings.keys import TABLES, Key

# As a file, a variable or a flag holds it.
Plain = str | int | float | list[str]
# As the program holds it; None: not set.
Value = str | int | float | Path | SecretStr | tuple[str, ...] | None

MASK = "********"
_INTEGER = re.compile(r"[+-]?[0-9]+(?:_[0-9]+)*")


def parse(key: Key, text: str) -> Plain:
    """`text` as a value of the key's kind; left as text where it is none, for `check` to refuse.

    A list is written `a, b` or as TOML, `["a", "b"]`.
    """
    with suppress(ValueError):
        if key.kind == "integer" and _INTEGER.fullmatch(text.strip()):
            return int(text)
        if key.kind == "number":
            return float(text)
    if key.kind == "list":
        return _parse_list(text)
    return text


def _parse_list(text: str) -> Plain:
    if not text.strip().startswith("["):
        return [item.strip() for item in text.split(",")] if text.strip() else []
    try:
        value: object = tomllib.loads(f"value = {text.strip()}")["value"]
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, list) else text


def check(key: Key, raw: object, *, hint: str, where: str = "", subject: str | None = None) -> None:
    """Raise SettingsError unless `raw` is a value that `key` takes.

    `where` says where it was found and goes on like ` in FILE, line 3`; `subject` is what the
    user calls the key there, as `--seed`; `hint` is what to do about it.
    """
    try:
        TABLES[key.table].model_validate({key.name: raw})
    except ValidationError:
        # Not chained: pydantic's own error knows the value, and that may be a secret.
        raise SettingsError(
            f"wrong value for `{subject or key}`{where}: "
            f"expected {key.accepts}, but it is {described(key, raw)}",
            hint=hint,
        ) from None


def example(key: Key) -> str:
    """A hint with a value that the key takes."""
    default: Value = TABLES[key.table].model_fields[key.name].default
    text = as_text(default)
    return f"its default is `{text}`" if text else f"`maze config unset {key}` leaves it open"


_KINDS = {
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    list: "list",
    dict: "table",
}


def described(key: Key | None, raw: object) -> str:
    """What was found instead: its kind, and itself if it is short and can't hold a secret."""
    if raw == "":
        return "empty"
    kind = _KINDS.get(type(raw), "date or time")
    if not isinstance(raw, str | int | float) or key is None or key.secret:
        return f"a {kind}"
    if isinstance(raw, int) and raw.bit_length() > 64:  # Python won't write thousands of digits
        return f"another {kind}"
    text = json.dumps(raw, ensure_ascii=False)
    if not text.isprintable() or len(text) > 60 or ("@" in text and key.name == "endpoint_url"):
        return f"another {kind}"
    return f"the {kind} {text}"


def as_text(value: Value) -> str:
    """The value as `maze config set` takes it; empty if it isn't set."""
    plain = as_plain(value)
    if isinstance(plain, list):
        return ",".join(plain)
    return "" if plain is None else str(plain)


def as_plain(value: Value) -> Plain | None:
    """The value as JSON and TOML have it, secrets masked."""
    match value:
        case SecretStr():
            return MASK
        case Path():
            return str(value)
        case tuple():
            return list(value)
        case float() if value.is_integer():
            return int(value)
        case _:
            return value


def as_toml(value: Value) -> str:
    """The value in TOML, in one line; each JSON value but null is TOML as well."""
    return json.dumps(as_plain(value), ensure_ascii=False)
