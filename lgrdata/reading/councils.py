"""Reading the councils of today: which lie in an area, their residents, who runs social care, who borders whom."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import NamedTuple

from lgrdata.core.models import PlaceHistory


class CouncilToday(NamedTuple):
    """A district or unitary of today; `county` is the name of its county council, None for a unitary."""

    name: str
    tier: str
    county: str | None


class Residents(NamedTuple):
    """Residents at the newest year held; `source_id` is '' where none are held."""

    residents: int
    source_id: str
    period: str
    """As labels name it: mid-2024."""


class County(NamedTuple):
    """A county of today: residents of its districts and how many districts."""

    name: str
    residents: int
    districts: int


class CareCouncil(NamedTuple):
    """A council of today that runs social care, with its residents."""

    code: str
    name: str
    residents: int


class AreaMember(NamedTuple):
    """An authority of today that belongs to an invited area."""

    area_id: str
    authority_code: str


class Neighbours(NamedTuple):
    """Two authorities that border each other."""

    a: str
    b: str


def of_area(conn: sqlite3.Connection, area_id: str) -> tuple[CouncilToday, ...]:
    """Districts and unitaries of an area by name; authorities that it may take in are left out."""
    rows = conn.execute(
        "SELECT a.name, a.tier, c.name FROM area_authority m JOIN authority a USING (authority_code)"
        " LEFT JOIN county c USING (county_code) WHERE m.area_id = ? AND m.role = 'member' ORDER BY a.name",
        (area_id,),
    )
    return tuple(CouncilToday(*row) for row in rows)


def residents_of_area(conn: sqlite3.Connection, area_id: str) -> Residents:
    """Residents of the councils of an area, authorities that it may take in left out."""
    residents, source_id, year = conn.execute(
        "SELECT SUM(r.residents), MIN(r.source_id), MIN(r.year) FROM area_authority m"
        " JOIN resident r USING (authority_code)"
        " WHERE m.area_id = ? AND m.role = 'member' AND r.year = (SELECT MAX(year) FROM resident)",
        (area_id,),
    ).fetchone()
    return Residents(int(residents or 0), str(source_id or ""), f"mid-{year}" if year else "")


def counties(conn: sqlite3.Connection) -> list[County]:
    """Counties of the 21 areas with their two-tier residents and districts (ONS)."""
    rows = conn.execute(
        "SELECT c.name, SUM(r.residents), COUNT(DISTINCT a.authority_code) FROM county c"
        " JOIN authority a USING (county_code) JOIN resident r USING (authority_code)"
        " WHERE r.year = (SELECT MAX(year) FROM resident) GROUP BY c.county_code ORDER BY c.name"
    )
    return [County(str(name), int(residents), int(districts)) for name, residents, districts in rows]


def unitary_residents(conn: sqlite3.Connection) -> list[int]:
    """Residents of each existing unitary of the invited areas (ONS)."""
    rows = conn.execute(
        "SELECT SUM(r.residents) FROM authority a JOIN resident r USING (authority_code)"
        " WHERE a.tier = 'unitary' AND a.authority_code IN"
        " (SELECT authority_code FROM area_authority WHERE role = 'member')"
        " AND r.year = (SELECT MAX(year) FROM resident) GROUP BY a.authority_code"
    )
    return [int(row[0]) for row in rows]


def care_councils(conn: sqlite3.Connection) -> tuple[CareCouncil, ...]:
    """Social care councils of England: the estimates by age, summed; those without all five are left out."""
    rows = conn.execute(
        "SELECT place_code, name, CAST(sum(value) AS INTEGER) FROM figure JOIN place USING (place_code)"
        " WHERE measure_code IN ('population_0_17', 'population_18_64', 'population_65_74', 'population_75_84',"
        " 'population_85_plus') AND value IS NOT NULL"
        " AND period = (SELECT period FROM vintage WHERE what = 'residents')"
        " GROUP BY place_code HAVING count(*) = 5"
    )
    return tuple(CareCouncil(code, name, int(residents)) for code, name, residents in rows)


def upper_tiers(conn: sqlite3.Connection) -> dict[str, str]:
    """The code of the council that runs social care in each authority: its county, or itself."""
    return dict(conn.execute("SELECT authority_code, coalesce(county_code, authority_code) FROM authority"))


def land_neighbours(conn: sqlite3.Connection) -> tuple[Neighbours, ...]:
    """Pairs of authorities that border each other by land."""
    return tuple(Neighbours(a, b) for a, b in conn.execute("SELECT a, b FROM neighbour WHERE kind <> 'sea'"))


def members(conn: sqlite3.Connection) -> tuple[AreaMember, ...]:
    """The authorities of each invited area, in the order of codes."""
    rows = conn.execute(
        "SELECT m.area_id, m.authority_code FROM area_authority m JOIN area a USING (area_id)"
        " WHERE m.role = 'member' AND a.kind = 'invited' ORDER BY m.area_id, m.authority_code"
    )
    return tuple(AreaMember(*row) for row in rows)


def area_of_upper_tier(conn: sqlite3.Connection, code: str) -> str | None:
    """The invited area that a social care council of today lies in; None where it lies in none."""
    row = conn.execute(
        "SELECT DISTINCT m.area_id FROM area_authority m JOIN authority a USING (authority_code)"
        " JOIN area USING (area_id)"
        " WHERE coalesce(a.county_code, a.authority_code) = ? AND area.kind = 'invited' AND m.role = 'member'",
        (code,),
    ).fetchone()
    return None if row is None else str(row[0])


def place_history(conn: sqlite3.Connection, codes: Collection[str]) -> tuple[PlaceHistory, ...]:
    """What some authorities were once called and coded, and spellings that they go by."""
    rows = conn.execute(
        "SELECT authority_code, kind, former, part, until FROM place_history ORDER BY authority_code, kind, former"
    )
    return tuple(PlaceHistory(*row) for row in rows if row[0] in codes)


class NamedPlace(NamedTuple):
    """A name that a person may type, and the area that it leads to."""

    area_id: str
    kind: str
    """'council', 'county', 'former', 'spelling', 'proposed' or 'ward'; of other codes than a county's 'code' or
    'former code'."""
    name: str
    now: str
    """Of a former name or a spelling the authority's name today, of a ward its authority; '' for others."""


