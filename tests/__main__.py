"""`python3 tests` sets up all that the tests need, then runs them; further arguments go to pytest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lgrdata import start  # noqa: E402  (the path comes first: this runs before anything is installed)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Environment, browser, dataset, then pytest; returns its exit code."""
    python = start.environment(tests=True)
    if not any(shutil.which(name) for name in BROWSERS) and not start.install_by_apt(["chromium"]):
        start.stop("The tests drive pages in Chromium, which is not here: install it (Debian: apt install chromium).")
    os.chdir(ROOT)
    # Whole files go to each processor, so that a file's server and browser start once.
    given = sys.argv[1:] or ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile"]
    return subprocess.call([str(python), "-m", "pytest", *given])


if __name__ == "__main__":
    raise SystemExit(main())
