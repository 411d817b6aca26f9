"""`forecast AREA SPLIT`: residents and estimated need of each council in later years."""

from __future__ import annotations

import argparse
import math
from typing import Any

from lgrdata.care.forecast import GROUPS, Forecast, forecast
from lgrdata.cli.common import (
    Subparsers,
    add_command,
    add_file_options,
    dataset,
    find_area,
    print_json,
    print_table,
    split_named,
)
from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import NOMINAL_WORDS, OUTCOMES
from lgrdata.core.words import OUTCOME_NAMES
from lgrdata.reading.queries import load_area
from lgrdata.splits import splitcode
from lgrdata.splits.split import Split


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    command = add_command(subparsers, "forecast", "residents and estimated need of later years, by council", run)
    command.add_argument("area", metavar="AREA")
    command.add_argument(
        "split", metavar="SPLIT", help="a proposal, today, single, a split code or a file of places and councils"
    )
    add_file_options(command)


def run(args: argparse.Namespace) -> int:
    """Print the forecast as tables, or with --json every year."""
    with dataset(args) as conn:
        facts = load_area(conn, find_area(conn, args.area))
        split = split_named(conn, facts, args.split, args)
    result = forecast(facts, split)
    if args.json:
        print_json(document(facts, split, result))
    else:
        _print(facts, split, result)
    return 0


def document(facts: AreaFacts, split: Split, result: Forecast) -> dict[str, Any]:
    """The forecast as one JSON document: people whole, None where a figure cannot be given."""
    councils = []
    for c in (int(c) for c in split.in_use):
        groups = {_key(g): [_whole(v) for v in result.group(g)[c]] for g in GROUPS}
        need = {}
        for outcome in OUTCOMES:
            each = [result.estimate(c, y, outcome) for y in result.years]
            need[outcome] = [
                None if e is None else {"value": round(e.value), "low": math.floor(e.low), "high": math.ceil(e.high)}
                for e in each
            ]
        councils.append({"name": split.names[c], "residents": groups, "need": need})
    return {
        "area": facts.area.area_id,
        "split": {"code": splitcode.encode(split), "proposal": split.proposal, "basis": split.basis},
        "label": result.label,
        "status": "estimated",
        "years": list(result.years),
        "councils": councils,
        "method": METHOD.format(result.label),
        "warnings": list(result.missing),
    }


METHOD = (
    "Residents: growth by age band of the {} projections on the estimate of today. Need: today's "
    "estimate, grown with the ages that it goes with across the councils of England (weights, not rates by age). The "
    f"range is today's, nominally {NOMINAL_WORDS}, widened by the same factors on the change since; how well a "
    "forecast holds has not been tried. It shows what a change in ages alone would do, not a change in rates."
)


def _key(group: str) -> str:
    return "population_" + group.replace("-", "_").replace("+", "_plus")


def _whole(value: float) -> int | None:
    return None if math.isnan(value) else round(float(value))


def _print(facts: AreaFacts, split: Split, result: Forecast) -> None:
    later = range(result.last - 15, result.last + 1, 5)
    years = [y for y in (result.years[0], *later) if y in result.years]
    at = [result.years.index(y) for y in years]
    print(f"{facts.area.name}: residents and estimated need ({result.label})")
    for c in (int(c) for c in split.in_use):
        rows = []
        for group in GROUPS:
            values = result.group(group)[c]
            rows.append((f"Residents {group}", *(_text(values[y]) for y in at)))
        for outcome in OUTCOMES:
            cells = []
            for year in years:
                e = result.estimate(c, year, outcome)
                if e is None:
                    cells.append("not known")
                else:
                    cells.append(f"{e.value:,.0f} ({math.floor(e.low):,} to {math.ceil(e.high):,})")
            rows.append((OUTCOME_NAMES[outcome], *cells))
        print()
        print_table(rows, (split.names[c], *(str(y) for y in years)))
    print(f"\n{METHOD.format(result.label)}")
    for warning in result.missing:
        print(f"Missing: {warning}")


def _text(value: float) -> str:
    return "not known" if math.isnan(value) else f"{value:,.0f}"
