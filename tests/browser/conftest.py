"""One Chromium for a module of browser tests, and one server of the app for all that edit nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from serving import chromium, served
from windows import Windows


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Not longer than a module: while it is open, no other test of this process can run an event loop.
    with chromium() as b:
        yield b


@pytest.fixture(scope="module")
def _windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def windows(_windows: Windows) -> Iterator[Windows]:
    """Lends the test its windows; no page in them may err or ask another host."""
    yield _windows
    _windows.take_back()
    faults, _windows.faults = _windows.faults, []
    assert faults == []


@pytest.fixture(scope="session")
def server_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the app's server says."""
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="session")
def address(real_db: Path, server_log: Path) -> Iterator[str]:
    """The app on the project's own dataset."""
    with served(log=server_log) as where:
        yield where