def named_places(conn: sqlite3.Connection) -> tuple[NamedPlace, ...]:
    """Councils of today, counties, former names, spellings, proposed councils and wards of the areas, in that order."""
    rows = conn.execute(
        "WITH member AS (SELECT m.area_id, a.authority_code, a.name, a.county_code"
        "   FROM area_authority m JOIN authority a USING (authority_code) WHERE m.role = 'member')"
        " SELECT member.area_id, 0, 'council', name, '' FROM member"
        " UNION SELECT member.area_id, 1, 'county', c.name, '' FROM member JOIN county c USING (county_code)"
        " UNION SELECT member.area_id, CASE h.kind WHEN 'name' THEN 2 ELSE 3 END,"
        "   CASE h.kind WHEN 'name' THEN 'former' ELSE 'spelling' END, h.former, member.name"
        "   FROM member JOIN place_history h USING (authority_code) WHERE h.kind <> 'code'"
        " UNION SELECT p.area_id, 4, 'proposed', c.council, '' FROM proposal p"
        "   JOIN proposal_council c USING (proposal_id)"
        " UNION SELECT member.area_id, 5, 'ward', w.name, member.name FROM member JOIN ward w USING (authority_code)"
        " ORDER BY 2, 4, 1"
    )
    return tuple(NamedPlace(area_id, kind, name, now) for area_id, _, kind, name, now in rows)


def coded_places(conn: sqlite3.Connection, code: str) -> tuple[NamedPlace, ...]:
    """What a code names in the areas: an authority, county or ward of today, or an authority by a former code.

    Of an area that combines others, only what lies in none of those.
    """
    rows = conn.execute(
        "WITH member AS (SELECT m.area_id, a.authority_code, a.name, a.county_code, r.kind"
        "   FROM area_authority m JOIN authority a USING (authority_code) JOIN area r USING (area_id)"
        "   WHERE m.role = 'member')"
        " SELECT member.area_id, 'code', name, '', member.kind FROM member WHERE authority_code = :code"
        " UNION SELECT member.area_id, 'county', c.name, '', member.kind FROM member JOIN county c USING (county_code)"
        "   WHERE member.county_code = :code"
        " UNION SELECT member.area_id, 'code', w.name, member.name, member.kind FROM member"
        "   JOIN ward w USING (authority_code) WHERE ward_code = :code"
        " UNION SELECT member.area_id, 'former code', member.name, '', member.kind FROM member JOIN place_history h"
        "   USING (authority_code) WHERE h.kind = 'code' AND h.former = :code ORDER BY 1",
        {"code": code},
    ).fetchall()
    own = [row for row in rows if row[4] == "invited"] or rows
    return tuple(NamedPlace(*row[:4]) for row in own)


class VestingDay(NamedTuple):
    """The day on which an area's new councils take over."""

    date: str
    set_by: str
    """'order' of Parliament, or 'plan': government's timetable."""
    source_id: str


def vesting_day(conn: sqlite3.Connection, area_id: str) -> VestingDay | None:
    """When an area's new councils take over; None where no day is held."""
    row = conn.execute("SELECT date, set_by, source_id FROM vesting_day WHERE area_id = ?", (area_id,)).fetchone()
    return None if row is None else VestingDay(*row)
