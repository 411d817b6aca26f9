"""The partnerships page as words: everything reachable and linked, assumptions labelled, nothing claimed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from view_words import faults, text_of

from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import Partnership
from lgrdata.core.text import as_markdown
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.dataset.library import Library, library
from lgrdata.page.blocks import Link, StruckThrough, View, plain
from lgrdata.partnerships.board import board
from lgrdata.splits.address import default_split
from lgrdata.splits.scenario import Answer, Scenario
from lgrdata.views import case_studies
from lgrdata.views.evidence import claims
from lgrdata.views.partnerships import page as partnerships
from lgrdata.views.partnerships.cards import service_card

ROOT = Path(__file__).parents[2]
CHOSEN = (
    Partnership("out_of_hours", "hosted_service", (0, 1, 2)),
    Partnership("children_placements", "rcc", (0, 1, 2), ("E10000029", "E08000003")),
    Partnership("commissioning", "joint_commissioning", (0, 1), (), 0.4),
    Partnership("leadership", "independent_trust", (0, 1, 2)),
    Partnership("mental_health_duties", "lead_authority", (0, 1, 2)),
    Partnership("workforce", "workforce_alliance", (0, 1, 2)),
)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return current()


@pytest.fixture(scope="module")
def norfolk(dataset: Dataset) -> Scenario:
    return Scenario(dataset.split("norfolk", "norfolk-3ua"))


def slips(text: str) -> list[str]:
    """`faults`, the dataset's own sentences that begin with None ("None published", "None yet") left out."""
    return faults(re.sub(r"\bNone (?=published|yet|on its own|needed|adopted|fits)", "", text))


def parts_of(thing: object) -> Iterator[object]:
    """Every dataclass and text inside a view."""
    yield thing
    if isinstance(thing, tuple):
        for item in thing:
            yield from parts_of(item)
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        for f in dataclasses.fields(thing):
            yield from parts_of(getattr(thing, f.name))


def links(view: View) -> list[Link]:
    return [p for p in parts_of(view) if isinstance(p, Link)]


def anchors(view: View) -> set[str]:
    found: set[str] = set()
    for p in parts_of(view):
        found |= set(getattr(p, "row_ids", ()))
        if getattr(p, "anchor", ""):
            found.add(p.anchor)  # type: ignore[attr-defined]
    return found


def known(dataset: Dataset, lib: Library) -> dict[str, set[str]]:
    return {
        "case": set(lib.cases),
        "model": set(lib.models),
        "service": set(lib.services),
        "paragraph": set(lib.considerations),
        "criterion": set(lib.criteria),
        "source": set(dataset.sources),
        "parameter": set(dataset.assumptions.parameters),
        "claim": set(claims.claims(dataset)),
    }


def test_every_link_leads_to_something_that_is_shown(dataset: Dataset, norfolk: Scenario) -> None:
    lib = library(dataset)
    page = partnerships.view(dataset, replace(norfolk, partnerships=CHOSEN))
    cases = case_studies.view(dataset)
    exists = known(dataset, lib)
    shown = anchors(page) | anchors(cases)
    for view in (page, cases, *(case_studies.view(dataset, slug=slug) for slug in lib.cases)):
        for link in links(view):
            assert link.key in exists[link.kind], link
            if link.kind in ("case", "model", "service", "paragraph", "criterion"):
                assert f"{link.kind}-{link.key}" in shown, link


def test_everything_of_the_tables_is_reachable(dataset: Dataset, norfolk: Scenario) -> None:
    lib = library(dataset)
    page, cases = partnerships.view(dataset, norfolk), case_studies.view(dataset)
    reached = {(link.kind, link.key) for v in (page, cases) for link in links(v)}
    assert {("case", slug) for slug in lib.cases} <= reached
    assert {("model", m) for m in lib.models} <= reached
    assert {("paragraph", p) for p in lib.considerations if lib.cases_of_paragraph(p)} <= reached
    wanted = {f"paragraph-{p}" for p in lib.considerations} | {f"criterion-{c}" for c in lib.criteria}
    assert wanted | {f"service-{s}" for s in lib.services} <= anchors(page)


