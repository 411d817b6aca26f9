"""NHS boards from the lookup of small areas → shares of each authority, moved together with the year in `vintage`."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lgrdata.core.models import LgrError
from lgrdata.keeping.sheets import tables

SHOWN = 8
_MEMBERS = "SELECT authority_code FROM area_authority WHERE role = 'member'"
Boards = dict[str, dict[str, float]]
"""By authority: the share of its small areas in each board, by the board's name."""


def read(
    conn: sqlite3.Connection, path: Path, how: Mapping[str, Any], former: Mapping[str, str]
) -> tuple[str, dict[str, str], Boards, list[str]]:
    """The year, each board's code by its name, shares by authority, and what is wrong with the file."""
    lines = next(tables(path))
    head = [cell.strip() for cell in lines[0]] if lines else []
    year = next((m[1] for cell in head if (m := re.fullmatch(how["board"], cell))), "")
    names = (how["code"], f"ICB{year}CD", f"ICB{year}NM", f"LAD{year}CD")
    lost = [name for name in names if name not in head]
    if lost:
        raise LgrError(
            f"{path.name}: no column {', '.join(lost) if year else 'ICB..CD'}; the file has {', '.join(head)[:300]}."
            " Take the lookup 'LSOA (2021) to SICBL to ICB to NHSER to LAD' as CSV"
        )
    area, board, name, district = (head.index(n) for n in names)
    codes: dict[str, str] = {}
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    seen = set()
    for line in lines[1:]:
        if len(line) >= len(head) and line[area] not in seen:
            seen.add(line[area])
            codes[line[name].strip()] = line[board].strip()
            counted[former.get(line[district].strip(), line[district].strip())][line[name].strip()] += 1
    faults = []
    if len(seen) != how["rows"]:
        faults.append(f"{path.name}: {len(seen):,} small areas, and England has {how['rows']:,}; is the file cut?")
    authorities = {row[0] for row in conn.execute(_MEMBERS)}
    gone = sorted(authorities - counted.keys())
    if gone:
        faults.append(
            f"{path.name}: codes of another vintage: {', '.join(gone[:SHOWN])} are not in the file; take the edition on"
            " today's councils"
        )
    (held,) = conn.execute("SELECT period FROM vintage WHERE what = 'boards'").fetchone() or ("",)
    if f"20{year}" < held:
        faults.append(f"{path.name}: boards are of 20{year}, and {held} is held; take the newer edition")
    shares = {
        code: {name: round(n / sum(of.values()), 4) for name, n in sorted(of.items())}
        for code, of in sorted(counted.items())
        if code in authorities
    }
    return f"20{year}", codes, shares, faults


def held(conn: sqlite3.Connection) -> dict[tuple[str, str], float]:
    """Shares of the boards in use, by authority and board's name."""
    query = """SELECT authority_code, name, share FROM authority_footprint JOIN footprint USING (kind, footprint_code)
               WHERE kind = (SELECT 'icb ' || period FROM vintage WHERE what = 'boards')"""
    return {(code, name): share for code, name, share in conn.execute(query)}


def move(conn: sqlite3.Connection, codes: Mapping[str, str], boards: Boards, year: str, source_id: str) -> None:
    """Put the boards of a year in, in place of an earlier edition of it, and start sums from them."""
    kind = f"icb {year}"
    conn.execute("DELETE FROM authority_footprint WHERE kind = ?", (kind,))
    conn.execute("DELETE FROM footprint WHERE kind = ?", (kind,))
    used = sorted({name for of in boards.values() for name in of})
    conn.executemany("INSERT INTO footprint VALUES (?, ?, ?)", [(kind, codes[name], name) for name in used])
    conn.executemany(
        "INSERT INTO authority_footprint VALUES (?, ?, ?, ?, ?, ?)",
        [
            (code, kind, codes[name], share, "published" if share == 1 else "derived", source_id)
            for code, of in boards.items()
            for name, share in of.items()
        ],
    )
    conn.execute("UPDATE vintage SET period = ?, source_id = ? WHERE what = 'boards'", (year, source_id))
