"""A snapshot opens with two pages to decide on; the annex holds what was filled or asked for, and prints in order."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader
from reading import MADE, numbers, read

from export import decision
from export.pack import pdf
from export.pack.figures import tables_in
from export.parts import BEHIND, NAMES, chosen, parts_of
from export.sheet import style
from export.snapshot import PrintChoice, snapshot
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.page import blocks
from lgrdata.partnerships.arrangement import suggested
from lgrdata.partnerships.board import board
from lgrdata.splits.scenario import Answer, Scenario

FIRST = ("Where this stands", "The councils")


def _headings(page: bytes) -> list[str]:
    return re.findall(r"<h2>([^<]+)</h2>", page.decode())


def test_the_annex_holds_what_was_filled_or_asked_for(dataset: Dataset, scenarios: dict[str, Scenario]) -> None:
    plain, full = scenarios["proposal"], scenarios["full"]

    def headings(scenario: Scenario, **choice: object) -> list[str]:
        page = snapshot(dataset, scenario, made=MADE, choice=PrintChoice(**choice))  # type: ignore[arg-type]
        found = _headings(page)
        assert set(FIRST) <= set(found)
        return [h for h in found if h.startswith("Annex")]

    own = ["Annex A: Care", "Annex B: Money", "Annex C: Boundary", "Annex D: Future"]
    assert headings(plain) == own
    filled = ["Annex E: Partnerships and considerations", "Annex F: Notes", "Annex G: Assumptions changed"]
    assert headings(full) == [*own, *filled]
    assert headings(full, short=True) == []
    assert headings(plain, parts=("fact-sheets", "cost")) == ["Annex A: Money", "Annex B: Each council"]
    assert len(headings(plain, parts=("all",))) > len(own) + 3
    with pytest.raises(LgrError, match="prices is no part of a snapshot; there are all, services, cost"):
        headings(plain, parts=("prices",))
    assert len(NAMES) == len(set(NAMES))
    large = snapshot(dataset, plain, made=MADE, choice=PrintChoice(short=True, large=True)).decode()
    assert '<body class="large">' in large


def test_the_annex_holds_the_tables_that_the_sheet_stands_on(dataset: Dataset, scenarios: dict[str, Scenario]) -> None:
    for name in ("proposal", "drawing", "full"):
        found = parts_of(dataset, scenarios[name])
        whole = {t.name for p in found.parts for s in p.sections for t in tables_in(s.blocks)}
        shown = [t for p in chosen(found, scenarios[name]) for s in p.sections for t in tables_in(s.blocks)]
        assert whole & BEHIND <= {t.name for t in shown}, name
        assert {"three-lenses", "people-in-care", "crossing"} <= {t.name for t in shown}, name
        told = {n for t in shown for row in t.rows for cell in row for n in re.findall("[0-9,.]+", blocks.plain(cell))}
        sheet = next(s for s in decision.sections(dataset, scenarios[name]) if s.anchor == "decision-councils")
        (table,) = [b for b in sheet.blocks if isinstance(b, blocks.Table)]
        figures = {n for row in table.rows for cell in row[2:5] for n in re.findall("[0-9,.]+", blocks.plain(cell))}
        assert figures - told == set(), name


RISKS = {
    # One council divides nothing new and has nobody to be weaker than; a user's own assumption is no risk of the split.
    ("derbyshire-derby", "derbyshire-1ua"): ["Least certain under"],
    ("surrey", "single"): ["Least certain under"],
    # Fewer cross than today.
    ("devon-plymouth-torbay", "devon-interim-3-2ua"): ["South West Devon would be the weakest", "Least certain under"],
    # No council stands out as the weakest.
    ("derbyshire-derby", "derbyshire-a1-2ua"): ["Least certain under", "Amber Valley would be divided by wards"],
    ("surrey", "today"): [],
}
"""What could go wrong with a split, as each sentence begins; at the most three are told."""


def test_what_is_said_to_go_wrong_could(dataset: Dataset, scenarios: dict[str, Scenario]) -> None:
    for (area, text), wanted in RISKS.items():
        changed = {"county.delta": 9.0} if text == "single" else {}
        found = {
            s.anchor: s for s in decision.sections(dataset, Scenario(dataset.split(area, text), assumptions=changed))
        }
        items = found["decision-risks"].blocks[0].items if "decision-risks" in found else ()  # type: ignore[union-attr]
        assert len(items) == len(wanted), (text, items)
        assert all(str(i).startswith(w) for i, w in zip(items, wanted, strict=True)), (text, items)
        if items:
            assert found["decision-risks"].title.startswith(("One thing that", "Two things that"))
    for name, scenario in scenarios.items():
        found = {s.anchor: s for s in decision.sections(dataset, scenario)}
        status = found["decision-status"].blocks[0].rows  # type: ignore[union-attr]
        assert (status[0][0] == "This split") == (name in ("today", "drawing")), name
    items = found["decision-risks"].blocks[0].items  # type: ignore[union-attr]
    assert len(items) == 3 and "piece" in str(items[0]), "a council in pieces comes before all else"


def test_the_map_of_the_sheet_prints_with_a_key_of_nine_points(dataset: Dataset) -> None:
    (most,) = re.findall(r"\.decision svg \{ max-height: (\d+)mm", style())
    tall = float(most) / 25.4 * 96
    for area, proposal in (
        ("cambridgeshire-peterborough", "cambs-e-3ua"), ("lancashire", "lancs-5ua"), ("surrey", "surrey-2ua")
    ):  # fmt: skip
        drawn = decision.map_of(dataset, effects_of(dataset, Scenario(dataset.split(area, proposal)))).svg
        height = float(re.findall(r'height="(\d+)"', drawn)[0])
        key = min(float(s) for s in re.findall(r'font-size="([\d.]+)"[^>]*class="kt"', drawn))
        assert key * min(1.0, tall / height) * 0.75 >= 9, proposal


@pytest.mark.slow
def test_all_partnerships_suggested_make_no_book(dataset: Dataset) -> None:
    plain = Scenario(dataset.split("surrey", "surrey-2ua"), start="surrey-2ua")
    made = board(dataset, effects_of(dataset, plain), plain)
    p = next(iter(made.library.considerations))
    c = next(iter(made.library.criteria))
    answers = {p: Answer(True, "Agreed in May."), f"criterion {c}": Answer(False, "To be asked.")}
    held = replace(plain, partnerships=suggested(made), answers=answers)
    (part,) = [x for x in chosen(parts_of(dataset, held), held) if x.anchor == "partnerships"]
    shown = {s.anchor: s for s in part.sections}
    assert list(shown) == ["chosen", "left", "footprint", "checklist", "criteria", "whole-board"]
    (table,) = tables_in(shown["criteria"].blocks)
    assert table.row_ids == (f"criterion-{c}",)
    items = [e.anchor for b in shown["checklist"].blocks if isinstance(b, blocks.Entries) for e in b.items]
    assert items == [f"paragraph-{p}"]
    assert not any(isinstance(b, blocks.Fold) for s in part.sections for b in s.blocks)
    printed = pdf.printed(snapshot(dataset, held, made=MADE, share=True))
    assert printed is not None and len(PdfReader(io.BytesIO(printed)).pages) <= 25


@pytest.mark.parametrize("area,proposal", [
    ("surrey", "surrey-2ua"), pytest.param("devon-plymouth-torbay", "devon-4ua-torbay", marks=pytest.mark.slow),
    pytest.param("hampshire-solent", "hampshire-5ua-option1a", marks=pytest.mark.slow),
])  # fmt: skip
def test_it_prints_on_few_pages_each_with_its_place(dataset: Dataset, area: str, proposal: str) -> None:
    page = snapshot(dataset, Scenario(dataset.split(area, proposal), start=proposal), made=MADE)
    assert len(page) < 350_000
    printed = pdf.printed(page)
    assert printed is not None, "no browser to print with: install Chromium (Debian: apt install chromium)"
    texts = [" ".join(p.extract_text().split()) for p in PdfReader(io.BytesIO(printed)).pages]
    assert len(texts) < 20
    assert "In short" in texts[2] and "In short" not in texts[0] + texts[1], "the decision sheet is two pages"
    for n, text in enumerate(texts, start=1):
        assert re.search(rf"(Page|Annex [A-Z], page) {n} of {len(texts)}\b", text), text[-80:]
        assert dataset.facts(area).area.name in text
    assert any("Annex B, page" in t for t in texts)
    # What is copied out of the print is what stands on the page.
    sheet = page.decode().partition('<div class="decision">')[2].partition('<div class="opening"')[0]
    said = numbers(read(re.sub(r"<svg.*?</svg>", "", sheet, flags=re.DOTALL)).text)
    copied = "".join("".join(texts[:2]).split())
    assert [n for n in said if n not in copied] == []
    sizes = {float(s) for s in re.findall(r"table \{ font-size: ([0-9.]+)pt", page.decode())}
    assert sizes and min(sizes) >= 10
