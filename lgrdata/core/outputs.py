"""Where a command may write: an ordinary file that it does not read as well, and that is not the dataset's own."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path

from lgrdata.core.files import write_whole
from lgrdata.core.models import LgrError

PROJECT = Path(__file__).resolve().parents[2]
_PROGRAM = ("lgrdata", "export", "pages", "tests", "docs", ".streamlit")
_INPUT = ("tables", "boundaries", "metadata.json", "README.md", "lgr.db", "lgr.db.built")
"""What a folder of a dataset holds."""

_ADVICE = {
    errno.ENOSPC: "the disk is full; make room on it, or write to another",
    errno.EDQUOT: "your share of the disk is used up; remove something of yours, or write to another disk",
    errno.EROFS: "this disk can be read but not written; write to another",
    errno.EACCES: "you may not write here; choose a folder of your own, or ask whoever owns this one",
    errno.EPERM: "you may not write here; choose a folder of your own, or ask whoever owns this one",
}


class CannotWrite(LgrError):
    """The disk took no more, or nothing."""


def advice(fault: OSError) -> str:
    """What went wrong when writing, and how to mend it where that is known."""
    return _ADVICE.get(fault.errno or 0, fault.strerror or str(fault))


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


def refuse_output(path: Path, read: Iterable[Path] = ()) -> None:
    """LgrError where writing would put a file in place of a device or pipe, of something the command reads, or of the
    project's own program and tables. The first of `read` is the dataset."""
    read = list(read)
    refuse_own(path, read[0] if read else None)
    if not path.exists():
        return
    if path.is_dir():
        raise LgrError(f"{path}: is a folder; name a file in it")
    if not path.is_file():
        raise LgrError(f"{path}: is no ordinary file, and writing would put one in its place; name a file")
    for source in read:
        if source.exists() and source.samefile(path):
            raise LgrError(f"{path}: is read by this command; name another file to write")


def refuse_own(path: Path, database: Path | None = None) -> None:
    """LgrError where a path is, or lies in, what the dataset is built from or the program consists of."""
    wanted = path.resolve()
    homes = [PROJECT / "data", *([database.resolve().parent] if database is not None else [])]
    built = [home / name for home in homes if (home / "tables").is_dir() for name in _INPUT]
    for own in (*built, *(PROJECT / name for name in _PROGRAM)):
        if wanted.is_relative_to(own):
            raise LgrError(f"{path}: {own.name} is part of the project itself; write somewhere else")
    if wanted.parent == PROJECT and wanted.is_file() and wanted.suffix in (".py", ".toml", ".md", ".txt"):
        raise LgrError(f"{path}: is part of the project itself; name another file to write")


def write_output(path: Path, content: bytes) -> None:
    """`write_whole` for a place that the user named: CannotWrite, in one line, where it fails."""
    try:
        write_whole(path, content)
    except OSError as fault:
        raise CannotWrite(f"{path}: cannot be written: {advice(fault)}") from None
