"""The import lines a synthetic program needs, found from the names it uses."""

from __future__ import annotations

import re

PYTHON_MODULES = (  # noqa: SIM905
    "argparse|asyncio|base64|bisect|collections|copy|csv|datetime|functools|hashlib|heapq"
    "|itertools|json|logging|math|operator|os|random|re|secrets|shutil|socket|sqlite3"
    "|statistics|string|subprocess|sys|tempfile|threading|time|urllib.request|urllib.parse"
    "|uuid|zipfile"
).split("|")
PYTHON_NAMES = {
    name: module
    for module, names in {
        "abc": "ABC abstractmethod",
        "collections": "Counter defaultdict deque namedtuple",
        "collections.abc": "Callable Iterable Iterator",
        "concurrent.futures": "ThreadPoolExecutor",
        "contextlib": "contextmanager",
        "dataclasses": "dataclass field",
        "datetime": "date timedelta",
        "decimal": "Decimal",
        "enum": "Enum",
        "fractions": "Fraction",
        "functools": "lru_cache partial reduce wraps",
        "http.server": "BaseHTTPRequestHandler HTTPServer",
        "pathlib": "Path",
        "threading": "Lock",
        "typing": "NamedTuple Protocol",
    }.items()
    for name in names.split()
}
GO_PATHS = (  # noqa: SIM905
    "bufio|bytes|context|encoding/base64|encoding/csv|encoding/hex|encoding/json|errors|flag"
    "|fmt|io|log|math|math/rand|net/http|os|os/exec|os/signal|path/filepath|regexp|sort"
    "|strconv|strings|sync|sync/atomic|time|unicode|crypto/sha256|crypto/md5|container/heap"
    "|net/url|html/template|slices|maps"
).split("|")


def _uses(pattern: str, code: str) -> bool:
    return re.search(rf"(?<![\w.\"']){pattern}", code) is not None


def _python(code: str) -> str:
    used = [name for name in PYTHON_MODULES if _uses(rf"{re.escape(name)}\.\w", code)]
    lines = [f"import {name}" for name in used]
    wanted: dict[str, list[str]] = {}
    for name, module in PYTHON_NAMES.items():
        if re.search(rf"(?<![\w.\"'])@?{name}\b(?!\s*[:=]\s)(?!\"|')", code) and name not in _bound(
            code
        ):
            wanted.setdefault(module, []).append(name)
    lines += [
        f"from {module} import {', '.join(sorted(names))}"
        for module, names in sorted(wanted.items())
    ]
    separator = "\n\n\n" if re.match(r"(?:def|class|@|async)", code) else "\n\n"
    return "\n".join(lines) + separator + code if lines else code


def _bound(code: str) -> set[str]:
    """Names that are parameters, targets or loop variables, so no import is meant."""
    return set(
        re.findall(
            r"(?:\bfor |, |\(|^\s*)(field|date|partial|reduce)(?=\s*(?::|,|\)| in | = ))", code
        )
    )


def _go(code: str) -> str:
    if code.startswith("package "):
        return code
    used = [
        path
        for path in GO_PATHS
        if re.search(rf"(?<![\w.\"]){path.rsplit('/', 1)[-1]}\.[A-Z]", code)
    ]
    if len(used) == 1:
        return f'package main\n\nimport "{used[0]}"\n\n{code}'
    block = (
        "import (\n" + "".join(f'\t"{path}"\n' for path in sorted(used)) + ")\n\n" if used else ""
    )
    return f"package main\n\n{block}{code}"


def _zig(code: str) -> str:
    return (
        'const std = @import("std");\n\n' + code
        if "std." in code and "@import" not in code
        else code
    )


def with_imports(language: str, code: str) -> str:
    return {"python": _python, "go": _go, "zig": _zig}.get(language, str)(code)
