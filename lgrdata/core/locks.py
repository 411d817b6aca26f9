"""One run at a time over a file or folder, by a lock beside it that the system frees if the process dies."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def lock(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of a file or folder, `.NAME.lock` beside it; removed when let go.

    BlockingIOError where `wait` is false and another holds it. A folder that cannot be written needs no lock: nothing
    in it can change.
    """
    file = path.with_name(f".{path.name}.lock")
    held = FileLock(file, blocking=wait)
    try:
        # Asked first: filelock makes missing folders, and tries for ever where no file can be made at all.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o644))
        held.acquire()
    except Timeout:
        raise BlockingIOError(errno.EWOULDBLOCK, "another process holds the lock", str(file)) from None
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EROFS):
            raise
        yield
        return
    try:
        yield
    finally:
        # Before it is let go: whoever waits finds that the file it opened is gone, and asks again.
        with suppress(OSError):
            file.unlink()
        held.release()
