"""Times what a split's effects cost in process: `python tests/bench/bench_effects.py`. Prints; asserts nothing.

Milliseconds of processor time, which hold on a machine that does other work too, and by the clock. The split is made
anew each time, so that nothing it keeps of itself is of use.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from lgrdata.all_effects import as_json
from lgrdata.all_effects.effects import work_out
from lgrdata.dataset.dataset import current
from lgrdata.reading import db, queries
from lgrdata.splits import edits

RUNS = 60


def timed(what: str, act: Callable[[], object], runs: int = RUNS) -> None:
    """Median of `act` in processor time, then median and 95th percentile by the clock, in ms."""
    used, taken = [], []
    for _ in range(runs):
        start, before = time.perf_counter(), time.process_time()
        act()
        used.append((time.process_time() - before) * 1000)
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    print(
        f"{what:<60} processor {statistics.median(used):7.2f} ms   clock {statistics.median(taken):7.2f} ms"
        f"   p95 {taken[int(len(taken) * 0.95) - 1]:7.2f} ms"
    )


def main() -> None:
    """Print the table."""
    data = current()
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors, dataset {data.version}")
    for area_id, proposal in (
        ("lancashire", "lancs-4ua"),
        ("essex-southend-thurrock", "essex-5ua"),
        ("surrey", "surrey-2ua"),
    ):
        conn = db.connect(data.path)
        timed(f"load {area_id}", lambda conn=conn, area_id=area_id: queries.load_area(conn, area_id), 12)
        facts, split = data.facts(area_id), data.split(area_id, proposal)
        turn = list(range(split.count))

        def whole(facts=facts, split=split, turn=turn) -> object:
            return work_out(facts, split.renumbered(turn, split.names), data.assumptions)

        timed(f"effects {proposal}, whole authorities", whole)
        chance = random.Random(1)
        wards = chance.sample([w.code for w in facts.wards], min(300, len(facts.wards)))
        moved = split
        for c in range(split.count):
            moved = edits.give(moved, wards[c :: split.count], c)

        def by_ward(facts=facts, moved=moved, turn=turn) -> object:
            return work_out(facts, moved.renumbered(turn, moved.names), data.assumptions)

        timed(f"effects {proposal}, {len(wards)} wards moved", by_ward)
        timed(f"effects {proposal} with warnings and JSON", lambda whole=whole: as_json.document(whole()))


if __name__ == "__main__":
    main()
