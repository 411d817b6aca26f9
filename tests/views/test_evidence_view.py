"""The evidence page shows every statement, source, assumption, measure and word, in plain words, at its anchor."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from view_words import faults, text_of

from lgrdata.care.hindcast import people
from lgrdata.core.lens_words import NAMES
from lgrdata.core.models import LENSES, LgrError
from lgrdata.core.text import as_markdown
from lgrdata.core.words import percent
from lgrdata.dataset import spreadsheet
from lgrdata.dataset.dataset import current
from lgrdata.page import html
from lgrdata.page.blocks import Callout, Fold, Link, Picture, Rich, Table, View, plain
from lgrdata.reading.catalogue import fits
from lgrdata.reading.record import care_record
from lgrdata.splits.address import from_query
from lgrdata.views import accessibility
from lgrdata.views.evidence import claims, lists, page

ROOT = Path(__file__).resolve().parents[2]
DATASET = current()


def html_of(view: View) -> str:
    return "".join(html.section(s, lambda _: None, lambda _: "", lambda _: "") for s in view.sections)


def anchors(view: View) -> list[str]:
    return re.findall(r' id="([^"]+)"', html_of(view))


def ids(sql: str, kind: str) -> set[str]:
    return {f"{kind}-{row[0]}" for row in DATASET.conn.execute(sql)}


@pytest.mark.parametrize("part", page.PARTS)
def test_a_part_reads_as_plain_words_and_its_anchors_are_its_own(part: str) -> None:
    view = page.view(DATASET, part)
    assert not faults(text_of(view))
    assert view.title and view.lede
    found = anchors(view)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("kind", "sql"),
    [
        ("claim", "SELECT claim_id FROM claim"),
        ("source", "SELECT source_id FROM source"),
        ("parameter", "SELECT parameter_key FROM parameter"),
        ("measure", "SELECT measure_code FROM measure"),
    ],
)
def test_every_row_is_shown_at_its_anchor(kind: str, sql: str) -> None:
    assert ids(sql, kind) <= set(anchors(page.view(DATASET, page.PART_OF[kind])))


def test_every_word_of_the_glossary_is_shown_at_its_anchor() -> None:
    terms = [str(r[0]) for r in DATASET.conn.execute("SELECT term FROM glossary")]
    found = set(anchors(page.view(DATASET, "glossary")))
    assert {f"term-{lists.slug(t)}" for t in terms} <= found


def test_every_statement_has_its_words_its_payer_and_what_contests_it() -> None:
    text = text_of(page.view(DATASET, "claims"))
    for claim in claims.claims(DATASET).values():
        assert claim.text in text and claim.paid_by.lower() in text.lower()
    contested = DATASET.conn.execute("SELECT DISTINCT claim_id FROM claim_contest").fetchall()
    assert text.count("Contested by:") == len(contested)


def test_no_count_of_statements_is_shown_as_a_score() -> None:
    text = text_of(page.view(DATASET, "claims"))
    for count, _ in DATASET.conn.execute("SELECT COUNT(*), side FROM claim GROUP BY side"):
        assert f"{count} statements" not in text and f"({count})" not in text


def test_links_inside_the_page_lead_to_anchors_that_exist() -> None:
    views = {part: page.view(DATASET, part) for part in page.PARTS}
    known = {part: set(anchors(view)) for part, view in views.items()}
    seen: list[Link] = []

    def note(link: Link) -> str | None:
        seen.append(link)
        return None

    for view in views.values():
        for section in view.sections:
            html.section(section, note, lambda _: "", lambda _: "")
    assert seen
    for link in seen:
        if link.kind in page.PART_OF:
            assert f"{link.kind}-{link.key}" in known[page.PART_OF[link.kind]], link
        if link.kind == "part":
            assert link.key in page.PARTS


def test_each_fit_stands_beside_the_plain_share() -> None:
    text = text_of(page.view(DATASET, "fits"))
    for fit in fits(DATASET.conn).values():
        assert percent(fit.error, 1) in text and percent(fit.baseline_error, 1) in text
        assert all(f"{driver.power:.2f}" in text for driver in fit.drivers)
    assert "not rates by age" in text


def test_the_track_record_says_of_each_former_county_what_would_have_been_said() -> None:
    view = page.view(DATASET, "record")
    text = text_of(view)
    assert "made to hold 4 in 5" in text and not faults(text)
    parts, summaries = people(DATASET.read(care_record))
    for section in view.sections[1:]:
        for county in section.blocks:
            assert isinstance(county, Fold)
            picture, table = county.blocks
            assert isinstance(picture, Picture) and isinstance(table, Table)
            mine = [p for p in parts if county.summary.startswith(f"{p.county}: ")]
            assert len(table.rows) == len(mine) and all(p.name in picture.alt for p in mine)
            inside = sum(p.inside for p in mine if p.inside is not None)
            assert f". {inside} of " in county.summary
            published = {plain(row[2]) for row in table.rows}
            assert {f"{p.published:,.0f}" for p in mine if p.published is not None} <= published
    assert {w for s in summaries for w in s.warnings} == {
        plain(b.text).removesuffix(".") for b in view.sections[0].blocks if isinstance(b, Callout)
    }


def test_the_worked_example_is_the_scenario_and_adds_up() -> None:
    scenario, _ = from_query(DATASET.conn, DATASET.facts, {"area": "surrey", "split": "surrey-3ua", "lens": "county"})
    assert scenario is not None
    worked = next(s for s in page.view(DATASET, "methods", scenario).sections if s.anchor == "worked")
    assert worked.title.startswith("Worked example: Surrey, Three unitaries")
    table = worked.blocks[0]
    gives = {plain_text(row[0]): plain_text(row[2]) for row in table.rows}  # type: ignore[union-attr]
    saving, splitting, dearer, net = (
        amount(gives[k]) for k in ("Saving from merging", "Cost of splitting", "Dearer care places", "Net a year")
    )
    assert net == pytest.approx(saving - splitting - dearer, abs=0.15)


def plain_text(text: Rich) -> str:
    assert isinstance(text, str)
    return text


def amount(text: str) -> float:
    return float(text.replace("−", "-").replace("£", "").replace("m", "").replace(",", ""))


def test_today_needs_no_sum() -> None:
    scenario, _ = from_query(DATASET.conn, DATASET.facts, {"area": "surrey", "split": "today"})
    text = text_of(page.view(DATASET, "methods", scenario))
    assert "costs nothing and saves nothing" in text


def test_a_part_that_does_not_exist_is_the_first() -> None:
    assert page.view(DATASET, "nonsense") == page.view(DATASET, next(iter(page.PARTS)))


def test_what_is_not_known_names_each_open_decision_and_each_map_lacking() -> None:
    text = text_of(page.view(DATASET, "unknown"))
    for area in DATASET.areas:
        if area.stage == "unknown":
            assert area.name in text
    assert "Option 4d" in text


def test_calibration_shows_each_published_figure_by_whose_evidence() -> None:
    view = page.view(DATASET, "calibration")
    text = text_of(view)
    for lens in LENSES:
        assert NAMES[lens] in text
    assert "+18%" in text


def test_every_table_can_be_taken_away_and_is_whole() -> None:
    for name in spreadsheet.offered(DATASET):
        assert spreadsheet.title(name) != name
    rows = list(csv.reader(io.StringIO(spreadsheet.table_csv(DATASET, "proposal").decode("utf-8-sig"))))
    assert len(rows) - 1 == len(DATASET.proposals())
    with pytest.raises(LgrError, match="no table"):
        spreadsheet.table_csv(DATASET, "sqlite_master")


@pytest.mark.parametrize("part", page.PARTS)
def test_the_page_opens_at_each_part(part: str) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["part"] = part
    app.switch_page("pages/evidence.py").run()
    assert not app.exception and not app.error
    assert app.title[0].value == as_markdown(page.view(DATASET, part).title)


def test_the_statement_on_accessibility_reads_as_plain_words() -> None:
    assert not faults(text_of(accessibility.view()))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).switch_page("pages/accessibility.py").run()
    assert not app.exception and app.title[0].value == "Accessibility"
