"""Where areas and proposals stand: each date the event's own, nothing unknown told as known, court beside decision."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from view_words import text_of

from export import annex
from export.snapshot import snapshot
from lgrdata.all_effects import as_json
from lgrdata.all_effects.effects import work_out
from lgrdata.core import words
from lgrdata.core.models import Area, Proposal
from lgrdata.dataset import decisions
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.page.blocks import Table, plain
from lgrdata.splits.scenario import Scenario
from lgrdata.views import start
from lgrdata.views.evidence import page as evidence

DECIDED = {
    "devon-4ua-plymouth-exeter": "16 July 2026",
    "essex-5ua": "25 March 2026",
    "hampshire-5ua-option1a": "25 March 2026",
    "herts-4ua": "16 July 2026",
    "lancs-4ua": "16 July 2026",
    "norfolk-3ua": "25 March 2026",
    "notts-2ua-city": "16 July 2026",
    "suffolk-3ua": "25 March 2026",
    "surrey-2ua": "28 October 2025",
}
"""Chosen proposals with the day on which they were chosen, as the sources have it."""


@pytest.fixture(scope="module")
def data() -> Dataset:
    return current()


def told(data: Dataset, proposal: Proposal) -> dict[str, str]:
    (table,) = annex.proposal_section(data, proposal).blocks
    assert isinstance(table, Table)
    return {plain(row[0]): plain(row[1]) for row in table.rows}


def test_a_decision_has_the_date_of_its_event_and_a_proposal_that_of_its_submission(data: Dataset) -> None:
    chosen = {p.proposal_id: p for p in data.proposals() if p.status == "selected"}
    assert set(chosen) == set(DECIDED)
    areas = {a.area_id: a for a in data.areas}
    for key, p in chosen.items():
        said, made = told(data, p), decisions.decided(data, areas[p.area_id])
        assert made is not None and words.day(made.date) == DECIDED[key], key
        assert said["What became of it"].startswith(f"Chosen by government on {DECIDED[key]}"), key
        assert said["Submitted"] == words.day(p.date) != DECIDED[key], key
        assert said["Source of the decision"] == data.sources[made.source_id].title, key
        card = text_of(start.view(data, p.area_id))
        assert f"Chosen by government on {DECIDED[key]}" in card and DECIDED[key] in decisions.stage_words(
            data, areas[p.area_id]
        ), key


def test_sources_of_a_proposal_its_decision_and_its_cases_are_listed(data: Dataset) -> None:
    for key in DECIDED:
        p = next(p for p in data.proposals() if p.proposal_id == key)
        split = data.split(p.area_id, key)
        listed = {s["id"] for s in as_json.document(work_out(split.facts, split, data.assumptions))["sources"]}
        cases = {r[0] for r in data.conn.execute("SELECT source_id FROM business_case WHERE proposal_id = ?", (key,))}
        assert {*decisions.source_ids(data, p), *cases} <= listed, key
    page = snapshot(data, Scenario(data.split("suffolk", "suffolk-3ua")), made=date(2026, 11, 30)).decode()
    for source in ("ipswich-news", "ipswich-court", "lgl-rationale"):
        assert f'href="#source-{source}"' in page and f'id="source-{source}"' in page, source


def test_a_challenge_stands_beside_the_decision_wherever_that_is_told(data: Dataset) -> None:
    court = {a.area_id for a in data.areas if decisions.challenged(data, a.area_id)}
    assert court == {"essex-southend-thurrock", "hampshire-solent", "suffolk"}
    unknown = text_of(evidence.view(data, "unknown"))
    for area in data.areas:
        held = area.area_id in court
        assert ("challenged in court" in decisions.stage_words(data, area)) == held
        assert ("challenged in court" in text_of(start.view(data, area.area_id))) == held
        if held:
            assert area.stage == "decided" and f"{area.name}: The decision is challenged in court" in unknown
            assert "No judgment is known here" in decisions.challenge_words(data, area.area_id)
    p = next(p for p in data.proposals() if p.proposal_id == "suffolk-3ua")
    assert "claims judicial review" in told(data, p)["In court"]
    assert "In court" not in told(data, next(p for p in data.proposals() if p.proposal_id == "surrey-2ua"))


def test_an_outcome_that_is_not_known_is_told_from_the_status_alone(data: Dataset) -> None:
    areas = {a.area_id: a for a in data.areas}
    for p in data.proposals():
        said = decisions.not_known(areas[p.area_id], p)
        assert bool(said) == (p.status == "unknown"), p.proposal_id
        assert (decisions.outcome(areas[p.area_id], p) == "Not taken forward") <= (p.status == "rejected")
        assert told(data, p).get("Note", "").endswith(said)
    kent = next(p for p in data.proposals() if p.proposal_id == "kent-3a-3ua")
    assert decisions.not_known(areas["kent-medway"], kent) == (
        "A decision was announced on 16 July 2026; this tool has no source that names the choice."
    )
    chosen = dataclasses.replace(kent, status="selected", stage="decided")
    assert decisions.not_known(areas["kent-medway"], chosen) == ""
    waiting = Area("x", "X", "X", "invited", "awaiting", stage_note="Consultation closed.")
    assert decisions.area_words(waiting) == "Consultation closed. No decision has been found."
    assert decisions.outcome(waiting, kent) == "Decision awaited"


def test_second_hand_and_said_things_stay_uncertain_and_unknown(data: Dataset) -> None:
    areas = {a.area_id: a for a in data.areas}
    assert {a.area_id for a in data.areas if a.stage == "unknown" and a.stage_date} == {
        "cambridgeshire-peterborough", "derbyshire-derby", "gloucestershire", "kent-medway",
        "leicestershire-leicester-rutland", "lincolnshire", "oxfordshire", "staffordshire-stoke", "warwickshire",
        "worcestershire",
    }  # fmt: skip
    for sussex in ("east-sussex-brighton", "west-sussex", "sussex"):
        assert areas[sussex].stage == "unknown" and not areas[sussex].stage_date
        assert "a proposal of its own" in decisions.area_words(areas[sussex])
        assert all(p.status in ("unknown", "rejected") for p in data.proposals(sussex))
    herts = {p.proposal_id: p.status for p in data.proposals("hertfordshire") if p.stage in ("final", "decided")}
    assert herts == {"herts-4ua": "selected", "herts-2ua": "unknown", "herts-3ua": "unknown"}
    for row in data.conn.execute("SELECT event, confidence FROM event WHERE event LIKE '%second hand%'"):
        assert row[1] == "uncertain", row
    rugby = next(p for p in data.proposals() if p.proposal_id == "warks-1ua")
    assert "Rugby" in rugby.proposers
