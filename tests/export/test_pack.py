"""The committee pack: each file opens with a library of its format, and all show the same figures."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from reading import MADE, numbers, read
from shapely.geometry import shape

from export.pack import build
from export.pack.figures import ends_of, figure_of, tables_in
from export.parts import parts_of
from export.snapshot import WHOLE, snapshot
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.naming import block_assignment
from lgrdata.splits.plans import DutyEntry, Hosting, key_of
from lgrdata.splits.scenario import Scenario, as_dict, restore
from lgrdata.splits.snapshot_file import scenario_document
from lgrdata.views.share.words import money, with_range

Files = dict[str, bytes]
UNROUNDED = ("share-out", "hosting", "day-one", "groupings")
"""The last sheets of the workbook, in order."""


@pytest.fixture(scope="module")
def full(scenarios: dict[str, Scenario]) -> Scenario:
    """By wards, with partnerships, and with a share-out, hosting and a first day of its own."""
    held = scenarios["full"]
    (partnership,) = held.partnerships
    hosting = {key_of(partnership): Hosting(0, "residents", "2029-09-30", "The team goes home.")}
    duties = {"dass": DutyEntry("Head of paid service", "in hand", "2028-03-01", "Agreed by both.")}
    return replace(
        held, bases={"highways": "land_hectares"}, against={"highways": "residents"}, hosting=hosting, register=duties
    )


@pytest.fixture(scope="module")
def packed(dataset: Dataset, full: Scenario) -> bytes:
    return build.pack(dataset, full, made=MADE)


@pytest.fixture(scope="module")
def files(packed: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(packed)) as held:
        return {name: held.read(name) for name in held.namelist()}


@pytest.fixture(scope="module")
def sheets(files: Files) -> dict[str, list[tuple[Any, ...]]]:
    """Cells of the workbook by sheet."""
    book = load_workbook(io.BytesIO(files["tables.xlsx"]))
    return {s.title: list(s.iter_rows()) for s in book}


class _Tables(HTMLParser):
    """Tables of a page in order: caption and rows."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[list[str]]]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th", "caption"):
            self._cell = []
        elif tag == "tr":
            self.found[-1][1].append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "caption"):
            said = " ".join("".join(self._cell or []).split())
            self._cell = None
            if tag == "caption":
                self.found.append((said, []))
            else:
                self.found[-1][1][-1].append(said)

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def _tables(page: bytes) -> list[tuple[str, list[list[str]]]]:
    reader = _Tables()
    reader.feed(page.decode())
    return reader.found


def _shown(cell: Any) -> str:
    """A cell of the workbook as a spreadsheet shows it."""
    value, form = cell.value, cell.number_format
    if not isinstance(value, int | float):
        return " ".join("" if value is None else str(value).removeprefix("'").split())
    body = form.split(";")[1 if value < 0 else 0]
    found = re.search(r"(#,##)?0(?:\.(0+))?", body)
    assert found, form
    digits = f"{abs(value) * (100 if '%' in body else 1):,.{len(found[2] or '')}f}"
    return (body[: found.start()] + (digits if found[1] else digits.replace(",", "")) + body[found.end() :]).replace(
        '"', ""
    )


