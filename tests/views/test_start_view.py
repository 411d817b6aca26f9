"""The first page: stages told truly, every area found and shown, nothing unknown called rejected."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from view_words import faults, text_of, unfolded

from lgrdata.core.models import LgrError
from lgrdata.core.text import as_markdown
from lgrdata.dataset import decisions
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.page.blocks import Fold, Link, Para, plain
from lgrdata.reading import catalogue, evidence
from lgrdata.views import area_card, start
from lgrdata.views.find import answer, find, near

ROOT = Path(__file__).resolve().parents[2]
DATASET = current()
AREAS = [a.area_id for a in DATASET.areas]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return DATASET


def test_each_invited_area_stands_in_exactly_one_group(dataset: Dataset) -> None:
    listed = [a.area_id for g in start.groups(dataset) for a in g.areas]
    assert sorted(listed) == sorted(a.area_id for a in dataset.areas if a.kind == "invited")
    assert len(listed) == 21


def test_a_group_of_unknown_outcomes_says_so(dataset: Dataset) -> None:
    titles = {g.title: [a.area_id for a in g.areas] for g in start.groups(dataset)}
    assert len(titles["Decided on 16 July 2026; this tool has no source that names the choice"]) == 10
    assert titles["This tool has no source that says what was decided"] == ["east-sussex-brighton", "west-sussex"]
    # Decided is said only where a document says it.
    assert titles["Decided, as is understood"] == ["devon-plymouth-torbay", "hertfordshire"]


def test_the_council_that_was_searched_is_the_one_that_is_told_of_first(dataset: Dataset) -> None:
    meant = {f.area.area_id: f.council for f in find(dataset, "swale")}
    assert meant["kent-medway"] == "Swale"
    # A county is no district; a code finds what the name does.
    named = {"Kent": "", "E10000016": "", "E07000113": "Swale"}
    assert {t: {f.area.area_id: f.council for f in find(dataset, t)}["kent-medway"] for t in named} == named
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.run()
    at.text_input(key="start_find").set_value("swale").run()
    at.button(key="start_area_kent-medway").click().run()
    at.switch_page("pages/effects.py")
    at.run()
    swale = at.selectbox(key="effects_district").value
    assert swale == "E07000113" and "E07000113" in at.query_params["district"]
    assert not at.exception


def test_a_proposal_opens_again_from_its_card_after_another_was_looked_at() -> None:
    """Its link is a wish, though the desk has seen its address before."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for split in ("surrey-2ua", "surrey-3ua", "surrey-2ua"):
        at.query_params.clear()
        at.query_params.update({"area": "surrey", "split": split, "lens": "middle"})
        at.run()
        assert at.session_state["desk"].scenario.split.proposal == split and not at.exception


def test_a_town_that_is_no_ward_is_never_said_to_lie_outside(dataset: Dataset) -> None:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.run()
    at.text_input(key="start_find").set_value("Sittingbourne").run()
    told = next(h.body for h in at.get("html") if 'role="status"' in h.body)
    assert "Towns and villages are known only where a ward bears their name" in told and "Did you mean" not in told
    # Who knows the council by sight finds it there.
    assert any("Swale" in h.body and "area=kent-medway" in h.body for h in at.get("html"))
    assert any(b.key == "start_area_kent-medway" for b in at.button)  # its area can be chosen below


@pytest.mark.parametrize(
    ("text", "area", "by"),
    [
        ("Elmbridge", "surrey", "Elmbridge"),
        ("surrey", "surrey", ""),
        ("stoke on trent", "staffordshire-stoke", ""),
        ("Leicester & Rutland", "leicestershire-leicester-rutland", ""),
        ("torbay", "devon-plymouth-torbay", ""),
        ("  wyre  forest ", "worcestershire", "Wyre Forest"),
    ],
)
def test_an_area_is_found_by_its_name_or_a_council_of_today(dataset: Dataset, text: str, area: str, by: str) -> None:
    found = {f.area.area_id: f.by for f in find(dataset, text)}
    assert found.get(area) == by


