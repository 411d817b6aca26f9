"""`calibrate`: published figures beside the model's."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from lgrdata.cli.common import Subparsers, add_command, dataset, print_json, print_table
from lgrdata.core.models import LENSES
from lgrdata.core.words import millions, number, percent
from lgrdata.costs.business_cases import NEVER_PAID_BACK, CaseRow
from lgrdata.costs.calibrate import Calibration, calibrate


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    add_command(subparsers, "calibrate", "the cost model beside published figures, national and by proposal", _run)


def _run(args: argparse.Namespace) -> int:
    with dataset(args) as conn:
        found = calibrate(conn)
    if args.json:
        print_json(_document(found))
    else:
        _print(found)
    return 0


def _document(found: Calibration) -> dict[str, Any]:
    return {
        "checks": [
            {
                "check": row.check,
                "councils": row.councils,
                "unit": row.unit,
                "published": row.published,
                "published_words": row.published_words,
                "modelled": round(row.modelled, 2),
                "difference": round(row.difference, 4),
                "claim": row.claim_id,
                "author": row.author,
                "paid_by": row.paid_by,
                "link": row.link,
            }
            for row in found.checks
        ],
        "business_cases": [
            asdict(row)
            | {
                "modelled": {lens: round(v, 2) for lens, v in row.modelled.items()},
                "distance": {lens: round(v, 2) for lens, v in row.distance.items()},
            }
            for row in found.cases
        ],
    }


def _print(found: Calibration) -> None:
    print(
        "National check: counties’ evidence, each county in equal pieces; dearer placements in the last two rows only"
    )
    print()
    print_table(
        [
            (
                row.check + ("" if row.councils is None else f", {row.councils} councils"),
                millions(row.published),
                millions(row.modelled),
                percent(row.difference),
                row.author,
            )
            for row in found.checks
        ],
        ("check", "published", "modelled", "difference", "author"),
    )
    print()
    print("Several assumptions were set on these figures: that they match shows that the sums carry their source,")
    print("not that it is true.")
    print()
    print("Published business cases beside each side’s figures: modelled, and in brackets modelled less published.")
    print("The model is never tuned to them.")
    print()
    print_table(
        [
            (
                row.proposal_id or row.place,
                f"{row.metric} ({row.unit})",
                _published(row),
                *(_modelled(row, i) for i in range(len(LENSES))),
                row.side,
                row.why_not or row.basis,
            )
            for row in found.cases
        ],
        ("proposal", "measure", "published", *LENSES, "who paid", "basis"),
    )


def _plain(value: float) -> str:
    return number(value, 0 if abs(value) >= 10 or value == int(value) else 1)


def _published(row: CaseRow) -> str:
    if row.value is not None:
        end = " or more" if row.low == row.value else " or less" if row.high == row.value else ""
        return _plain(row.value) + end
    if row.low is not None and row.high is not None:
        return f"{_plain(row.low)} to {_plain(row.high)}"
    if row.low is not None:
        return f"{_plain(row.low)} or more"
    return "" if row.high is None else f"{_plain(row.high)} or less"


def _modelled(row: CaseRow, i: int) -> str:
    lens = LENSES[i]
    if lens not in row.modelled:
        return "never" if row.why_not == NEVER_PAID_BACK else ""
    far = row.distance[lens]
    return f"{_plain(row.modelled[lens])} ({'+' if far > 0 else ''}{_plain(far)})"
