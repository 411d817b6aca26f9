"""One run at a time over a file or folder, by a lock beside it that the system frees if the process dies."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks; there one person builds at a time
    fcntl = None  # type: ignore[assignment]


@contextmanager
def lock(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of a file or folder, `.NAME.lock` beside it; removed when let go.

    BlockingIOError where `wait` is false and another holds it. A folder that cannot be written needs no lock: nothing
    in it can change.
    """
    file = path.with_name(f".{path.name}.lock")
    try:
        handle = _hold(file, wait)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EROFS):
            raise
        yield
        return
    try:
        yield
    finally:
        with suppress(OSError):
            file.unlink()
        os.close(handle)


def _hold(file: Path, wait: bool) -> int:
    while True:
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
        if fcntl is None:
            return handle
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Who held it before may have removed the file that this handle names: then the lock is of nothing.
            if os.stat(handle).st_ino == os.stat(file).st_ino:
                return handle
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
