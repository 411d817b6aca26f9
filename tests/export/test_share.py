"""The app's downloads: drawn on the click, named safely, with an address only where others can open it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from export.reopen import scenario_document
from export.snapshot import for_app
from lgrdata.dataset import Dataset
from lgrdata.db import ROOT
from lgrdata.scenario import Scenario, as_dict, restore
from lgrdata.ui.desk import Desk
from lgrdata.ui.share import app_address, file_stem


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
    assert labels == ["Page to print or send (HTML)", "Scenario file (JSON)", "Block assignment (CSV)"]
