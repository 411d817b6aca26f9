"""The page on privacy and the address for reports, in every foot."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from view_words import faults, text_of

from export.site.pages import page
from export.site.plan import Page
from export.snapshot import snapshot
from lgrdata.core.words import capital
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading.db import ROOT
from lgrdata.splits.address import KEYS
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.menu import PAGES
from lgrdata.views import privacy


def test_all_that_an_address_holds_is_told() -> None:
    """A key that is new in addresses needs its words here."""
    assert set(privacy.IN_ADDRESS) == set(KEYS)
    told = text_of(privacy.view())
    assert all(capital(words) in told for words in privacy.IN_ADDRESS.values())


def test_every_foot_leads_to_privacy_and_to_the_operator_s_address(
    real_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not faults(text_of(privacy.view()))
    data = Dataset(real_db)
    for given, link in (
        ("lgr@example.gov.uk", "mailto:lgr@example.gov.uk?subject="),
        ("https://example.gov.uk/report?tool=lgr", "https://example.gov.uk/report?tool=lgr"),
        ("", ""), ("javascript:alert(1)", ""), ('https://x"><script>', ""), ("http://example.gov.uk", ""),
    ):  # fmt: skip
        monkeypatch.setenv(privacy.REPORT, given)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page(PAGES["privacy"].file).run()
        assert not app.exception and app.title[0].value == "Privacy"
        feet = [
            next(h.proto.body for h in app.get("html") if "lgr-foot" in h.proto.body),
            page(data, Page("accessibility")).decode().partition("<footer>")[2],
            snapshot(data, Scenario(data.split("surrey", "single")), made=date(2026, 1, 1))
            .decode()
            .partition("<footer>")[2],
        ]
        for foot in feet:
            assert "Privacy" in foot and "<script" not in foot
            assert ("Report a wrong figure" in foot) == bool(link) and link.replace("&", "&amp;") in foot, given
    assert 'href="../privacy.html"' in page(data, Page("proposal", "surrey-2ua")).decode()
    data.close()
