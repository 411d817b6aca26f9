"""`options AREA`: every option, the frontier, and where a split stands among them."""

from __future__ import annotations

import argparse
import csv
import io
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from lgrdata.all_options.filters import BOARD, limits
from lgrdata.all_options.options import (
    HEADLINE,
    MEASURES,
    MOST_COUNCILS,
    Filters,
    Measure,
    Options,
    enumerate_options,
    frontier,
    pick,
)
from lgrdata.all_options.rank import Rank, plain, rank
from lgrdata.cli.common import (
    Subparsers,
    add_command,
    add_file_options,
    count,
    dataset,
    db_path,
    find_area,
    print_json,
    print_table,
    split_named,
    unknown,
)
from lgrdata.core import words
from lgrdata.core.facts import AreaFacts
from lgrdata.core.files import write_whole
from lgrdata.core.models import LgrError
from lgrdata.core.outputs import advice, refuse_output
from lgrdata.core.text import whole_number
from lgrdata.reading.queries import load_area, load_assumptions
from lgrdata.splits.split import OUT

SHOWN = 10
"""Frontier options printed for each number of councils; --json and --csv give all."""


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    c = add_command(
        subparsers, "options", "every connected split of whole authorities: counts, those that nothing beats, rank", run
    )
    c.add_argument("area", metavar="AREA")
    c.add_argument("--councils", default="2-4", metavar="N", help="how many: 3, 2-4 or 2,3,5; from 1 to 6 (2-4)")
    c.add_argument("--rank", metavar="SPLIT", help="where a proposal, split code or block file (.csv) stands")
    c.add_argument("--measures", metavar="A,B", help=f"judge by these together (default {','.join(HEADLINE)})")
    c.add_argument("--smallest", type=count, default=0, metavar="RESIDENTS", help="no council smaller than this")
    group: dict[str, Any] = {"action": "append", "default": [], "metavar": "A,B"}
    c.add_argument(
        "--together", **group, help="authorities to share a council, by code or name; repeat for more groups"
    )
    c.add_argument("--apart", **group, help="authorities of which no two share a council; repeat for more groups")
    c.add_argument("--keep-unitaries", action="store_true", help="today's unitary councils stay as they are")
    c.add_argument("--whole-icb", action="append", default=[], metavar="ICB", help="an NHS board no line may cut")
    c.add_argument("--ferries", action="store_true", help="let authorities across a sea gap join")
    c.add_argument("--extras", action="store_true", help="take in authorities outside the invitation")
    add_file_options(c)
    c.add_argument("--csv", type=Path, metavar="FILE", help="write every option with its measures to a file")


def run(args: argparse.Namespace) -> int:
    """Print counts and frontier, and with --rank where a split stands."""
    chosen = tuple(m.key for m in pick(args.measures.split(","))) if args.measures else HEADLINE
    councils = councils_from(args.councils)
    with dataset(args) as conn:
        facts = load_area(conn, find_area(conn, args.area))
        assumptions = load_assumptions(conn)
        split = None
        if args.rank:
            split = split_named(conn, facts, args.rank, args)
    if args.csv:
        refuse_output(args.csv, [db_path(args), *([Path(args.rank)] if args.rank else [])])
    extras = bool(args.extras)
    if split is not None:
        if len(split.in_use) > MOST_COUNCILS:
            many = f"makes {len(split.in_use)} councils; options are listed for 1 to {MOST_COUNCILS}"
            raise LgrError(f"--rank {args.rank}: it {many}, so it has nothing to stand among")
        councils = tuple(sorted({*councils, len(split.in_use)}))
        extras = extras or bool((facts.is_extra & (split.authority != OUT)).any())
    began = time.perf_counter()
    options = enumerate_options(
        facts, assumptions, councils, _filters(facts, args), ferries=args.ferries, extras=extras
    )
    rows = frontier(options, chosen)
    standing = rank(options, split, chosen) if split is not None else None
    seconds = time.perf_counter() - began
    if args.csv:
        _write(options, rows, args.csv)
    if args.json:
        print_json(document(options, councils, rows, chosen, standing, seconds))
    else:
        _print(options, councils, rows, chosen, standing)
        if args.csv:
            print(f"\n{len(options):,} options are in {args.csv}")
    return 0


def councils_from(text: str) -> tuple[int, ...]:
    """Numbers of councils from '3', '2-4' or '2,3,5'. LgrError where it is none of these."""
    out: set[int] = set()
    for part in text.replace("–", "-").split(","):
        low, dash, high = part.strip().partition("-")
        first = whole_number(low)
        last = whole_number(high) if dash else first
        if first is None or last is None or last < first:
            raise LgrError(f"--councils {text}: give a number, a range such as 2-4, or a list such as 2,3,5")
        out.update(range(first, min(last, first + 100) + 1))
    return tuple(sorted(out))


def document(
    options: Options,
    councils: Sequence[int],
    rows: Iterable[int],
    chosen: Sequence[str],
    standing: Rank | None,
    seconds: float,
) -> dict[str, Any]:
    """`options --json` of the contract."""
    held = options.available()
    at = np.array(list(rows), dtype=np.int64)
    document: dict[str, Any] = {
        "area": options.facts.area.area_id,
        "blocks": options.blocks.count,
        "counts": {str(k): options.counts.get(k, 0) for k in councils},
        "seconds": round(seconds, 4),
        "measures": [
            {"key": m.key, "name": m.name, "unit": m.unit, "lower_is_better": m.lower_is_better, "step": m.step,
             "estimated": m.estimated is not None}
            for m in held
        ],
        "unavailable": dict(options.unavailable),
        "judged_by": [m.key for m in options.available(chosen)],
        "filters": [limit.words for limit in limits(options.blocks, options.filters)],
        "joins": "land, tidal and sea" if options.blocks.ferries else "land and tidal",
        "frontier": [
            {"code": code, "councils": int(options.councils[row]),
             **{m.key: plain(options.column(m.key)[row]) for m in held}}
            for code, row in zip(options.codes(at), at, strict=True)
        ],
    }  # fmt: skip
    if standing is not None:
        document["rank"] = standing.as_json()
    return document


