"""`python3 tests` sets up what the tests need and runs the daily set; `quick` or `all` first chooses another.

Further arguments go to pytest: `python3 tests tests/costs -k price`, `python3 tests quick tests/costs`. tests/sets.py
tells the sets apart.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import browsers  # noqa: E402  (the path comes first: this runs before anything is installed)
import sets  # noqa: E402

from lgrdata import start  # noqa: E402


def main(arguments: list[str]) -> int:
    """Environment, browser, dataset, then pytest; returns its exit code."""
    chosen = arguments[0] if arguments[:1] and arguments[0] in sets.CHOOSING else "daily"
    further = arguments[1:] if arguments[:1] == [chosen] else arguments
    python = start.environment(tests=True)
    if chosen != "quick" and browsers.found() is None and not start.install_by_apt(["chromium"]):
        start.stop(browsers.MISSING)
    os.chdir(ROOT)
    if not further:
        # Whole files go to each process, so that a file's server and browser start once; one process more than there
        # are processors, since the browser's tests wait for most of their time.
        further = ["-n", str(min((os.cpu_count() or 1) + 1, 4)), "--dist", "loadfile"]
        if chosen == "quick":
            further += [f"tests/{folder}" for folder in sets.QUICK]
    return subprocess.call([str(python), "-m", "pytest", *sets.CHOOSING[chosen], *further])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
