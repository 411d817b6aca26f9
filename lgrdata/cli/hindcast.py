"""`hindcast`: the record of this tool where it is known by now what happened."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from lgrdata.care import hindcast
from lgrdata.care.hindcast import KINDS, Summary
from lgrdata.cli.common import Subparsers, add_command, dataset, print_json, print_table
from lgrdata.core.models import NOMINAL_WORDS
from lgrdata.core.words import OUTCOME_NAMES, capital, percent
from lgrdata.costs import past_rounds
from lgrdata.reading.record import care_record


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    add_command(subparsers, "hindcast", "the record: estimates and costs held against what happened", _run)


def _run(args: argparse.Namespace) -> int:
    with dataset(args) as conn:
        parts, summaries = hindcast.people(care_record(conn))
        costs = past_rounds.document(conn)
    if args.json:
        print_json(
            {
                "people": [hindcast.part_document(p) for p in parts],
                "summary": [hindcast.summary_document(s) for s in summaries],
                **costs,
            }
        )
    else:
        _print(summaries)
        _print_costs(costs)
    return 0


def _print(summaries: list[Summary]) -> None:
    print("People in care: each former county taken as one and split without it, beside what its parts publish.")
    print(f"Errors as a share of the published count; the range is made to hold {NOMINAL_WORDS}.")
    for kind, name in KINDS.items():
        rows = [_row(s) for s in summaries if s.kind == kind]
        if rows:
            print()
            head = ("parts", "median error", "9 in 10 within", "plain share", "9 in 10 within", "inside the range")
            print_table(rows, (capital(name), *head))
    for warning in (w for s in summaries for w in s.warnings):
        print(f"  ! {warning}.")


def _print_costs(costs: Mapping[str, Any]) -> None:
    print("\nCosts of past rounds: what the model gives for the councils there were, £m, beside what was published.")
    rows = []
    for r in costs["past_rounds"]:
        given = [v for v in r["modelled"].values() if v is not None]
        told = [f"{p['kind']} {_figure(p)} ({p['said']})" for p in r["published"]]
        modelled = f"{min(given):.0f} to {max(given):.0f}" if given else "no like"
        rows.append((f"{r['place']} {r['year']}", r["figure"], modelled, "; ".join(told) or "not known"))
    print_table(rows, ("place and year", "figure", "modelled", "published"))
    print("\nBusiness cases against what both sides’ evidence gives:")
    cases = [
        (m["side"], m["figure"], f"{m['below']} below, {m['inside']} inside, {m['above']} above")
        for m in costs["business_cases"]
    ]
    print_table(cases, ("who paid", "figure", "how many lie"))
    if band := costs["one_off"]:
        holds = f"{band['low']:.1f} to {band['high']:.1f} times the model’s hold {percent(band['inside'])}"
        print(f"\nOne-off costs: {holds} of {band['ratios']} published ones;")
        print(f"each held against a range made without it, {percent(band['coverage'])}.")


def _figure(p: Mapping[str, Any]) -> str:
    if p["value"] is not None:
        return f"{p['value']:g}"
    ends = [f"{p[end]:g}" for end in ("low", "high") if p[end] is not None]
    return " to ".join(ends) if len(ends) == 2 else f"{'over' if p['low'] is not None else 'under'} {ends[0]}"


def _row(s: Summary) -> tuple[str, ...]:
    if not s.parts:
        return (OUTCOME_NAMES[s.outcome], "0", *["not published"] * 5)
    figures = (s.median_error, s.p90_error, s.median_error_population_share, s.p90_error_population_share)
    return (OUTCOME_NAMES[s.outcome], str(s.parts), *(percent(f, 1) for f in figures), percent(s.coverage))
