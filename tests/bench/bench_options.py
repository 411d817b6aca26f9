"""Times the options of every area, and prints them beside GerryChain and Graphillion on the same graphs.

    python tests/bench/bench_options.py [--quick]

Seconds by the clock, and of processor time: the second holds on a machine that does other work too. Counted: listing,
every measure scored and sorted, the frontier on the headline measures. Not counted: Python's imports and reading the
area's facts. Prints only: nothing here passes or fails. GerryChain and Graphillion are no dependencies of the project;
where one is not installed the table says so. Each area is timed once; the largest in a process of its own for its
memory, and because the first listing in a process takes longest.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from lgrdata.all_options.by_wards import Goal, search
from lgrdata.all_options.nearest import nearest_better
from lgrdata.all_options.options import Options, enumerate_options, frontier
from lgrdata.all_options.rank import rank
from lgrdata.all_options.unions import inside_links
from lgrdata.core.facts import AreaFacts, Assumptions
from lgrdata.core.models import LgrError
from lgrdata.reading import catalogue, db
from lgrdata.reading.queries import load_area, load_assumptions

EIGHT = (
    "five_year_net_middle", "commuting_crossing", "size_spread", "need_balance_adults",
    "moves_crossing", "smallest_council", "tax_base_spread", "icb_pairs",
)  # fmt: skip
LARGEST = "lancashire"
ALL = (1, 2, 3, 4, 5, 6)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def whole(facts: AreaFacts, assumptions: Assumptions) -> tuple[Options, int]:
    """Everything a first visit needs: listing, every measure scored and sorted, frontier."""
    options = enumerate_options(facts, assumptions, ALL)
    return options, len(frontier(options))


def every_area() -> None:
    conn = db.connect()
    assumptions = load_assumptions(conn)
    total, count = 0.0, 0
    print(f"{'area':34} {'blocks':>6} {'options':>8} {'frontier':>8} {'seconds':>8}   by number of councils")
    for area in catalogue.areas(conn, combined=True):
        facts = load_area(conn, area.area_id)
        seconds, (options, on) = timed(lambda f=facts: whole(f, assumptions))
        if area.kind == "invited":
            total, count = total + seconds, count + 1
        by = " ".join(f"{k}:{n:,}" for k, n in options.counts.items())
        print(f"{area.area_id:34} {options.blocks.count:6} {len(options):8,} {on:8,} {seconds:8.3f}   {by}")
    print(f"{f'all {count} areas':34} {'':6} {'':8} {'':8} {total:8.3f}\n")


def peak_mb() -> float:
    """Most memory this process has held, MB; where the kernel does not say, what it and its parent held."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    held = [float(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    return (held[0] if held else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def largest() -> None:
    """In a process of its own: cold, with its peak memory."""
    conn = db.connect()
    facts, assumptions = load_area(conn, LARGEST), load_assumptions(conn)
    before, spent = peak_mb(), time.process_time()
    seconds, (options, on) = timed(lambda: whole(facts, assumptions))
    spent, peak = time.process_time() - spent, peak_mb()
    measures = len(options.available())
    print(f"{LARGEST}, cold: {len(options):,} options, {measures} measures, frontier of {on:,}: {seconds:.3f} s,")
    print(f"  of processor {spent:.3f} s, load {os.getloadavg()[0]:.1f};")
    print(f"  peak memory {peak:.0f} MB, of which {before:.0f} MB before it began")
    split = options.split(options.rows(6).start + 50_000)
    first, _ = timed(lambda: rank(options, split, shown=EIGHT))
    again, _ = timed(lambda: rank(options, split, shown=EIGHT))
    every, _ = timed(lambda: rank(options, split))
    near, _ = timed(lambda: nearest_better(options, split, "commuting_crossing"))
    print(f"  rank on eight measures among 113,255: first {first * 1e3:.1f} ms, then {again * 1e3:.1f} ms;")
    print(f"  on every measure {every * 1e3:.1f} ms;")
    print(f"  nearest better {near * 1e3:.1f} ms\n")


