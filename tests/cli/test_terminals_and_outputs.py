"""Output to any terminal or pipe, and files that a command must not write over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lgrdata.db import ROOT
from lgrdata.models import LgrError
from lgrdata.outputs import refuse_output


def _run(db: Path, *words: str, shell: str = "", **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "lgrdata", *words]
    if shell:
        command = ["sh", "-c", f'"$0" "$@" {shell}', *command]
    return subprocess.run(command, cwd=ROOT, capture_output=True, env={**os.environ, "LGR_DB": str(db), **env})


@pytest.mark.parametrize("encoding", ["ascii", "ascii:surrogateescape", "latin-1"])
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
    assert full.returncode == 1 and len(full.stderr.splitlines()) == 1 and b"No space left" in full.stderr
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
