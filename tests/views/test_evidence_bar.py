"""The evidence bar: its figures are the model's, its words true of them, its marks in their places, nothing cut off."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import LgrError
from lgrdata.core.words import millions
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Para, Picture
from lgrdata.pictures import charts
from lgrdata.pictures.charts.evidence_bar import WIDTH, scale_of, top_of
from lgrdata.pictures.maps.ground import text_width
from lgrdata.splits.scenario import Scenario
from lgrdata.views import evidence_bar

AREAS = (
    "surrey", "hampshire-solent", "lancashire", "suffolk", "oxfordshire", "gloucestershire", "devon-plymouth-torbay",
)  # fmt: skip


@pytest.fixture(scope="module")
def real(real_db: Path) -> Dataset:
    return Dataset(real_db)


def _texts(svg: str) -> list[tuple[float, float, float, str]]:
    """Left, right, baseline and words of each text."""
    out = []
    for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        words, x = node.text or "", float(node.attrib["x"])
        # Where the drawing's own letters are not to be had, bold ones of other kinds are up to a quarter wider.
        wide = text_width(words, float(node.get("font-size", "13"))) * (1.25 if node.get("font-weight") else 1)
        wide = float(node.get("textLength", wide))
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[node.attrib["text-anchor"]]
        out.append((left, left + wide, float(node.attrib["y"]), words))
    return out


def test_every_proposals_bar_is_true_and_whole(real: Dataset) -> None:
    wrong, drawn = list[str](), 0
    for area in AREAS:
        for name in [*(p.proposal_id for p in real.proposals(area)), "single"]:
            try:
                scenario = Scenario(real.split(area, name))
            except LgrError:  # its map is not known
                continue
            found = effects_of(real, scenario)
            bar, picture = evidence_bar.finding(real, found), evidence_bar.picture(real, found)
            assert bar is not None and picture is not None and picture.table is not None
            drawn += 1
            costs = found.costs
            assert (bar.district, bar.county) == (costs["district"].recurring_net, costs["county"].recurring_net)
            for value in (bar.district, bar.county):
                verb = "saves" if value > 0 else "costs"
                if verb not in picture.title or millions(abs(value)) not in picture.title:
                    wrong.append(f"{name}: {picture.title}")
            wrong += [f"{name}: {side}" for side in bar.sides if (side.own < side.break_even) != side.saves]
            held = [r for r in evidence_bar.of_area(real, found) if r.proposal_id == found.split.proposal]
            assert len(bar.cases) == len([r for r in held if r.metric == evidence_bar.MEASURE])
            texts = _texts(picture.svg)
            wrong += [f"{name} cut off: {t}" for t in texts if t[0] < -1 or t[1] > WIDTH + 1]
            wrong += [
                f"{name} over one another: {a} {b}"
                for n, a in enumerate(texts)
                for b in texts[n + 1 :]
                if abs(a[2] - b[2]) < 8 and a[0] < b[1] - 1 and b[0] < a[1] - 1
            ]
    assert wrong == [] and drawn > 25


def test_todays_councils_have_no_bar_and_say_why(real: Dataset) -> None:
    found = effects_of(real, Scenario(real.split("surrey", "today")))
    assert evidence_bar.finding(real, found) is None
    (said,) = evidence_bar.blocks(real, found)
    assert isinstance(said, Para) and "costs nothing" in str(said.text)


def test_a_changed_side_is_nobodys_evidence_and_stands_beside_itself(real: Dataset) -> None:
    scenario = Scenario(real.split("surrey", "surrey-3ua"), assumptions={"county.delta": 1.0})
    (bar,) = evidence_bar.blocks(real, effects_of(real, scenario))
    assert isinstance(bar, Picture) and bar.table is not None
    assert "counties’ figures as changed here" in bar.title and "counties’, changed here" in bar.svg
    assert {"Counties’, changed here", "Counties’, unchanged", "Districts’"} <= {row[0] for row in bar.table.rows}


def test_places_on_the_line_by_hand() -> None:
    """Sides at −£10m and £30m: 40 across, 29% of the whole at either end, so the line is 95.2 long."""
    low, high = scale_of([-10.0, 30.0])
    assert round(high - low, 1) == 95.2 and round(low, 1) == -37.6
    # With both above nought the left end needs no room for a side's words: 12% and 29%, 30 / .59 = 50.8.
    low, high = scale_of([10.0, 30.0])
    assert round(high - low, 1) == 50.8 and round(low, 1) == -6.1
    marks = [charts.BreakEvenMark(55.0, 14.8, "counties"), charts.BreakEvenMark(-3.0, 2.0, "districts")]
    assert top_of(marks) == 30.0
    ends = [charts.EndMark(-10, "−£10m", "a", True), charts.EndMark(30, "+£30m", "b", False)]
    case = [charts.CaseMark(900.0, "published +£900m"), charts.CaseMark(10.0, "published +£10m")]
    svg = charts.evidence_bar(ends, (10.0, "halfway +£10m"), case, marks, "dark")
    # One case and both break-evens lie beyond their scale; halfway and the case at £10m share a place.
    assert svg.count("<path") == 3
    middle = 10 + (10.0 + 37.6) / 95.2 * (WIDTH - 20)
    assert f'<circle cx="{middle:.1f}"' in svg
