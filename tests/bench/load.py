"""Prints how the server does under load: `python tests/bench/load.py [--sessions 10 40] [--seconds 50] [--reading]`.

Visitors over websockets from this process, servers in others (`--replicas 2` shares the visitors out between two, as a
proxy would), loopback only. Each visitor acts every five seconds: opens Redraw of an area, paints, chooses another
proposal, goes to another page, comes back. Latency runs from the request to the end of the script run (or runs) it led
to, as a browser would see it. Memory: what the servers' RSS grew by, from warm caches to the most, over the number of
sessions. Lost: strokes that the server did not acknowledge, acts without an answer, visitors whose address no longer
holds their area.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from replica import Replica, replica  # noqa: E402
from visitor import Answer, Visitor  # noqa: E402

AREAS = ("surrey", "kent-medway", "norfolk", "lancashire", "oxfordshire")
JOURNEY = ("paint", "paint", "split", "effects", "redraw", "paint", "partnerships", "options", "redraw", "paint")
READING = (
    "effects",
    "share",
    "partnerships",
    "options",
    "effects",
    "compare",
    "share",
    "evidence",
    "options",
    "effects",
)
"""The journey of those who draw in the explorer and open the app for the rest."""
EVERY = 5.0


@dataclass
class Told:
    """What a number of visitors met."""

    seconds: list[float] = field(default_factory=list)
    by_act: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def add(self, act: str, answer: Answer) -> None:
        """Count one answer."""
        self.seconds.append(answer.seconds)
        self.by_act.setdefault(act, []).append(answer.seconds)
        self.faults += [f"{act}: {fault}" for fault in answer.faults]


async def act(visitor: Visitor, what: str, turn: int) -> Answer:
    """One step of the journey."""
    if what == "paint":
        return await visitor.paint(*visitor.next_stroke(turn))
    if what == "split":
        options = list(visitor.boxes["Split"].options)
        return await visitor.choose("Split", options[turn % len(options)])
    return await visitor.open(what)


async def member(
    server: Replica, number: int, until: float, every: float, told: Told, acts: int | None = None,
    journey: Sequence[str] = JOURNEY,
) -> None:  # fmt: skip
    """One visitor, until the time is over or for a number of acts."""
    area = AREAS[number % len(AREAS)]
    pace = random.Random(number)
    await asyncio.sleep(pace.random() * every)
    strokes = turn = 0
    try:
        async with Visitor(server.address) as visitor:
            told.add("open", await visitor.open("redraw" if "redraw" in journey else journey[0], area=area))
            while time.monotonic() < until and (acts is None or turn < acts):
                begun = time.monotonic()
                what = journey[turn % len(journey)]
                told.add(what, await act(visitor, what, turn + number))
                strokes += what == "paint"
                if what == "paint" and visitor.map_data["ack"][1] != strokes:
                    told.lost.append(f"visitor {number}: {strokes} strokes, {visitor.map_data['ack'][1]} acknowledged")
                if visitor.query.get("area") != area:
                    told.lost.append(f"visitor {number}: the address holds {visitor.query.get('area')}, not {area}")
                turn += 1
                await asyncio.sleep(max(0.0, every * (0.8 + 0.4 * pace.random()) - (time.monotonic() - begun)))
    except Exception as fault:  # whatever ends a visitor early is a finding, not the end of the measuring
        told.lost.append(f"visitor {number} after {turn} acts: {type(fault).__name__}: {fault}")


async def warm(server: Replica, journey: Sequence[str] = JOURNEY) -> None:
    """Fill the caches that all visitors share: each area on each page of the journey, once."""
    for area in AREAS:
        async with Visitor(server.address) as visitor:
            await visitor.open("redraw", area=area)
            for page in dict.fromkeys(a for a in journey if a not in ("paint", "split")):
                await visitor.open(page)


async def crowd(
    servers: Sequence[Replica], sessions: int, seconds: float, every: float = EVERY, acts: int | None = None,
    journey: Sequence[str] = JOURNEY,
) -> Told:  # fmt: skip
    """So many visitors at once, shared out between the servers."""
    told = Told()
    until = time.monotonic() + seconds
    each = (member(servers[n % len(servers)], n, until, every, told, acts, journey) for n in range(sessions))
    await asyncio.gather(*each)
    return told


def tenths(values: list[float], share: float) -> float:
    """The value that `share` of them do not pass, in milliseconds."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] * 1000


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=[10, 40, 100])
    parser.add_argument("--seconds", type=float, default=50)
    parser.add_argument("--replicas", type=int, default=1)
    parser.add_argument("--reading", action="store_true", help="visitors who draw in the explorer, not here")
    arguments = parser.parse_args()
    journey = READING if arguments.reading else JOURNEY
    print("sessions  acts  median ms  p95 ms  worst ms  server CPU  MB a session  MB whole  errors  lost  machine load")
    for sessions in arguments.sessions:
        with ExitStack() as running:
            servers = [running.enter_context(replica()) for _ in range(arguments.replicas)]
            for server in servers:
                await warm(server, journey)

            def memory(servers: Sequence[Replica] = servers) -> float:
                return sum(server.memory_mb() for server in servers)

            def cpu(servers: Sequence[Replica] = servers) -> float:
                return sum(server.cpu_ms() for server in servers)

            base, used, begun = memory(), cpu(), time.monotonic()
            measuring = asyncio.create_task(crowd(servers, sessions, arguments.seconds, journey=journey))
            most = base
            while not measuring.done():
                await asyncio.sleep(0.5)
                most = max(most, memory())
            told = await measuring
            busy = (cpu() - used) / 10 / (time.monotonic() - begun)
            print(
                f"{sessions:8} {len(told.seconds):5} {statistics.median(told.seconds) * 1000:10.0f} "
                f"{tenths(told.seconds, 0.95):7.0f} {max(told.seconds) * 1000:9.0f} {busy:9.0f} % "
                f"{(most - base) / sessions:13.1f} {most:9.0f} {len(told.faults):7} {len(told.lost):5} "
                f"{os.getloadavg()[0]:13.1f}",
                flush=True,
            )
            for name, values in told.by_act.items():
                print(f"    {name:14} {len(values):4}  median {statistics.median(values) * 1000:6.0f} ms")
            for fault in list(dict.fromkeys(told.faults + told.lost))[:8]:
                print(f"    {fault}")


if __name__ == "__main__":
    asyncio.run(main())
