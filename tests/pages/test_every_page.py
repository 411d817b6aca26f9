"""Every page for every area, run without a browser: no exception, charts told in words, no tile host."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lgrdata.dataset.dataset import current
from lgrdata.reading import db
from lgrdata.ui.frame.menu import PAGES

AREAS = [a.area_id for a in current(db.default_path()).areas]


def opened(page: str, area: str, split: str | None = None) -> AppTest:
    """The app at a page's address, run once."""
    app = AppTest.from_file(str(db.ROOT / "app.py"), default_timeout=90)
    app.query_params["area"] = area
    if split:
        app.query_params["split"] = split
    return app.switch_page(PAGES[page].file).run()


@pytest.mark.parametrize(("page", "area"), list(product(PAGES, AREAS)))
def test_it_runs(page: str, area: str) -> None:
    app = opened(page, area)
    assert [e.value for e in app.exception] == []
    assert [e.value for e in app.error] == []
    assert app.title, f"{page} has no title"
    for element in app.main:
        if element.type == "vega_lite_chart":
            assert element.proto.alt, f"{page}: a chart without words for those who do not see it"
        if element.type == "image":
            assert all(i.alt for i in element.proto.imgs), f"{page}: a picture without words"
        if element.type == "deck_gl_json_chart":
            # Without the key Streamlit puts a tile host's style in its place.
            style = json.loads(element.proto.json).get("mapStyle", "https://")
            assert not str(style).startswith("http"), f"{page}: a map that asks a tile host for its ground"


@pytest.mark.parametrize("page", ["redraw", "effects", "share", "partnerships", "options", "compare"])
@pytest.mark.parametrize("split", ["today", "single"])
def test_it_runs_for_today_and_for_one_council(page: str, split: str) -> None:
    for area in ("surrey", "hampshire-solent"):
        app = opened(page, area, split)
        assert [e.value for e in app.exception] == []
        assert [e.value for e in app.error] == []


@pytest.mark.parametrize("page", list(PAGES))
def test_it_runs_with_no_area_chosen(page: str) -> None:
    app = AppTest.from_file(str(db.ROOT / "app.py"), default_timeout=60).switch_page(PAGES[page].file).run()
    assert [e.value for e in app.exception] == []
    assert app.title


def test_each_page_has_its_file() -> None:
    assert {p.file for p in PAGES.values()} == {f"pages/{f.name}" for f in (db.ROOT / "pages").glob("*.py")}
    assert all(len((db.ROOT / p.file).read_text(encoding="utf-8").splitlines()) <= 60 for p in PAGES.values())
    assert Path(db.ROOT / "app.py").exists()