@pytest.mark.parametrize(
    ("text", "area", "by"),
    [
        ("Solent", "hampshire-solent", ""),
        ("Shepway", "kent-medway", "Shepway, now Folkestone and Hythe"),
        ("Medway towns", "kent-medway", "Medway"),
        ("Kent County Council", "kent-medway", "Kent"),
        ("city of Exeter", "devon-plymouth-torbay", "Exeter"),
        ("St. Leonard's", "east-sussex-brighton", "St Leonards"),
        ("Waveney", "suffolk", "Waveney, now East Suffolk"),
        ("IoW", "hampshire-solent", "Isle of Wight"),
    ],
)
def test_an_area_is_found_by_any_name_that_people_know(dataset: Dataset, text: str, area: str, by: str) -> None:
    found = {f.area.area_id: f.by for f in find(dataset, text)}
    assert area in found
    assert found[area] == by or (by == "St Leonards" and by in found[area] and "a ward of Hastings" in found[area])


def test_a_slip_of_the_pen_is_answered_with_names_that_look_like_it(dataset: Dataset) -> None:
    assert find(dataset, "Elmbrige") == () and near(dataset, "Elmbrige") == ["Elmbridge"]
    meant = {"Swayle": ["Swale"], "Blakpool": ["Blackpool"], "Faversham": [], "Sittingbourne": [], "Newton Abbot": []}
    assert {text: near(dataset, text) for text in meant} == meant
    for postcode in ("ME10", "me10 3AB", "TQ12 2", "S1"):
        assert answer(dataset, postcode, 0).startswith("Postcodes are not looked up: type the council"), postcode


@pytest.mark.parametrize("area_id", AREAS)
def test_a_card_says_in_a_sentence_where_the_area_stands_and_counts_the_days(dataset: Dataset, area_id: str) -> None:
    area, proposals = catalogue.area(dataset.conn, area_id), start.proposals_of(dataset, area_id)
    said = plain(start.view(dataset, area_id).lede[0])
    assert said.count(". ") == 0 and said.endswith(".")
    assert (
        ("chosen" in said or "chose" in said)
        or area.stage != "decided"
        or not any(p.status == "selected" for p in proposals)
    )
    if area.stage == "unknown":
        assert "this tool has no source that" in said.lower() and "chose" not in said.split(";")[0]
    if area.stage_confidence != "documented" and "chose" in said:
        assert "understood" in said or "no source" in said
    figures = area_card.figures(dataset, area, 12, 1_250_000, "mid-2024", proposals, date(2027, 3, 30))
    if area_id == "surrey":
        # Two councils in place of twelve from 1 April 2027, by order: two days on.
        assert [s.value for s in figures] == ["12 → 2", "1.2 million", "two days"]
    cards = area_card.cards(dataset, {a.area_id: a for a in dataset.areas}, proposals)
    assert len(cards) <= area_card.MOST and len({c.proposal.proposal_id for c in cards}) == len(cards)
    assert [c.chosen for c in cards] == sorted((c.chosen for c in cards), reverse=True)
    # A bare name would be read as the new council's; "Decided" beside "uncertain" as a doubt of the whole.
    assert all(c.proposers.startswith("by") and re.search(r"\d", c.sizes) for c in cards)
    assert all("Not taken" not in c.outcome or c.proposal.status == "rejected" for c in cards)


def test_what_is_not_here_is_not_found(dataset: Dataset) -> None:
    assert find(dataset, "Camden") == ()
    assert len(find(dataset, " ")) == len(AREAS)


def test_surrey_has_one_county_and_eleven_districts(dataset: Dataset) -> None:
    today = start.councils_today(dataset, "surrey")
    assert (today.counties, len(today.districts), today.unitaries) == (("Surrey",), 11, ())
    assert today.residents == int(dataset.facts("surrey").population.sum())


@pytest.mark.parametrize("area_id", AREAS)
def test_a_card_reads_as_plain_words_and_shows_every_proposal(dataset: Dataset, area_id: str) -> None:
    view = start.view(dataset, area_id)
    text = text_of(view)
    assert not faults(text)
    for proposal in dataset.proposals(area_id):
        assert proposal.title in text and proposal.proposers in text


