"""Where a command may write: an ordinary file that it does not read as well."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lgrdata.models import LgrError


def refuse_output(path: Path, read: Iterable[Path] = ()) -> None:
    """LgrError where writing would put a file in place of a device or pipe, or of something the command reads."""
    if not path.exists():
        return
    if path.is_dir():
        raise LgrError(f"{path}: is a folder; name a file in it")
    if not path.is_file():
        raise LgrError(f"{path}: is no ordinary file, and writing would put one in its place; name a file")
    for source in read:
        if source.exists() and source.samefile(path):
            raise LgrError(f"{path}: is read by this command; name another file to write")
