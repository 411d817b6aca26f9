"""`share AREA SPLIT`: who gets what of a county's spending, by which basis, and how far the choice moves it."""

from __future__ import annotations

import argparse
from pathlib import Path

from lgrdata.care.people import directors
from lgrdata.cli.common import (
    Subparsers,
    add_command,
    add_file_options,
    dataset,
    file_choices,
    find_area,
    print_json,
    print_table,
)
from lgrdata.cli.effects import open_named
from lgrdata.core.models import LgrError
from lgrdata.core.share_facts import OWN
from lgrdata.core.words import capital, counted, day, number, percent, pounds
from lgrdata.reading.queries import load_area
from lgrdata.reading.shares import load_shares
from lgrdata.shares.choose import choices, refuse_unusable, unlisted
from lgrdata.shares.compare import against_estimate
from lgrdata.shares.counts import OwnCounts, read_counts, use_counts
from lgrdata.shares.document import document
from lgrdata.shares.position import positions, stocks
from lgrdata.shares.sentences import of, told
from lgrdata.shares.share import LineShare, ShareOut, Total, share_out
from lgrdata.splits.blockfile import MAX_BYTES
from lgrdata.splits.naming import read_bytes


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    command = add_command(subparsers, "share", "who gets what: spending shared out, low and high by council", run)
    command.add_argument("area", metavar="AREA")
    command.add_argument("split", metavar="SPLIT", help="a proposal, today, single, a split code or a file")
    add_file_options(command)
    command.add_argument(
        "--basis", action="append", default=[], metavar="LINE=BASIS", help="share a line by this basis; may be repeated"
    )
    command.add_argument(
        "--counts", type=Path, metavar="FILE", help="counts of your own by authority or ward (.csv or .xlsx)"
    )


def run(args: argparse.Namespace) -> int:
    """Print the share-out as tables, or with --json as the contract's document."""
    with dataset(args) as conn:
        facts = load_area(conn, find_area(conn, args.area))
        scenario, _ = open_named(conn, facts, args.split, file_choices(args))
        given = load_shares(conn, facts)
    split = scenario.split
    chosen = choices(given, args.basis)
    own = None
    plain = given
    if args.counts:
        own = read_counts(given, read_bytes(args.counts, MAX_BYTES), args.counts.name)
        if OWN in own.values and OWN not in chosen.values():
            raise LgrError(f"{args.counts.name}: say which line its counts are for, as in --basis highways={OWN}")
        given = use_counts(given, own)
    shared = share_out(given, split, chosen)
    refuse_unusable(shared, chosen)
    minded = [*unlisted(given, chosen), *(own.warnings if own else ())]
    if args.json:
        extra = {"counts": against_estimate(plain, shared, own)} if own else {}
        print_json({**document(shared, minded), **extra})
    else:
        _print(shared, minded)
        if own:
            _print_counts(shared, against_estimate(plain, shared, own), own)
    return 0


def _print(shared: ShareOut, minded: list[str]) -> None:
    split, given = shared.split, shared.given
    print(f"{given.facts.area.name}: {counted(len(split.in_use), 'council')}, net spending {given.year} before grants")
    for warning in (*told(shared), *minded):
        print(f"  ! {capital(warning)}.")
    if shared.divided:
        _print_totals(shared)
        _print_lines(shared)
    _print_whole(shared)
    _print_position(shared)
    print("\nBases, reasons, precedents and sources of every line: --json.")


def _m(thousand: float) -> str:
    return number(thousand / 1000, 1)


def _print_totals(shared: ShareOut) -> None:
    print("\nShared, £m: by the recommended bases, and if every line were chosen against or for a council")
    rows = []
    for words, groups in (
        ("care", ("adults", "children")),
        ("education", ("education",)),
        ("public health", ("public health",)),
        ("all else", ("other",)),
    ):
        total: Total = shared.total(groups)
        for c in sorted({c for s in shared.divided for c in s.holders}):
            low_high = f"{_m(total.low[c])} to {_m(total.high[c])}"
            rows.append([words, shared.split.names[c], _m(total.parts[c]), low_high, _m(total.by_residents[c])])
    print_table(rows, ["", "council", "£m", "low to high", "by residents alone"])