def beside_gerrychain(area_id: str, councils: int, samples: int) -> None:
    """ReCom's sample of options against the exact list: how far its percentiles are off, and how long it takes."""
    try:
        import networkx
        from gerrychain import Graph, MarkovChain, Partition
        from gerrychain.accept import always_accept
        from gerrychain.proposals import build_recom_proposal_fn
        from gerrychain.updaters import Tally, cut_edges
    except ImportError:
        print("GerryChain: not installed\n")
        return

    conn = db.connect()
    facts, assumptions = load_area(conn, area_id), load_assumptions(conn)
    seconds, options = timed(lambda: enumerate_options(facts, assumptions, (councils,)))
    people = facts.population[options.blocks.index]
    graph = networkx.Graph()
    graph.add_nodes_from((i, {"people": int(p)}) for i, p in enumerate(people))
    graph.add_edges_from(inside_links(facts.links, options.blocks.index, False))
    start = options.assignment(np.array([len(options) // 2]))[0].tolist()
    ideal = people.sum() / councils

    def run() -> list[int]:
        chain = MarkovChain(
            build_recom_proposal_fn("people", ideal, 0.9),
            [],
            always_accept,
            Partition(Graph.from_networkx(graph), dict(enumerate(start)),
                      {"people": Tally("people", alias="people"), "cut_edges": cut_edges}),
            samples,
            rng=1,
        )  # fmt: skip
        rows = {tuple(h): n for n, h in enumerate(options.assignment().tolist())}
        seen = []
        for state in chain:
            order: dict[int, int] = {}
            own = state.graph
            held = {own.original_nx_node_id_for_internal_node_id(n): c for n, c in state.assignment.mapping.items()}
            seen.append(rows[tuple(order.setdefault(held[i], len(order)) for i in range(len(people)))])
        return seen

    took, seen = timed(run)
    crossing = options.column("commuting_crossing")
    sample = np.sort(crossing[seen])
    off = [
        abs(np.searchsorted(sample, v) / len(sample) - np.searchsorted(np.sort(crossing), v) / len(crossing))
        for v in np.quantile(crossing, [0.1, 0.25, 0.5, 0.75, 0.9])
    ]
    print(f"{area_id}, {councils} councils: exact list of {len(options):,} in {seconds:.3f} s;")
    print(f"  ReCom (sizes within 90% of even), {samples:,} steps in {took:.1f} s, saw {len(set(seen)):,} of them;")
    print(f"  its percentiles of commuters who cross are {min(off) * 100:.0f} to {max(off) * 100:.0f} points off\n")


def beside_graphillion(area_id: str) -> None:
    """Graphillion counts connected splits; the list has to be read out of it."""
    try:
        from graphillion import GraphSet
    except ImportError:
        print("Graphillion: not installed\n")
        return
    conn = db.connect()
    facts, assumptions = load_area(conn, area_id), load_assumptions(conn)
    options = enumerate_options(facts, assumptions, ALL)
    pairs = [(a + 1, b + 1) for a, b in inside_links(facts.links, options.blocks.index, False)]
    alone = [i + 1 for i in range(options.blocks.count) if not any(i + 1 in p for p in pairs)]
    GraphSet.set_universe(pairs)
    for k in ALL[: len(ALL)]:
        took, sets = timed(lambda k=k: GraphSet.partitions(num_comp_lb=k, num_comp_ub=k))
        read, seen = timed(lambda sets=sets: sum(1 for _ in sets))
        exact = options.counts.get(k + len(alone), 0)
        print(f"Graphillion, {area_id}, {k} councils: {len(sets):,} counted in {took:.3f} s, {seen:,} read out in")
        print(f"  {read:.2f} s; here {exact:,}")
    print()


def ward_search(area_id: str, proposal: str, seconds: float) -> None:
    """Short bursts by wards from a proposal."""
    from lgrdata.splits.naming import resolve

    conn = db.connect()
    facts, assumptions = load_area(conn, area_id), load_assumptions(conn)
    start = resolve(conn, facts, proposal)
    report = list(search(facts, assumptions, start, Goal("cut_border_km"), seconds=seconds))[-1]
    before, after = report.start["cut_border_km"], report.values["cut_border_km"]
    print(f"search by wards from {proposal}, {report.steps:,} steps in {report.seconds:.0f} s:")
    print(f"  length of border cut {before:.0f} km → found {after:.0f} km")


def main() -> None:
    quick = "--quick" in sys.argv
    if "--largest" in sys.argv:
        largest()
        return
    every_area()
    subprocess.run([sys.executable, __file__, "--largest"], check=True)
    beside_gerrychain("surrey", 3, 500 if quick else 3_000)
    beside_graphillion("surrey" if quick else LARGEST)
    ward_search(LARGEST, "lancs-5ua", 3 if quick else 20)


if __name__ == "__main__":
    try:
        main()
    except LgrError as fault:
        sys.exit(str(fault))
