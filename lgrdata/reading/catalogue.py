"""Reading the dataset's lists: areas, proposals and their maps, sources, assumptions, fits.

Every function takes an open connection (see `lgrdata.reading.db`).
"""

from __future__ import annotations

import difflib
import sqlite3
from dataclasses import replace
from typing import NamedTuple

from lgrdata.core.facts import Assumptions
from lgrdata.core.models import Area, Drawing, Fit, FitDriver, Lens, LgrError, Parameter, Proposal, Source
from lgrdata.core.text import one_line
from lgrdata.reading.vintage import RESIDENTS_YEAR, vintage

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
    raise _unlisted(f"no area is called “{one_line(area_id, 60)}”", near, "areas")


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
    raise _unlisted(f"no proposal is called “{one_line(proposal_id, 60)}”", near, "proposals")


def _unlisted(fault: str, near: list[str], command: str) -> LgrError:
    """A name that is not held, with those near it or else the command, on a page the list, that has them all."""
    if near:
        return LgrError(f"{fault}; did you mean {' or '.join(near)}?")
    return LgrError(
        f"{fault}; `python -m lgrdata {command}` lists them",
        on_screen=f"{fault}; the lists on this page hold those there are",
    )


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


class AreaSummary(NamedTuple):
    """An area as the lists show it: its stage, how many councils, wards and proposals, and its residents today."""

    area_id: str
    name: str
    full_name: str
    kind: str
    stage: str
    stage_date: str
    stage_note: str
    stage_confidence: str
    counties: int
    districts: int
    unitaries: int
    wards: int
    residents: int | None
    proposals: int
    court: str | None
    """Challenges in court and judgments on them, with their dates."""


class ProposalSummary(NamedTuple):
    """A proposal as the lists show it, with its area's name and its source."""

    proposal_id: str
    area_id: str
    area: str
    title: str
    proposers: str
    stage: str
    date: str
    councils: int
    whole_authorities: bool
    boundary_change: str
    status: str
    basis: str
    confidence: str
    note: str
    source: str | None
    link: str | None
    decided: str | None
    """The day of the decision, where what became of the proposal is known."""


def area_summaries(conn: sqlite3.Connection) -> list[AreaSummary]:
    """Every area by name, the combined one last."""
    rows = conn.execute(
        f"""
SELECT area_id, name, full_name, kind, stage, stage_date, stage_note, stage_confidence,
       (SELECT count(*) FROM county WHERE county.area_id = area.area_id) AS counties,
       (SELECT count(*) FROM area_authority JOIN authority USING (authority_code)
        WHERE area_authority.area_id = area.area_id AND role = 'member' AND tier = 'district') AS districts,
       (SELECT count(*) FROM area_authority JOIN authority USING (authority_code)
        WHERE area_authority.area_id = area.area_id AND role = 'member' AND tier = 'unitary') AS unitaries,
       (SELECT count(*) FROM area_authority JOIN ward USING (authority_code)
        WHERE area_authority.area_id = area.area_id AND role = 'member') AS wards,
       (SELECT sum(residents) FROM area_authority JOIN resident USING (authority_code)
        WHERE area_authority.area_id = area.area_id AND role = 'member' AND year = {RESIDENTS_YEAR}) AS residents,
       (SELECT count(*) FROM proposal WHERE proposal.area_id = area.area_id) AS proposals,
       (SELECT group_concat(date || ': ' || event, ' ') FROM (SELECT date, event FROM event
        WHERE event.area_id = area.area_id AND event.kind IN ('challenge', 'judgment') ORDER BY date, event_id)
       ) AS court
FROM area ORDER BY kind = 'combined', name
"""
    )
    return [AreaSummary(*row) for row in rows]


def proposal_summaries(conn: sqlite3.Connection, area_id: str | None = None) -> list[ProposalSummary]:
    """The proposals of an area, or all by the area's name."""
    rows = conn.execute(
        """
SELECT proposal_id, proposal.area_id, area.name AS area, proposal.title, proposers, proposal.stage, date, councils,
       whole_authorities, boundary_change, status, basis, confidence, proposal.note, source.title AS source, link,
       CASE WHEN status <> 'unknown' AND proposal.stage IN ('final', 'decided') THEN nullif(stage_date, '') END
       AS decided
FROM proposal JOIN area USING (area_id) LEFT JOIN source ON source.source_id = proposal.source_id
WHERE ? IS NULL OR proposal.area_id = ? ORDER BY area.name, proposal_id
""",
        (area_id, area_id),
    )
    return [p._replace(whole_authorities=bool(p.whole_authorities)) for p in (ProposalSummary(*row) for row in rows)]


def area_names(conn: sqlite3.Connection) -> dict[str, str]:
    """Names of the areas by their ids, invited ones first."""
    return dict(conn.execute("SELECT area_id, name FROM area ORDER BY kind DESC, area_id"))


def area_source(conn: sqlite3.Connection, area_id: str) -> str:
    """The id of the source that an area's stage rests on; '' where the area is not known."""
    row = conn.execute("SELECT source_id FROM area WHERE area_id = ?", (area_id,)).fetchone()
    return "" if row is None else str(row[0])


def drawn_proposals(conn: sqlite3.Connection, basis: str | None = None) -> frozenset[str]:
    """Ids of the proposals whose maps are held, or held on that basis ('exact')."""
    rows = conn.execute("SELECT DISTINCT proposal_id FROM drawing WHERE ? IS NULL OR basis = ?", (basis, basis))
    return frozenset(str(row[0]) for row in rows)


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
    band = conn.execute("SELECT low_factor, high_factor FROM one_off_band").fetchone()
    return Assumptions(
        parameters,
        lenses,
        bound,
        one_off_band=(band[0], band[1]) if band else None,
        prices=vintage(conn, "prices").period,
    )


def fits(conn: sqlite3.Connection) -> dict[str, Fit]:
    """How each count is estimated below council level, by outcome."""
    drivers: dict[str, list[FitDriver]] = {}
    columns = "outcome, driver, power, age_power, least, most"
    for outcome, *rest in conn.execute(f"SELECT {columns} FROM fit_driver ORDER BY 1, 2"):
        drivers.setdefault(outcome, []).append(FitDriver(*rest))
    coefficients: dict[str, list[tuple[str, float]]] = {}
    for outcome, driver, coefficient in conn.execute("SELECT outcome, driver, coefficient FROM fit_coefficient"):
        coefficients.setdefault(outcome, []).append((driver, coefficient))
    return {
        row[0]: replace(
            Fit(*row),
            coefficients=tuple(sorted(coefficients.get(row[0], []))),
            drivers=tuple(drivers.get(row[0], [])),
        )
        for row in conn.execute(
            "SELECT outcome, method, councils, error, baseline_error, low_factor, high_factor, words, residents, pairs,"
            " city_low_factor, city_high_factor FROM fit"
        )
    }
