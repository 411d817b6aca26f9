"""The commands that list: areas, proposals."""

from __future__ import annotations

import argparse
import sqlite3
from typing import Any

from lgrdata.cli.common import Subparsers, add_command, dataset, find_area, print_json, print_table

AREAS = """
SELECT area_id, name, full_name, kind, stage, stage_date, stage_note, stage_confidence,
       (SELECT count(*) FROM county WHERE county.area_id = area.area_id) AS counties,
       (SELECT count(*) FROM area_authority JOIN authority USING (authority_code)
        WHERE area_authority.area_id = area.area_id AND role = 'member' AND tier = 'district') AS districts,
       (SELECT count(*) FROM area_authority JOIN authority USING (authority_code)
        WHERE area_authority.area_id = area.area_id AND role = 'member' AND tier = 'unitary') AS unitaries,
       (SELECT count(*) FROM area_authority JOIN ward USING (authority_code)
        WHERE area_authority.area_id = area.area_id AND role = 'member') AS wards,
       (SELECT sum(residents) FROM area_authority JOIN resident USING (authority_code)
        WHERE area_authority.area_id = area.area_id AND role = 'member' AND year = 2024) AS residents_2024,
       (SELECT count(*) FROM proposal WHERE proposal.area_id = area.area_id) AS proposals,
       (SELECT group_concat(date || ': ' || event, ' ') FROM (SELECT date, event FROM event
        WHERE event.area_id = area.area_id AND event.kind IN ('challenge', 'judgment') ORDER BY date, event_id)
       ) AS court
FROM area ORDER BY kind = 'combined', name
"""

PROPOSALS = """
SELECT proposal_id, proposal.area_id, area.name AS area, proposal.title, proposers, proposal.stage, date, councils,
       whole_authorities, boundary_change, status, basis, confidence, proposal.note, source.title AS source, link,
       CASE WHEN status <> 'unknown' AND proposal.stage IN ('final', 'decided') THEN nullif(stage_date, '') END
       AS decided
FROM proposal JOIN area USING (area_id) LEFT JOIN source ON source.source_id = proposal.source_id
WHERE ? IS NULL OR proposal.area_id = ? ORDER BY area.name, proposal_id
"""


def _rows(conn: sqlite3.Connection, sql: str, *values: str | None) -> list[dict[str, Any]]:
    cursor = conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def areas_document(conn: sqlite3.Connection) -> dict[str, Any]:
    """`areas --json`: the 21 invited areas, and the combined one apart."""
    rows = _rows(conn, AREAS)
    kinds = {"areas": "invited", "combined": "combined"}
    return {key: [row for row in rows if row["kind"] == kind] for key, kind in kinds.items()}


def proposals_document(conn: sqlite3.Connection, area: str | None) -> dict[str, Any]:
    """`proposals --json`: those of an area (by id), or all."""
    rows = _rows(conn, PROPOSALS, area, area)
    for row in rows:
        row["whole_authorities"] = bool(row["whole_authorities"])
    return {"area": area, "proposals": rows}


def areas(args: argparse.Namespace) -> int:
    """`areas`: the 21 invited areas; with --json also the combined one, marked by its kind."""
    with dataset(args) as conn:
        document = areas_document(conn)
    invited = document["areas"]
    if args.json:
        print_json(document)
        return 0
    header = ("area", "name", "councils today", "residents", "proposals", "stage")
    print_table(
        [
            (
                row["area_id"],
                row["name"],
                f"{row['counties']} + {row['districts']} + {row['unitaries']}",
                f"{row['residents_2024'] or 0:,}",
                str(row["proposals"]),
                row["stage"]
                + ("" if row["stage_confidence"] == "documented" else f" ({row['stage_confidence']})")
                + (", in court" if row["court"] else ""),
            )
            for row in invited
        ],
        header,
    )
    print(f"\n{len(invited)} areas. Councils today: counties + districts + unitaries. Residents: mid-2024.")
    return 0


def proposals(args: argparse.Namespace) -> int:
    """`proposals [AREA]`: splits really put forward, with status and confidence."""
    with dataset(args) as conn:
        document = proposals_document(conn, find_area(conn, args.area) if args.area is not None else None)
    rows = document["proposals"]
    if args.json:
        print_json(document)
        return 0
    header = ("proposal", "councils", "stage", "status", "confidence", "title")
    print_table(
        [
            (row["proposal_id"], str(row["councils"]), row["stage"], row["status"], row["confidence"], row["title"])
            for row in rows
        ],
        header,
    )
    print(f"\n{len(rows)} proposals. Status unknown: not known here, which is not the same as rejected.")
    return 0


def register(subparsers: Subparsers) -> None:
    """Add the commands."""
    add_command(subparsers, "areas", "the 21 areas", areas)
    command = add_command(subparsers, "proposals", "proposals with status and confidence", proposals)
    command.add_argument("area", nargs="?", metavar="AREA", help="one area, e.g. surrey (default: all)")
