"""GeoJSON of councils or blocks becomes the split that its polygons show, or one line says why not and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from lgrdata.cli.main import main
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading.boundaries import topojson
from lgrdata.splits.assignment.decode import MAX_BYTES
from lgrdata.splits.assignment.reader import Choices, Reading
from lgrdata.splits.naming import block_assignment

A, B, C, D = (f"E0700090{n}" for n in range(1, 5))
NORTH_SOUTH = {A: "North", B: "North", C: "South", D: "South"}


@pytest.fixture(scope="module")
def squares(tiny_db: Path) -> Dataset:
    return Dataset(tiny_db)


@pytest.fixture(scope="module")
def corners(squares: Dataset) -> tuple[float, float, float, float]:
    """West, south, east, north of Squareshire in degrees."""
    box = json.loads(topojson(squares.conn, "squares") or "")["bbox"]
    return box[0], box[1], box[2], box[3]


@pytest.fixture(scope="module")
def box(corners: tuple[float, float, float, float]) -> Any:
    """A rectangle in quarters of the area, from its north-west corner; a little beyond edges that it meets."""
    west, south, east, north = corners

    def ring(x0: float, y0: float, x1: float, y1: float) -> list[list[float]]:
        wide, high = (east - west) / 4, (north - south) / 4
        left, right = (west + x * wide + {0: -0.01, 4: 0.01}.get(x, 0) for x in (x0, x1))
        top, low = (north - y * high + {0: 0.01, 4: -0.01}.get(y, 0) for y in (y0, y1))
        return [[left, low], [right, low], [right, top], [left, top], [left, low]]

    return ring


def feature(ring: list[list[float]], **said: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": said, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(features: Iterable[dict[str, Any]], **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def read(squares: Dataset, data: bytes, **said: object) -> Reading:
    return block_assignment(squares.conn, squares.facts("squares"), data, "mine.geojson", Choices(**said))  # type: ignore[arg-type]


def test_longitude_and_latitude_under_any_name_and_encoding_are_read(squares: Dataset, box: Any) -> None:
    halves = [feature(box(0, 2, 4, 4), name="South"), feature(box(0, 0, 4, 2), name="North")]
    named = ("urn:ogc:def:crs:EPSG::4326", "EPSG:4326", "WGS 84", "GCS_WGS_1984", "urn:ogc:def:crs:OGC:1.3:CRS84")
    for crs in [{"type": "name", "properties": {"name": n}} for n in named] + [
        {"type": "EPSG", "properties": {"code": 4326}}, None,
    ]:  # fmt: skip
        data = collection(halves, crs=crs)
        for encoded in (data, b"\xef\xbb\xbf" + data, data.decode().encode("utf-16")):
            assert dict(read(squares, encoded).split.block_assignment()) == NORTH_SOUTH, (crs, encoded[:3])
    with pytest.raises(LgrError, match="is in EPSG:27700; save it in longitude and latitude"):
        read(squares, collection(halves, crs={"type": "EPSG", "properties": {"code": 27700}}))


def test_councils_and_blocks_and_wards_by_what_they_cover(squares: Dataset, box: Any) -> None:
    wgs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    councils = collection([feature(box(0, 2, 4, 4), fid=2, name="South", area=2.5),
                           feature(box(0, 0, 4, 2), fid=1, name="North", area=2.5)], crs=wgs)  # fmt: skip
    blocks = collection([
        *(feature(box(x, y, x + 2, y + 2), LAD=code, unitary=NORTH_SOUTH[code])
          for code, x, y in ((A, 0, 0), (B, 2, 0), (C, 0, 2), (D, 2, 2))),
        feature([[0, 50], [1, 50], [1, 51], [0, 50]], LAD="E07000999", unitary="Elsewhere"),
    ])  # fmt: skip
    for data in (councils, blocks):
        found = read(squares, data)
        assert dict(found.split.block_assignment()) == NORTH_SOUTH and found.split.proposal == "squares-2ua"
    assert "one polygon left out: none of Squareshire lies in it" in found.notes
    # Ward 4 of B goes south.
    cut = ((0, 0, 4, 1, "North"), (0, 1, 3, 2, "North"), (3, 1, 4, 2, "South"), (0, 2, 4, 4, "South"))
    parts = collection(feature(box(*corners), council=council) for *corners, council in cut)
    found = read(squares, parts)
    assert found.split.proposal == "squares-parts"
    assert any("Squareshire B divided by wards" in note for note in found.notes)


def test_what_is_not_covered_is_nobodys_and_what_is_unsure_is_said(squares: Dataset, box: Any) -> None:
    data = collection([feature(box(0, 0, 4, 2), name="North"), feature(box(0, 2, 2, 4), name="South")])
    with pytest.raises(LgrError, match=f"leaves out Squareshire D \\({D}\\)"):
        read(squares, data)
    assert read(squares, data, unfinished=True).split.left_out == (D,)
    found = read(
        squares, collection([feature(box(0, 0, 4, 2.25), name="North"), feature(box(0, 2.25, 4, 4), name="S")])
    )
    assert dict(found.split.block_assignment()) == {A: "North", B: "North", C: "S", D: "S"}
    assert len(found.warnings) == 4 and "is read as in S, which holds 75% of it" in found.warnings[0]
    nameless = collection([feature(box(0, 0, 4, 2)), feature(box(0, 2, 4, 4))])
    assert read(squares, nameless).split.names == ("Council 1", "Council 2")


def test_what_cannot_be_read_is_refused_in_a_line_that_says_what_to_do(squares: Dataset, box: Any) -> None:
    west, south = box(1, 1, 2, 2)[0]
    bow = [[west, south], [west + 0.1, south + 0.1], [west + 0.1, south], [west, south + 0.1], [west, south]]
    grid = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    fine = feature(box(0, 0, 4, 2), name="North")
    refused = {
        "EPSG::27700; save it in longitude and latitude.*ogr2ogr": collection([fine], crs=grid),
        "seem to be metres; save it in longitude": collection(
            [feature([[4e5, 3e5], [4e5, 4e5], [5e5, 3e5], [4e5, 3e5]])]
        ),
        "feature 2: an outline that crosses itself.*Fix geometries": collection([fine, feature(bow, name="x")]),
        "feature 1: is Point, where a Polygon": json.dumps({"type": "Feature", "geometry": {"type": "Point"}}).encode(),
        "feature 1: is nothing": collection([{"type": "Feature", "geometry": None}]),
        "feature 1: an outline is not a list of four": collection([feature([[0, 0], [1, 1]])]),
        "is TopoJSON; save it as GeoJSON": b'{"type": "Topology"}',
        "the wrong way round": collection([feature([p[::-1] for p in box(0, 0, 4, 2)], name="North")]),
        "North and South lie over one another in Squareshire A": collection(
            [fine, feature(box(0, 0, 4, 4), name="South")]
        ),
        "could each be the new council": collection(
            [feature(box(0, y, 4, y + 1), plan="ab"[y % 2], other="xy"[y // 2]) for y in range(4)]
        ),
        "MB; .* is under 5 MB; simplify its outlines": b'{"type":' + b" " * MAX_BYTES,
    }
    for wanted, data in refused.items():
        with pytest.raises(LgrError, match=wanted) as told:
            read(squares, data)
        assert str(told.value).startswith("mine.geojson") and "\n" not in str(told.value), wanted


def test_the_command_reads_polygons_of_both_endings(
    tiny_db: Path, box: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = collection([feature(box(0, 0, 4, 2), name="North"), feature(box(0, 2, 4, 4), name="South")])
    for name in ("mine.geojson", "mine.json"):
        path = tmp_path / name
        path.write_bytes(data)
        assert main(["effects", "squares", str(path), "--json", "--db", str(tiny_db)]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["split"]["proposal"] == "squares-2ua"
        assert found["read"][0] == "Two polygons laid over today’s districts: name read as the new council."
