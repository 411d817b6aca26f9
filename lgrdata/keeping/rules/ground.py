"""Rules that hold the tables of places against the ground: names, outlines, borders, regions and partners."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import numpy as np

from lgrdata.geo.arcs import NORTH_EDGE
from lgrdata.geo.grid import to_grid
from lgrdata.keeping.rules.base import Rule, sql

# What is not drawn yet, in a database edited and not built, is told by the rule `boundaries`.
_HOME = "SELECT * FROM shape WHERE topology_id NOT IN ('england', 'sussex')"
# Longest drawing of each border: the country's own is coarser than an area's.
_DRAWN = "(SELECT a, b, max(metres) AS metres FROM shared_border GROUP BY a, b)"


def _centres(conn: sqlite3.Connection) -> Iterator[str]:
    query = f"""SELECT t.code, t.name, t.lon, t.lat, min(x_min), max(x_max), min(y_min), max(y_max) FROM
        (SELECT authority_code AS code, name, lon, lat FROM authority UNION ALL
         SELECT ward_code, name, lon, lat FROM ward) t JOIN ({_HOME}) ON place_code = code GROUP BY t.code"""
    rows = conn.execute(query).fetchall()
    if not rows:
        return
    east, north = to_grid(np.array([row[2] for row in rows]), np.array([row[3] for row in rows]))
    for (code, name, lon, lat, x0, x1, y0, y1), x, y in zip(rows, east, NORTH_EDGE - north, strict=True):
        # Half a kilometre of grace: outlines are simplified.
        if not (x0 - 500 <= x <= x1 + 500 and y0 - 500 <= y <= y1 + 500):
            yield f"{code} {name} (longitude {lon}, latitude {lat})"


def _names(conn: sqlite3.Connection) -> Iterator[str]:
    query = """SELECT DISTINCT place.place_code, place.name, json_extract(shape.value, '$.properties.name')
        FROM topology, json_each(topojson, '$.objects') AS object, json_each(object.value, '$.geometries') AS shape
        JOIN place ON place.place_code = json_extract(shape.value, '$.id')
        WHERE json_extract(shape.value, '$.properties.name') <> place.name ORDER BY 1"""
    for code, name, drawn in conn.execute(query):
        yield f"{code} is {name} in place and {drawn} in the boundaries"


RULES: tuple[Rule, ...] = (
    sql(
        "name-once",
        "No two areas, authorities, counties, wards of one authority, trusts or footprints of a kind share a name.",
        """SELECT 'area', group_concat(area_id, ' = '), name FROM area GROUP BY name HAVING count(*) > 1
           UNION ALL SELECT 'authority', group_concat(authority_code, ' = '), name FROM authority GROUP BY name
           HAVING count(*) > 1
           UNION ALL SELECT 'county', group_concat(county_code, ' = '), name FROM county GROUP BY name
           HAVING count(*) > 1
           UNION ALL SELECT 'ward', group_concat(ward_code, ' = '), name FROM ward GROUP BY authority_code, name
           HAVING count(*) > 1
           UNION ALL SELECT 'trust', group_concat(trust_code, ' = '), name FROM trust GROUP BY name
           HAVING count(*) > 1
           UNION ALL SELECT kind, group_concat(footprint_code, ' = '), name FROM footprint GROUP BY kind, name
           HAVING count(*) > 1""",
    ),
    sql(
        "area-name",
        "An area's name holds the first word of its id.",
        """SELECT area_id, name FROM area WHERE instr(replace(lower(name), ' ', '-'),
           substr(area_id, 1, instr(area_id || '-', '-') - 1)) = 0""",
        england=True,
    ),
    Rule("name-drawn", "A place has the same name in the boundaries as in the table.", _names),
    sql(
        "size-drawn",
        "An authority is as large as its outline, within 1.6%, and a ward within 25%.",
        f"""SELECT place_code, name, t.area_km2, 'km2, outline', area_m2 / 1e6 FROM ({_HOME}) JOIN
            (SELECT authority_code AS code, name, area_km2, 0.016 AS room FROM authority UNION ALL
             SELECT ward_code, name, area_km2, 0.25 FROM ward) t ON code = place_code
            WHERE abs(t.area_km2 * 1e6 / area_m2 - 1) > room""",
    ),
    Rule("centre-drawn", "The centre of an authority or ward lies within the extent of its outline.", _centres),
    sql(
        "other-authority",
        "An authority beyond the areas has an English authority's code, and a place elsewhere has none.",
        """SELECT place_code, name, kind FROM place WHERE
           (kind = 'other authority' AND place_code NOT GLOB 'E0[6789][0-9][0-9][0-9][0-9][0-9][0-9]'
            AND place_code NOT GLOB 'E10[0-9][0-9][0-9][0-9][0-9][0-9]') OR
           (kind = 'elsewhere' AND place_code GLOB 'E*') OR (kind = 'country' AND place_code NOT GLOB '[EKNSW]92*')""",
        england=True,
    ),
    sql(
        "place-used",
        "A place beyond the areas is there for a figure, a flow or a border.",
        """SELECT place_code, name, kind FROM place WHERE kind IN ('other authority', 'elsewhere', 'country')
           AND NOT EXISTS (SELECT 1 FROM figure f WHERE f.place_code = place.place_code)
           AND place_code NOT IN (SELECT a FROM neighbour UNION SELECT b FROM neighbour
             UNION SELECT from_code FROM pupil_flow UNION SELECT to_code FROM pupil_flow
             UNION SELECT from_code FROM flow UNION SELECT to_code FROM flow)""",
        england=True,
    ),
    sql(
        "region-shared",
        "A district is of the region of most districts of its county; a unitary, of an authority beside it.",
        """SELECT authority_code, name, region FROM authority a WHERE county_code IS NOT NULL AND region <>
             (SELECT region FROM authority b WHERE b.county_code = a.county_code GROUP BY region
              ORDER BY count(*) DESC LIMIT 1)
           UNION ALL SELECT authority_code, name, region FROM authority a WHERE county_code IS NULL AND
             EXISTS (SELECT 1 FROM neighbour n JOIN authority b ON b.authority_code IN (n.a, n.b)
               WHERE a.authority_code IN (n.a, n.b) AND b.authority_code <> a.authority_code) AND
             NOT EXISTS (SELECT 1 FROM neighbour n JOIN authority b ON b.authority_code IN (n.a, n.b)
               WHERE a.authority_code IN (n.a, n.b) AND b.authority_code <> a.authority_code
               AND b.region = a.region)""",
    ),
    sql(
        "neighbour-touch",
        "Land neighbours are drawn with a shared border, unless it is under 500 m.",
        """SELECT a, '–', b, metres, 'm' FROM neighbour n WHERE kind = 'land' AND metres >= 500 AND NOT EXISTS
           (SELECT 1 FROM shared_border s WHERE s.a = n.a AND s.b = n.b) AND n.a IN (SELECT place_code FROM shape)""",
    ),
    sql(
        "neighbour-beyond",
        "An authority of the areas has a row for every authority beyond them that it is drawn next to.",
        """SELECT DISTINCT s.a, '–', s.b FROM shared_border s JOIN area_authority m
           ON m.authority_code IN (s.a, s.b) AND m.role = 'member' WHERE s.topology_id = 'england' AND NOT EXISTS
           (SELECT 1 FROM neighbour n WHERE n.a = s.a AND n.b = s.b AND n.kind <> 'sea')""",
    ),
    sql(
        "border-length",
        "A land border of over 1 km is as long as it is drawn, up to four times as long (outlines are simplified).",
        f"""SELECT n.a, '–', n.b, n.metres, 'm, drawn', s.metres FROM
            (SELECT a, b, kind, metres FROM neighbour UNION ALL SELECT a, b, kind, metres FROM ward_neighbour) n
            JOIN {_DRAWN} s USING (a, b) WHERE n.kind = 'land' AND s.metres > 1000
            AND (n.metres < 0.75 * s.metres OR n.metres > 4 * s.metres)""",
    ),
    sql(
        "ward-neighbour-drawn",
        "Wards that are drawn with a shared border are listed as touching by land.",
        """SELECT DISTINCT s.a, '–', s.b FROM shared_border s JOIN ward ON ward_code = s.a JOIN area_authority m
           USING (authority_code) WHERE m.role = 'member' AND s.metres >= 10 AND s.b GLOB 'E05*' AND NOT EXISTS
           (SELECT 1 FROM ward_neighbour n WHERE n.a = s.a AND n.b = s.b AND n.kind = 'land')""",
    ),
    sql(
        "ward-neighbour-close",
        "Wards that touch, though not drawn with a shared border, lie as near as their sizes allow.",
        # An islet of Torbay's Wellswood lies off Brixham.
        """SELECT n.a, x.name, '–', n.b, y.name FROM ward_neighbour n JOIN ward x ON x.ward_code = n.a
           JOIN ward y ON y.ward_code = n.b WHERE n.kind = 'land' AND x.authority_code <> 'E06000027' AND NOT EXISTS
           (SELECT 1 FROM shared_border s WHERE s.a = n.a AND s.b = n.b) AND n.a IN (SELECT place_code FROM shape) AND
           (pow((x.lat - y.lat) * 111.2, 2) + pow((x.lon - y.lon) * 68, 2)) > 2 * (x.area_km2 + y.area_km2)""",
    ),
    sql(
        "seas",
        "The Isle of Wight with four others, New Forest with two, and Eastbourne with Rother are joined by sea alone.",
        """WITH known(a, b) AS (VALUES ('E06000044', 'E06000046'), ('E06000046', 'E07000087'),
             ('E06000046', 'E07000088'), ('E06000046', 'E07000091'), ('E07000061', 'E07000064'),
             ('E07000086', 'E07000091'), ('E07000087', 'E07000091'))
           SELECT a, '–', b, 'is', kind FROM neighbour JOIN known USING (a, b) WHERE kind <> 'sea'""",
        england=True,
    ),
    sql(
        "footprint-region",
        "A partner's footprint lies in one region; districts of a county share their police and fire services.",
        """SELECT kind, footprint_code, 'reaches', group_concat(DISTINCT region) FROM authority_footprint
             JOIN authority USING (authority_code) GROUP BY kind, footprint_code HAVING count(DISTINCT region) > 1
           UNION ALL SELECT kind, county_code, 'has', group_concat(DISTINCT footprint_code) FROM authority_footprint
             JOIN authority USING (authority_code) WHERE county_code IS NOT NULL AND kind IN ('police', 'fire')
             GROUP BY kind, county_code HAVING count(DISTINCT footprint_code) > 1""",
    ),
    sql(
        "trust-whole",
        "An authority's shares of hospital trusts add to at least 0.98.",
        """SELECT authority_code, 'shares', sum(share) FROM authority_trust GROUP BY authority_code
           HAVING sum(share) < 0.98""",
        england=True,
    ),
)
