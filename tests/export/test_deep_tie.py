"""The app and a snapshot never differ: both draw the same views, and every number is compared.

The app's own page files run here without a browser; what they send to it is read back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from reading import numbers, read, untaken
from streamlit.testing.v1 import AppTest

from export.parts import parts_of
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Chart, Columns, Fold
from lgrdata.reading.db import ROOT
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.desk import Desk

Table = tuple[str, list[tuple[str, ...]]]
"""Caption and rows."""


class _Tables(HTMLParser):
    """Tables of a page in order; headline figures by label."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.stats: dict[str, str] = {}
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._kind = ""
        self._label = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("caption", "th", "td", "dt", "dd"):
            self._cell, self._kind = [], tag
        elif tag == "tr":
            self._row = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and self._row is not None and self.tables:
            self.tables[-1][1].append(tuple(self._row))
            self._row = None
        elif tag == self._kind and self._cell is not None:
            said = " ".join("".join(self._cell).split())
            self._cell = None
            if tag == "caption":
                self.tables.append((said, []))
            elif tag == "dt":
                self._label = said
            elif tag == "dd":
                self.stats[self._label] = said
            elif self._row is not None:
                self._row.append(said)

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def _tables(text: str) -> _Tables:
    reader = _Tables()
    reader.feed(text)
    return reader


def _app_page(dataset: Dataset, scenario: Scenario, file: str) -> tuple[str, list[dict[str, Any]]]:
    """All HTML that a page of the app sends, and the documents of its charts."""
    app = AppTest.from_file(str(ROOT / "pages" / file), default_timeout=60)
    app.session_state["_frame_running"] = True
    app.session_state["_dataset"] = dataset
    app.session_state["desk"] = Desk(scenario=scenario)
    app.run()
    assert not app.exception, app.exception
    sent: list[str] = []
    charts: list[dict[str, Any]] = []

    def walk(node: Any) -> None:
        for child in node.children.values():
            kind = getattr(child, "type", "")
            if kind == "html":
                sent.append(child.proto.body)
            elif "vega" in kind:
                charts.append(json.loads(child.proto.spec))
            if hasattr(child, "children"):
                walk(child)

    walk(app.main)
    return "".join(sent), charts


NAMES = ("proposal", "full", "today", "drawing")
Draw = Callable[[str], bytes]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_and_figure_of_the_effects_page_is_the_same(
    dataset: Dataset, scenarios: dict[str, Scenario], drawn_snapshot: Draw, name: str
) -> None:
    sent, _ = _app_page(dataset, scenarios[name], "effects.py")
    app, file = _tables(sent), _tables(drawn_snapshot(name).decode())
    assert len(app.tables) >= 8
    assert [t for t in app.tables if t not in file.tables] == []
    assert {k: file.stats.get(k) for k in app.stats} == app.stats
    assert sum(len(numbers(cell)) for _, rows in app.tables for row in rows for cell in row) > 80


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_the_effects_page_stands_in_the_snapshot_in_the_same_order(
    dataset: Dataset, scenarios: dict[str, Scenario], drawn_snapshot: Draw, name: str
) -> None:
    """Section by section, words and tables alike; drawings are compared by their data below."""
    sent, _ = _app_page(dataset, scenarios[name], "effects.py")
    text = untaken(drawn_snapshot(name).decode())
    for section in parts_of(dataset, scenarios[name]).views[0].sections:
        app = re.search(
            rf'<div class="lgr-view" id="{re.escape(section.anchor)}">.*?(?=<div class="lgr-view" id=|$)', sent, re.S
        )
        file = re.search(rf'<section id="{re.escape(section.anchor)}">.*?</section>', text, re.S)
        assert app and file, section.anchor
        of_app = _numbers_of(app[0].partition('<section id="not-told"')[0])
        of_file = _numbers_of(re.sub(r"<svg.*?</svg></figure>", "", file[0], flags=re.S))
        assert of_app == of_file, section.anchor


def _numbers_of(part: str) -> list[str]:
    return numbers(read(part).text.replace("The same as a table", ""))


@pytest.mark.parametrize("name", NAMES)
def test_the_charts_are_drawn_from_the_same_rows(dataset: Dataset, scenarios: dict[str, Scenario], name: str) -> None:
    _, sent = _app_page(dataset, scenarios[name], "effects.py")
    found: list[Chart] = []

    def walk(blocks: Any) -> None:
        for block in blocks:
            if isinstance(block, Chart):
                found.append(block)
            elif isinstance(block, Fold):
                walk(block.blocks)
            elif isinstance(block, Columns):
                for _, inside in block.columns:
                    walk(inside)

    for section in parts_of(dataset, scenarios[name]).views[0].sections:
        walk(section.blocks)
    assert [c["layer"] for c in sent] == [json.loads(json.dumps(c.spec["layer"])) for c in found]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_of_the_partnerships_page_is_the_same(
    dataset: Dataset, scenarios: dict[str, Scenario], drawn_snapshot: Draw, name: str
) -> None:
    sent, _ = _app_page(dataset, scenarios[name], "partnerships.py")
    app, file = _tables(sent), _tables(drawn_snapshot(name).decode())
    assert app.tables
    assert [t for t in app.tables if t not in file.tables] == []
    assert {k: file.stats.get(k) for k in app.stats} == app.stats