def test_a_pack_holds_every_file_and_is_made_the_same_again(
    dataset: Dataset, full: Scenario, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(files) == {"README.txt", *build.FILES}
    readme = files["README.txt"].decode()
    assert all(name in readme for name in build.FILES) and "Open Government Licence" in readme
    opened = restore(dataset.conn, full.split.facts, scenario_document(files["page.html"]))
    assert as_dict(opened) == as_dict(full)
    monkeypatch.setenv("PATH", "")  # a machine without a browser
    with zipfile.ZipFile(io.BytesIO(build.pack(dataset, full, made=MADE))) as held:
        assert set(held.namelist()) == set(files) - {"page.pdf"}
        assert build.NO_BROWSER in held.read("README.txt").decode() and build.NO_BROWSER not in readme
        assert [n for n in held.namelist() if n != "README.txt" and held.read(n) != files[n]] == []


def test_every_number_is_the_same_in_every_file(
    dataset: Dataset, full: Scenario, files: Files, sheets: dict[str, list[tuple[Any, ...]]]
) -> None:
    """Page against workbook, table by table; page against Word; page against PDF and GeoJSON."""
    whole = _tables(snapshot(dataset, full, made=MADE, choice=WHOLE, share=True))
    page = _tables(files["page.html"])
    book = [rows for name, rows in sheets.items() if name not in ("Notes", "Sources")][: -len(UNROUNDED)]
    assert [" ".join(rows[0][0].value.removeprefix("'").split()) for rows in book] == [c for c, _ in whole[:-1]]
    compared = 0
    for rows, (caption, said) in zip(book, whole, strict=False):
        head = [str(c.value or "") for c in rows[1]]
        assert head[-3:] == ["Source", "Date", "Status"] and len(set(head)) == len(head), caption
        kept = [i for i, h in enumerate(head[:-3]) if not h.endswith((": low", ": high"))]
        for cells, shown in zip(rows[2:], said[1:], strict=False):
            of_book = []
            for i in kept:
                text = _shown(cells[i])
                if f"{head[i]}: low" in head and cells[i + 1].value not in (None, ""):
                    text = f"{text} ({_shown(cells[i + 1])} to {_shown(cells[i + 2])})"
                of_book.append(text)
            assert of_book == shown, caption
            compared += len(numbers(" ".join(shown)))
    assert compared > 400
    # The page that goes with it leaves tables out, and says so; what it shows is in the workbook.
    held_rows = dict(whole)
    assert [c for c, rows in page[:-1] if (c, rows) not in whole and not all(r in held_rows[c] for r in rows)] == []
    assert len(page) < len(whole) and "also those that the page leaves out" in files["README.txt"].decode()
    word = Document(io.BytesIO(files["decision-sheet.docx"]))
    for table in word.tables[:-1]:
        rows = [[" ".join(c.text.split()) for c in row.cells] for row in table.rows]
        assert rows in [held for _, held in page], rows[0]
    printed = "".join("".join(p.extract_text() for p in PdfReader(io.BytesIO(files["page.pdf"])).pages).split())
    table = next(rows for caption, rows in page if caption == "The new councils")
    assert all("".join(n.split()) in printed for row in table for cell in row for n in numbers(cell))
    councils = json.loads(files["councils.geojson"])["features"]
    for row, feature in zip(table[1:], councils, strict=True):
        said = feature["properties"]
        value, low, high = ends_of(row[3]) or (row[3], "", "")
        wanted = {"residents": row[2], "adults_long_term_support": value, "adults_long_term_support_low": low,
                  "adults_long_term_support_high": high, "council_tax_base": row[5]}  # fmt: skip
        for key, text in wanted.items():
            known = figure_of(text)
            assert said.get(key) == (known.value if known else None), (key, text)
        assert f"{said['number']} {said['council']}" == row[0]


def test_the_sheets_that_are_not_rounded_hold_what_the_page_rounds(
    dataset: Dataset, full: Scenario, files: Files, sheets: dict[str, list[tuple[Any, ...]]]
) -> None:
    """Share-out, hosting, first day and groupings, with source, date and status in each row."""
    assert tuple(sheets)[-len(UNROUNDED) :] == UNROUNDED
    held: dict[str, list[dict[str, Any]]] = {}
    for name in UNROUNDED:
        head = [c.value for c in sheets[name][1]]
        rows = [row for row in sheets[name][2:] if row[-1].value is not None]
        held[name] = [dict(zip(head, (c.value for c in row), strict=True)) for row in rows]
        assert head[-3:] == ["Source", "Date", "Status"]
        assert all(r["Source"] and r["Date"] and r["Status"] not in (None, "–") for r in held[name]), name
    said = dict(_tables(files["page.html"]))
    every = next(rows for caption, rows in said.items() if caption.endswith("lines that the split divides"))
    lines, compared = held["share-out"], 0
    for row in every[1:]:
        mine = [r for r in lines if r["Line"] == row[0] or f"{r['Line']} ({r['Council today']})" == row[0]]
        spent = mine[0]["Spent, £ thousand"]
        assert round(sum(r["Part, £ thousand"] for r in mine), 2) == spent and money(spent) == row[1], row
        assert row[2] == mine[0]["Divided by"]
        for name, cell in zip(every[0][4:], row[4:], strict=True):
            ends = [with_range(*(r[f"{k}, £ thousand"] for k in ("Part", "Low", "High")))
                    for r in mine if r["New council"] == name]  # fmt: skip
            assert [cell] == (ends or ["–"]), (row[0], name)
            compared += 1
    assert compared > 70 and {r["Divided by"] for r in lines if r["Line"] == "Highways and transport"} == {"land"}
    hosted = said["Services run together, and how each ends"]
    assert [str(r["Last day"])[:10] for r in held["hosting"]] == ["2029-09-30"] * 2
    for r in held["hosting"]:
        back = r["Spending it takes on when hosting ends, £ thousand"]
        assert back is None or f"{money(back)} to {r['Partner']}" in hosted[1][-1]
    register = said["What somebody must answer for on the first day"]
    assert [r["Duty"] for r in held["day-one"]] == [row[0] for row in register[1:]]
    assert [r["Post"] or "nobody yet" for r in held["day-one"]] == [row[1] for row in register[1:]]
    assert held["groupings"][0]["Grouping"] == "Each alone" and held["groupings"][-1]["Grouping"] == "All together"


def test_every_choice_that_was_made_stands_in_the_annex(dataset: Dataset, full: Scenario) -> None:
    facts = full.split.facts
    counts = {a.code: 50.0 + n for n, a in enumerate(facts.authorities)}
    asked = replace(full, counts={"ehc_plans": counts}, against={"education": "ehc_plans", "highways": "residents"})
    text = read(snapshot(dataset, asked, made=MADE, share=True).decode()).text
    host = full.split.names[0]
    assert re.search(r"Highways and transport £\S+ land £", text)
    for choice in ("health and care plans (your counts)", "these counts are your own", "One side",
                   f"hosted by {host}", "30 September 2029", "The team goes home", "Head of paid service", "In hand",
                   "1 March 2028", "Agreed by both."):  # fmt: skip
        assert choice in text, choice


def test_the_workbook_holds_numbers_sources_dates_and_nothing_that_runs(
    files: Files, sheets: dict[str, list[tuple[Any, ...]]], dataset: Dataset, full: Scenario
) -> None:
    assert len(files["tables.xlsx"]) < 1_000_000
    parts = zipfile.ZipFile(io.BytesIO(files["tables.xlsx"])).namelist()
    assert not [p for p in parts if "vba" in p.lower() or "externalLink" in p or "connections" in p]
    cells = [c for rows in sheets.values() for row in rows for c in row if c.value is not None]
    assert not [c for c in cells if c.data_type == "f" or c.hyperlink]
    assert sum(isinstance(c.value, int | float) for c in cells) > 400
    captions = {t.caption for s in parts_of(dataset, full, share=True).sections for t in tables_in(s.blocks)}
    assert captions <= {rows[0][0].value.removeprefix("'") for rows in sheets.values()}
    days = [row[3].value for row in sheets["Sources"][1:] if re.fullmatch(r"\d{4}-\d\d-\d\d", str(row[3].value)[:10])]
    assert days and all(isinstance(day, datetime) for day in days)
    care = sheets["people-in-care"]
    assert care[2][-1].value == "estimated or modelled, with its range"
    assert isinstance(care[2][1].value, int | float) and care[2][1].data_type == "n"


def test_a_name_that_a_spreadsheet_would_run_does_not(dataset: Dataset, scenarios: dict[str, Scenario]) -> None:
    from export.pack.workbook import workbook

    split = replace(scenarios["drawing"].split, names=("=HYPERLINK(1)", "@SUM(1+1)"))
    hostile = replace(scenarios["drawing"], split=split, name="=cmd|' /C calc'!A0")
    data = workbook(dataset, hostile, parts_of(dataset, hostile), hostile.name, MADE)
    cells = [c for s in load_workbook(io.BytesIO(data)) for row in s.iter_rows() for c in row if c.value is not None]
    assert not [c for c in cells if c.data_type == "f"]
    assert not [c for c in cells if isinstance(c.value, str) and c.value[:1] in "=@"]


def test_the_word_document_has_headings_real_tables_and_words_for_pictures(files: Files) -> None:
    word = Document(io.BytesIO(files["decision-sheet.docx"]))
    levels = [p.style.name for p in word.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert levels[0] == "Heading 1" and levels.count("Heading 1") == 1 and levels.count("Heading 2") >= 5
    assert word.core_properties.title and word.core_properties.language == "en-GB"
    drawn = [d for p in word.paragraphs for d in p._element.iter("{*}docPr")]
    assert len(drawn) == 2 and all(len(d.get("descr") or "") > 40 for d in drawn)
    for table in word.tables:
        assert table.rows[0]._tr.trPr is not None and "tblHeader" in table.rows[0]._tr.trPr.xml
        grid = [c.width for c in table.columns]  # some programs go by the grid, some by the cells
        assert grid == [c.width for c in table.rows[1].cells] and 16.9 < sum(w.cm for w in grid if w) < 17.1
    assert all(shown.height.cm <= 13.01 for shown in word.inline_shapes)


def test_the_outlines_are_sound_and_are_the_split_again(dataset: Dataset, full: Scenario, files: Files) -> None:
    document, split = json.loads(files["councils.geojson"]), full.split
    assert "crs" not in document and document["type"] == "FeatureCollection"
    shapes = [shape(f["geometry"]) for f in document["features"]]
    assert [s.is_valid for s in shapes] == [True] * len(split.in_use)
    assert all(s.geoms[0].exterior.is_ccw if hasattr(s, "geoms") else s.exterior.is_ccw for s in shapes)
    assert shapes[0].intersection(shapes[1]).area < 1e-9
    facts = split.facts
    assert block_assignment(dataset.conn, facts, files["councils.geojson"], "councils.geojson").split == split


@pytest.mark.slow
def test_the_outlines_of_every_proposal_are_sound_and_open_as_it(dataset: Dataset) -> None:
    from export.pack.outlines import geojson

    wrong = []
    for p in dataset.proposals():
        try:
            split = dataset.split(p.area_id, p.proposal_id)
        except LgrError:
            continue
        data = geojson(dataset, split)
        shapes = [shape(f["geometry"]) for f in json.loads(data)["features"]]
        again = block_assignment(dataset.conn, split.facts, data, "councils.geojson")
        if not all(s.is_valid for s in shapes) or again.split != split or again.warnings:
            wrong.append(p.proposal_id)
    assert wrong == []


def test_pictures_and_print(files: Files) -> None:
    for name in ("map", "evidence-bar"):
        assert files[f"{name}.svg"].startswith(b"<svg") and b"aria-label" in files[f"{name}.svg"]
        assert '<rect width="100%" height="100%" fill="#ffffff"/>' in files[f"{name}.svg"].decode()
        assert files[f"{name}.png"].startswith(b"\x89PNG") and len(files[f"{name}.png"]) > 5_000
    printed = PdfReader(io.BytesIO(files["page.pdf"]))
    assert printed.trailer["/Root"]["/MarkInfo"]["/Marked"] is True or printed.trailer["/Root"].get("/StructTreeRoot")
    assert printed.outline


def test_the_contents_of_the_print_give_the_page_of_each_part(files: Files) -> None:
    """No browser writes them: each number is held to the page where the bookmark of that heading leads."""
    page, held = files["page.html"].decode(), PdfReader(io.BytesIO(files["page.pdf"]))
    texts = [" ".join(p.extract_text().split()) for p in held.pages]
    nav = page.partition('<nav class="contents"')[2].partition("</nav>")[0]
    start = next(n for n, text in enumerate(texts) if "In short" in text)
    assert start <= 2 and f"An annex of {len(texts) - start} pages follows." in texts[0]
    assert ">annex</a> follows." in page, "a page on a screen has no pages to count"
    marks, levels = {}, [held.outline]
    while levels:
        for mark in levels.pop():
            if isinstance(mark, list):
                levels.append(mark)
            else:
                marks[mark.title] = held.get_destination_page_number(mark) + 1
    listed = [unescape(t) for t in re.findall(r'<a href="#[^"]+">([^<]+)</a>', nav)]
    assert len(listed) > 5 and listed[-1] == "How to open this again"
    for title in listed:
        found = re.search(rf"{re.escape(title)} ?([0-9]+)", texts[start])
        assert found and int(found[1]) == marks[title] and title in texts[marks[title] - 1], title


def test_shown_numbers_are_read_as_they_are_meant() -> None:
    for text, value in (("1,234", 1234), ("−£3m", -3), ("+£7.5m", 7.5), ("12%", 0.12), ("10.9%", 0.109),
                        ("0.96", 0.96), ("+10.9 points", 10.9), ("£1,874", 1874)):  # fmt: skip
        known = figure_of(text)
        assert known is not None and known.value == pytest.approx(value), text
    assert [figure_of(t) for t in ("too close to call", "63,600 above", "Surrey, 100%", "2024-25", "–", "")] == [
        None
    ] * 6
    assert ends_of("0.96 (0.85 to 1.06)") == ("0.96", "0.85", "1.06") and ends_of("125,835 (22%)") is None
