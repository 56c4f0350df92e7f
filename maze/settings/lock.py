"""A lock between processes that write the same file.

The system's own lock on a file beside it: it ends with its process, so none is ever stale. Not
the package filelock: its releases 3.20.4 to July 2026 let two processes in at once, because the
file of a lock was removed while others waited for it (github.com/tox-dev/filelock/issues/574).
Here whoever gets the lock looks whether its file is still there, and tries again if not.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def locked(
    path: Path, *, timeout_seconds: float = 30, pause_seconds: float = 0.01
) -> Iterator[None]:
    """Hold the lock of the file `path`. Raises TimeoutError if others keep it all that time."""
    file = path.with_name(f".{path.name}.lock")
    deadline = time.monotonic() + timeout_seconds
    while (descriptor := _try(file)) is None:
        if time.monotonic() > deadline:
            raise TimeoutError(f"others have kept writing it for {timeout_seconds:g} seconds")
        time.sleep(pause_seconds)
    try:
        yield
    finally:
        _release(file, descriptor)


def _try(file: Path) -> int | None:
    """The descriptor of the locked file, or None if another process has it."""
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except PermissionError:
        if sys.platform == "win32":  # another process is just removing it
            return None
        raise
    try:
        _lock(descriptor)
        if os.path.samestat(os.fstat(descriptor), file.stat()):
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error

    def _release(file: Path, descriptor: int) -> None:
        # Windows removes no open file, so this fails while another process waits with it.
        os.close(descriptor)
        with suppress(OSError):
            file.unlink()

else:

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(file: Path, descriptor: int) -> None:
        # In this order: once it is unlocked, the file of that name may be another's lock.
        with suppress(OSError):
            file.unlink()
        os.close(descriptor)
