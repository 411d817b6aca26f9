"""`effects AREA SPLIT`: everything a split does."""

from __future__ import annotations

import argparse
import sqlite3
from dataclasses import replace
from pathlib import Path

from lgrdata import effects_json
from lgrdata.catalogue import load_assumptions
from lgrdata.cli_common import Subparsers, add_command, dataset, find_area, print_json, print_table
from lgrdata.costs import check_changes
from lgrdata.effects import Effects, work_out
from lgrdata.facts import AreaFacts
from lgrdata.models import LENSES, OUTCOMES, LgrError
from lgrdata.queries import load_area
from lgrdata.resolve import resolve, resolve_file
from lgrdata.scenario import Scenario, parse_document, restore
from lgrdata.words import counted, millions, number, percent, pounds


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    command = add_command(subparsers, "effects", "everything a split does", run)
    command.add_argument("area", metavar="AREA")
    command.add_argument(
        "split",
        metavar="SPLIT",
        help="a proposal, today, single, a split code, a block file (.csv), a scenario (.json)",
    )


def run(args: argparse.Namespace) -> int:
    """Print the effects as tables, or with --json as the contract's document."""
    with dataset(args) as conn:
        facts = load_area(conn, find_area(conn, args.area))
        scenario, given = open_named(conn, facts, args.split)
        effects = effects_of(conn, scenario)
    if args.json:
        print_json(effects_json.document(effects, scenario if given else None))
    else:
        _print(effects)
    return 0


def open_named(conn: sqlite3.Connection, facts: AreaFacts, text: str) -> tuple[Scenario, bool]:
    """The scenario that a command's SPLIT names, and whether it came from a scenario file."""
    suffix = Path(text).suffix.lower()
    if suffix == ".csv":
        return Scenario(resolve_file(conn, facts, Path(text))), False
    if suffix == ".json":
        try:
            data = Path(text).read_bytes()
        except OSError as fault:
            raise LgrError(f"{text}: {fault.strerror}") from None
        return restore(conn, facts, parse_document(data, Path(text).name), Path(text).name), True
    return Scenario(resolve(conn, facts, text)), False


def effects_of(conn: sqlite3.Connection, scenario: Scenario) -> Effects:
    """The effects of a scenario, its changed assumptions checked and its partnerships counted."""
    assumptions = load_assumptions(conn)
    changed = check_changes(assumptions, scenario.assumptions)
    return work_out(scenario.split.facts, scenario.split, replace(assumptions, changed=changed))


def _print(effects: Effects) -> None:
    split, services = effects.split, effects.services
    print(f"{effects.facts.area.name}: {counted(len(split.in_use), 'council')}")
    for warning in effects.warnings:
        print(f"  ! {warning[:1].upper()}{warning[1:]}.")
    rows = []
    for c in (int(c) for c in split.in_use):
        row = [split.names[c], number(float(split.population[c]))]
        for outcome in OUTCOMES:
            e = services.estimate(c, outcome)
            shown = "not available" if e is None else number(e.value)
            ranged = e is not None and e.low < e.high
            row.append(f"{shown} ({number(e.low)} to {number(e.high)})" if e is not None and ranged else shown)
        rows.append(row)
    print("\nPeople in care are estimated wherever a range is shown.")
    print_table(rows, ["council", "residents", "adults in long-term support", "looked after", "in need", "EHC plans"])
    print()
    rows = []
    for lens in LENSES:
        cost = effects.costs[lens]
        payback = f"year {cost.payback_years}" if cost.payback_years is not None else "not within 30 years"
        switch = "-" if cost.switching_value is None else pounds(cost.switching_value, 1)
        rows.append(
            [lens, *(millions(v) for v in (cost.recurring_net, cost.one_off, cost.five_year_net)), payback, switch]
        )
    print_table(rows, ["lens", "net a year", "one-off", "five years", "pays back", "switching value a resident"])
    crossing = effects.boundary.crossing.get("commuting 2021")
    if crossing is not None:
        print(
            f"\nCommuting (Census 2021) that crosses: {percent(crossing.share, 1)}, today {percent(crossing.today, 1)};"
            f" borders cut: {effects.boundary.after.cuts.borders}, {number(effects.boundary.after.cuts.km)} km"
        )