@pytest.mark.parametrize("area_id", AREAS)
def test_an_unknown_outcome_is_never_shown_as_rejected(dataset: Dataset, area_id: str) -> None:
    (proposed,) = [s for s in start.view(dataset, area_id).sections if s.anchor == "proposals"]
    table = next(unfolded(proposed.blocks))
    outcomes = [row[4] for row in table.rows]  # type: ignore[union-attr]
    rejected = [p for p in dataset.proposals(area_id) if p.status == "rejected"]
    assert sum(re.fullmatch("Not taken forward(: decided on .*)?", o) is not None for o in outcomes) == len(rejected)


def test_a_month_s_step_follows_its_days_and_a_chosen_line_is_told_as_drawn(dataset: Dataset) -> None:
    steps = [e.date for e in evidence.events(dataset.conn, "hampshire-solent")]
    assert steps.index("2026-06-04") < steps.index("2026-06")
    folds = [b for s in start.view(dataset, "hampshire-solent").sections for b in s.blocks if isinstance(b, Fold)]
    moved = " ".join(plain(b.text) for f in folds for b in f.blocks if isinstance(b, Para))
    # Newlands moves as proposed, and is drawn with its Winchester ward.
    assert "Winchester (Newlands)" in moved and "On the map here: Ten of the eleven parishes" in moved


def test_an_inferred_choice_rests_on_what_it_is_inferred_from(dataset: Dataset) -> None:
    area = next(a for a in dataset.areas if a.area_id == "devon-plymouth-torbay")
    card = next(s for s in start.view(dataset, area.area_id).lede if "understood" in plain(s))
    assert decisions.outcome_source(dataset, area) == "torbay-pr9538"
    assert isinstance(card, tuple) and Link("source", "source", "torbay-pr9538") in card


def test_both_sussexes_lead_to_the_whole(dataset: Dataset) -> None:
    for area_id in ("east-sussex-brighton", "west-sussex"):
        assert "Sussex as a whole" in text_of(start.view(dataset, area_id))


def test_a_proposal_without_a_map_says_so(dataset: Dataset) -> None:
    assert "its map is not known" in text_of(start.view(dataset, "kent-medway"))


def test_an_area_that_is_not_here_is_refused(dataset: Dataset) -> None:
    with pytest.raises(LgrError, match="no area"):
        start.view(dataset, "london")


def test_the_opening_page_is_short(dataset: Dataset) -> None:
    about = next(s for s in start.view(dataset).sections if s.anchor == "about")
    told = text_of(start.view(dataset)).split(about.title)[1]
    assert 60 <= len(re.findall(r"[\w’]+", told)) <= 110


@pytest.mark.parametrize(
    "area_id", [pytest.param(a, marks=() if a in ("", "surrey") else pytest.mark.slow) for a in ("", *AREAS)]
)
def test_the_page_opens_for_every_area(area_id: str) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if area_id:
        app.query_params["area"] = area_id
    app.run()
    assert not app.exception and not app.error
    assert [t.value for t in app.title] == [as_markdown(start.view(DATASET, area_id or None).title)]


def test_choosing_in_the_list_opens_the_card_and_going_back_closes_it() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    app.button(key="start_area_surrey").click().run()
    assert app.title[0].value == "Surrey"
    next(b for b in app.button if b.label == "Choose another area").click().run()
    assert app.title[0].value == as_markdown(start.view(DATASET).title)


def test_the_sizes_proposed_read_as_words(dataset: Dataset) -> None:
    notes = {s.label: s.note for s in start.view(dataset, "east-sussex-brighton").stats}
    assert notes["Final proposals"] == "for two or five councils"
    assert notes["Councils today"] == "one county, five districts and one unitary"


def test_a_part_of_an_area_s_name_leads_to_it_before_names_that_look_alike(dataset: Dataset) -> None:
    with pytest.raises(LgrError, match="did you mean essex-southend-thurrock or "):
        catalogue.area(dataset.conn, "essex")
    with pytest.raises(LgrError, match="`python -m lgrdata areas` lists them"):
        catalogue.area(dataset.conn, "xyzzy")
