"""Output to any terminal or pipe, and files that a command must not write over."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from drawn import Tiny

from lgrdata.core.models import LgrError
from lgrdata.core.outputs import advice, refuse_output
from lgrdata.reading.db import ROOT


def _run(db: Path, *words: str, shell: str = "", **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "lgrdata", *words]
    if shell:
        command = ["sh", "-c", f'"$0" "$@" {shell}', *command]
    return subprocess.run(command, cwd=ROOT, capture_output=True, env={**os.environ, "LGR_DB": str(db), **env})


@pytest.mark.parametrize(
    "encoding", ["ascii", *(pytest.param(e, marks=pytest.mark.slow) for e in ("ascii:surrogateescape", "latin-1"))]
)
def test_a_terminal_that_lacks_characters_still_gets_everything(encoding: str, tiny_db: Path) -> None:
    plain = _run(tiny_db, "effects", "squares", "squares-2ua", PYTHONIOENCODING=encoding)
    assert (plain.returncode, plain.stderr) == (0, b"") and b"residents" in plain.stdout
    told = _run(tiny_db, "proposals", "--json", PYTHONIOENCODING=encoding)
    assert told.returncode == 0 and json.loads(told.stdout.decode(encoding.partition(":")[0]))
    full = _run(tiny_db, "calibrate", "--json", PYTHONIOENCODING=encoding)
    assert json.loads(full.stdout.decode(encoding.partition(":")[0])) == json.loads(
        _run(tiny_db, "calibrate", "--json").stdout
    )


def test_a_closed_or_full_output_is_one_line_and_a_closed_error_stream_prints_nowhere(tiny_db: Path) -> None:
    closed = _run(tiny_db, "areas", shell=">&-")
    assert closed.returncode == 1 and len(closed.stderr.splitlines()) == 1 and b"closed" in closed.stderr
    full = _run(tiny_db, "areas", "--json", shell=">/dev/full")
    assert full.returncode == 1 and len(full.stderr.splitlines()) == 1 and b"the disk is full; make room" in full.stderr
    silent = _run(tiny_db, "effects", "nowhere", "today", shell="2>&-")
    assert (silent.returncode, silent.stdout) == (1, b"")


def test_only_ordinary_files_that_are_not_read_are_written_over(tmp_path: Path, tiny_db: Path) -> None:
    pipe, source = tmp_path / "pipe", tmp_path / "in.csv"
    os.mkfifo(pipe)
    source.write_text("code,council\n")
    for path in (Path("/dev/null"), pipe):
        with pytest.raises(LgrError, match="no ordinary file"):
            refuse_output(path)
    with pytest.raises(LgrError, match="is a folder"):
        refuse_output(tmp_path)
    with pytest.raises(LgrError, match="is read by this command"):
        refuse_output(tmp_path / "." / "in.csv", [source])
    refuse_output(tmp_path / "new.csv", [source])
    for target in (str(tiny_db), str(pipe)):
        done = _run(tiny_db, "options", "squares", "--csv", target)
        assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and done.stdout == b""
    assert pipe.is_fifo() and _run(tiny_db, "areas").returncode == 0


def test_the_project_s_own_files_are_never_written_over(tmp_path: Path, tiny_tables: Tiny) -> None:
    """`-o data/tables/area.csv` once replaced a table by a snapshot."""
    before = {p: p.read_bytes() for p in sorted(tiny_tables.data.rglob("*")) if p.is_file()}
    table = tiny_tables.data / "tables" / "area.csv"
    targets = [table, table.with_name("new.csv"), tiny_tables.data / "lgr.db.built", tiny_tables.data / "metadata.json"]
    (tmp_path / "by-another-name").symlink_to(tiny_tables.data / "boundaries")
    targets += [next((tmp_path / "by-another-name").iterdir()), ROOT / "data" / "lgr.db", ROOT / "data" / "README.md"]
    targets += [ROOT / "lgrdata" / "schema.sql", ROOT / "app.py", ROOT / "docs" / "running.md"]
    for target in targets:
        with pytest.raises(LgrError, match="part of the project itself"):
            refuse_output(target, [tiny_tables.db])
    for module, *words in (
        ("export", "snapshot", "squares", "squares-2ua", "-o", str(table)),
        ("export", "compare", "squares", "today", "squares-2ua", "-o", str(tiny_tables.data / "metadata.json")),
        ("export", "site", "-o", str(tiny_tables.data / "tables")),
        ("lgrdata", "options", "squares", "--csv", str(table)),
    ):
        done = subprocess.run(
            [sys.executable, "-m", module, *words], cwd=ROOT, capture_output=True, text=True,
            env={**os.environ, "LGR_DB": str(tiny_tables.db)},
        )  # fmt: skip
        assert done.returncode == 1 and "part of the project itself" in done.stderr, (words, done.stderr)
    assert {p: p.read_bytes() for p in sorted(tiny_tables.data.rglob("*")) if p.is_file()} == before


FULL, READ_ONLY = "the disk is full; make room on it", "this disk can be read but not written"
DISK = """
set -e
mount -t tmpfs -o size=$SIZE tmpfs "$DISK"
cp -r "$DATA" "$DISK/data"
rm -f "$DISK/data/lgr.db"*
test "$SIZE" = 3m && FILL="head -c 4000000 /dev/zero" || FILL=true
$FILL > "$DISK/data/zeros" 2> /dev/null || true
test "$SIZE" = 3m || mount -o remount,ro "$DISK"
ls -A "$DISK" > "$DISK.before"
set +e
"$PYTHON" -m export snapshot squares squares-2ua -o "$DISK/x.html"; echo "exit $?"
"$PYTHON" -m export site -o "$DISK/site"; echo "exit $?"
"$PYTHON" -m lgrdata options squares --csv "$DISK/x.csv" > /dev/null; echo "exit $?"
"$PYTHON" -m lgrdata build --db "$DISK/data/lgr.db"; echo "exit $?"
ls -A "$DISK" > "$DISK.after"
"""


def _on_a_disk(tiny: Tiny, folder: Path, size: str) -> list[str]:
    """What four commands say that write to a disk of their own, in a namespace where anyone may mount one."""
    disk = folder / "disk"
    disk.mkdir(parents=True)
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", DISK], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "LGR_DB": str(tiny.db), "DISK": str(disk), "SIZE": size, "DATA": str(tiny.data),
             "PYTHON": sys.executable},
    )  # fmt: skip
    before, after = (Path(f"{disk}.{when}").read_text() for when in ("before", "after"))
    assert before == after, done.stdout
    return done.stdout.splitlines()


@pytest.mark.slow
def test_a_full_or_read_only_disk_gets_its_own_advice(tiny_tables: Tiny, tmp_path: Path) -> None:
    for said, size in ((FULL, "3m"), (READ_ONLY, "8m")):
        lines = _on_a_disk(tiny_tables, tmp_path / size, size)
        assert [line for line in lines if line.startswith("exit")] == ["exit 1"] * 4, lines
        told = [line for line in lines if not line.startswith(("exit", "warning"))]
        assert len(told) == 4 and all(said in line for line in told), told
    denied = advice(PermissionError(errno.EACCES, "Permission denied"))
    assert denied.startswith("you may not write here")
