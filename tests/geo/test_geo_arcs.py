"""Reading a drawn topology: holes, islands, rounding, what neighbours share."""

import json

import numpy as np
import pytest
from drawn_topology import text, topology
from shapely.geometry import Polygon
from shapely.ops import unary_union

from lgrdata.core.models import LgrError
from lgrdata.geo.shapes import Arcs, Shape, area_of, load_arcs, perimeter_of, shared_borders


@pytest.fixture(params=[{}, {"backwards": True}, {"quantised": False}], ids=["tidy", "backwards", "plain"])
def arcs(request: pytest.FixtureRequest) -> Arcs:
    return load_arcs(text(**request.param))


def shape(arcs: Arcs, code: str, name: str = "authorities") -> Shape:
    return next(s for s in arcs.objects[name] if s.code == code)


def drawn(arcs: Arcs, *codes: str, name: str = "authorities") -> Polygon:
    return unary_union(
        [
            Polygon(arcs.ring(polygon[0]), [arcs.ring(hole) for hole in polygon[1:]])
            for code in codes
            for polygon in shape(arcs, code, name).polygons
        ]
    )


def test_points_lie_on_the_grid_with_y_downward(arcs: Arcs) -> None:
    # 52.00°N 1.20°W is SP 549 or so: about 454,900 east and 233,800 north.
    corner = arcs.points[np.isclose(arcs.lonlat, [-1.2, 52.0]).all(axis=1)][0]
    assert corner[0] == pytest.approx(455_000, abs=500)
    assert 1_300_000 - corner[1] == pytest.approx(234_000, abs=1500)
    north = arcs.points[np.isclose(arcs.lonlat, [-1.2, 52.04]).all(axis=1)][0]
    assert 4_400 < corner[1] - north[1] < 4_500


def test_a_hole_and_two_polygons(arcs: Arcs) -> None:
    assert [len(p) for p in shape(arcs, "A").polygons] == [2]
    assert [len(p) for p in shape(arcs, "D").polygons] == [1, 1]
    assert arcs.codes("authorities") == ("A", "B", "C", "D", "E")
    for code in "ABCDE":
        assert area_of(arcs, shape(arcs, code)) == pytest.approx(drawn(arcs, code).area)
        assert perimeter_of(arcs, shape(arcs, code)) == pytest.approx(drawn(arcs, code).length)


def test_every_arc_has_at_most_one_shape_on_each_side(arcs: Arcs) -> None:
    for name in ("authorities", "wards"):
        walked = [n for s in arcs.objects[name] for ring in s.rings for n in ring]
        assert len(walked) == len(set(walked))
        assert (arcs.sides(name) >= 0).sum() == len(walked)


def test_shared_borders_are_those_of_the_drawing(arcs: Arcs) -> None:
    borders = shared_borders(arcs, "authorities")
    assert set(borders) == {("A", "B"), ("A", "C"), ("A", "E"), ("B", "D"), ("C", "D")}
    assert borders["A", "E"] == pytest.approx(perimeter_of(arcs, shape(arcs, "E")))
    assert borders["A", "B"] == pytest.approx(drawn(arcs, "A").intersection(drawn(arcs, "B")).length)


def test_outline_of_a_union_is_the_sum_less_twice_the_shared(arcs: Arcs) -> None:
    borders = shared_borders(arcs, "authorities")
    for union in ("AB", "AE", "ABCD", "ABCDE"):
        whole = sum(perimeter_of(arcs, shape(arcs, c)) for c in union)
        inside = sum(m for (a, b), m in borders.items() if a in union and b in union)
        assert drawn(arcs, *union).length == pytest.approx(whole - 2 * inside)


def test_wards_add_exactly_to_their_authority(arcs: Arcs) -> None:
    parts = [shape(arcs, c, "wards") for c in ("C1", "C2")]
    assert sum(area_of(arcs, p) for p in parts) == area_of(arcs, shape(arcs, "C"))


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda t: t["arcs"].append([[0, 0]]), "fewer than two points"),
        (lambda t: t["objects"]["wards"]["geometries"][0].pop("id"), "no id"),
        (lambda t: t["objects"]["wards"]["geometries"][0].update(id="B1"), "B1 is there twice"),
        (lambda t: t["objects"]["wards"]["geometries"][0].update(type="LineString"), "LineString"),
        (lambda t: t["objects"]["wards"]["geometries"][1].update(arcs=[[0, 1, 9999]]), "arc that the file"),
        (lambda t: t["objects"]["wards"]["geometries"][1]["arcs"][0].pop(), "closed ring"),
        (lambda t: t["objects"]["wards"]["geometries"][1].update(arcs=[["0"]]), "not a list of arc numbers"),
        (lambda t: t["objects"]["wards"]["geometries"][1].pop("arcs"), "not a list of arc numbers"),
        (lambda t: t["arcs"][0].append([float("nan"), 0]), "not a number"),
        (lambda t: t.pop("arcs"), "not a readable TopoJSON"),
    ],
)
def test_a_bad_file_is_named_with_its_fault(spoil, fault) -> None:  # type: ignore[no-untyped-def]
    bad = topology()
    spoil(bad)
    with pytest.raises(LgrError, match=fault) as caught:
        load_arcs(json.dumps(bad), "boundaries of drawn")
    assert str(caught.value).startswith("boundaries of drawn")


def test_text_that_is_not_json() -> None:
    with pytest.raises(LgrError, match="not a readable TopoJSON"):
        load_arcs("{")
