"""`load RELEASE FILE`: a publisher's file into the dataset, shown first, written with --accept."""

from __future__ import annotations

import argparse
import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from lgrdata.all_effects.effects import work_out
from lgrdata.cli.common import Subparsers, add_command, dataset, db_path, print_json, print_table
from lgrdata.cli.keep import data_dir
from lgrdata.core import periods
from lgrdata.core.models import LENSES, LgrError
from lgrdata.reading import catalogue, db
from lgrdata.reading.queries import load_area, load_assumptions
from lgrdata.reading.tables import Faults
from lgrdata.splits.naming import resolve

Headlines = dict[str, tuple[float, float, float, str]]
"""By proposal: yearly net by lens, £ million, and the weakest council ('' where there is none)."""

SHOWN = 12  # councils in the preview, those that change most; --json has them all


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    command = add_command(subparsers, "load", "bring a release into the dataset; shows what it changes", run)
    command.add_argument("release", metavar="RELEASE", help="ons-mye, dfe-cla, mhclg-hclic, mhclg-ro, nhs-icb, or tidy")
    command.add_argument(
        "file", type=Path, nargs="+", metavar="FILE", help="as published (.xlsx), or as CSV; mhclg-ro: RSX and RO3"
    )
    command.add_argument("--accept", action="store_true", help="write it; without, nothing is changed")
    command.add_argument("--period", default="", metavar="PERIOD", help="where the file does not say: '2026 Q1'")
    command.add_argument("--released", default="", metavar="DATE", help="when it was released: YYYY-MM-DD")
    command.add_argument("--series", default="", metavar="NAME", help="tidy: whose edition it is, e.g. dfe-cin")
    command.add_argument("--title", default="", help="tidy: the release as its publisher names it")
    command.add_argument("--publisher", default="", help="tidy: who publishes it")
    command.add_argument("--link", default="", help="tidy: its page")
    command.add_argument("--data", type=Path, metavar="DIR", help="folder of tables (default: the dataset's own)")


def run(args: argparse.Namespace) -> int:
    """Show what a file changes, by council and by proposal; with --accept also write it."""
    from lgrdata.keeping import intake  # here, since the other commands need not wait for it
    from lgrdata.keeping.build import build, refuse_to_lose_edits
    from lgrdata.keeping.check import check
    from lgrdata.keeping.dump import dump, refuse_newer_tables

    path, data = db_path(args), data_dir(args)
    if args.accept and db.INSTALLED and data == db.DATA:
        raise LgrError("an installed copy has no tables to write: load in a checkout, or name a folder with --data")
    with dataset(args) as conn:
        if args.accept:
            refuse_to_lose_edits(path, data)
            refuse_newer_tables(conn, data)
        found = intake.read(conn, args.release, args.file, args.period)
        changed = intake.changes(conn, found)
        source = _source(args, found)
        before = headlines(conn) if found.reprices else {}
        with closing(intake.copy(conn)) as trial:
            intake.take_in(trial, found, source, date.today())
            if found.relearns:
                intake.derive_again(trial)
            after = headlines(trial) if found.reprices else {}
            faults = [str(fault) for fault in check(trial)]
            if args.accept and not faults:
                dump(trial, path, data)
    if faults and args.accept:
        raise Faults([*faults, "Nothing was written: mend the faults first."])
    if args.accept:
        build(data, path, discard_edits=True)
    _tell(args, found, changed, before, after, faults)
    return 0


def _source(args: argparse.Namespace, found: object) -> dict[str, str]:
    from lgrdata.keeping.intake import Intake

    assert isinstance(found, Intake)
    last = periods.newest(found.periods)
    series = args.series or (args.release if args.release != "tidy" else "")
    source = {
        "series": series,
        "source_id": f"{series}-{_edition(last)}",
        "title": args.title or found.recipe["title"],
        "publisher": args.publisher or found.recipe["publisher"],
        "link": args.link or found.recipe["link"],
        "release": last,
        "released": args.released,
        "licence": "Open Government Licence v3.0",
    }
    missing = [f"--{name}" for name in ("series", "title", "publisher", "link") if not source[name]]
    if missing:
        raise LgrError(f"{args.release}: the plain form names no source; add {', '.join(missing)}")
    return source