def test_links_run_both_ways(dataset: Dataset) -> None:
    lib = library(dataset)
    page = case_studies.view(dataset, part="models")
    for slug in lib.cases:
        here = {(x.kind, x.key) for x in links(case_studies.view(dataset, slug=slug))}
        for model in lib.models_of_case(slug):
            assert ("model", model.model_id) in here
        assert {("service", s.service_id) for s in lib.services_of_case(slug)} <= here
        assert {("paragraph", p.paragraph) for p in lib.paragraphs_of_case(slug)} <= here
        if lib.models_of_case(slug):
            assert ("case", slug) in {(x.kind, x.key) for x in links(page)}


def test_statements_and_services_link_both_ways(dataset: Dataset, norfolk: Scenario) -> None:
    pairs = {(str(c), str(s)) for c, s in dataset.conn.execute("SELECT claim_id, service_id FROM claim_service")}
    assert len(pairs) > 30
    known = claims.claims(dataset)
    for claim in known.values():
        assert {(claim.claim_id, s.service_id) for s in claim.services} == {p for p in pairs if p[0] == claim.claim_id}
    made = board(dataset, effects_of(dataset, norfolk), norfolk)
    for row in made.rows:
        card = service_card(made, row, known)
        there = {x.key for x in (p for p in parts_of(card) if isinstance(p, Link)) if x.kind == "claim"}
        assert {(c, row.service.service_id) for c in there} == {p for p in pairs if p[1] == row.service.service_id}
        told = [x.text for x in parts_of(card) if isinstance(x, Link) and x.kind == "claim"]
        assert len(told) == len(set(told)), "links that read alike would lead to different statements"
    page = {x.key for x in links(partnerships.view(dataset, norfolk, part="services")) if x.kind == "claim"}
    assert page == {c for c, _ in pairs}
    text = text_of(claims.view(dataset))
    assert "Bears on the service Safeguarding boards. Speaks of a shared safeguarding adults board." in text
    assert "Equipment and adaptations: no statement here names it" in text


def test_the_words_are_words(dataset: Dataset, norfolk: Scenario) -> None:
    for chosen in ((), CHOSEN):
        for name in ("norfolk-3ua", "single", "today"):
            split = dataset.split("norfolk", name)
            mine = tuple(p for p in chosen if all(m < split.count for m in p.members))
            text = text_of(partnerships.view(dataset, Scenario(split, partnerships=mine)))
            assert not slips(text), slips(text)[:5]


def test_no_partnership_is_said_to_remove_a_risk_or_to_save_for_certain(dataset: Dataset, norfolk: Scenario) -> None:
    text = text_of(partnerships.view(dataset, replace(norfolk, partnerships=CHOSEN))).lower()
    for claim in ("will save", "removes the risk", "eliminat", "guarantee", "optimal", "winner", "best model"):
        assert claim not in text
    assert "no partnership removes a risk" in text and "no source publishes" in text


def test_the_trust_is_struck_through_with_its_reason(dataset: Dataset, norfolk: Scenario) -> None:
    page = partnerships.view(dataset, replace(norfolk, partnerships=CHOSEN))
    assert any(isinstance(p, StruckThrough) and p.text == "Independent trust" for p in parts_of(page))
    assert "untested outside intervention" in text_of(page)
    table = next(p for p in parts_of(page) if getattr(p, "name", "") == "chosen")
    row = next(r for r in table.rows if "Independent trust" in plain(r[0]))  # type: ignore[attr-defined]
    assert [plain(c) for c in row[3:]] == ["not counted"] * 3


def test_ticks_and_notes_show(dataset: Dataset, norfolk: Scenario) -> None:
    answers = {"3.5.1": Answer(True, "Interim cover agreed"), "criterion 2a": Answer(False, "We explain below")}
    page = partnerships.view(dataset, replace(norfolk, answers=answers))
    text = text_of(page)
    assert "1 of 31" in text and "Interim cover agreed" in text and "We explain below" in text
    assert "1 of 11 ticked as ready" in text


def test_parts_make_the_whole(dataset: Dataset, norfolk: Scenario) -> None:
    whole = partnerships.view(dataset, norfolk)
    pieces = [s.anchor for part in partnerships.PARTS for s in partnerships.view(dataset, norfolk, part=part).sections]
    assert [s.anchor for s in whole.sections] == pieces and len(set(pieces)) == len(pieces)


