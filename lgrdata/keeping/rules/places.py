"""Rules about areas, authorities, wards, boundaries, neighbours and the footprints of partners."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

from lgrdata.keeping.rules.base import Rule, sql
from lgrdata.keeping.rules.totals import MEMBER as _MEMBER


def pieces(members: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Connected pieces of a graph, each sorted, largest first."""
    touching: dict[str, set[str]] = {member: set() for member in members}
    for a, b in pairs:
        if a in touching and b in touching:
            touching[a].add(b)
            touching[b].add(a)
    left = set(touching)
    found = []
    while left:
        stack, piece = [min(left)], set()
        while stack:
            code = stack.pop()
            if code not in piece:
                piece.add(code)
                stack += touching[code] - piece
        left -= piece
        found.append(sorted(piece))
    return sorted(found, key=lambda piece: (-len(piece), piece))


def _areas_connected(conn: sqlite3.Connection) -> Iterator[str]:
    pairs = conn.execute("SELECT a, b FROM neighbour").fetchall()
    members = defaultdict(list)
    for area, code in conn.execute("SELECT area_id, authority_code FROM area_authority ORDER BY 1, 2"):
        members[area].append(code)
    for area, codes in members.items():
        for piece in pieces(codes, pairs)[1:]:
            yield f"{area}: {', '.join(piece)}"


def _wards_connected(conn: sqlite3.Connection) -> Iterator[str]:
    pairs = defaultdict(list)
    query = """SELECT w.authority_code, a, b FROM ward_neighbour JOIN ward w ON w.ward_code = a
               JOIN ward v ON v.ward_code = b AND v.authority_code = w.authority_code"""
    for authority, a, b in conn.execute(query):
        pairs[authority].append((a, b))
    wards = defaultdict(list)
    # The extra authority's wards come without neighbours: it is kept whole.
    query = """SELECT authority_code, ward_code FROM ward WHERE authority_code IN
               (SELECT authority_code FROM area_authority WHERE role = 'member') ORDER BY 1, 2"""
    for authority, ward in conn.execute(query):
        wards[authority].append(ward)
    for authority, codes in wards.items():
        for piece in pieces(codes, pairs[authority])[1:]:
            yield f"{authority}: {', '.join(piece)}"


def _shapes(topology: dict[str, object], name: str) -> dict[str, object]:
    drawn = topology["objects"][name]["geometries"]  # type: ignore[index]
    return {shape["id"]: shape for shape in drawn}


def _arc_numbers(arcs: object) -> Iterator[int]:
    if isinstance(arcs, int):
        yield arcs if arcs >= 0 else ~arcs
    else:
        for inner in arcs:  # type: ignore[attr-defined]
            yield from _arc_numbers(inner)


def _boundaries(conn: sqlite3.Connection) -> Iterator[str]:
    held = dict(conn.execute("SELECT topology_id, topojson FROM topology").fetchall())
    members = defaultdict(set)
    for area, code in conn.execute("SELECT area_id, authority_code FROM area_authority"):
        members[area].add(code)
    wards = defaultdict(set)
    for code, ward in conn.execute("SELECT authority_code, ward_code FROM ward"):
        wards[code].add(ward)
    everyone = {code for codes in members.values() for code in codes}
    for name in sorted({*members, "england"} - held.keys()):
        yield f"{name} has no boundaries"
    for name, text in held.items():
        if name != "england" and name not in members:
            yield f"{name} is not an area"
            continue
        topology = json.loads(text)
        arcs = len(topology["arcs"])
        wanted = {"authorities": everyone if name == "england" else members[name]}
        if name != "england":
            wanted["wards"] = {ward for code in members[name] for ward in wards[code]}
        for layer, codes in wanted.items():
            shapes = _shapes(topology, layer)
            lost = sorted(codes - shapes.keys())
            if lost:
                yield f"{name} lacks {layer} {', '.join(lost[:5])}{' ...' if len(lost) > 5 else ''}"
            extra = sorted(shapes.keys() - codes)
            if extra and name != "england":
                yield f"{name} has {layer} of another area: {', '.join(extra[:5])}"
            for code, shape in shapes.items():
                if any(number >= arcs for number in _arc_numbers(shape["arcs"])):  # type: ignore[index]
                    yield f"{name} {code} names an arc that is not there"


