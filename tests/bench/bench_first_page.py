"""Times pages in a cold browser: `python tests/bench/bench_first_page.py [-n 5] [--area surrey]`.

Each visit has a new Chromium with an empty cache and a new session; the server is warm after one visit that is not
counted. First paint of the page's heading, and the end of the run: seconds, median and most.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from bench_pages import PAGES  # noqa: E402  (run as a script, from anywhere)
from serving import chromium, served, settle  # noqa: E402


def visit(address: str, page_name: str, area: str) -> tuple[float, float]:
    """Seconds from the request to the heading and to the end of the run, in a browser of its own."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        start = time.perf_counter()
        page.goto(f"{address}/{page_name}{f'?area={area}' if page_name else ''}")
        page.wait_for_selector("h1")
        heading = time.perf_counter() - start
        settle(page)
        return heading, time.perf_counter() - start


def main() -> None:
    """Print a line for each page; the first line is the very first visit to a server just started."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("-n", type=int, default=5)
    args.add_argument("--area", default="surrey")
    given = args.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors; seconds: heading, whole (median, most)")
    with served() as address:
        heading, whole = visit(address, "", given.area)
        print(f"{'first of all':<15} {heading:5.2f}   {whole:5.2f}")
        for name in PAGES:
            visit(address, name, given.area)
            seen = [visit(address, name, given.area) for _ in range(given.n)]
            heads, wholes = zip(*seen, strict=True)
            print(
                f"{name or 'start':<15} {statistics.median(heads):5.2f}, {max(heads):5.2f}"
                f"   {statistics.median(wholes):5.2f}, {max(wholes):5.2f}"
            )


if __name__ == "__main__":
    main()
