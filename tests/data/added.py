"""A 22nd area for a copy of the dataset: a county of today once more, under names and codes of its own, out at sea."""

from __future__ import annotations

import json
import re
import sqlite3

from lgrdata.reading.tables import Value, input_tables

AREA, NAME, WAS = "newshire", "Newshire", "warwickshire"
EAST = 3.2
"""Degrees of longitude that it lies east of where it was, beside nobody."""

_NAMED = {"area": ("name", "full_name"), "place": ("name",), "county": ("name",), "authority": ("name",)}
"""Names that must be nobody else's."""


def _code(code: str) -> str:
    """A code of its own: E07000218 becomes E07900218."""
    return f"{code[:3]}9{code[4:]}"


def _shifted(text: str, codes: set[str]) -> str:
    """The boundaries of the area with its own codes and names, moved east."""
    drawn = json.loads(text)
    drawn["transform"]["translate"][0] += EAST
    if "bbox" in drawn:
        drawn["bbox"][0] += EAST
        drawn["bbox"][2] += EAST
    for layer in drawn["objects"].values():
        for shape in layer["geometries"]:
            shape["id"] = _code(shape["id"])
            if shape["id"][:3] != "E05":
                shape["properties"]["name"] = f"New {shape['properties']['name']}"
    return json.dumps(drawn, separators=(",", ":"))


def _on_the_map(text: str, codes: set[str]) -> str:
    """The map of England with the area's authorities once more, moved east."""
    drawn = json.loads(text)
    step = round(EAST / drawn["transform"]["scale"][0])
    shapes = drawn["objects"]["authorities"]["geometries"]
    again: dict[int, int] = {}

    def arcs(nested: list[object]) -> list[object]:
        return [arcs(item) if isinstance(item, list) else arc(int(str(item))) for item in nested]

    def arc(number: int) -> int:
        at = number if number >= 0 else ~number
        if at not in again:
            (x, y), *rest = drawn["arcs"][at]
            again[at] = len(drawn["arcs"])
            drawn["arcs"].append([[x + step, y], *rest])
        return again[at] if number >= 0 else ~again[at]

    for shape in [s for s in shapes if s["id"] in codes]:
        named = {**shape["properties"], "name": f"New {shape['properties']['name']}"}
        shapes.append({**shape, "arcs": arcs(shape["arcs"]), "id": _code(shape["id"]), "properties": named})
    return json.dumps(drawn, separators=(",", ":"))


def add(conn: sqlite3.Connection) -> None:
    """Insert every row that the county has, once more, as an area of its own; the totals are left as they are."""
    own = """SELECT authority_code FROM area_authority WHERE area_id = ? UNION SELECT county_code FROM county
             WHERE area_id = ? UNION SELECT ward_code FROM ward JOIN area_authority USING (authority_code)
             WHERE area_id = ?"""
    codes = {row[0] for row in conn.execute(own, (WAS,) * 3)}
    proposals = {row[0] for row in conn.execute("SELECT proposal_id FROM proposal WHERE area_id = ?", (WAS,))}
    districts = sorted(code for code in codes if code[:3] == "E07")
    ranks = {row[0] for row in conn.execute("SELECT measure_code FROM measure WHERE kind = 'rank'")}

    def same(cell: Value) -> Value:
        if cell in codes:
            return _code(str(cell))
        if cell in proposals:
            return re.sub("^[a-z]+", AREA, str(cell))
        return AREA if cell == WAS else cell

    for table in input_tables():
        if table.name in ("business_case", "delivery_fact", "claim", "past_round_council", "former_county"):
            continue  # evidence of the county that it was
        names = table.column_names
        rows = []
        for row in conn.execute(f"SELECT * FROM {table.name}").fetchall():
            made = [same(cell) for cell in row]
            if tuple(made) == row or (table.name.endswith("neighbour") and not {row[0], row[1]} <= codes):
                continue
            for column in _NAMED.get(table.name, ()):
                at = names.index(column)
                if str(made[0])[:3] != "E05":
                    made[at] = f"New {row[at]}" if table.name != "area" else NAME
            if table.name == "place_history":
                made[1] = f"{row[1][:3]}8{row[1][4:]}" if row[0] == "code" else f"New {row[1]}"
            if table.name == "event":
                made[0] = f"{AREA}-{row[0]}"
            if table.name == "figure" and row[1] in ranks and row[3] is not None:
                made[3] = 350.0 + districts.index(row[0])  # a rank that nobody has
            for lon in (i for i, name in enumerate(names) if name == "lon"):
                made[lon] = row[lon] + EAST
            rows.append(made)
        if table.name == "topology":
            text = conn.execute("SELECT topojson FROM topology WHERE topology_id = ?", (WAS,)).fetchone()[0]
            rows = [[AREA, _shifted(text, codes), rows[0][2]]]
            (whole,) = conn.execute("SELECT topojson FROM topology WHERE topology_id = 'england'").fetchone()
            conn.execute("UPDATE topology SET topojson = ? WHERE topology_id = 'england'", (_on_the_map(whole, codes),))
        conn.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(names))})", rows)
    conn.execute(
        """INSERT INTO data_change SELECT max(change_id) + 1, '2026-12-01', 'An area more, as an example.'
           FROM data_change"""
    )
