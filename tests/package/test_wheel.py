"""A wheel of this project, installed in another folder, gives the library, the commands and the exports.

Nothing is downloaded: what the project needs is lent by the environment that runs the tests.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import lgrdata
from lgrdata.reading.db import ROOT

pytestmark = pytest.mark.slow
SOURCES = ("lgrdata", "export", "data", "pyproject.toml", "setup.py", "README.md", "LICENSE")
Run = Callable[..., subprocess.CompletedProcess[str]]


def _pip(*words: str) -> None:
    command = [sys.executable, "-m", "pip", *words, "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what a checkout keeps, so that no leftover of an earlier build is in it."""
    copy, out = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("wheel")
    left = shutil.ignore_patterns("__pycache__", "lgr.db*", ".*")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=left)
        else:
            shutil.copy2(ROOT / name, copy / name)
    _pip("wheel", "--no-build-isolation", "-w", str(out), str(copy))
    shutil.rmtree(copy)
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def run(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A function that runs a command of an environment with only the wheel in it, from an empty folder."""
    home, empty = tmp_path_factory.mktemp("environment"), tmp_path_factory.mktemp("elsewhere")
    venv.create(home, symlinks=os.name != "nt")
    inside = home / ("Scripts" if os.name == "nt" else "bin")
    _pip("--python", str(home), "install", str(wheel))
    packages = sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
    Path(packages, "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LGR_", "PYTHON", "VIRTUAL_ENV"))}
    env |= {"XDG_CACHE_HOME": str(home / "cache"), "LOCALAPPDATA": str(home / "cache"), "HOME": str(home)}

    def command(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        full = [str(inside / words[0]), *words[1:]]
        return subprocess.run(full, cwd=empty, env={**env, **more}, capture_output=True, text=True)

    return command


def test_the_wheel_holds_all_that_is_not_a_test(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    kept = subprocess.run(["git", "ls-files", "lgrdata", "export", "data"], cwd=ROOT, capture_output=True, text=True)
    listed = kept.stdout.split() if kept.returncode == 0 else []
    wanted = {f"lgrdata/{name}" if name.startswith("data/") else name for name in listed if (ROOT / name).exists()}
    assert wanted - names == set() and (len(wanted) > 300 or not listed)
    assert not [name for name in names if "lgr.db" in name or name.startswith(("tests/", "data/", "pages/", "docs/"))]
    about = next(name for name in names if name.endswith("licenses/LICENSE"))
    assert f"lgr_scenario_explorer-{lgrdata.__version__}.dist-info" in about
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == lgrdata.__version__ and project["license"] == "MIT"


def test_the_commands_work_away_from_the_checkout(run: Run) -> None:
    first = run("lgr", "check")
    assert first.returncode == 0 and "no fault" in first.stdout, first.stderr
    assert "Building the dataset, once" in first.stderr and "cache" in first.stderr
    effects = run("lgr", "effects", "surrey", "surrey-2ua", "--json")
    assert effects.returncode == 0 and effects.stderr == "", "it is built once"
    assert json.loads(effects.stdout)["split"]["proposal"] == "surrey-2ua"
    options = run("lgr", "options", "surrey", "--councils", "2", "--rank", "surrey-2ua", "--json")
    assert json.loads(options.stdout)["counts"] == {"2": 43}, options.stderr
    assert run("lgr", "--help").stdout.startswith("usage: lgr ")
    refused = run("lgr", "dump")
    assert refused.returncode == 1 and "--data" in refused.stderr and len(refused.stderr.splitlines()) == 1


def test_the_exports_work_away_from_the_checkout(run: Run, tmp_path: Path, tiny_db: Path) -> None:
    assert run("lgr-export", "--help").stdout.startswith("usage: lgr-export ")
    page = tmp_path / "surrey.html"
    done = run("lgr-export", "snapshot", "surrey", "surrey-2ua", "-o", str(page))
    assert done.returncode == 0, done.stderr
    assert b"<style>" in page.read_bytes() and b"<svg" in page.read_bytes()
    site = tmp_path / "site"
    done = run("lgr-export", "site", "-o", str(site), "--jobs", "1", LGR_DB=str(tiny_db))
    assert done.returncode == 0, done.stderr
    assert (site / "index.html").stat().st_size > 1000 and list(site.glob("downloads/tables/*.csv"))


def test_the_library_works_away_from_the_checkout(run: Run) -> None:
    code = (
        "import lgrdata; d = lgrdata.open_dataset(); s = d.split('norfolk', 'norfolk-3ua');"
        " print(lgrdata.__file__, d.path, lgrdata.effects(s), len(lgrdata.options('surrey', councils=(2, 3))))"
    )
    done = run("python", "-c", code)
    assert done.returncode == 0, done.stderr
    assert str(ROOT) not in done.stdout and "site-packages" in done.stdout and done.stdout.split()[-1] == "377"
