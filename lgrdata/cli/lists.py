"""The commands that list: areas, proposals."""

from __future__ import annotations

import argparse
import sqlite3
from typing import Any

from lgrdata.cli.common import Subparsers, add_command, dataset, find_area, print_json, print_table
from lgrdata.reading import catalogue
from lgrdata.reading.vintage import vintage


def areas_document(conn: sqlite3.Connection) -> dict[str, Any]:
    """`areas --json`: the invited areas, and the combined one apart. `residents` stands under its year's name too."""
    dated = f"residents_{vintage(conn, 'residents').year}"
    rows = [{**row._asdict(), dated: row.residents} for row in catalogue.area_summaries(conn)]
    kinds = {"areas": "invited", "combined": "combined"}
    return {key: [row for row in rows if row["kind"] == kind] for key, kind in kinds.items()}


def proposals_document(conn: sqlite3.Connection, area: str | None) -> dict[str, Any]:
    """`proposals --json`: those of an area (by id), or all."""
    return {"area": area, "proposals": [row._asdict() for row in catalogue.proposal_summaries(conn, area)]}


def areas(args: argparse.Namespace) -> int:
    """`areas`: the 21 invited areas; with --json also the combined one, marked by its kind."""
    with dataset(args) as conn:
        document = areas_document(conn)
        invited = [row for row in catalogue.area_summaries(conn) if row.kind == "invited"]
        residents = vintage(conn, "residents").period
    if args.json:
        print_json(document)
        return 0
    header = ("area", "name", "councils today", "residents", "proposals", "stage")
    print_table(
        [
            (
                row.area_id,
                row.name,
                f"{row.counties} + {row.districts} + {row.unitaries}",
                f"{row.residents or 0:,}",
                str(row.proposals),
                row.stage
                + ("" if row.stage_confidence == "documented" else f" ({row.stage_confidence})")
                + (", in court" if row.court else ""),
            )
            for row in invited
        ],
        header,
    )
    print(f"\n{len(invited)} areas. Councils today: counties + districts + unitaries. Residents: {residents}.")
    return 0


def proposals(args: argparse.Namespace) -> int:
    """`proposals [AREA]`: splits really put forward, with status and confidence."""
    with dataset(args) as conn:
        area = find_area(conn, args.area) if args.area is not None else None
        rows = catalogue.proposal_summaries(conn, area)
        document = proposals_document(conn, area)
    if args.json:
        print_json(document)
        return 0
    header = ("proposal", "councils", "stage", "status", "confidence", "title")
    print_table(
        [(row.proposal_id, str(row.councils), row.stage, row.status, row.confidence, row.title) for row in rows],
        header,
    )
    print(f"\n{len(rows)} proposals. Status unknown: not known here, which is not the same as rejected.")
    return 0


def register(subparsers: Subparsers) -> None:
    """Add the commands."""
    add_command(subparsers, "areas", "the invited areas", areas)
    command = add_command(subparsers, "proposals", "proposals with status and confidence", proposals)
    command.add_argument("area", nargs="?", metavar="AREA", help="one area, e.g. surrey (default: all)")
