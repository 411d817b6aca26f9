"""The boundaries held in the project, read as they are: sizes, sums, and areas against the published ones."""

import csv
import json
from pathlib import Path

import pytest

from lgrdata.geo.shapes import Arcs, area_of, label_of, load_arcs, path_of

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = sorted((DATA / "boundaries").glob("*.topojson"))
LARGEST = {"authorities": 100_000, "wards": 350_000}
"""Characters of path text that a map of an area may cost."""


def published_km2() -> dict[str, float]:
    with (DATA / "tables" / "authority.csv").open(encoding="utf-8", newline="") as file:
        return {row["authority_code"]: float(row["area_km2"]) for row in csv.DictReader(file)}


def held(file: Path) -> Arcs:
    return load_arcs(file.read_text(encoding="utf-8"), file.stem)


@pytest.mark.parametrize("file", [f for f in FILES if f.stem != "england"], ids=lambda f: f.stem)
def test_an_area(file: Path) -> None:
    arcs, km2 = held(file), published_km2()
    for name, most in LARGEST.items():
        assert sum(len(path_of(arcs, shape)) for shape in arcs.objects[name]) < most
        walked = [n for shape in arcs.objects[name] for ring in shape.rings for n in ring]
        assert len(walked) == len(set(walked)), "no two shapes overlap"
    authorities, wards = (sum(area_of(arcs, s) for s in arcs.objects[n]) for n in ("authorities", "wards"))
    assert authorities == wards, "wards fill their authorities exactly"
    for shape in arcs.objects["authorities"]:
        assert area_of(arcs, shape) / 1e6 == pytest.approx(km2[shape.code], rel=0.02), shape.name
    for shape in arcs.objects["wards"]:
        assert area_of(arcs, shape) > 0, shape.name


def test_england_shows_every_authority() -> None:
    arcs, km2 = held(DATA / "boundaries" / "england.topojson"), published_km2()
    assert len(arcs.codes("authorities")) == len(set(arcs.codes("authorities"))) == 296
    for shape in arcs.objects["authorities"]:
        if shape.code in km2:
            assert area_of(arcs, shape) / 1e6 == pytest.approx(km2[shape.code], rel=0.06), shape.name
        x, y = label_of(arcs, shape)
        assert 80_000 < x < 660_000, shape.name
        assert 640_000 < y < 1_300_000, shape.name


def test_every_boundary_file_is_small_json() -> None:
    assert len(FILES) == 23
    for file in FILES:
        assert json.loads(file.read_text(encoding="utf-8"))["type"] == "Topology"
        assert file.stat().st_size < 1_000_000
