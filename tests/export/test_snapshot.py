"""A snapshot is whole, still, safe to open, and opens again exactly."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from browsers import program
from reading import MADE, read

from export import decision
from export.compare import comparison
from export.parts import parts_of
from export.snapshot import snapshot
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Chart, Columns, Fold, Picture, Table
from lgrdata.reading.db import ROOT
from lgrdata.splits.scenario import Scenario, as_dict, restore
from lgrdata.splits.snapshot_file import ALTERED, scenario_document

Draw = Callable[[str], bytes]
TAKE = '<details class="take">'
NAMES = ("proposal", "full", "today", "drawing")


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_nothing_and_fetches_nothing(drawn_snapshot: Draw, name: str) -> None:
    text = drawn_snapshot(name).decode()
    page = read(text)
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"" in text
    assert not page.tags & {"script", "iframe", "object", "embed", "form", "img", "base"}
    assert page.handlers == []
    assert all(address.startswith(("#", "data:image/")) for address in page.fetched)
    assert "url(http" not in text and "@import" not in text and "@font-face" not in text


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_single_and_links_inside_lead_somewhere(drawn_snapshot: Draw, name: str) -> None:
    page = read(drawn_snapshot(name).decode())
    assert [i for i, n in Counter(page.ids).items() if n > 1] == []
    assert [a for a in (*page.links, *page.fetched) if a.startswith("#") and a[1:] not in page.ids] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_light(drawn_snapshot: Draw, name: str) -> None:
    assert len(drawn_snapshot(name)) < 350_000


def test_the_same_input_and_date_give_the_same_bytes(dataset: Dataset, scenarios: dict[str, Scenario]) -> None:
    again = Dataset(dataset.path)  # nothing kept from the first drawing
    for name in ("proposal", "full"):
        s = scenarios[name]
        anew = restore(again.conn, again.facts(s.area_id), as_dict(s))
        assert snapshot(again, anew, made=MADE) == snapshot(dataset, s, made=MADE)
    again.close()
    assert snapshot(dataset, scenarios["proposal"], made=date(2026, 6, 1)) != snapshot(
        dataset, scenarios["proposal"], made=MADE
    )


@pytest.mark.parametrize("name", NAMES)
def test_it_says_where_it_comes_from(dataset: Dataset, drawn_snapshot: Draw, name: str) -> None:
    text = read(drawn_snapshot(name).decode()).text
    for wanted in ("31 May 2026", dataset.version, "Estimated.", "Where the figures come from",
                   "Checksum of the scenario inside", "What this does not tell you", "Assumptions changed",
                   "?area="):  # fmt: skip
        assert wanted in text


def test_what_the_user_added_is_told(dataset: Dataset, drawn_snapshot: Draw, scenarios: dict[str, Scenario]) -> None:
    text = read(drawn_snapshot("full").decode()).text
    for wanted in ("By wards, with partnerships", "Asked for by the scrutiny committee. Second line.", "Agreed in May.",
                   "To be asked.", "Two assumptions were changed", "whole wards"):  # fmt: skip
        assert wanted in text
    used = scenarios["full"].split
    for c in used.in_use:
        assert f"{c + 1} {used.names[c]}" in text


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_the_views_is_drawn_with_its_table(
    dataset: Dataset, scenarios: dict[str, Scenario], drawn_snapshot: Draw, name: str
) -> None:
    text = drawn_snapshot(name).decode()
    pictures, captions = 0, []

    def walk(blocks: object) -> None:
        nonlocal pictures
        for block in blocks:  # type: ignore[attr-defined]
            match block:
                case Chart() | Picture():
                    pictures += 1
                    if block.table is not None:
                        captions.append(block.table.caption)
                case Table():
                    captions.append(block.caption)
                case Fold():
                    walk(block.blocks)
                case Columns():
                    for _, inside in block.columns:
                        walk(inside)

    for section in (*decision.sections(dataset, scenarios[name]), *parts_of(dataset, scenarios[name]).sections):
        walk(section.blocks)
    assert pictures >= 2
    assert text.count("<figure>") == pictures == text.count("</svg></figure>")
    drawn = read(text).text
    assert [c for c in captions if " ".join(c.split()) not in drawn] == []
    assert text.count("<details") == text.count(TAKE), "what is folded does not print"


@pytest.mark.parametrize("name", ["full", "today"])
def test_every_table_has_its_place_and_a_line_to_cite_it(dataset: Dataset, drawn_snapshot: Draw, name: str) -> None:
    text = drawn_snapshot(name).decode()
    folds = re.findall(r'<table><caption>([^<]*)</caption>.*?<details class="take">(.*?)</details>', text, re.DOTALL)
    assert len(folds) == text.count("<table") == text.count(TAKE) > 8
    for caption, fold in folds:
        said = f": “{caption}”. Data version {dataset.version}."
        assert (
            said in fold and 'href="#reopen"' in fold and "made 31 May 2026" in fold and "the pack’s workbook" in fold
        )
        assert f'id="{re.findall("href=.#(table-[^>]*).>", fold)[0]}"' in text


@pytest.mark.parametrize("name", NAMES)
def test_charts_hold_marks(drawn_snapshot: Draw, name: str) -> None:
    """A chart without its rows is an axis alone: each drawing holds more than that."""
    figures = drawn_snapshot(name).decode().split("<figure>")[1:]
    for figure in figures:
        svg = figure[figure.index("<svg") : figure.index("</figure>")]
        assert svg.count("<path") + svg.count("<circle") + svg.count("<rect") >= 4, svg[:300]


@pytest.mark.parametrize("name", NAMES)
def test_it_opens_again_exactly(
    dataset: Dataset, scenarios: dict[str, Scenario], drawn_snapshot: Draw, name: str
) -> None:
    held = scenarios[name]
    opened = restore(dataset.conn, dataset.facts(held.area_id), scenario_document(drawn_snapshot(name)))
    assert as_dict(opened) == as_dict(held)


def test_a_changed_or_cut_file_is_noticed(drawn_snapshot: Draw) -> None:
    data = drawn_snapshot("full")
    scenario_document(data.replace(b"\n", b"\r\n"))  # mail may change line ends
    scenario_document(b"\xef\xbb\xbf" + data)
    changed = {
        "a figure": data.replace(b"residents", b"residentz", 1),
        "the scenario": data.replace(b"exit_hazard", b"exit_hazarb", 1),
        "words for those who do not see a drawing": re.sub(rb'aria-label="[^"]', b'aria-label="?', data, count=1),
        "half": data[: len(data) // 2],
        "nothing": b"",
        "no page": b"\x00\x01\x02",
        "another page": b"<!doctype html><title>x</title>",
    }
    for what, content in changed.items():
        with pytest.raises(LgrError) as fault:
            scenario_document(content, "sent.html")
        assert "sent.html" in str(fault.value) and "\n" not in str(fault.value), what


def test_a_page_whose_wrapping_alone_was_altered_opens_and_says_so(drawn_snapshot: Draw, tmp_path: Path) -> None:
    data = drawn_snapshot("full")
    page, held = data.decode(), scenario_document(data)
    (tmp_path / "sent.html").write_bytes(data)
    dump = [program(), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", (tmp_path / "sent.html").as_uri()]
    saved_anew = subprocess.run(dump, capture_output=True, check=True, timeout=60).stdout
    assert saved_anew != data and b"<tbody>" in saved_anew
    banner = '<div style="background:yellow">CAUTION: this message came from outside 24 councils</div>'
    wrapped = {
        "saved anew by a browser": saved_anew,
        "and with Windows line ends": saved_anew.replace(b"\n", b"\r\n"),
        "a banner": page.replace("<body>", f"<body>{banner}").encode(),
        "a comment above": b"<!-- saved from url=(0014)about:internet -->\n" + data,
        "UTF-16": page.encode("utf-16"),
        "Windows letters": page.replace('charset="utf-8"', 'charset="windows-1252"').encode(
            "cp1252", "xmlcharrefreplace"
        ),
        "blanks": page.replace("</tr><tr>", "</tr>\n  <tr>").encode(),
        "a tail": data + b"<p>Scanned</p>",
        "the checksum": data.replace(b'lgr-checksum" content="', b'lgr-checksum" content="0', 1),
        "the last line end": data[:-1],
    }
    for what, content in wrapped.items():
        told: list[str] = []
        assert scenario_document(content, "sent.html", told=told.append) == held, what
        assert told == [f"sent.html: {ALTERED}"], what
    figure = re.search(r"<td class=\"n\">([0-9,]+)</td>", page)
    assert figure
    bar = re.search(r'<(?:rect|circle)[^>]* (?:width|cx)="([0-9.]+)"', page.partition("<main")[2])
    assert bar
    moved = bar[0].replace(f'"{bar[1]}"', '"1"')
    for content in (page.replace(figure[0], figure[0].replace(figure[1], "1"), 1), page.replace(bar[0], moved)):
        assert content != page
        for altered in (content, content.replace("<body>", f"<body>{banner}")):
            with pytest.raises(LgrError, match="checksum does not match"):
                scenario_document(altered.encode(), "sent.html")


def test_the_seal_can_be_checked_by_hand(drawn_snapshot: Draw, tmp_path: Path) -> None:
    """By the recipe of docs/bringing-files.md, as it stands there."""
    (tmp_path / "FILE.html").write_bytes(drawn_snapshot("proposal"))
    recipe = next(line for line in (ROOT / "docs/bringing-files.md").read_text().splitlines() if "sha256sum" in line)
    told = subprocess.run(["bash", "-c", recipe], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert f'name="lgr-checksum" content="{told.split()[0]}"' in drawn_snapshot("proposal").decode()


def test_a_comparison_holds_each_of_its_scenarios(dataset: Dataset, scenarios: dict[str, Scenario]) -> None:
    pair = [scenarios["proposal"], scenarios["drawing"]]
    data = comparison(dataset, pair, made=MADE)
    assert data == comparison(dataset, pair, made=MADE)
    for n, held in enumerate(pair, start=1):
        opened = restore(dataset.conn, dataset.facts("surrey"), scenario_document(data, which=n))
        assert as_dict(opened) == as_dict(held)
    with pytest.raises(LgrError, match="holds 2 scenarios; there is no 3"):
        scenario_document(data, which=3)
    page = read(data.decode())
    assert "script" not in page.tags and [i for i, n in Counter(page.ids).items() if n > 1] == []
