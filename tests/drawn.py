"""A tiny drawn dataset, small enough to check by eye, written as real tables and built by the real build.

grid22 (area `squares`, county E10000901)      grid33 (area `nine`, county E10000902; I is a unitary)

      +-----+-----+                                  +-----+-----+-----+
      |  A  |  B  |   A E07000901  B E07000902       |  A  |  B  |  C  |   A E07000911 ... H E07000918
      +-----+-----+   C E07000903  D E07000904       +-----+-----+-----+   I E06000919
      |  C  |  D  |                                  |  D  |  E  |  F  |
      +-----+-----+                                  +-----+-----+-----+
                                                     |  G  |  H  |  I  |
                                                     +-----+-----+-----+

Every district is a square of 10 km a side (100 km2) with 100,000 residents: 20,000 aged 0-17, 10,000 aged 18-24,
50,000 aged 25-64, 10,000 aged 65-74, 6,000 aged 75-84 and 4,000 aged 85 and over. Its four wards are squares of
5 km with a quarter of everything (25,000 residents): 1 | 2 above 3 | 4, coded E05 + last three digits of the
district + 00n, so ward 4 of squares' B is E05902004. Neighbours share borders of 10,000 m, wards of 5,000 m.

Care: see `care_figures`; squares' county is four districts large, nine's eight, and its unitary one. Each district
or unitary spends £7 million on its own services, and each council with care duties £40 million on adults and £20
million on children for each district's worth of residents. Residents are projected to grow by 1% of mid-2018 a year.

Commuting: 1,000 people travel from each district to each land neighbour, and 10,000 stay within. Moves: a tenth.
Proposals: `squares-2ua` (North AB, South CD), `squares-parts` (North AB without ward 4 of B, South CD with it, drawn
by wards and, nearest, by whole districts), `nine-3ua` (rows), `nine-unknown` (composition not known).

Assumptions and evidence (parameters, lenses, partnership models, case studies ...) are the project's own: they name
no place, so nothing would be gained by drawing them.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lgrdata.core import periods
from lgrdata.reading.tables import (
    FOLDERS,
    Row,
    csv_text,
    flow_file,
    input_tables,
    parser,
    read_records,
    table_files,
    table_named,
)

ROOT = Path(__file__).resolve().parent.parent
SOURCE = "drawn"
SIDE_KM = 10
RESIDENTS = 100_000

# The project's own rows, whole, because they name no place.
TAKEN = (
    *("source", "parameter", "lens", "lens_value", "consideration", "criterion", "partnership_model"),
    *("model_paragraph", "care_service", "service_model", "case_study", "case_model", "case_service"),
    *("case_paragraph", "claim", "claim_contest", "claim_link", "claim_service", "glossary"),
    *("share_basis", "share_line", "line_basis"),
    *("past_round", "past_round_council", "past_round_figure"),
)
AREAS = {
    "squares": ("Squareshire", "E10000901", 2, ("E07000901", "E07000902", "E07000903", "E07000904"), (-2.0, 52.0)),
    "nine": ("Ninefields", "E10000902", 3, (*(f"E0700091{n}" for n in range(1, 9)), "E06000919"), (-1.0, 53.0)),
}
PEOPLE_AT_AGE = {
    **dict.fromkeys(range(16), 1000),
    **dict.fromkeys((16, 17), 2000),
    **dict.fromkeys(range(18, 23), 2000),
    **dict.fromkeys(range(25, 65), 1250),
    **dict.fromkeys(range(65, 75), 1000),
    **dict.fromkeys(range(75, 85), 600),
    **dict.fromkeys(range(85, 89), 1000),
}
CENSUS = {
    "age 0-15": 16_000,
    "age 16-24": 14_000,
    "age 25-34": 12_500,
    "age 35-49": 18_750,
    "age 50-64": 18_750,
    "age 65+": 20_000,
    "disabled": 16_000,
    "income deprived": 12_000,
    "income deprived children": 2_400,
    "income deprived older people": 2_000,
}


@dataclass(frozen=True)
class Tiny:
    """A drawn dataset: its folder of tables and the database built from them."""

    data: Path
    db: Path


CARE_LINES = {
    "Physical support - older people (65+)": 25_000,
    "Learning disability support - adults (18–64)": 15_000,
    "TOTAL ADULT SOCIAL CARE": 40_000,
    "Children's social care - Children Looked After of which residential care": 12_000,
    "Children's social care: Safeguarding children and young people’s services": 8000,
    "TOTAL CHILDREN SOCIAL CARE": 20_000,
}
"""Care detail of a council of one drawn district, £ thousand."""

CENSUS_FIGURES: dict[tuple[str, str], float | None] = {
    ("idaci", "2025"): 0.15,
    ("idaopi", "2025"): 0.12,
    ("imd", "2025"): 20,
    ("disabled_residents", "2021"): 16_000,
    ("census_residents", "2021"): 100_000,
}
DISTRICT_FIGURES: dict[tuple[str, str], float | None] = {
    ("council_tax_base_derived", "2026-27"): 40_000,
    **{("homelessness_duties_owed", f"2025 Q{quarter}"): 100 for quarter in range(1, 5)},
    **{("households_in_temporary_accommodation", f"2025 Q{quarter}"): 50 for quarter in range(1, 5)},
}
UPPER_FIGURES: dict[tuple[str, str], float | None] = {
    ("unaccompanied_asylum_seeking_children", "31 Mar 2025"): 10,
    ("children_placed_elsewhere", "31 Mar 2025"): 40,
    ("children_placed_here_by_others", "31 Mar 2025"): 30,
    ("dsg_balance", "2023-24"): -5000,
    ("band_d_own", "2023-24"): 1500,
}


def care_figures(districts: int, idaci: float) -> dict[tuple[str, str], float | None]:
    """Figures of a council with social care duties of so many drawn districts.

    Looked after: 2 in 1,000 children and 4 in 100 of the income-deprived ones; in need: five times that. Adults in
    long-term support: 5 in 1,000 of those aged 18 to 64 and 1 in 10 of those aged 85 and over. Plans: 4 in 100
    residents under 25, and 2 in 100 of income-deprived children.
    """
    young, poor = 20_000 * districts, 20_000 * districts * idaci
    looked_after = round(0.002 * young + 0.04 * poor)
    return {
        ("population_0_17", "mid-2024"): young,
        ("population_0_24", "mid-2024"): 30_000 * districts,
        ("population_18_64", "mid-2024"): 60_000 * districts,
        ("population_65_74", "mid-2024"): 10_000 * districts,
        ("population_75_84", "mid-2024"): 6_000 * districts,
        ("population_85_plus", "mid-2024"): 4_000 * districts,
        ("idaci", "2025"): idaci,
        ("idaopi", "2025"): 0.12,
        ("imd", "2025"): 20,
        ("disabled_residents", "2021"): 16_000 * districts,
        ("children_looked_after", "31 Mar 2025"): looked_after,
        ("children_in_need", "31 Mar 2025"): 5 * looked_after,
        ("adults_long_term_support", "31 Mar 2026"): 700 * districts,
        ("ehc_plans", "Jan 2025"): round(1200 * districts + 0.02 * poor),
    }


def ward_code(authority: str, number: int) -> str:
    """Ward 1 to 4 of a drawn authority."""
    return f"E05{authority[-3:]}{number:03}"


def _position(index: int, columns: int) -> tuple[int, int]:
    return index // columns, index % columns


def _pairs(columns: int, count: int) -> list[tuple[int, int]]:
    """Index pairs of squares that share a side, in a grid filled row by row."""
    across = [(n, n + 1) for n in range(count - 1) if (n + 1) % columns]
    down = [(n, n + columns) for n in range(count - columns)]
    return sorted(across + down)


def _degrees(origin: tuple[float, float], x_km: float, y_km: float) -> tuple[float, float]:
    """Longitude and latitude of a point x km east and y km south of an origin near 52 to 53 degrees north."""
    lon, lat = origin
    per_lon = 68.678 if lat < 52.5 else 67.137
    return round(lon + x_km / per_lon, 5), round(lat - y_km / 111.27, 5)


class Drawing:
    """Rows of the drawn dataset by table, and its boundary files."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.boundaries: dict[str, str] = {}
        self.add("source", (SOURCE, "Drawn for tests", "Nobody", "drawn", "2025", "none", "https://example.org/", ""))
        self.add("data_change", (1, "2025-01-01", "Drawn for tests."))
        self.add("place_history", *HISTORY)
        self.add("footprint", *[(kind, "F1", f"All of {kind.split()[0]}") for kind in FOOTPRINTS])
        self.add("trust", ("T1", "One hospital"))
        self.add("day_one_duty", *project_rows("day_one_duty"))
        self.add("delivery_fact", *[row for row in project_rows("delivery_fact") if row[3] is None])
        for area_id in AREAS:
            self._area(area_id)
            self.add("vesting_day", (area_id, "2028-04-01", "plan", "documented", SOURCE))
        self._councils_elsewhere()
        self._measures()
        self._proposals()
        self.boundaries["england"] = self._topojson(list(AREAS), wards=False)
        self.add("topology", ("england", SOURCE))

    def add(self, table: str, *rows: Row) -> None:
        """Add rows to a table (of its CSV columns)."""
        self.rows[table] += rows

    # -------------------------------------------------------------- places and people
    def _area(self, area_id: str) -> None:
        name, county, columns, codes, _ = AREAS[area_id]
        self.add("area", (area_id, name, name, "invited", "unknown", "", "Nothing is decided.", "documented", SOURCE))
        self.add("place", (county, name, "county"))
        self.add("county", (county, name, area_id))
        for index, code in enumerate(codes):
            self._authority(area_id, county, code, index)
        for a, b in _pairs(columns, len(codes)):
            self.add("neighbour", (*sorted((codes[a], codes[b])), "land", 10_000, SOURCE))
        districts = sum(code.startswith("E07") for code in codes)
        self._figures(county, care_figures(districts, 0.15) | UPPER_FIGURES)
        self._spend(county, {}, districts)
        self._flows(columns, codes)
        self._ward_neighbours(columns, codes)
        self.boundaries[area_id] = self._topojson([area_id], wards=True)
        self.add("topology", (area_id, SOURCE))

    def _authority(self, area_id: str, county: str, code: str, index: int) -> None:
        name, _, columns, _, origin = AREAS[area_id]
        row, column = _position(index, columns)
        tier = "unitary" if code.startswith("E06") else "district"
        title = f"{name} {'ABCDEFGHI'[index]}"
        lon, lat = _degrees(origin, (column + 0.5) * SIDE_KM, (row + 0.5) * SIDE_KM)
        upper = county if tier == "district" else None
        self.add("place", (code, title, tier))
        self.add("authority", (code, title, tier, upper, "Drawn", "Urban", 100, lon, lat))
        self.add("area_authority", (area_id, code, "member"))
        self.add("resident", *[(code, 2024, age, PEOPLE_AT_AGE.get(age, 0), SOURCE) for age in range(91)])
        for year in range(2018, 2044):
            for band, people in (("0-19", 24_000), ("20-64", 56_000), ("65+", 20_000), ("85+", 4_000)):
                grown = people + (people // 100) * (year - 2018)
                self.add("projection", (code, year, band, grown, SOURCE))
            self.add("projection", (code, year, "all", RESIDENTS + 1000 * (year - 2018), SOURCE))
        self.add("authority_footprint", *[(code, kind, "F1", 1, "published", SOURCE) for kind in FOOTPRINTS])
        self.add("authority_trust", (code, "T1", 1, "estimated", SOURCE))
        bill = {("band_d_all_precepts", "2026-27"): 2000 + 10 * index}
        care = care_figures(1, 0.15) | UPPER_FIGURES if tier == "unitary" else {}
        self._figures(code, CENSUS_FIGURES | DISTRICT_FIGURES | bill | care)
        own = {"Environmental and regulatory services": 5000, "Central services": 2000}
        self._spend(code, own, 1 if tier == "unitary" else 0)
        for number in range(1, 5):
            ward = ward_code(code, number)
            ward_row, ward_column = _position(number - 1, 2)
            x, y = (column + 0.25 + ward_column / 2) * SIDE_KM, (row + 0.25 + ward_row / 2) * SIDE_KM
            self.add("place", (ward, f"{title} {number}", "ward"))
            self.add("ward", (ward, f"{title} {number}", code, 25, *_degrees(origin, x, y)))
            self.add("ward_census", *[(ward, item, n / 4, "estimated", SOURCE) for item, n in CENSUS.items()])

    # -------------------------------------------------------------- figures
    def _figures(self, place: str, figures: dict[tuple[str, str], float | None]) -> None:
        for (measure, period), value in figures.items():
            status = "suppressed" if value is None else "published"
            self.add("figure", (place, measure, period, value, status, SOURCE, ""))

    def _spend(self, place: str, own: dict[str, int], care: int) -> None:
        """Net expenditure, £ thousand: `own` services, and care for so many districts' worth of residents."""
        summary = own | ({"Adult Social Care": 40_000 * care, "Children Social Care": 20_000 * care} if care else {})
        summary["Total Service Expenditure"] = sum(summary.values())
        detail = {service: thousand * care for service, thousand in CARE_LINES.items()} if care else {}
        line = "Net Current Expenditure"
        for form, services in (("RSX", summary), ("RO3", detail)):
            for service, thousand in services.items():
                self.add("spend", (place, "2024-25", form, service, line, thousand, "published", SOURCE))

    def date(self) -> None:
        """The days of every period in use, and the years that sums start from."""
        vintages = {"residents": "mid-2024", "prices": "2025-26", "wards": "2025", "boards": "2026"}
        words = {str(row[2]) for row in self.rows["figure"]} | {str(row[1]) for row in self.rows["spend"]}
        held = [periods.read(period) for period in words | set(vintages.values())]
        self.add("period", *[(p.words, p.starts.isoformat(), p.ends.isoformat()) for p in held])
        self.add("vintage", *[(what, period, SOURCE) for what, period in vintages.items()])

    def _councils_elsewhere(self) -> None:
        """Thirty councils elsewhere for fits to stand on; two and two of the first 12 were one county."""
        for n in range(1, 31):
            code = f"E080009{n:02}"
            self.add("place", (code, f"Elsewhere {n}", "other authority"))
            self._figures(code, care_figures(1 + n % 3, 0.1 + 0.01 * (n % 10)))
            if n <= 12:
                kind = "shire" if n <= 6 else "city" if n <= 10 else "metropolitan"
                self.add("former_county", (code, f"Old County {(n + 1) // 2}", kind, SOURCE))

    def _measures(self) -> None:
        """The project's own measures, as far as a drawn figure uses them."""
        used = {row[1] for row in self.rows["figure"]}
        self.add("measure", *[row for row in project_rows("measure") if row[0] in used])

    def _flows(self, columns: int, codes: tuple[str, ...]) -> None:
        for kind, scale in (("commuting 2021", 1), ("commuting 2011", 1), ("moves 2021", 10)):
            for code in codes:
                self.add("flow", (kind, code, code, 10_000 // scale, SOURCE))
            for a, b in _pairs(columns, len(codes)):
                self.add("flow", (kind, codes[a], codes[b], 1000 // scale, SOURCE))
                self.add("flow", (kind, codes[b], codes[a], 1000 // scale, SOURCE))

    def _ward_neighbours(self, columns: int, codes: tuple[str, ...]) -> None:
        """Wards laid on one fine grid of the whole area, twice as fine as that of its authorities."""
        wide = columns * 2

        def at(index: int) -> str:
            row, column = _position(index, wide)
            return ward_code(codes[row // 2 * columns + column // 2], row % 2 * 2 + column % 2 + 1)

        for a, b in _pairs(wide, wide * (len(codes) // columns) * 2):
            self.add("ward_neighbour", (*sorted((at(a), at(b))), "land", 5000))

    # -------------------------------------------------------------- boundaries
    def _topojson(self, area_ids: list[str], *, wards: bool) -> str:
        """TopoJSON with shared arcs: one straight arc for each side of the finest squares."""
        numbers: dict[tuple[tuple[float, float], tuple[float, float]], int] = {}
        arcs: list[list[tuple[float, float]]] = []

        def side(start: tuple[float, float], end: tuple[float, float]) -> int:
            if (end, start) in numbers:
                return ~numbers[end, start]
            if (start, end) not in numbers:
                numbers[start, end] = len(arcs)
                arcs.append([start, end])
            return numbers[start, end]

        def square(code: str, origin: tuple[float, float], x: float, y: float, steps: int, step: float) -> dict:  # type: ignore[type-arg]
            right = [(x + n * step, y) for n in range(steps)]
            down = [(x + steps * step, y + n * step) for n in range(steps)]
            left = [(x + n * step, y + steps * step) for n in range(steps, 0, -1)]
            up = [(x, y + n * step) for n in range(steps, 0, -1)]
            ring = [_degrees(origin, *point) for point in [*right, *down, *left, *up]]
            sides = [side(a, b) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)]
            return {"type": "Polygon", "id": code, "properties": {}, "arcs": [sides]}

        drawn: dict[str, list] = {"authorities": [], "wards": []}  # type: ignore[type-arg]
        for area_id in area_ids:
            _, _, columns, codes, origin = AREAS[area_id]
            for index, code in enumerate(codes):
                row, column = _position(index, columns)
                x, y = column * SIDE_KM, row * SIDE_KM
                drawn["authorities"].append(square(code, origin, x, y, 2, SIDE_KM / 2))
                for n in range(4):
                    ward_x, ward_y = x + n % 2 * SIDE_KM / 2, y + n // 2 * SIDE_KM / 2
                    drawn["wards"].append(square(ward_code(code, n + 1), origin, ward_x, ward_y, 1, SIDE_KM / 2))
        points = [point for arc in arcs for point in arc]
        left, low = min(p[0] for p in points), min(p[1] for p in points)
        whole = [[(round((lon - left) * 1e5), round((lat - low) * 1e5)) for lon, lat in arc] for arc in arcs]
        deltas = [[list(a), [b[0] - a[0], b[1] - a[1]]] for a, b in whole]
        objects = {
            name: {"type": "GeometryCollection", "geometries": shapes}
            for name, shapes in drawn.items()
            if wards or name == "authorities"
        }
        topology = {
            "type": "Topology",
            "bbox": [left, low, max(p[0] for p in points), max(p[1] for p in points)],
            "transform": {"scale": [1e-5, 1e-5], "translate": [left, low]},
            "objects": objects,
            "arcs": deltas,
        }
        return json.dumps(topology, separators=(",", ":"))

    # -------------------------------------------------------------- proposals
    def _proposals(self) -> None:
        a, b, c, d = AREAS["squares"][3]
        self._proposal("squares-2ua", "squares", "exact", {"North": [a, b], "South": [c, d]})
        self._proposal("squares-parts", "squares", "exact-parts", {"North": [a, b], "South": [c, d]})
        moved = ward_code(b, 4)
        self.add("composition", ("squares-parts", "South", b, "the ward Squareshire B 4"))
        self.add("drawing", ("squares-parts", "nearest-whole", "approximate", "The moved ward stays."))
        for council, codes in {"North": [a, b], "South": [c, d]}.items():
            self.add("drawing_block", *[("squares-parts", "nearest-whole", x, council, "named", "") for x in codes])
        self.add("drawing_block", ("squares-parts", "exact-parts", moved, "South", "named", "named in the proposal"))
        nine = AREAS["nine"][3]
        rows = {name: list(nine[n * 3 : n * 3 + 3]) for n, name in enumerate(("Top", "Middle", "Bottom"))}
        self._proposal("nine-3ua", "nine", "exact", rows)
        text = ("Not known", "Nobody", "final", "2025-11-28", 4, 1, "", "unknown", "not known", "unverified")
        self.add("proposal", ("nine-unknown", "nine", *text, "No document at hand.", SOURCE))
        self.add("event", ("e1", "squares", "2025-02-05", "Invited.", "documented", SOURCE, ""))

    def _proposal(self, name: str, area_id: str, basis: str, councils: dict[str, list[str]]) -> None:
        whole = basis == "exact"
        change = "" if whole else "one ward moves"
        text = (f"{len(councils)} councils", "Nobody", "final", "2025-11-28", len(councils), int(whole), change)
        self.add("proposal", (name, area_id, *text, "unknown", basis, "documented", "Drawn.", SOURCE))
        self.add("drawing", (name, basis, "exact" if whole else "high", "Drawn."))
        for position, (council, codes) in enumerate(councils.items(), 1):
            self.add("proposal_council", (name, council, position))
            part = {code: "whole" if whole or code != "E07000902" else "all but the ward 4" for code in codes}
            self.add("composition", *[(name, council, code, part[code]) for code in codes])
            self.add("drawing_block", *[(name, basis, code, council, "named", "") for code in codes])


HISTORY: tuple[Row, ...] = (
    ("code", "E07000801", "E07000901", "", "2013-04-01", "", SOURCE),
    ("code", "E07000803", "E07000903", "C West", "2019-04-01", "", SOURCE),
    ("code", "E07000813", "E07000903", "C East", "2019-04-01", "", SOURCE),
    ("name", "Old Dee", "E07000904", "", "2018-04-01", "", SOURCE),
    ("spelling", "Squares B", "E07000902", "", "", "", SOURCE),
)
"""A new code of squares' A, two places merged into its C, a former name of its D, another name of its B."""

FOOTPRINTS = ("icb 2024", "icb 2026", "police", "fire", "community safety")


def project_rows(table_name: str) -> list[Row]:
    """Rows of a table of the project's own data."""
    table = table_named(table_name)
    parsers = [parser(column) for column in table.csv_columns]
    rows: list[Row] = []
    for path in table_files(ROOT / "data", table):
        for _, record in list(read_records(path, path.name))[1:]:
            rows.append(tuple(parse(text) for parse, text in zip(parsers, record, strict=True)))
    return rows


def _in_key_order(name: str, rows: Iterable[Row]) -> list[Row]:
    table = table_named(name)
    places = [table.csv_names.index(column) for column in table.key]
    return sorted(rows, key=lambda row: tuple(row[place] for place in places))


def write_tables(data_dir: Path) -> Path:
    """Write the drawn tables and boundaries as `data_dir`; returns it."""
    drawing = Drawing()
    for name in TAKEN:
        drawing.add(name, *project_rows(name))
    drawing.date()
    shutil.rmtree(data_dir, ignore_errors=True)
    for folder in FOLDERS:
        (data_dir / "tables" / folder).mkdir(parents=True)
    (data_dir / "boundaries").mkdir()
    topics = {row[0]: str(row[3]) for row in drawing.rows["measure"]}
    for table in input_tables():
        rows = drawing.rows[table.name]
        if table.name not in FOLDERS:
            path = data_dir / "tables" / f"{table.name}.csv"
            path.write_text(csv_text(table, _in_key_order(table.name, rows)), encoding="utf-8", newline="")
            continue
        files = [topics[row[1]] if table.name == "figure" else flow_file(row[0]) for row in rows]
        for file in sorted(set(files)):
            own = _in_key_order(table.name, [row for row, its in zip(rows, files, strict=True) if its == file])
            path = data_dir / "tables" / table.name / f"{file}.csv"
            path.write_text(csv_text(table, own), encoding="utf-8", newline="")
    for name, text in drawing.boundaries.items():
        (data_dir / "boundaries" / f"{name}.topojson").write_text(text, encoding="utf-8", newline="")
    return data_dir
