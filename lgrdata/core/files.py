"""Files on disk: how a file or a folder comes to stand in its place, whole or not at all."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

from lgrdata.core.locks import lock

_EXCHANGE = 2
_AT_FDCWD = -100


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it appears whole or not at all, and durably; what stood there stays where it fails.

    It is written as `.NAME.writing` beside its place, which only a kill leaves behind, until the next writing.
    """
    with lock(path):
        working = path.with_name(f".{path.name}.writing")
        working.unlink(missing_ok=True)  # and made anew, so that no link laid there leads elsewhere
        try:
            with working.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(working, path)
        finally:
            working.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the entries of a folder durable, where the system opens folders at all."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def exchange_folder(new: Path, place: Path, old: Path) -> None:
    """Make the folder `new` stand at `place`: in one step where the system can, else by two renames by way of `old`.

    What stood at `place` is then at `new` or at `old`, for the caller to remove. A kill between the two renames leaves
    nothing at `place` and all of it at `old`: `restore_folder` puts it back.
    """
    if not place.exists():
        os.rename(new, place)
    elif not _exchange(new, place):
        os.rename(place, old)
        os.rename(new, place)


def restore_folder(place: Path, old: Path) -> bool:
    """Put back what `exchange_folder`, killed half-way, left at `old`; False where there was nothing to put back."""
    if place.exists() or not old.exists():
        return False
    os.rename(old, place)
    return True


def _exchange(a: Path, b: Path) -> bool:
    """Exchange two folders by the system's one call for it, which Python gives no name; False where it has none."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    if call(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(b))