RULES: tuple[Rule, ...] = (
    sql(
        "place-history-former",
        "A former code or name is no authority’s of today, and no other authority’s spelling.",
        """SELECT h.kind, h.former, 'is', a.authority_code, a.name FROM place_history h JOIN authority a
            ON h.former = a.authority_code OR lower(h.former) = lower(a.name)
           UNION ALL SELECT h.kind, h.former, 'is also of', o.authority_code, '' FROM place_history h
            JOIN place_history o ON lower(o.former) = lower(h.former) AND o.authority_code <> h.authority_code""",
    ),
    sql(
        "place-history-parts",
        "A place that was merged has two parts or more, all of one day.",
        """SELECT authority_code, count(DISTINCT part), 'parts' FROM place_history WHERE part <> ''
            GROUP BY authority_code HAVING count(DISTINCT part) < 2 OR count(DISTINCT until) > 1""",
    ),
    sql(
        "authority-one-area",
        "Every authority is a member of exactly one invited area, or an extra and a member of none.",
        """SELECT authority_code, authority.name, 'is a member of', count(area.area_id), group_concat(area.area_id)
           FROM authority LEFT JOIN area_authority m USING (authority_code)
           LEFT JOIN area ON area.area_id = m.area_id AND area.kind = 'invited' AND m.role = 'member'
           GROUP BY authority_code HAVING count(area.area_id) <>
           (SELECT count(*) = 0 FROM area_authority x WHERE x.authority_code = authority.authority_code
            AND x.role = 'extra')""",
    ),
    sql(
        "extra-oxfordshire",
        "Oxfordshire's one extra authority is West Berkshire, and that is an extra of no other area.",
        """SELECT area_id, authority_code FROM area_authority WHERE role = 'extra'
           AND (area_id = 'oxfordshire') <> (authority_code = 'E06000037')
           UNION ALL SELECT 'oxfordshire', 'lacks E06000037' WHERE NOT EXISTS
           (SELECT 1 FROM area_authority WHERE area_id = 'oxfordshire' AND authority_code = 'E06000037'
            AND role = 'extra')""",
        england=True,
    ),
    sql(
        "sussex",
        "Sussex, the combined area, is made of all authorities of East Sussex and West Sussex and no others.",
        """WITH sussex AS (SELECT authority_code FROM area_authority WHERE area_id = 'sussex'),
           both_halves AS (SELECT authority_code FROM area_authority
                           WHERE area_id IN ('east-sussex-brighton', 'west-sussex'))
           SELECT authority_code FROM (SELECT * FROM sussex EXCEPT SELECT * FROM both_halves)
           UNION SELECT authority_code FROM (SELECT * FROM both_halves EXCEPT SELECT * FROM sussex)""",
        england=True,
    ),
    sql(
        "one-county",
        "Each invited area has exactly one county, with two districts or more.",
        """SELECT area_id, 'has', (SELECT count(*) FROM county WHERE county.area_id = area.area_id), 'counties and',
           (SELECT count(*) FROM authority JOIN county USING (county_code) WHERE county.area_id = area.area_id),
           'districts' FROM area WHERE kind = 'invited' AND
           ((SELECT count(*) FROM county WHERE county.area_id = area.area_id) <> 1 OR
            (SELECT count(*) FROM authority JOIN county USING (county_code)
             WHERE county.area_id = area.area_id) < 2)""",
    ),
    sql(
        "county-area",
        "A district lies in the area of its county.",
        """SELECT authority_code, authority.name, 'of', county.name, 'is in', m.area_id
           FROM authority JOIN county USING (county_code) JOIN area_authority m USING (authority_code)
           JOIN area ON area.area_id = m.area_id AND area.kind = 'invited'
           WHERE m.role = 'member' AND m.area_id <> county.area_id""",
    ),
    sql(
        "place-kind",
        "Each authority, county and ward is a place of the same kind and name, and each such place is one of them.",
        """WITH known AS (SELECT authority_code AS code, name, tier AS kind FROM authority
           UNION ALL SELECT county_code, name, 'county' FROM county
           UNION ALL SELECT ward_code, name, 'ward' FROM ward)
           SELECT code, known.name, known.kind, 'but place says', place.name, place.kind FROM known
           JOIN place ON place_code = code WHERE place.kind <> known.kind OR place.name <> known.name
           UNION ALL SELECT place_code, name, kind, 'is in no table of its kind', NULL, NULL FROM place
           WHERE kind IN ('district', 'unitary', 'ward') AND place_code NOT IN (SELECT code FROM known)
           UNION ALL SELECT place_code, name, kind, 'is in no table of its kind', NULL, NULL FROM place
           WHERE kind = 'county' AND place_code NOT IN (SELECT code FROM known)""",
    ),
    sql(
        "code-kind",
        "A code fits its kind: E07 district, E06 unitary, E10 county, E05 ward.",
        """SELECT place_code, name, kind FROM place WHERE
           (kind = 'district' AND place_code NOT GLOB 'E07[0-9][0-9][0-9][0-9][0-9][0-9]') OR
           (kind = 'unitary' AND place_code NOT GLOB 'E06[0-9][0-9][0-9][0-9][0-9][0-9]') OR
           (kind = 'county' AND place_code NOT GLOB 'E10[0-9][0-9][0-9][0-9][0-9][0-9]') OR
           (kind = 'ward' AND place_code NOT GLOB 'E05[0-9][0-9][0-9][0-9][0-9][0-9]')""",
    ),
    sql(
        "wards-each",
        "Every authority has at least two wards.",
        """SELECT authority_code, name FROM authority WHERE
           (SELECT count(*) FROM ward WHERE ward.authority_code = authority.authority_code) < 2""",
    ),
    sql(
        "ward-area",
        "The wards of an authority add to its area, within 3%.",
        """SELECT authority_code, authority.name, authority.area_km2, 'km2, its wards', sum(ward.area_km2)
           FROM ward JOIN authority USING (authority_code) GROUP BY authority_code
           HAVING abs(sum(ward.area_km2) / authority.area_km2 - 1) > 0.03""",
    ),
    sql(
        "ward-near",
        "A ward lies near its authority: within half a degree north or south, and one degree east or west.",
        """SELECT ward_code, ward.name, 'of', authority.name FROM ward JOIN authority USING (authority_code)
           WHERE abs(ward.lat - authority.lat) > 0.5 OR abs(ward.lon - authority.lon) > 1""",
    ),
    sql(
        "neighbour-kind",
        "Neighbours are districts, unitaries or other authorities.",
        """SELECT a, '–', b FROM neighbour JOIN place x ON x.place_code = a JOIN place y ON y.place_code = b
           WHERE x.kind NOT IN ('district', 'unitary', 'other authority')
           OR y.kind NOT IN ('district', 'unitary', 'other authority')""",
    ),
    sql(
        "neighbour-drawn",
        "Authorities that are drawn with a shared border are listed as neighbours by land or tidal water.",
        """SELECT DISTINCT s.a, '–', s.b FROM shared_border s JOIN authority x ON x.authority_code = s.a
           JOIN authority y ON y.authority_code = s.b WHERE s.metres >= 1 AND NOT EXISTS
           (SELECT 1 FROM neighbour n WHERE n.a = s.a AND n.b = s.b AND n.kind <> 'sea')""",
    ),
    sql(
        "neighbour-length",
        "A border is 1 m to 200 km long; a gap of water is under 20 km wide.",
        """SELECT a, '–', b, kind, metres FROM neighbour
           WHERE metres > CASE kind WHEN 'land' THEN 200000 ELSE 20000 END OR metres < 1""",
    ),
    Rule("area-connected", "Each area hangs together by land, tidal water or sea.", _areas_connected),
    sql(
        "ward-neighbour-near",
        "Wards that touch are of one authority, or of two that touch.",
        """SELECT a, '–', b FROM ward_neighbour JOIN ward x ON x.ward_code = a JOIN ward y ON y.ward_code = b
           WHERE x.authority_code <> y.authority_code AND NOT EXISTS (SELECT 1 FROM neighbour n
           WHERE n.a = min(x.authority_code, y.authority_code) AND n.b = max(x.authority_code, y.authority_code))""",
    ),
    Rule("ward-connected", "The wards of an authority hang together by land, tidal water or sea.", _wards_connected),
    sql(
        "footprint-shares",
        "An authority's shares of each kind of partner footprint add to 1, within 0.02.",
        """SELECT authority_code, name, kind, sum(share) FROM authority_footprint JOIN authority USING (authority_code)
           GROUP BY authority_code, kind HAVING abs(sum(share) - 1) > 0.02""",
    ),
    sql(
        "footprint-each",
        "Every authority of the invited areas lies in an NHS board (of the vintage), a police, fire and safety area.",
        f"""SELECT authority_code, k.kind FROM authority JOIN (SELECT DISTINCT kind FROM footprint
              WHERE kind NOT LIKE 'icb %' OR kind = (SELECT 'icb ' || period FROM vintage WHERE what = 'boards')) k
            WHERE authority_code IN {_MEMBER} AND NOT EXISTS (SELECT 1 FROM authority_footprint f
            WHERE f.authority_code = authority.authority_code AND f.kind = k.kind)""",
    ),
    sql(
        "footprint-used",
        "Every footprint and trust serves an authority.",
        """SELECT kind, footprint_code, name FROM footprint WHERE (kind, footprint_code) NOT IN
           (SELECT kind, footprint_code FROM authority_footprint)
           UNION ALL SELECT 'trust', trust_code, name FROM trust
           WHERE trust_code NOT IN (SELECT trust_code FROM authority_trust)""",
    ),
    sql(
        "trust-shares",
        "An authority's shares of hospital trusts add to more than half and to no more than 1.",
        f"""SELECT authority_code, 'shares', coalesce(sum(share), 0) FROM authority
            LEFT JOIN authority_trust USING (authority_code) WHERE authority_code IN {_MEMBER}
            GROUP BY authority_code HAVING coalesce(sum(share), 0) NOT BETWEEN 0.5 AND 1.0005""",
    ),
    Rule("boundaries", "Each area, and England, has boundaries that draw every authority and ward.", _boundaries),
)
