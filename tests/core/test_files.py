"""Locks and files: one at a time, whole or not at all, whatever is killed when."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lgrdata.core.files import exchange_folder, restore_folder, write_whole
from lgrdata.core.locks import lock
from lgrdata.reading.db import ROOT

HOLD = "import sys; from pathlib import Path; from lgrdata.core.locks import lock\n"
HOLD += "with lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"


def holder(path: Path) -> "subprocess.Popen[str]":
    """Another process that holds the lock of a path."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def test_a_lock_is_refused_while_held_and_freed_by_death(tmp_path: Path) -> None:
    for path in (tmp_path / "a file", tmp_path):
        other = holder(path)
        with pytest.raises(BlockingIOError), lock(path, wait=False):
            pass
        other.send_signal(signal.SIGKILL)
        other.communicate()
        with lock(path, wait=False):
            assert path.with_name(f".{path.name}.lock").exists()
        assert not path.with_name(f".{path.name}.lock").exists()


def test_a_file_waits_for_whoever_writes_it_and_follows_no_link(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "x.html", tmp_path / "elsewhere"
    elsewhere.write_text("kept")
    (tmp_path / ".x.html.writing").symlink_to(elsewhere)
    write_whole(path, b"first")
    assert (path.read_bytes(), elsewhere.read_text()) == (b"first", "kept")
    assert sorted(os.listdir(tmp_path)) == ["elsewhere", "x.html"]
    with pytest.raises(TypeError):
        write_whole(path, "no bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"first" and len(os.listdir(tmp_path)) == 2


def test_a_folder_is_exchanged_or_put_back(tmp_path: Path) -> None:
    new, place, old = (tmp_path / name for name in ("new", "place", "old"))
    for turn in ("1", "2"):
        new.mkdir(exist_ok=True)
        (new / "page").write_text(turn)
        exchange_folder(new, place, old)
        assert (place / "page").read_text() == turn
    left = new if new.exists() else old
    assert (left / "page").read_text() == "1"
    if left != old:
        left.rename(old)
    assert not restore_folder(place, old), "a place that stands is left alone"
    (place / "page").unlink()
    place.rmdir()
    assert restore_folder(place, old) and (place / "page").read_text() == "1"
