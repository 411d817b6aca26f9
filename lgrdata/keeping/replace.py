"""Replacing a set of files so that a kill at any moment loses nothing.

Every new file is written and made durable in a staging folder; renaming that folder is the one moment that decides.
Killed before it: the old files stand and the staging folder is thrown away. Killed after it: the next `build`, `dump`
or start of the app moves the rest into place (`recover`). Each single file is whole at every moment.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from lgrdata.core.files import sync_folder, write_whole

STAGING = ".dump-staging"
READY = ".dump-ready"
PLAN = "plan.json"


def replace_files(folder: Path, files: Mapping[str, bytes], removed: Iterable[str]) -> None:
    """Put `files` (content by relative path) into `folder` and take `removed` away, as one step."""
    staging = folder / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    for number, content in enumerate(files.values()):
        write_whole(staging / str(number), content)
    plan = {"files": list(files), "removed": sorted(removed)}
    write_whole(staging / PLAN, json.dumps(plan).encode())
    os.rename(staging, folder / READY)
    sync_folder(folder)
    _finish(folder)


def _finish(folder: Path) -> None:
    ready = folder / READY
    plan = json.loads((ready / PLAN).read_text(encoding="utf-8"))
    for number, name in enumerate(plan["files"]):
        target = folder / name
        staged = ready / str(number)
        if staged.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged, target)
            sync_folder(target.parent)
    for name in plan["removed"]:
        (folder / name).unlink(missing_ok=True)
    # The plan goes first to a name that no one reads, so that half a removed folder is never taken for a plan.
    os.replace(ready, folder / STAGING)
    shutil.rmtree(folder / STAGING, ignore_errors=True)


def pending(folder: Path) -> bool:
    """True where a dump was killed after its deciding moment, so that files wait to be moved."""
    return (folder / READY).exists()


def recover(folder: Path) -> None:
    """Finish a replacement that was killed half-way, if there is one. Callers hold the lock of the tables."""
    if pending(folder):
        shutil.rmtree(folder / STAGING, ignore_errors=True)
        _finish(folder)
