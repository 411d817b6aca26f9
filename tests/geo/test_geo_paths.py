"""What is drawn: paths, dissolved councils, borders between them, labels, and the derived tables."""

import itertools
import json
import re
import sqlite3

import numpy as np
import pytest
from drawn_topology import text
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from lgrdata.core.models import LgrError
from lgrdata.geo import shapes as geo
from lgrdata.keeping.shapes import derive_shapes
from lgrdata.reading.tables import SCHEMA_PATH

ARCS = geo.load_arcs(text())
SCHEMA = SCHEMA_PATH.read_text(encoding="utf-8")

# Two squares side by side, a hundredth of a degree each; their border has teeth of about 200 and 700 metres.
SAWTOOTH = json.dumps(
    {
        "type": "Topology",
        "arcs": [
            [[0.01, 52.0], [0.013, 52.002], [0.01, 52.005], [0.02, 52.007], [0.01, 52.01]],
            [[0.01, 52.01], [0.0, 52.01], [0.0, 52.0], [0.01, 52.0]],
            [[0.01, 52.0], [0.02, 52.0], [0.03, 52.01], [0.01, 52.01]],
        ],
        "objects": {
            "authorities": {
                "geometries": [
                    {"type": "Polygon", "id": "L", "arcs": [[0, 1]]},
                    {"type": "Polygon", "id": "R", "arcs": [[2, -1]]},
                ]
            }
        },
    }
)
ISLAND = json.dumps(
    {
        "type": "Topology",
        "arcs": [[[0.5, 52.0], [0.51, 52.0], [0.512, 52.005], [0.51, 52.01], [0.5, 52.01], [0.5, 52.0]]],
        "objects": {"authorities": {"geometries": [{"type": "Polygon", "id": "I", "arcs": [[0]]}]}},
    }
)


def lines(path: str) -> list[np.ndarray]:
    """The sub-paths of 'M x y l dx dy ... [z]' as absolute points."""
    out = []
    for x, y, steps in re.findall(r"M(\d+) (\d+)l([-0-9 ]+)z?", path):
        step = np.array([int(v) for v in re.findall(r"-?\d+", steps)]).reshape(-1, 2)
        out.append(np.concatenate([[[int(x), int(y)]], np.array([int(x), int(y)]) + np.cumsum(step, axis=0)]))
    return out


def length(path: str) -> float:
    return float(sum(np.hypot(*np.diff(line, axis=0).T).sum() for line in lines(path)))


def edges(path: str) -> set[frozenset[tuple[int, int]]]:
    return {frozenset((tuple(a), tuple(b))) for p in lines(path) for a, b in itertools.pairwise(p)}


def path(code: str, name: str = "authorities") -> str:
    return geo.path_of(ARCS, next(s for s in ARCS.objects[name] if s.code == code))


def test_a_path_is_relative_and_compact() -> None:
    assert re.fullmatch(r"(M\d+ \d+l-?\d+(?: \d+|-\d+)+z)+", path("A"))
    assert path("A").count("z") == 2
    assert path("D").count("z") == 2
    for ring in lines(path("D")):
        assert (ring[0] == ring[-1]).all()


def test_neighbours_are_drawn_with_the_same_border() -> None:
    assert len(edges(path("A")) & edges(path("B"))) == 3
    assert len(edges(path("A")) & edges(path("C"))) == 3
    assert edges(path("E")) < edges(path("A"))
    assert not edges(path("A")) & edges(path("D"))


@given(st.lists(st.integers(-1, 2), min_size=5, max_size=5))
def test_dissolved_outline_equals_perimeters_less_shared(numbers: list[int]) -> None:
    council = dict(zip("ABCDE", numbers, strict=True))
    drawn = geo.dissolve(ARCS, "authorities", council)
    shared = geo.shared_borders(ARCS, "authorities")
    assert set(drawn) == {n for n in numbers if n >= 0}
    for number, outline in drawn.items():
        held = [s for s in ARCS.objects["authorities"] if council[s.code] == number]
        codes = {s.code for s in held}
        inside = sum(m for (a, b), m in shared.items() if a in codes and b in codes)
        assert length(outline) == pytest.approx(sum(geo.perimeter_of(ARCS, s) for s in held) - 2 * inside)
        for ring in lines(outline):
            assert (ring[0] == ring[-1]).all()
    between = sum(m for (a, b), m in shared.items() if council[a] != council[b] and min(council[a], council[b]) >= 0)
    assert length(geo.council_borders(ARCS, "authorities", council)) == pytest.approx(between)


def test_authorities_and_their_wards_draw_the_same_councils() -> None:
    council = {"A": 0, "B": 1, "C": 0, "D": 1, "E": 1}
    wards = {f"{code}1": n for code, n in council.items()} | {"C2": 0}
    for a, b in (
        (geo.dissolve(ARCS, "authorities", council), geo.dissolve(ARCS, "wards", wards)),
        ({0: geo.outer_edge(ARCS, "authorities")}, {0: geo.outer_edge(ARCS, "wards")}),
        (
            {0: geo.council_borders(ARCS, "authorities", council)},
            {0: geo.council_borders(ARCS, "wards", wards)},
        ),
    ):
        assert {n: edges(p) for n, p in a.items()} == {n: edges(p) for n, p in b.items()}


