"""Prints the server's CPU time for one rerun of each page: `python tests/bench/bench_pages.py [--area surrey] [-n 12]`.

A visitor over the websocket, so that all the server does counts: session, script, messages. Columns: the first visit of
a page, which fills caches; medians of a rerun that changes nothing, of another proposal (on Redraw: a stroke), and of a
split that nobody has looked at before (on Compare: beside three others); the most of all; bytes sent for a rerun. An
area's page differs with its size: name others with --area.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from replica import Replica, replica  # noqa: E402
from visitor import Visitor  # noqa: E402

from lgrdata.all_options.options import enumerate_options  # noqa: E402
from lgrdata.dataset.dataset import current  # noqa: E402

PAGES = (
    "",
    "redraw",
    "effects",
    "share",
    "partnerships",
    "options",
    "compare",
    "case_studies",
    "evidence",
    "figures",
    "accessibility",
    "privacy",
)
TARGET_MS = 60


def unseen_splits(area: str, times: int) -> list[str]:
    """Codes of three-council options of an area, evenly spread."""
    dataset = current()
    codes = enumerate_options(dataset.facts(area), dataset.assumptions, councils=(3,)).codes()
    return codes[:: max(1, len(codes) // times)][:times]


@dataclass
class Figures:
    """CPU milliseconds of one page."""

    first: float = 0.0
    same: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    unseen: list[float] = field(default_factory=list)
    size: int = 0


async def measure(server: Replica, page: str, area: str, splits: list[str]) -> Figures:
    """Visit a page again and again; a split of `splits` each time."""
    told = Figures()
    async with Visitor(server.address) as visitor:
        await visitor.open("", area=area, split="today", lens="middle")
        before = server.cpu_ms()
        first = await visitor.open(page)
        told.first = server.cpu_ms() - before
        if first.faults:
            print(f"  {page or 'start'}: {first.faults}")
        options = list(visitor.boxes["Split"].options)
        for turn, split in enumerate(splits):
            before = server.cpu_ms()
            told.size = (await visitor.rerun()).bytes
            told.same.append(server.cpu_ms() - before)
            before = server.cpu_ms()
            if page == "redraw":
                await visitor.paint(*visitor.next_stroke(turn))
            else:
                await visitor.choose("Split", options[turn % len(options)])
            told.changed.append(server.cpu_ms() - before)
            before = server.cpu_ms()
            four = {"compare": "~".join(("today", "single", splits[turn - 1], split))} if page == "compare" else {}
            answer = await visitor.open(page, area=area, split=split, lens="middle", **four)
            told.unseen.append(server.cpu_ms() - before)
            if answer.faults:
                print(f"  {page or 'start'} {split}: {answer.faults}")
    return told


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--area", default="surrey")
    parser.add_argument("-n", type=int, default=12)
    parser.add_argument("--page", action="append", choices=PAGES)
    arguments = parser.parse_args()
    splits = unseen_splits(arguments.area, arguments.n * len(PAGES))
    with replica() as server:
        print(f"{arguments.area}, CPU ms a rerun; aim: median under {TARGET_MS}; machine load {os.getloadavg()[0]:.1f}")
        print(f"{'page':14} {'first':>7} {'same':>7} {'changed':>8} {'unseen':>7} {'most':>6} {'KB':>7}")
        for number, page in enumerate(arguments.page or PAGES):
            told = await measure(server, page, arguments.area, splits[number :: len(PAGES)][: arguments.n])
            same, changed, unseen = map(statistics.median, (told.same, told.changed, told.unseen))
            most = max([*told.same, *told.changed, *told.unseen])
            over = "  over" if max(same, changed, unseen) > TARGET_MS else ""
            print(
                f"{page or 'start':14} {told.first:7.0f} {same:7.1f} {changed:8.1f} {unseen:7.1f} {most:6.0f} "
                f"{told.size / 1000:7.1f}{over}",
                flush=True,
            )


if __name__ == "__main__":
    asyncio.run(main())
