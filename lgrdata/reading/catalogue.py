"""Reading the dataset's lists: areas, proposals and their maps, sources, assumptions, fits.

Every function takes an open connection (see `lgrdata.reading.db`).
"""

from __future__ import annotations

import difflib
import sqlite3
from dataclasses import replace

from lgrdata.core.facts import Assumptions
from lgrdata.core.models import Area, Drawing, Fit, Lens, LgrError, Parameter, Proposal, Source
from lgrdata.core.text import one_line

BASIS_ORDER = ("exact", "exact-parts", "nearest-whole")
"""Which drawing stands for a proposal, best first."""


def areas(conn: sqlite3.Connection, *, combined: bool = False) -> list[Area]:
    """The 21 invited areas by name; with `combined`, Sussex together as well."""
    rows = conn.execute(
        "SELECT area_id, name, full_name, kind, stage, stage_date, stage_note, stage_confidence FROM area ORDER BY name"
    )
    return [a for a in (Area(*row) for row in rows) if combined or a.kind == "invited"]


def area(conn: sqlite3.Connection, area_id: str) -> Area:
    """One area by its slug; LgrError naming near matches."""
    known = {a.area_id: a for a in areas(conn, combined=True)}
    if area_id in known:
        return known[area_id]
    wanted = area_id[:100].strip().lower()
    near = [k for k, a in known.items() if wanted and (wanted in k or wanted in a.full_name.lower())]
    near = list(dict.fromkeys([*near, *difflib.get_close_matches(wanted, known, n=3, cutoff=0.6)]))[:3]
    hint = f"; did you mean {' or '.join(near)}?" if near else "; `python -m lgrdata areas` lists them"
    raise LgrError(f"no area is called “{one_line(area_id, 60)}”{hint}")


def proposals(conn: sqlite3.Connection, area_id: str | None = None) -> list[Proposal]:
    """Proposals of one area (for either Sussex also the one that spans both), or all, in the dataset's order."""
    rows = conn.execute(
        "SELECT proposal_id, area_id, title, proposers, stage, date, councils, whole_authorities, boundary_change,"
        " status, basis, confidence, note, source_id FROM proposal"
        " ORDER BY area_id, CASE status WHEN 'selected' THEN 0 ELSE 1 END,"
        " CASE stage WHEN 'decided' THEN 0 WHEN 'final' THEN 1 ELSE 2 END, councils, proposal_id"
    )
    rows_wanted = (row for row in rows if area_id in (None, row[1]))
    return [Proposal(*row) for row in ((*r[:7], bool(r[7]), *r[8:]) for r in rows_wanted)]


def proposal(conn: sqlite3.Connection, proposal_id: str) -> Proposal:
    """One proposal by its id; LgrError naming near matches."""
    known = {p.proposal_id: p for p in proposals(conn)}
    if proposal_id in known:
        return known[proposal_id]
    near = difflib.get_close_matches(proposal_id[:100], known, n=3, cutoff=0.6)
    hint = f"; did you mean {' or '.join(near)}?" if near else "; `python -m lgrdata proposals` lists them"
    raise LgrError(f"no proposal is called “{one_line(proposal_id, 60)}”{hint}")


def drawings(conn: sqlite3.Connection, proposal_id: str) -> list[Drawing]:
    """The maps held of a proposal, best first; empty where its map is not known."""
    found = []
    councils = tuple(
        r[0]
        for r in conn.execute(
            "SELECT council FROM proposal_council WHERE proposal_id = ? ORDER BY position", (proposal_id,)
        )
    )
    for basis, sureness, note in conn.execute(
        "SELECT basis, sureness, note FROM drawing WHERE proposal_id = ?", (proposal_id,)
    ).fetchall():
        rows = conn.execute(
            "SELECT block_code, council, placed FROM drawing_block WHERE proposal_id = ? AND basis = ?"
            " ORDER BY block_code",
            (proposal_id, basis),
        ).fetchall()
        found.append(
            Drawing(
                proposal_id,
                basis,
                sureness,
                note,
                councils,
                tuple((code, council) for code, council, _ in rows),
                frozenset(code for code, _, placed in rows if placed == "inferred"),
            )
        )
    return sorted(found, key=lambda d: BASIS_ORDER.index(d.basis))


def sources(conn: sqlite3.Connection) -> dict[str, Source]:
    """Every source by its id."""
    rows = conn.execute(
        "SELECT source_id, title, publisher, release, released, licence, link, note FROM source ORDER BY source_id"
    )
    return {row[0]: Source(*row) for row in rows}


def data_version(conn: sqlite3.Connection) -> str:
    """The dataset's version as shown in the footer."""
    row = conn.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()
    return str(row[0]) if row else "unknown"


def load_assumptions(conn: sqlite3.Connection) -> Assumptions:
    """Every parameter and lens, unchanged."""
    parameters = {
        row[0]: Parameter(*row)
        for row in conn.execute(
            "SELECT parameter_key, label, unit, low, central, high, words, rests_on, year, confidence, source_id"
            " FROM parameter ORDER BY parameter_key"
        )
    }
    values: dict[str, dict[str, float]] = {}
    bound: dict[str, str] = {}
    for lens_id, symbol, value, key in conn.execute("SELECT lens_id, symbol, value, parameter_key FROM lens_value"):
        values.setdefault(lens_id, {})[symbol] = value
        bound[symbol] = key
    lenses = {
        row[0]: Lens(row[0], row[1], row[2], values.get(row[0], {}))
        for row in conn.execute("SELECT lens_id, name, rests_on FROM lens ORDER BY position")
    }
    return Assumptions(parameters, lenses, bound)


def fits(conn: sqlite3.Connection) -> dict[str, Fit]:
    """How each count is estimated below council level, by outcome."""
    coefficients: dict[str, list[tuple[str, float]]] = {}
    for outcome, driver, coefficient in conn.execute("SELECT outcome, driver, coefficient FROM fit_coefficient"):
        coefficients.setdefault(outcome, []).append((driver, coefficient))
    return {
        row[0]: replace(Fit(*row), coefficients=tuple(sorted(coefficients.get(row[0], []))))
        for row in conn.execute(
            "SELECT outcome, method, councils, error, baseline_error, low_factor, high_factor, words FROM fit"
        )
    }