def test_border_of_a_divided_authority_runs_through_it() -> None:
    wards = {"A1": 0, "B1": 0, "C1": 0, "C2": 1, "D1": 1, "E1": 0}
    border = geo.council_borders(ARCS, "wards", wards)
    assert len(lines(border)) == 1, "one line: along C1|C2, then C1|D, then B|D"
    assert len(edges(border)) == 3 + 1 + 3


def test_one_council_has_no_border_and_one_outline_for_each_mainland_and_island() -> None:
    everyone = dict.fromkeys("ABCDE", 0)
    assert geo.council_borders(ARCS, "authorities", everyone) == ""
    assert geo.dissolve(ARCS, "authorities", everyone)[0].count("z") == 2


def test_a_label_lies_well_inside_the_largest_polygon() -> None:
    for shape in ARCS.objects["authorities"]:
        outer, *holes = max((tuple(ARCS.ring(r) for r in p) for p in shape.polygons), key=lambda p: Polygon(p[0]).area)
        polygon = Polygon(outer, holes)
        label = Point(geo.label_of(ARCS, shape))
        assert polygon.contains(label)
        deepest = max(
            Point(x, y).distance(polygon.boundary)
            for x in np.linspace(*polygon.bounds[::2], 40)
            for y in np.linspace(*polygon.bounds[1::2], 40)
            if polygon.contains(Point(x, y))
        )
        assert label.distance(polygon.boundary) > 0.9 * deepest


def test_label_of_a_horseshoe_is_not_in_its_gap() -> None:
    ring = np.array([(0, 0), (90, 0), (90, 100), (60, 100), (60, 30), (30, 30), (30, 100), (0, 100), (0, 0)])
    x, y = geo.label_point([ring])
    assert Polygon(ring).contains(Point(x, y))
    assert Polygon(ring).exterior.distance(Point(x, y)) >= 14


def test_thinning_keeps_neighbours_together_and_stays_near() -> None:
    council = {"A": 0, "B": 1, "C": 0, "D": 1, "E": 0}
    thin = geo.thinned(ARCS, 10_000)
    assert (thin.ends == ARCS.ends).all()
    full = geo.load_arcs(SAWTOOTH)
    for metres, points in ((1, 8), (400, 6), (100_000, 4)):
        thin = geo.thinned(full, metres)
        left, right = thin.objects["authorities"]
        assert len(thin.ring(left.polygons[0][0])) == points
        assert geo.area_of(thin, left) > 0
        assert edges(geo.path_of(thin, left)) & edges(geo.path_of(thin, right))
        assert geo.council_borders(thin, "authorities", {"L": 0, "R": 1})
    assert set(geo.dissolve(geo.thinned(ARCS, 50), "authorities", council)) == {0, 1}


def test_thinning_never_loses_an_island() -> None:
    thin = geo.thinned(geo.load_arcs(ISLAND), 1_000_000)
    (island,) = thin.objects["authorities"]
    assert len(set(map(tuple, thin.ring(island.polygons[0][0]).tolist()))) >= 3
    assert geo.area_of(thin, island) > 0


def built(topojson: str) -> sqlite3.Connection:
    conn = sqlite3.connect(":memory:")
    conn.executescript(SCHEMA)
    conn.execute("INSERT INTO topology VALUES ('drawn', ?, 'drawn')", (topojson,))
    derive_shapes(conn)
    return conn


def test_derive_shapes_fills_both_tables() -> None:
    conn = built(text())
    shapes = {r[0]: r for r in conn.execute("SELECT * FROM shape WHERE topology_id = 'drawn'")}
    assert set(shapes) == {*"ABCDE", "A1", "B1", "C1", "C2", "D1", "E1"}
    assert shapes["A"][2:9] == shapes["A1"][2:9]
    code, _, drawn, x0, y0, x1, y1, *_ = shapes["D"]
    every = np.concatenate(lines(drawn))
    assert ((x0, y0), (x1, y1)) == (tuple(every.min(axis=0)), tuple(every.max(axis=0))), code
    pairs = {(a, b): m for a, b, m in conn.execute("SELECT a, b, metres FROM shared_border")}
    assert ("A", "B") in pairs
    assert ("C1", "C2") in pairs
    assert not any((a in shapes and len(a) != len(b)) for a, b in pairs)


def test_derive_shapes_gives_the_same_rows_twice() -> None:
    rows = [list(built(text()).execute("SELECT * FROM shape ORDER BY place_code")) for _ in range(2)]
    assert rows[0] == rows[1]


def test_a_fault_names_the_topology() -> None:
    with pytest.raises(LgrError, match="boundaries of drawn"):
        built('{"type": "Topology"}')
