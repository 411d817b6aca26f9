"""Fixtures that several layers use."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import drawn
import pytest
import sets
from drawn import Tiny
from hypothesis import settings

from lgrdata.keeping import fresh
from lgrdata.keeping.build import build
from lgrdata.reading import db

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("daily", deadline=None)
settings.register_profile("all", deadline=None)
settings.load_profile("daily")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the folders that start servers and browsers, before pytest chooses by mark."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in sets.DAILY:
            item.add_marker("daily")


def pytest_configure() -> None:
    """Some tests are listed by area and proposal: build the project's dataset before they are collected."""
    found = fresh.ensure(db.ROOT / "data" / "lgr.db")
    if not found.usable:
        raise pytest.UsageError(found.message)


@pytest.fixture(scope="session")
def _tiny_built(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    data = drawn.write_tables(tmp_path_factory.mktemp("tiny") / "data")
    build(data, data / "lgr.db")
    return Tiny(data, data / "lgr.db")


@pytest.fixture(scope="session")
def tiny_db(_tiny_built: Tiny) -> Path:
    """The drawn database, to read only: shared by all tests."""
    return _tiny_built.db


@pytest.fixture
def tiny_tables(_tiny_built: Tiny, tmp_path: Path) -> Tiny:
    """The drawn dataset in a folder of the test's own, built: tables may be edited, the database too."""
    data = tmp_path / "data"
    shutil.copytree(_tiny_built.data, data)
    return Tiny(data, data / "lgr.db")


@pytest.fixture(scope="session")
def real_db() -> Path:
    """The project's own database, built where it is missing or stale; to read only."""
    path = db.ROOT / "data" / "lgr.db"
    found = fresh.ensure(path)
    assert found.state in ("current", "built", "rebuilt"), found.message
    return path


@pytest.fixture
def real_project(real_db: Path, tmp_path: Path) -> Path:
    """A copy of the project, its data and built database, to edit: the folder that holds data/ and lgrdata/.

    What is compiled comes along, so that no copy compiles again; what another process is writing does not.
    """
    for name in ("data", "lgrdata"):
        shutil.copytree(db.ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.pyc.*", ".*"))
    return tmp_path


@pytest.fixture
def edit_table() -> Callable[[Path, str, str, str], None]:
    """A function that replaces a text, found exactly once, in a file of a dataset."""

    def edit(data: Path, name: str, old: str, new: str) -> None:
        path = data / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8", newline="")

    return edit
