"""The commands of the exports: what they print, how they fail, and that their files feed the other commands."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from export.cli import main
from lgrdata.reading.db import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(real_db: Path) -> Run:
    """A command as people type it, in the project's folder."""

    def call(*words: object, module: str = "export", limit: int = 0, **env: str) -> subprocess.CompletedProcess[str]:
        def small_files() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        return subprocess.run(
            [sys.executable, "-m", module, *map(str, words)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={**os.environ, "LGR_DB": str(real_db), **env},
            preexec_fn=small_files if limit else None,
        )

    return call


@pytest.fixture
def here(real_db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command in the tests' own process, which is quicker: for those that end before any work."""
    monkeypatch.setenv("LGR_DB", str(real_db))

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        try:
            code = main(words)
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(words, code, said.out, said.err)

    return call


def _one_line(done: subprocess.CompletedProcess[str], *wanted: str) -> None:
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert all(word in done.stderr for word in wanted), done.stderr


def test_a_snapshot_goes_round_through_open_and_effects(run: Run, tmp_path: Path) -> None:
    page, file = tmp_path / "surrey.html", tmp_path / "surrey.json"
    done = run("snapshot", "surrey", "surrey-2ua", "-o", page, "--date", "2026-05-31", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["bytes"], told["date"], told["area"]) == (page.stat().st_size, "2026-05-31", "surrey")
    opened = run("open", page)
    assert opened.returncode == 0
    file.write_text(opened.stdout, encoding="utf-8")
    again = run("effects", "surrey", file, "--json", module="lgrdata")
    first = run("effects", "surrey", "surrey-2ua", "--json", module="lgrdata")
    assert json.loads(again.stdout) == json.loads(first.stdout)
    redrawn = tmp_path / "again.html"
    assert run("snapshot", "surrey", page, "-o", redrawn, "--date", "2026-05-31").returncode == 0
    assert run("open", redrawn).stdout == opened.stdout


def test_the_date_may_come_from_the_environment(run: Run, tmp_path: Path) -> None:
    a, b = tmp_path / "a.html", tmp_path / "b.html"
    run("snapshot", "surrey", "single", "-o", a, SOURCE_DATE_EPOCH="1780228800")
    run("snapshot", "surrey", "single", "-o", b, "--date", "2026-05-31")
    assert a.read_bytes() == b.read_bytes() and b"31 May 2026" in a.read_bytes()
    _one_line(run("snapshot", "surrey", "single", "-o", a, SOURCE_DATE_EPOCH="soon"), "SOURCE_DATE_EPOCH")


def test_a_comparison_of_two_to_four(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "c.html"
    done = run("compare", "surrey", "surrey-2ua", "surrey-3ua", "today", "-o", page)
    assert done.returncode == 0, done.stderr
    assert json.loads(run("open", page, "--which", "3").stdout)["proposal"] == "today"
    _one_line(run("compare", "surrey", "today", "-o", page), "two to four")
    _one_line(run("compare", "surrey", *["today"] * 5, "-o", page), "two to four")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("snapshot", "surry", "single", "-o", "OUT/x.html"), ("surry", "surrey")),
        (("snapshot", "surrey", "surrey-9ua", "-o", "OUT/x.html"), ("surrey-9ua",)),
        (("snapshot", "surrey", "none.html", "-o", "OUT/x.html"), ("none.html",)),
        (("snapshot", "surrey", "single", "-o", "OUT/../x.html"), ("..",)),
        (("snapshot", "surrey", "single", "-o", "OUT/none/x.html"), ("no folder",)),
        (("snapshot", "surrey", "single", "-o", "OUT"), ("is a folder",)),
        (("snapshot", "surrey", "single", "-o", "/proc/x.html"), ("/proc/x.html",)),
        (("snapshot", "surrey", "single", "-o", "OUT/x.html", "--base", "javascript:x"), ("--base",)),
        (("snapshot", "surrey", "single", "-o", "OUT/x.html", "--db", "OUT/none.db"), ("none.db", "build")),
        (("open", "OUT/none.html"), ("none.html",)),
        (("open", "OUT"), ("OUT",)),
        (("site", "-o", "OUT/../site"), ("..",)),
        (("site", "-o", "OUT/site", "--base", "not an address"), ("--base",)),
        (("site", "-o", "/proc/site"), ("/proc/site",)),
    ],
)
def test_bad_input_is_one_line(here: Run, tmp_path: Path, words: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    place = tmp_path / "out"
    place.mkdir()
    done = here(*(w.replace("OUT", str(place)) for w in words))
    _one_line(done, *(w.replace("OUT", str(place)) for w in wanted))
    assert list(place.iterdir()) == []


def test_wrong_usage_is_two(here: Run) -> None:
    for words in (
        (),
        ("snapshot", "surrey"),
        ("snapshot", "surrey", "single", "-o", "x.html", "--date", "soon"),
        ("site", "-o", "x", "--jobs", "-3"),
        ("paint",),
    ):
        assert here(*words).returncode == 2


def test_a_full_disk_leaves_nothing_half_written(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "x.html"
    page.write_text("old")
    _one_line(run("snapshot", "surrey", "single", "-o", page, limit=20_000), "x.html", "cannot be written")
    assert page.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["x.html"]
    _one_line(run("site", "-o", tmp_path / "site", "--jobs", "1", limit=20_000), "cannot be written")
    assert [p.name for p in tmp_path.iterdir()] == ["x.html"]


def test_a_folder_of_other_things_is_not_taken_for_a_site(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("mine")
    _one_line(run("site", "-o", tmp_path / "letters"), "holds other files")
    (tmp_path / "letters" / "manifest.json").write_text("{}")
    _one_line(run("site", "-o", tmp_path / "letters"), "manifest")
    assert (tmp_path / "letters" / "a.txt").read_text() == "mine"
