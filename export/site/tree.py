"""The folder of a site: built beside the old one, then exchanged with it in one step.

What is promised: at every moment DIR holds one whole site, the old or the new. Pages are written into `.NAME.building`
in the same folder as DIR; only when all stand, with their manifest, are the two folders exchanged (one system call
where the system has it; elsewhere two renames, and a run killed between them is put right by the next). A killed run
leaves the old site untouched and is taken up where it stopped. Files in DIR that are not the site's are kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from lgrdata.core.files import exchange_folder, restore_folder, write_whole
from lgrdata.core.locks import lock
from lgrdata.core.models import LgrError

MANIFEST = "manifest.json"
FORMAT = "lgr-site"
PROGRESS = ".progress"


@dataclass(frozen=True)
class SiteFile:
    """A file of the site: hash and size of its bytes, and of what it was made from."""

    sha256: str
    bytes: int
    key: str


def entry_of(content: bytes, key: str) -> SiteFile:
    """What is noted of a file: hash and size of its content, and the key it was made from."""
    return SiteFile(hashlib.sha256(content).hexdigest(), len(content), key)


@dataclass(frozen=True)
class Tree:
    """DIR, and the folders beside it in which a new site is built and the old one is put away."""

    root: Path

    @property
    def building(self) -> Path:
        return self.root.with_name(f".{self.root.name}.building")

    @property
    def old(self) -> Path:
        return self.root.with_name(f".{self.root.name}.old")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One run at a time; LgrError where another is at work. Freed by the system if a run dies."""
        with ExitStack() as held:
            try:
                held.enter_context(lock(self.root, wait=False))
            except BlockingIOError:
                raise LgrError(f"{self.root}: another run is building this site; wait for it") from None
            yield

    def recover(self) -> None:
        """Put right what a run killed in the middle of an exchange left."""
        if not restore_folder(self.root, self.old) and self.old.exists():
            shutil.rmtree(self.old)

    def check(self) -> None:
        """LgrError where DIR holds other things and no site, so that nothing is mixed into a folder by mistake."""
        if self.root.exists() and not (self.root / MANIFEST).is_file() and any(self.root.iterdir()):
            raise LgrError(f"{self.root}: holds other files and no site of this tool; name a new or empty folder")
        if (self.root / MANIFEST).is_file():
            read_manifest(self.root / MANIFEST)

    def published(self) -> dict[str, SiteFile]:
        """The files of the site that stands, those that are missing or were changed left out."""
        path = self.root / MANIFEST
        return _sound(self.root, read_manifest(path)) if path.is_file() else {}

    def begun(self) -> dict[str, SiteFile]:
        """The files that a run killed earlier had finished."""
        found: dict[str, SiteFile] = {}
        try:
            lines = (self.building / PROGRESS).read_text(encoding="utf-8").splitlines()
        except OSError:
            return {}
        for line in lines:
            with suppress(ValueError, KeyError, TypeError):  # the last line may be cut
                row = json.loads(line)
                found[str(row["path"])] = SiteFile(str(row["sha256"]), int(row["bytes"]), str(row["key"]))
        return _sound(self.building, found)

    def note(self, done: Mapping[str, SiteFile]) -> None:
        """Write down finished files, so that a killed run can be taken up."""
        with (self.building / PROGRESS).open("a", encoding="utf-8") as file:
            for path, entry in done.items():
                file.write(json.dumps({"path": path, **vars(entry)}) + "\n")

    def adopt(self, paths: Mapping[str, SiteFile]) -> None:
        """Take unchanged files of the site that stands into the new one, as the same file where the system allows."""
        for path in paths:
            _link(self.root / path, self.building / path)

    def publish(self, manifest: bytes, entries: Mapping[str, SiteFile]) -> None:
        """Make the new site stand in DIR. Everything of `entries` must be in the building folder."""
        (self.building / PROGRESS).unlink(missing_ok=True)
        self._drop_leftovers(entries)
        self._keep_foreign(entries)
        write_whole(self.building / MANIFEST, manifest)
        os.sync()
        exchange_folder(self.building, self.root, self.old)
        for left in (self.building, self.old):
            shutil.rmtree(left, ignore_errors=True)

    def _drop_leftovers(self, entries: Mapping[str, SiteFile]) -> None:
        for path in sorted(self.building.rglob("*"), reverse=True):
            name = path.relative_to(self.building).as_posix()
            if path.is_dir() and not path.is_symlink():
                with suppress(OSError):
                    path.rmdir()
            elif name not in entries:
                path.unlink()

    def _keep_foreign(self, entries: Mapping[str, SiteFile]) -> None:
        """Files in DIR that no run made (CNAME, .git ...) go along."""
        if not self.root.exists():
            return
        path = self.root / MANIFEST
        ours = {MANIFEST, *(read_manifest(path) if path.is_file() else {})}
        for found in sorted(self.root.rglob("*")):
            name = found.relative_to(self.root).as_posix()
            if found.is_dir() and not found.is_symlink():
                if not any(found.iterdir()):
                    (self.building / name).mkdir(parents=True, exist_ok=True)
            elif name not in ours and name not in entries:
                _link(found, self.building / name)


def read_manifest(path: Path) -> dict[str, SiteFile]:
    """The files that a manifest lists. LgrError where it is not one of this tool."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["format"] != FORMAT:
            raise ValueError
        return {
            str(name): SiteFile(str(row["sha256"]), int(row["bytes"]), str(row["key"]))
            for name, row in held["files"].items()
            if not Path(name).is_absolute() and ".." not in Path(name).parts
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        raise LgrError(f"{path}: is not the manifest of a site of this tool; name another folder") from None


def manifest_bytes(entries: Mapping[str, SiteFile], **about: str) -> bytes:
    """The manifest: what the site was made from, and every file with its hash and size."""
    listed = {name: vars(entry) for name, entry in sorted(entries.items())}
    return (json.dumps({"format": FORMAT, **about, "files": listed}, indent=1, ensure_ascii=False) + "\n").encode()


def _sound(folder: Path, entries: Mapping[str, SiteFile]) -> dict[str, SiteFile]:
    """Those whose bytes are as they were written."""
    out = {}
    for name, entry in entries.items():
        try:
            with (folder / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() == entry.sha256:
                    out[name] = entry
        except OSError:
            continue
    return out


def _link(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    new.unlink(missing_ok=True)
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)
