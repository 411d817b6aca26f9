"""`hindcast`: the record of this tool where it is known by now what happened."""

from __future__ import annotations

import argparse

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
        rounds, cases = past_rounds.past_rounds(conn), past_rounds.business_cases(conn)
    if args.json:
        print_json(
            {
                "people": [hindcast.part_document(p) for p in parts],
                "summary": [hindcast.summary_document(s) for s in summaries],
                "past_rounds": list(rounds),
                "business_cases": list(cases),
            }
        )
    else:
        _print(summaries)
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


def _row(s: Summary) -> tuple[str, ...]:
    if not s.parts:
        return (OUTCOME_NAMES[s.outcome], "0", *["not published"] * 5)
    figures = (s.median_error, s.p90_error, s.median_error_population_share, s.p90_error_population_share)
    return (OUTCOME_NAMES[s.outcome], str(s.parts), *(percent(f, 1) for f in figures), percent(s.coverage))
