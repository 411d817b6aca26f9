"""Where Chromium is on this machine: standard library only, since it is asked before anything is installed."""

from __future__ import annotations

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "The tests drive pages in Chromium, which is not here: install it (Debian: apt install chromium)."


def found() -> str | None:
    """The program to start, or None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def program() -> str:
    """The program to start; without one a test fails with the command that installs it."""
    path = found()
    assert path, MISSING
    return path