def _edition(period: str) -> str:
    """The end of a source's id: 2026, 2025-26 or 2026-q1."""
    found = re.search(r"\d{4}(-\d\d| Q\d)?", period)
    return found[0].lower().replace(" ", "-") if found else "edition"


def headlines(conn: sqlite3.Connection) -> Headlines:
    """What each proposal with a map comes to: yearly net by lens, and the weakest council."""
    assumptions = load_assumptions(conn)
    drawn = catalogue.drawn_proposals(conn)
    out: Headlines = {}
    for area in catalogue.areas(conn, combined=True):
        facts = load_area(conn, area.area_id)
        for proposal in catalogue.proposal_summaries(conn, area.area_id):
            if proposal.proposal_id not in drawn:
                continue
            effects = work_out(facts, resolve(conn, facts, proposal.proposal_id), assumptions)
            weakest = effects.care_load.weakest
            county, middle, district = (effects.costs[lens].recurring_net for lens in LENSES)
            name = effects.split.names[weakest.council] if weakest and not weakest.too_close else ""
            out[proposal.proposal_id] = (county, middle, district, name)
    return out


def _tell(
    args: argparse.Namespace,
    found: object,
    changed: list[tuple[str, str, str, float | None, float | None]],
    before: Headlines,
    after: Headlines,
    faults: list[str],
) -> None:
    moved = {p: (before[p], after[p]) for p in before if p in after and _shown(before[p]) != _shown(after[p])}
    left_out = getattr(found, "left_out", ())
    if args.json:
        print_json(
            {
                "release": args.release,
                "written": bool(args.accept),
                "councils": [dict(zip(("council", "measure", "held", "was", "now"), c, strict=True)) for c in changed],
                "proposals": {p: {"was": list(was), "now": list(now)} for p, (was, now) in moved.items()},
                "left_out": list(left_out),
                "faults": faults,
            }
        )
        return
    if left_out:
        print(f"Left out, since the dataset does not hold them: {', '.join(left_out)}.\n")
    most = sorted(changed, key=lambda c: -_step(c[3], c[4]))[:SHOWN]
    rows = [(c[0], c[1], _number(c[3]), _number(c[4])) for c in most]
    print(f"{len(changed)} figures; those that change most:")
    print_table(rows, ("council", "measure", "held", "now"))
    if before:
        print(f"\nYearly net (£m) or weakest council change in {len(moved)} of {len(before)} proposals.")
    else:
        print("\nNo proposal's yearly net or weakest council rests on these.")
    if moved:
        print_table(
            [
                (p, *(f"{a} → {b}" for a, b in zip(_shown(was), _shown(now), strict=True)))
                for p, (was, now) in moved.items()
            ],
            ("proposal", "counties", "halfway", "districts", "weakest"),
        )
    for fault in faults:
        print(f"\nWould break a rule: {fault}")
    if not args.released:
        print("\nThe release has no date yet: --released YYYY-MM-DD tells when it was published.")
    print("\nWritten, and the dataset built anew." if args.accept else "\nNothing was written; --accept writes it.")


def _shown(headline: tuple[float, float, float, str]) -> tuple[str, ...]:
    return (*(f"{value:+.1f}" for value in headline[:3]), headline[3] or "too close to call")


def _step(was: float | None, now: float | None) -> float:
    if was is None or now is None:
        return 0.0 if was is now else 9.0
    return abs(now / was - 1) if was else 0.0


def _number(value: float | None) -> str:
    return "not held" if value is None else f"{value:,.10g}"
