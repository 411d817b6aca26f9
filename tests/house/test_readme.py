"""Every command of the README is run as it stands there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from lgrdata import start
from lgrdata.reading.db import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [b.strip().splitlines() for b in re.findall(r"```sh\n(.*?)```", README, flags=re.S)]
COMMANDS = [line for block in BLOCKS for line in block]
OURS = ".venv/bin/python -m "
STARTS = "python3 app.py"
TESTS = "python3 tests"
LONG = ("site", "build", "check", "dump")
"""Commands whose work the daily set sees elsewhere: on a site of one area, and on the real tables in `data`."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, real_db: Path) -> Iterator[Path]:
    """A copy of the project to run commands in: some write to data/."""
    copy = tmp_path_factory.mktemp("readme")
    for name in ("data", "lgrdata", "export"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("*.pyc.*"))
    yield copy
    shutil.rmtree(copy)


def is_long(command: str) -> bool:
    return command.removeprefix(OURS).split()[1] in LONG


def environment() -> dict[str, str]:
    """The environment of a person who has set the project up: here the packages may stand elsewhere."""
    known = {k: v for k, v in os.environ.items() if k not in ("LGR_DB", "LGR_VENV")}
    return known if (start.VENV / "requirements.sha256").exists() else {**known, "LGR_VENV": sys.prefix}


def test_each_command_is_of_a_kind_that_is_run_here() -> None:
    assert COMMANDS[:2] == [STARTS, TESTS]
    assert [c for c in COMMANDS if c not in (STARTS, TESTS) and not c.startswith(OURS)] == []
    named = {c.removeprefix(OURS).split()[1] for c in COMMANDS if c.startswith(OURS)}
    assert named >= {"areas", "effects", "options", "snapshot", "compare", "open", "site", "build", "check", "dump"}


def faults(project: Path, commands: Iterable[str]) -> list[tuple[object, ...]]:
    """What goes wrong with commands, run one after the other as they stand there."""
    env = {k: v for k, v in os.environ.items() if k != "LGR_DB"}
    found: list[tuple[object, ...]] = []
    for command in commands:
        words = [sys.executable, "-m", *shlex.split(command.removeprefix(OURS))]
        done = subprocess.run(words, cwd=project, env=env, capture_output=True, text=True)
        if done.returncode != 0 or not done.stdout.strip() or "Traceback" in done.stderr:
            found.append((command, done.returncode, done.stdout[-200:], done.stderr[-400:]))
    return found


@pytest.mark.daily
def test_the_commands_work_one_after_the_other(project: Path) -> None:
    assert faults(project, (c for c in COMMANDS if c.startswith(OURS) and not is_long(c))) == []
    for made in ("surrey.html", "surrey-compared.html"):
        assert (project / made).stat().st_size > 1000, made


@pytest.mark.slow
def test_the_commands_that_take_long_work(project: Path) -> None:
    long = [c for c in COMMANDS if c.startswith(OURS) and is_long(c)]
    assert {c.removeprefix(OURS).split()[1] for c in long} == set(LONG)
    assert faults(project, long) == []
    assert (project / "site/index.html").stat().st_size > 1000


@pytest.mark.daily
def test_the_first_command_starts_the_app() -> None:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    words = [sys.executable, *STARTS.split()[1:], "--server.port", str(port)]
    process = subprocess.Popen(
        words, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    answer = ""
    try:
        for _ in range(600):
            try:
                with urlopen(f"http://localhost:{port}/health", timeout=2) as reply:
                    answer = reply.read().decode()
                break
            except (URLError, OSError):
                assert process.poll() is None, process.stdout.read() if process.stdout else ""
                time.sleep(0.2)
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=20)
    assert '"status":"ok"' in answer.replace(" ", "")
    assert "Starting the app" in said and f":{port}" in said


@pytest.mark.daily
def test_the_second_command_finds_every_test() -> None:
    words = [sys.executable, *TESTS.split()[1:], "--collect-only", "tests/house", "tests/geo"]
    done = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-500:]
    assert "test_readme.py" in done.stdout and "tests collected" in done.stdout


def test_an_environment_that_is_none_is_told_in_a_line(tmp_path: Path) -> None:
    env = {**os.environ, "LGR_VENV": str(tmp_path)}
    done = subprocess.run([sys.executable, "app.py"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1 and "LGR_VENV" in done.stderr


def test_links_and_pictures_of_the_readme_lead_somewhere() -> None:
    for text in (README, *((p.read_text(encoding="utf-8")) for p in [ROOT / "docs" / "pages.md"])):
        base = ROOT if text is README else ROOT / "docs"
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            if not target.startswith("http"):
                assert (base / target).exists(), target
