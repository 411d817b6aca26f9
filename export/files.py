"""Files on disk: each appears whole or not at all, and every fault is one line."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from lgrdata.core.models import LgrError
from lgrdata.core.outputs import advice, refuse_output, refuse_own

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+\-−]?[£]?[\d,]+(\.\d+)?(e[+\-]?\d+)?%?", re.ASCII | re.IGNORECASE)


class CannotWrite(LgrError):
    """The disk took no more, or nothing."""


def checked_output(path: Path, *, folder: bool = False, read: Iterable[Path] = ()) -> Path:
    """A place to write as the user named it. LgrError where it climbs with `..`, or cannot be one, or is one of
    the files that the command reads.

    A name typed with `..` is refused, since files are given such names by mistake or by others' links; the full path
    says the same thing openly.
    """
    if ".." in path.parts:
        raise LgrError(f"{path}: climbs out of its folder with ..; give the full path instead")
    if not path.name:
        raise LgrError(f"{path}: name a {'folder' if folder else 'file'} to write")
    if folder and path.exists() and not path.is_dir():
        raise LgrError(f"{path}: is a file; name a folder")
    if not path.absolute().parent.is_dir():
        raise LgrError(f"{path}: there is no folder {path.absolute().parent}; make it first")
    if folder:
        refuse_own(path, next(iter(read), None))
    else:
        refuse_output(path, read)
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it appears whole or not at all; what stood there stays where it fails, with LgrError."""
    working: str | None = None
    try:
        handle, working = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(working, 0o666 & ~_umask())
        os.replace(working, path)
    except OSError as fault:
        raise CannotWrite(f"{path}: cannot be written: {advice(fault)}") from None
    finally:
        if working is not None:
            Path(working).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV. Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers do not."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([defused(cell) for cell in head])
    writer.writerows([[defused(cell) for cell in row] for row in rows])
    return out.getvalue()


def defused(cell: object) -> str:
    """A cell as text that no spreadsheet runs; control characters are dropped."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell)
    text = "".join(
        c for c in cell if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127 and not 0xD800 <= ord(c) <= 0xDFFF)
    )
    if text.lstrip(" ").startswith(_FORMULA) and not _NUMBER.fullmatch(text.strip()):
        return f"'{text}"
    return text
