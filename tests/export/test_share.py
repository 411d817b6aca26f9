"""The app's downloads: drawn on the click, named safely, with an address only where others can open it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from export import compare
from export.snapshot import for_app
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading.db import ROOT
from lgrdata.splits.scenario import Scenario, as_dict, restore
from lgrdata.splits.snapshot_file import scenario_document
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.share import app_address, file_stem


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("https://tool.example.gov.uk/effects?area=surrey", "https://tool.example.gov.uk"),
        ("https://example.gov.uk/lgr/redraw", "https://example.gov.uk/lgr"),
        ("https://example.gov.uk/lgr/", "https://example.gov.uk/lgr"),
        ("https://example.gov.uk", "https://example.gov.uk"),
        ("http://localhost:8501/effects", ""),
        ("http://127.0.0.1:8501/effects", ""),
        ("", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_the_address_in_a_file_is_one_that_others_can_open(page: str, address: str) -> None:
    assert app_address(page) == address


def test_file_names_are_safe(scenarios: dict[str, Scenario]) -> None:
    held = scenarios["proposal"]
    assert file_stem(held) == "surrey-surrey-2ua"
    assert file_stem(replace(held, name="../../etc/passwd\x00<b>")) == "surrey-etc-passwd-b"
    assert file_stem(replace(held, name="מועצה")) == "surrey-part"


def test_what_the_app_hands_out_opens_again(dataset: Dataset, scenarios: dict[str, Scenario]) -> None:
    data = for_app(dataset, scenarios["full"], "https://tool.example.gov.uk")
    assert b'href="https://tool.example.gov.uk/effects?area=' in data
    # The share-out is on the app's pages, so it is in the file, though no basis was chosen.
    assert b"for care is divided moves" in data and b"nine tenths of the argument on care" in data
    held = scenarios["full"]
    assert as_dict(restore(dataset.conn, held.split.facts, scenario_document(data))) == as_dict(held)


def test_the_page_draws_nothing_until_the_click(dataset: Dataset, scenarios: dict[str, Scenario]) -> None:
    app = AppTest.from_file(str(ROOT / "tests" / "export" / "share_page.py"), default_timeout=60)
    app.session_state["_dataset"] = dataset
    app.session_state["desk"] = Desk(scenario=scenarios["proposal"])
    app.run()
    assert not app.exception
    assert app.session_state["drawn"] == 0
    labels = [e.proto.label for e in app.main.get("download_button")]
    assert labels == ["Page to print or send (HTML)", "Scenario file (JSON)", "List of districts and councils (CSV)"]


def test_the_compare_page_hands_out_what_it_compares() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params.update({"area": "surrey", "split": "surrey-2ua"})
    app.switch_page("pages/compare.py").run()
    assert not app.exception
    labels = [e.proto.label for e in app.main.get("download_button")]
    assert labels[0] == "Comparison to print or send (HTML)" and "Page to print or send (HTML)" in labels
    assert len(app.session_state["desk"].side_by_side) == 2
    app.switch_page("pages/effects.py").run()
    labels = [e.proto.label for e in app.main.get("download_button")]
    # The two pages to decide on stand before the long page that they open.
    sheet, whole = "Decision sheet, two pages (HTML)", "Page to print or send (HTML)"
    assert labels[:3] == ["Committee pack (ZIP)", sheet, whole]


def test_the_comparison_has_a_small_map_of_each_split(dataset: Dataset) -> None:
    both = [Scenario(dataset.split("surrey", p)) for p in ("surrey-2ua", "surrey-3ua")]
    page = compare.for_app(dataset, both).decode()
    held = page[page.index("all in one scale") : page.index("Councils and their size")]
    assert held.count('<svg xmlns="http://www.w3.org/2000/svg"') == 2 and held.count('class="lgr-columns"') == 1
