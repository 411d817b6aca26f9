"""Prints size, time and memory of snapshots and of the whole site: `python tests/bench/bench_export.py [--jobs 2]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from export import drawing
from export.compare import comparison
from export.site import build
from export.snapshot import snapshot
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.reading.catalogue import drawn_proposals
from lgrdata.splits.scenario import Scenario

MADE = date(2026, 5, 31)


def main() -> None:
    """One line a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    jobs = parser.parse_args().jobs
    dataset = current()
    snapshot(dataset, Scenario(dataset.split("surrey", "single")), made=MADE)
    print("snapshots, the process warm, nothing of the scenario kept")
    sizes, times = [], []
    for p in dataset.proposals():
        if p.proposal_id not in dataset.read(drawn_proposals):
            continue
        fresh = Dataset(dataset.path)
        held = Scenario(fresh.split(p.area_id, p.proposal_id))
        drawing._vega.cache_clear()
        began = time.perf_counter()
        sizes.append(len(snapshot(fresh, held, made=MADE)))
        times.append(time.perf_counter() - began)
        fresh.close()
    for name, values, unit, by in (("seconds", times, "s", 1.0), ("size", sizes, "KB", 1000.0)):
        middle, most = sorted(values)[len(values) // 2] / by, max(values) / by
        print(f"  {name}: median {middle:.2f} {unit}, most {most:.2f} {unit}, of {len(values)}")
    pair = [Scenario(dataset.split("surrey", x)) for x in ("surrey-2ua", "surrey-3ua", "today")]
    began = time.perf_counter()
    size = len(comparison(dataset, pair, made=MADE))
    print(f"  comparison of three: {time.perf_counter() - began:.2f} s, {size / 1000:.0f} KB")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        for what in ("the whole site", "again, nothing changed"):
            r = build.build(dataset, root, made=MADE, jobs=jobs)
            print(
                f"{what}: {r.seconds:.1f} s with {jobs} processes, {r.files} files, {r.bytes / 1e6:.1f} MB,"
                f" {r.changed} changed, at most {r.memory_mb:.0f} MB in this process and its largest child"
            )


if __name__ == "__main__":
    main()