def _filters(facts: AreaFacts, args: argparse.Namespace) -> Filters:
    def groups(flag: str, given: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        out = [tuple(dict.fromkeys(_authority(facts, name) for name in text.split(","))) for text in given]
        for text, group in zip(given, out, strict=True):
            if len(group) < 2:
                raise LgrError(f"{flag} {text}: give two or more authorities, parted by commas")
        return tuple(out)

    if args.smallest < 0:
        raise LgrError("--smallest: give a number of residents, not below zero")
    return Filters(
        smallest=args.smallest,
        together=groups("--together", args.together),
        apart=groups("--apart", args.apart),
        unitaries_unchanged=args.keep_unitaries,
        boards_whole=tuple(_board(facts, name) for name in args.whole_icb),
    )


def _authority(facts: AreaFacts, given: str) -> str:
    for a in facts.authorities:
        if given.strip().lower() in (a.code.lower(), a.name.lower()):
            return a.code
    raise unknown(f"authority of {facts.area.name}", given.strip(), {a.code: a.name for a in facts.authorities})


def _board(facts: AreaFacts, given: str) -> str:
    boards = facts.footprints.get(BOARD)
    known = dict(zip(boards.codes, boards.names, strict=True)) if boards else {}
    for code, name in known.items():
        if given.strip().lower() in (code.lower(), name.lower()):
            return code
    raise unknown(f"NHS board of {facts.area.name}", given.strip(), known)


def _write(options: Options, rows: Iterable[int], path: Path) -> None:
    held = options.available()
    columns = [np.where(np.isfinite(c), c, np.nan).round(6).tolist() for c in (options.column(m.key) for m in held)]
    on = np.zeros(len(options), dtype=np.int64)
    on[np.array(list(rows), dtype=np.int64)] = 1
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["code", "councils", *(m.key for m in held), "on_frontier"])
    for code, k, *values, frontier_flag in zip(
        options.codes(), options.councils.tolist(), *columns, on.tolist(), strict=True
    ):
        writer.writerow([code, k, *("" if v != v else v for v in values), frontier_flag])
    try:
        write_whole(path, text.getvalue().encode())
    except OSError as fault:
        raise LgrError(f"--csv {path}: {advice(fault)}") from None


def shown(measure: Measure, value: float) -> str:
    """A value as people read it, in the measure's unit."""
    if not np.isfinite(value):
        return "no split" if value > 0 else "never"
    if measure.unit == "£m":
        return words.millions(value)
    if measure.unit == "£ a resident":
        return words.pounds(value, 1)
    if measure.unit == "share":
        return words.percent(value, 1)
    return words.number(value, {"times": 2, "0 to 1": 2}.get(measure.unit, 0))


def _direction(measure: Measure) -> str:
    return f"{'lower' if measure.lower_is_better else 'higher'} for {_inside(measure)}"


def _inside(measure: Measure) -> str:
    return measure.name[:1].lower() + measure.name[1:]


def _print(
    options: Options, councils: Sequence[int], rows: np.ndarray, chosen: Sequence[str], standing: Rank | None
) -> None:
    area = options.facts.area.name
    joined = "land, tidal water and sea" if options.blocks.ferries else "land and tidal water, not by sea"
    print(f"{area}: every way to group {options.blocks.count} authorities that join by {joined}")
    for limit in limits(options.blocks, options.filters):
        print(f"  keeping to: {limit.words}")
    print()
    on = np.bincount(options.councils[rows], minlength=max(councils) + 1)
    print_table(
        [(str(k), f"{options.counts.get(k, 0):,}", f"{on[k]:,}") for k in councils],
        ("councils", "options", "beaten by none"),
    )
    judged = options.available(chosen)
    print(f"\nOptions that nothing beats, judged by {words.joined([_inside(m) for m in judged])}:")
    print("no option with as many councils is as good on all of them and ahead on one.")
    print(f"Better is {words.joined([_direction(m) for m in judged])}.\n")
    rows = rows[np.argsort(options.rounded(judged[0].key)[rows], kind="stable")]
    few = [int(row) for k in councils for row in rows[options.councils[rows] == k][:SHOWN]]
    codes = options.codes(np.array(few, dtype=np.int64))
    print_table(
        [
            (code, str(options.councils[row]), *(shown(m, options.column(m.key)[row]) for m in judged))
            for code, row in zip(codes, few, strict=True)
        ],
        ("split code", "councils", *(m.name for m in judged)),
    )
    if len(few) < len(rows):
        print(f"\nThe first {SHOWN} for each number of councils; --json and --csv give all {len(rows):,}.")
    for m in MEASURES:
        if m.key in options.unavailable:
            print(f"Not held: {_inside(m)}: {options.unavailable[m.key]}")
    if standing is not None:
        _print_rank(standing)


def _print_rank(standing: Rank) -> None:
    name = standing.split.proposal or "this split"
    print(f"\n{words.capital(name)} among {words.counted(standing.of, 'option')} with {standing.councils} councils\n")
    print_table(
        [
            (s.measure.name, shown(s.measure, s.value), f"{s.place:,} of {s.others + 1:,}", s.sentence)
            for s in standing.standings
        ],
        ("measure", "value", "place", "in words"),
    )
    print(f"\n{standing.sentence}")
    if standing.note:
        print(standing.note)