def _print_lines(shared: ShareOut) -> None:
    most = counted(len(shared.argument), "line makes", "lines make")
    print(f"\n{capital(most)} nine tenths of what the choice of basis moves, of {len(shared.divided)}. £m:")
    councils = sorted({c for s in shared.divided for c in s.holders})
    rows = [
        [
            _label(shared, s),
            _m(s.thousand(s.total)),
            _m(s.thousand(s.moves)),
            _by(shared, s),
            *(_cell(s, c) for c in councils),
        ]
        for s in shared.argument
    ]
    names = [shared.split.names[c] for c in councils]
    print_table(rows, ["line", "£m", "moves", "by", *names])


def _label(shared: ShareOut, s: LineShare) -> str:
    whose = of(shared, s)
    return s.line.name if whose is None else f"{s.line.name} ({shared.given.facts.upper_names[s.upper]})"


def _by(shared: ShareOut, s: LineShare) -> str:
    """The basis in words, marked where the counts are the user's own."""
    measure, name = shared.given.measures.get(s.basis), shared.given.bases[s.basis].name
    return f"{name} (yours)" if s.basis != OWN and measure and s.upper in measure.own else name


def _cell(s: LineShare, c: int) -> str:
    if c not in s.holders:
        return "-"
    low, high = s.thousand(s.low[c]), s.thousand(s.high[c])
    return f"{_m(s.thousand(s.parts[c]))} ({_m(low)} to {_m(high)})"


def _print_whole(shared: ShareOut) -> None:
    """Councils of today that go whole to a new one, with what they bring."""
    names, rows = shared.given.facts.upper_names, []
    for u in dict.fromkeys(s.upper for s in shared.listed if shared.state[s.upper] != "divided"):
        mine = [s for s in shared.lines if s.upper == u]
        care = sum(s.thousand(s.total) for s in mine if s.line.group in ("adults", "children"))
        rows.append([names[u], shared.split.names[mine[0].holders[0]], _m(care)])
    if rows:
        print("\nWhole, with its own lines")
        print_table(rows, ["council of today", "goes to", "care, £m"])


def _print_position(shared: ShareOut) -> None:
    print("\nOpening position: care against the council tax base, all that each council takes on")
    stock = {s.line.key: s for s in stocks(shared)}
    workers, schools = stock.get("social_workers"), stock.get("dsg_balance")
    rows = []
    for p in positions(shared):
        row = [p.name, f"{_m(p.care)} ({_m(p.low)} to {_m(p.high)})", pounds(p.per_resident)]
        row += [percent(p.care_share, 1), percent(p.tax_base_share, 1)]
        row.append(number(workers.by[workers.basis][p.council]) if workers and workers.by else "not known")
        row.append(number(schools.by[schools.basis][p.council] / 1e6, 1) if schools and schools.by else "not known")
        rows.append(row)
    print_table(
        rows,
        ["council", "care, £m", "a resident", "of care", "of tax base", "social workers", "schools deficit, £m"],
    )
    posts = directors(shared.split)
    print(f"Directors of adults’ services, and as many of children’s: {posts.today} today, {posts.after} after.")
    if schools and schools.note:
        print(f"Schools balance {schools.period}, a deficit above zero: {schools.note.lower()}.")
    for rule in shared.given.grant_rules:
        print(rule.words)
    for p in positions(shared):
        for debt in p.debts:
            print(f"{p.name}: {debt.words}")
    if shared.given.vesting:
        print(f"Vesting day: {day(shared.given.vesting)}. Reserves, property and other debts: not known here.")


def _print_counts(shared: ShareOut, differences: list[dict[str, object]], own: OwnCounts) -> None:
    print(f"\nYour counts ({', '.join(shared.given.bases[k].name for k in own.values)}) beside what they replace")
    rows = [
        [str(d["words"]), str(d["name"]), percent(_share(d["own"]), 1), percent(_share(d["estimate"]), 1)]
        for d in differences
    ]
    print_table(rows, ["measure", "council", "yours", "in its place"])


def _share(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