def test_same_scenario_same_page(dataset: Dataset, norfolk: Scenario) -> None:
    scenario = replace(norfolk, partnerships=CHOSEN)
    assert partnerships.view(dataset, scenario) == partnerships.view(dataset, scenario)


def test_every_area_has_its_page(dataset: Dataset) -> None:
    for area in dataset.areas:
        split = default_split(dataset.conn, dataset.facts(area.area_id))
        used = tuple(int(c) for c in split.in_use)
        chosen = (Partnership("commissioning", "hosted_service", used), Partnership("send", "data_sharing", used))
        text = text_of(partnerships.view(dataset, Scenario(split, partnerships=chosen)))
        assert not slips(text), (area.area_id, slips(text)[:3])


@pytest.mark.parametrize(
    ("area", "split"), [("norfolk", "norfolk-3ua"), ("surrey", "surrey-2ua"), ("lancashire", "single")]
)
def test_the_page_draws(area: str, split: str) -> None:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.query_params["area"], at.query_params["split"] = area, split
    at.switch_page("pages/partnerships.py")
    at.run()
    assert not at.exception and not at.error
    assert at.title[0].value.startswith(as_markdown("Partnerships: "))
    for part in ("considerations", "criteria", "services"):
        at.query_params["part"] = part
        at.run()
        assert not at.exception and not at.error


def test_choosing_moving_the_slider_and_removing() -> None:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.query_params["area"], at.query_params["split"] = "norfolk", "norfolk-3ua"
    at.switch_page("pages/partnerships.py")
    at.run()
    at.selectbox(key="board_take_out_of_hours").select("hosted_service").run()
    scenario = at.session_state["desk"].scenario
    assert scenario.partnerships == (Partnership("out_of_hours", "hosted_service", (0, 1, 2)),)
    at.button(key="board_open_out_of_hours").click().run()
    at.slider[0].set_value(70).run()
    assert at.session_state["desk"].scenario.partnerships[0].effect == 0.7
    at.slider[1].set_value(30).run()
    assert at.session_state["desk"].scenario.partnerships[0].coverage == 0.3
    assert "out_of_hours~hosted_service~012~0.7~0.3" in at.query_params["with"]
    next(b for b in at.button if b.label == "Remove this partnership").click().run()
    assert at.session_state["desk"].scenario.partnerships == ()
    assert at.selectbox(key="board_take_out_of_hours").value == ""


def test_the_suggested_arrangement_is_taken_for_all_changed_and_undone() -> None:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.query_params["area"], at.query_params["split"] = "norfolk", "norfolk-3ua"
    at.switch_page("pages/partnerships.py")
    at.run()
    assert at.button(key="board_undo").disabled  # nothing was done here yet
    at.selectbox(key="board_take_send").select("data_sharing").run()
    mine = at.session_state["desk"].scenario.partnerships
    at.button(key="board_take_all").click().run()
    taken = at.session_state["desk"].scenario.partnerships
    assert len(taken) == 19 and taken[:1] == mine  # what was chosen stays
    assert {p.members for p in taken} == {(0, 1, 2)} and len({p.service_id for p in taken}) == 19
    assert all(b.key != "board_take_all" for b in at.button)
    at.selectbox(key="board_take_workforce").select("").run()
    assert "workforce" not in {p.service_id for p in at.session_state["desk"].scenario.partnerships}
    at.button(key="board_undo").click().run()
    at.button(key="board_undo").click().run()
    assert at.session_state["desk"].scenario.partnerships == mine
    assert not at.exception and not at.error
    assert not at.exception and not at.error


def test_a_note_and_a_tick_are_kept() -> None:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.query_params["area"], at.query_params["split"] = "norfolk", "norfolk-3ua"
    at.query_params["part"] = "considerations"
    at.switch_page("pages/partnerships.py")
    at.run()
    at.selectbox(key="note_of_paragraph").select("3.5.1").run()
    of = f"paragraph_3.5.1_{at.session_state['desk'].revision}"
    at.checkbox(key=f"tick_{of}").check().run()
    at.text_area(key=f"text_{of}").set_value("Agreed").run()
    assert at.session_state["desk"].scenario.answers == {"3.5.1": Answer(True, "Agreed")}
    at.checkbox(key=f"tick_{of}").uncheck().run()
    at.text_area(key=f"text_{of}").set_value("").run()
    assert at.session_state["desk"].scenario.answers == {}
    assert not at.exception
