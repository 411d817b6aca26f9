"""A clone made on Windows holds the same bytes, so that it builds the same dataset."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from lgrdata.reading.db import ROOT


def _git(folder: Path, *words: str) -> str:
    named = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    # As Git for Windows is set up: line ends become CR LF where a file is checked out.
    windows = ("-c", "core.autocrlf=true", "-c", "core.eol=crlf")
    done = subprocess.run(["git", *named, *windows, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def test_a_windows_clone_holds_the_same_bytes(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    for path in _git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines():
        if path.startswith((".gitattributes", "data/", "lgrdata/schema", "docs/pictures")) and (ROOT / path).is_file():
            (origin / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, origin / path)
    _git(origin, "init", "-q")
    _git(origin, "add", ".")
    _git(origin, "commit", "-q", "-m", "all")
    _git(tmp_path, "clone", "-q", str(origin), "clone")
    copied = [p.relative_to(origin) for p in origin.rglob("*") if p.is_file() and ".git" not in p.parts]
    assert len(copied) > 100
    assert [str(p) for p in copied if (origin / p).read_bytes() != (tmp_path / "clone" / p).read_bytes()] == []
