"""Every published figure: said as published, added up only where it adds, and found on the page of its place."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from streamlit.testing.v1 import AppTest
from view_words import faults, text_of

from lgrdata.dataset.dataset import Dataset, current
from lgrdata.dataset.figures import by_council, measure_csv
from lgrdata.page.blocks import Chart, Table
from lgrdata.reading import db
from lgrdata.reading import figures as reading
from lgrdata.views.figures import page, place
from lgrdata.views.figures.words import said, when


def test_a_figure_is_said_with_its_unit_and_its_period() -> None:
    units = {"count": "children", "money": "£", "rate": "%", "score": "score"}
    measures = {k: reading.FigureMeasure("m", "M", u, "children", k, "") for k, u in units.items()}
    assert said(measures["count"], 1030) == "1,030 children"
    assert said(measures["money"], -4350000) == "−£4,350,000"
    assert said(measures["rate"], 12.5) == "12.5%"
    assert said(measures["score"], 0.142) == "0.142 (score)"
    periods = ("31 Mar 2025", "mid-2024", "2024-25", "2025 Q1", "year to 31 Mar 2025", "Jan 2025")
    assert [when(p) for p in periods] == [
        "on 31 Mar 2025", "at mid-2024", "in 2024-25", "in 2025 Q1", "in the year to 31 Mar 2025", "in Jan 2025",
    ]  # fmt: skip


def test_a_new_council_has_a_figure_only_where_all_its_members_have_one(tiny_db: Path) -> None:
    dataset = Dataset(tiny_db)
    whole, parts = dataset.split("squares", "squares-2ua"), dataset.split("squares", "squares-parts")
    held = {"E07000901": 100.0, "E07000902": 20.0, "E07000903": 7.0}  # D has none
    north, south = by_council(whole, held)
    assert (north.value, north.lacking, north.divided) == (120.0, (), ())
    assert (south.value, len(south.lacking), south.divided) == (None, 1, ())
    divided, _ = by_council(parts, {**held, "E07000904": 1.0})
    assert divided.value is None and len(divided.divided) == 1


def test_every_measure_of_a_county_and_a_district_is_told(real_db: Path) -> None:
    dataset = current(real_db)
    split = dataset.split("surrey", "surrey-2ua")
    measures = {m.code: m for m in dataset.read(reading.measures)}
    seen = 0
    for found in (p for p in dataset.read(reading.places, "surrey") if p.code in ("E10000030", "E07000207")):
        for code in sorted(dataset.read(reading.held_of, found.code)):
            view = page.view(dataset, "surrey", found, measures[code], split)
            assert faults(text_of(view)) == [], code
            (series,) = view.sections[0].blocks
            assert isinstance(series, Chart | Table)
            seen += 1
        assert faults(text_of(place.view(dataset, dataset.facts("surrey").area, found))) == []
    assert seen > 250


def test_residents_of_new_councils_are_their_members_added_up(real_db: Path) -> None:
    dataset = current(real_db)
    measure = next(m for m in dataset.read(reading.measures) if m.code == "homelessness_duties_owed")
    county, *_ = dataset.read(reading.places, "surrey")
    split = dataset.split("surrey", "surrey-2ua")
    view = page.view(dataset, "surrey", county, measure, split)
    (table,) = view.sections[2].blocks
    rows = list(csv.DictReader(io.StringIO(measure_csv(dataset, "surrey", measure).decode("utf-8-sig"))))
    newest = {r["place_code"]: float(r["value"]) for r in rows if r["period"] == rows[-1]["period"]}
    east = [c.code for c, n in zip(split.facts.authorities, split.share[:, 0], strict=True) if n == 1]
    assert isinstance(table, Table)
    assert table.rows[0][1] == f"{sum(newest[c] for c in east):,.0f}"


def test_a_column_that_says_one_thing_is_a_sentence(real_db: Path) -> None:
    dataset = current(real_db)
    measures = {m.code: m for m in dataset.read(reading.measures)}

    def sections(area: str, split: str, code: str) -> dict[str, tuple[str, str]]:
        county, *_ = dataset.read(reading.places, area)
        view = page.view(dataset, area, county, measures[code], dataset.split(area, split))
        tables = {s.anchor: next((b for b in s.blocks if isinstance(b, Table)), None) for s in view.sections}
        return {s.anchor: (str(s.lede), f"{t.head} {t.note}" if (t := tables[s.anchor]) else "") for s in view.sections}

    assert sections("surrey", "surrey-2ua", "homelessness_duties_owed")["others"][1] == (
        "('Council', 'Households') All are published."
    )
    alone = sections("surrey", "surrey-2ua", "children_looked_after")
    assert alone["others"][0] == "Surrey is the only council of this area with a figure of this measure."
    several = sections("lancashire", "lancs-4ua", "children_looked_after")
    assert several["others"][1] == "('Council', 'Kind', 'Children') All are published."
    assert several["councils"][0].startswith("Published for counties and unitaries only")


def test_the_address_names_place_and_measure_and_a_wrong_one_is_said() -> None:
    app = AppTest.from_file(str(db.ROOT / "app.py"), default_timeout=60)
    app.query_params.update({"area": "surrey", "place": "E07000207", "measure": "residents"})
    app.switch_page("pages/figures.py").run()
    assert [e.value for e in app.exception] == [] and "Elmbridge" in app.title[0].value
    app.selectbox(key="figures_measure").select("homelessness_duties_owed").run()
    assert app.query_params["measure"] in ("homelessness_duties_owed", ["homelessness_duties_owed"])
    app.query_params["place"] = "E07000042"
    app.run()
    assert any("That place is not held for this area" in i.value for i in app.info)
