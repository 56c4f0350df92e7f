"""A file that is written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from types import TracebackType

from maze.errors import OutputError


class OutputFile:
    """Opened before the work begins, so that a place that can't be written is refused at once.

    The text goes to a temporary file beside the target and takes its place in one step. A device
    or a pipe that is already there is written directly. Symbolic links stay links.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._temporary: Path | None = None
        try:
            self._target = path.resolve()
            self._reserve()
        except OSError as error:
            self._discard()
            raise self._error(error) from error
        except RuntimeError as error:  # Python before 3.13 says so of links in a circle
            raise self._error(OSError(None, "its links go round in a circle")) from error

    def write(self, text: str) -> None:
        """Put the text in place."""
        try:
            if self._temporary is None:
                self.path.write_text(text, encoding="utf-8", newline="")
                return
            with self._temporary.open("w", encoding="utf-8", newline="") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            self._temporary.replace(self._target)
            self._temporary = None
        except OSError as error:
            raise self._error(error) from error

    def __enter__(self) -> OutputFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._discard()

    def _discard(self) -> None:
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)

    def _reserve(self) -> None:
        mode = 0o666 & ~_umask()
        if self.path.exists():
            found = self.path.stat().st_mode
            if stat.S_ISDIR(found):
                raise IsADirectoryError(None, "it is a directory")
            if not os.access(self.path, os.W_OK):
                raise PermissionError(None, "permission denied")
            if not stat.S_ISREG(found):
                return
            mode = stat.S_IMODE(found)
        handle, name = tempfile.mkstemp(dir=self._target.parent, prefix=".maze-", suffix=".tmp")
        os.close(handle)
        self._temporary = Path(name)
        self._temporary.chmod(mode)

    def _error(self, error: OSError) -> OutputError:
        return OutputError(
            f"can't write `{self.path}`: {(error.strerror or str(error)).lower()}",
            hint="name a file in a folder that exists and that you may write to",
        )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
