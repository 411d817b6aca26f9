"""What the effects page says: its sentences are the figures below it, for every proposal, and in plain words."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from view_words import faults, text_of

from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import LENSES, LgrError, Partnership
from lgrdata.core.words import millions, people, percent, pounds
from lgrdata.costs.price import inputs
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Chart, Fold, Picture, Table, View, plain
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import OUT, Split, make
from lgrdata.views import redraw
from lgrdata.views.effects import district, page
from lgrdata.views.effects.cost_detail import bars


@pytest.fixture(scope="module")
def real(real_db):
    dataset = Dataset(real_db)
    yield dataset
    dataset.close()


@pytest.fixture
def tiny(tiny_db):
    dataset = Dataset(tiny_db)
    yield dataset
    dataset.close()


def shown(dataset, split, **more):
    scenario = Scenario(split, **more)
    effects = effects_of(dataset, scenario)
    return page.view(dataset, scenario, effects), effects


def blocks(view: View) -> list[Block]:
    out: list[Block] = []
    for section in view.sections:
        waiting = list(section.blocks)
        while waiting:
            block = waiting.pop(0)
            out.append(block)
            if isinstance(block, Fold):
                waiting += block.blocks
    return out


def splits(dataset) -> list[Split]:
    out = []
    for area in dataset.areas:
        for text in ("today", "single", *(p.proposal_id for p in dataset.proposals(area.area_id))):
            try:
                out.append(dataset.split(area.area_id, text))
            except LgrError as fault:
                assert "is not known" in str(fault) or "is a proposal for" in str(fault)
    return out


def test_every_proposal_of_every_area_is_told_in_plain_words(real):
    every = splits(real)
    assert len({s.proposal for s in every} - {"today", "single"}) >= 81
    for split in every:
        view, _ = shown(real, split)
        found = blocks(view)
        drawn = [b for b in found if isinstance(b, Chart | Picture)]
        text = " ".join([text_of(view), *view.warnings, *(b.alt for b in drawn)])
        where = f"{split.facts.area.area_id} {split.proposal}"
        assert faults(text) == [], where
        assert all(b.alt.strip() and len(b.alt) > 20 for b in drawn), where
        assert all(b.table is not None for b in drawn if isinstance(b, Chart)), where
        names = [b.name for b in found if isinstance(b, Table)]
        assert len(names) == len(set(names)), where
        assert len(view.stats) == 4 and len(view.lede) >= 2, where
        anchors = [s.anchor for s in view.sections]
        assert len(anchors) == len(set(anchors)) == 7 + len(split.in_use), where
        assert not re.search(r"\.\.|,,|\s,|: \.|; \.|\( ", plain(view.lede[0])), where
        for table in (b for b in found if isinstance(b, Table)):
            assert all(len(row) == len(table.head) for row in table.rows), (where, table.name)


@pytest.mark.parametrize("lens", LENSES)
def test_the_opening_is_the_figures(real, lens):
    split = real.split("surrey", "surrey-3ua")
    view, effects = shown(real, split, lens=lens)
    said = [plain(s) for s in view.lede]
    cost = effects.costs
    assert f"In place of {inputs(split.facts, split).n_old} councils, Surrey would have three: " in said[0]
    assert len(said) == 3
    sizes = sorted(split.in_use, key=lambda c: int(split.population[c]))
    least, most = (f"{split.names[c]} ({people(int(split.population[c]))}" for c in (sizes[0], sizes[-1]))
    assert f"from {least} people) to {most})" in said[0]
    for side, own in (("county", "£14.8"), ("district", "£2.0")):
        assert millions(abs(cost[side].recurring_net)) in said[1] and millions(abs(cost[side].five_year_net)) in said[1]
        limit = re.escape(pounds(cost[side].switching_value, 1))
        assert re.search(rf"{limit}[^;.]*(\.\d[^;.]*)?; they put it at {own}, so it", text_of(view))
    assert "it would cost £5m a year on counties’ evidence or" in said[1] and "£111m behind or £101m ahead" in said[1]
    weakest = effects.care_load.weakest
    assert split.names[weakest.council] in said[2] and percent(weakest.spend_share) in said[2]
    assert weakest.too_close == ("too close to call" in said[2])
    assert all(split.names[c] in said[2] for c in weakest.rivals)
    told = {s.anchor: text_of(View("", sections=(s,))) for s in view.sections}
    assert percent(effects.boundary.crossing["commuting 2021"].share) in told["boundary"]
    widest = bars(effects, lens)[0]
    assert millions(max(widest.net_at_low, widest.net_at_high), plus=True) in told["cost"]


def test_the_stats_are_the_figures(real):
    view, effects = shown(real, real.split("surrey", "surrey-2ua"))
    nets = sorted(c.recurring_net for c in effects.costs.values())
    values = [s.value for s in view.stats]
    assert values[0] == f"{millions(nets[0], plus=True)} to {millions(nets[-1], plus=True)}"
    bears = [pounds(effects.costs[side].switching_value, 1) for side in ("county", "district")]
    assert values[2] == " and ".join(bears)
    assert values[3] == percent(effects.boundary.crossing["commuting 2021"].share)


def test_today_says_that_nothing_changes(real):
    view, _ = shown(real, real.split("surrey", "today"))
    said = " ".join(plain(s) for s in view.lede)
    assert "stays as it is" in said and "nothing is spent and nothing is saved" in said and "would" not in said[:60]


def test_one_council_says_that_nothing_is_divided(real):
    view, _ = shown(real, real.split("surrey", "single"))
    text = text_of(view)
    assert "No county is divided" in text and "nothing is split" in text


def test_a_proposal_has_its_own_published_case_beside_the_lenses(real):
    view, effects = shown(real, real.split("surrey", "surrey-2ua"))
    table = next(b for b in blocks(view) if isinstance(b, Table) and b.name == "published-cases")
    saving = next(r for r in table.rows if str(r[0]).startswith("Recurring net saving"))
    assert saving[2] == "£39.9m a year" and "districts’ side" in saving[1]
    near = effects.costs["district"].recurring_net
    assert saving[5] == f"{millions(near)} ({millions(near - 39.9, plus=True)})"


def test_a_drawn_split_says_that_no_case_was_published(real):
    facts = real.facts("surrey")
    drawn = make(facts, {a.code: "One" if i < 3 else "Two" for i, a in enumerate(facts.authorities)})
    text = text_of(shown(real, drawn)[0])
    assert "No published business case is held for this split" in text


def test_an_unfinished_split_reads_well(real):
    facts = real.facts("surrey")
    some = make(facts, {facts.authorities[0].code: "North"}, ("North", "South"))
    view, _ = shown(real, some)
    assert faults(text_of(view)) == []
    assert any("in no council yet" in w for w in view.warnings)
    nothing = Split(facts, some.authority * 0 + OUT, some.ward * 0 + OUT, ("North",))
    view, _ = shown(real, nothing)
    assert "No council has any residents yet" in plain(view.lede[0]) and len(view.sections) == 1


def test_changed_assumptions_and_partnerships_are_said(real):
    split = real.split("surrey", "surrey-2ua")
    service, model = real.conn.execute(
        "SELECT service_id, model_id FROM service_model JOIN partnership_model USING (model_id)"
        " WHERE excluded = 0 AND service_id = 'equipment' ORDER BY model_id"
    ).fetchone()
    view, effects = shown(
        real, split, assumptions={"county.delta": 58.0}, partnerships=(Partnership(service, model, (0, 1)),)
    )
    text = " ".join([text_of(view), *view.warnings])
    assert "were changed by the user" in text and "outside the published range" in text
    assert millions(effects.costs["middle"].recurring_net, plus=True) in text
    assert "Partnerships count only at the end" in text and "before any partnership" in text
    assert faults(text) == []


def test_a_change_that_an_older_version_took_is_left_out_and_said(real):
    view, effects = shown(real, real.split("surrey", "surrey-2ua"), assumptions={"middle.delta": 30.0, "county.r": 0.5})
    assert effects.costs["middle"] == shown(real, real.split("surrey", "surrey-2ua"))[1].costs["middle"]
    said = [n for n in effects.notes if "left out" in n]
    assert [n.split(" is ")[0] for n in said] == ["the change of county.r", "the change of middle.delta"]
    assert "halfway is always the mean of both sides" in text_of(view) + " ".join(view.warnings)


def test_the_same_scenario_gives_the_same_view_and_another_lens_another(real):
    split = real.split("surrey", "surrey-2ua")
    scenario = Scenario(split)
    effects = effects_of(real, scenario)
    first = page.view(real, scenario, effects)
    assert page.view(real, scenario, effects) is first
    assert page.view(real, replace(scenario, lens="county"), effects).key["lens"] == "county"
    dark = page.view(real, scenario, effects, theme="dark")
    assert [plain(s) for s in dark.lede] == [plain(s) for s in first.lede]


def test_the_contents_lead_to_every_section(real):
    view, _ = shown(real, real.split("surrey", "surrey-2ua"))
    assert [link.key for link in page.contents(view)] == [*(s.anchor for s in view.sections), "not-told"]


def test_a_tiny_area_by_hand(tiny):
    """Two councils of 200,000 from four like districts: everything is even and half of each flow crosses a line."""
    view, effects = shown(tiny, tiny.split("squares", "squares-2ua"))
    first = plain(view.lede[0])
    assert first.endswith("two: North and South, each of 200,000 people.")
    # Each district sends 1,000 to two neighbours and keeps 10,000: 4,000 of 48,000 cross.
    assert effects.boundary.crossing["commuting 2021"].share == pytest.approx(4_000 / 48_000)
    assert view.stats[3].value == "8%"
    assert faults(text_of(view)) == []


@pytest.mark.parametrize("area", ["surrey", "hampshire-solent", "lancashire"])
def test_the_page_runs_and_its_assumptions_can_be_changed_and_reset(area):
    from streamlit.testing.v1 import AppTest

    from lgrdata.reading import db

    app = AppTest.from_file(str(db.ROOT / "app.py"), default_timeout=90)
    app.query_params["area"] = area
    app.query_params["lens"] = "county"
    app.switch_page("pages/effects.py").run()
    assert not app.exception and app.title
    next(t for t in app.toggle if t.key == "assumptions_open").set_value(True).run()
    delta = next(n for n in app.number_input if n.key == "assumption_county.delta")
    assert delta.value == 14.8
    delta.set_value(20.0).run()
    assert not app.exception
    assert app.session_state["desk"].scenario.assumptions == {"county.delta": 20.0}
    assert "set" in app.query_params and any("Changed by you" in w.value for w in app.warning)
    next(n for n in app.number_input if n.key == "assumption_realisation").set_value(5.0).run()
    assert app.session_state["desk"].scenario.assumptions == {"county.delta": 20.0}
    assert any("makes no sense here" in w.value for w in app.warning)
    next(b for b in app.button if b.label == "Reset all assumptions").click().run()
    assert app.session_state["desk"].scenario.assumptions == {} and not app.exception


def test_counts_say_of_when_they_are_and_which_are_provisional(real):
    split = real.split("hampshire-solent", "hampshire-5ua-option1a")
    view, effects = shown(real, split)
    (table,) = [b for b in blocks(view) if isinstance(b, Table) and b.name == "people-in-care"]
    said = "Published counts: adults in long-term support, 31 Mar 2026 (provisional); looked-after children"
    assert plain(table.note).startswith(said) and "Jan 2025" in plain(table.note)
    beside = redraw.council_table(effects)
    (island,) = [[plain(cell) for cell in row] for row in beside.rows if plain(row[0]) == "5 Isle of Wight"]
    # The island is a council of today: its own counts, adults as the department's provisional release has them.
    assert island[4:6] == ["2,215 provisional", "258 published"] and said in plain(beside.note)


def test_a_divided_council_of_today_keeps_its_bill_and_says_where_each_ward_goes(real):
    proposals = [p.proposal_id for p in real.proposals("devon-plymouth-torbay")]
    splits = [s for p in proposals if (s := _known(real, p)) is not None and s.divided.any()]
    _, effects = shown(real, splits[0])
    split, f = effects.split, effects.facts
    rows = {plain(r[0]): r for r in district.section(real, effects).blocks[0].blocks[0].rows}
    for i in np.flatnonzero(split.divided):
        fold = district.wards(real, effects, int(i))
        every = district.section(real, effects).blocks[-1].blocks
        assert fold is not None and all(block in every for block in fold.blocks)
        # Only counts of parishes were published: no list of wards may read as the proposers' own.
        assert "On the map here: Only counts of parishes are known" in plain(fold.blocks[0].text)
        assert "may put a ward elsewhere" in plain(fold.blocks[0].text)
        told = {plain(r[0]): str(r[2]).split("; ") for r in fold.blocks[-1].rows}
        for w in f.wards_of[i]:
            assert f.wards[w].name in told[split.names[int(split.ward[w])]]
        assert sum(map(len, told.values())) == len(f.wards_of[i])
        bill = plain(rows[f.authorities[i].name][4])
        assert f"Band D is {bill} in" in district.band_d(effects, int(i)) or bill == "not known"
        assert plain(rows[f.authorities[i].name][6]) == "not known by part"
    assert all(district.wards(real, effects, int(i)) is None for i in np.flatnonzero(~split.divided))


def _known(real, proposal):
    try:
        return real.split("devon-plymouth-torbay", proposal)
    except LgrError:
        return None


def test_a_place_that_stays_a_council_of_its_own_is_told_that_little_changes(real):
    _, effects = shown(real, real.split("hampshire-solent", "hampshire-5ua-option1a"))
    i = [a.name for a in effects.facts.authorities].index("Isle of Wight")
    told = " ".join(district.sentences(effects, i))
    assert "it is with no other council, so no other bill meets it." in told and "charges the same" not in told
    assert told.endswith("Isle of Wight answers for social care itself and would go on doing so.")
    _, now = shown(real, real.split("surrey", "today"))
    for i in range(len(now.facts.authorities)):
        assert "paid one bill" not in " ".join(district.sentences(now, i)), "nothing changes"
    _, merged = shown(real, real.split("surrey", "surrey-2ua"))
    tax = district.band_d(merged, 0)
    assert re.search(
        r"is £[\d,]+ in 20\d\d-\d\d.*\. Across the new council bills were £[\d,]+ to £[\d,]+ that year; if everyone"
        r" paid one bill and it raised as much, that bill would be £[\d,]+, (as now|£\d+ a year (more|less))\.$", tax,
    ), tax  # fmt: skip
