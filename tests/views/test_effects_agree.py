"""Figures that one page shows twice are the same twice, and a reader is told what looks odd about them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from view_words import text_of

from lgrdata.all_effects.effects import Effects
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Chart, Section, Table, View, plain
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.messages import told
from lgrdata.views import redraw
from lgrdata.views.effects import page

AREAS = ("norfolk", "leicestershire-leicester-rutland", "kent-medway", "oxfordshire", "sussex", "lancashire")


@pytest.fixture(scope="module")
def seen(real_db) -> Iterator[list[tuple[View, Effects]]]:
    dataset, out = Dataset(real_db), []
    for area in AREAS:
        for text in ("single", *(p.proposal_id for p in dataset.proposals(area))):
            try:
                scenario = Scenario(dataset.split(area, text))
            except LgrError:
                continue  # a proposal whose map is not known
            effects = effects_of(dataset, scenario)
            out.append((page.view(dataset, scenario, effects), effects))
    yield out
    dataset.close()


def section(view: View, anchor: str) -> Section:
    return next(s for s in view.sections if s.anchor == anchor)


def chart(view: View, anchor: str, name: str) -> Chart:
    return next(b for b in section(view, anchor).blocks if isinstance(b, Chart) and b.name == name)


def test_the_gap_between_bills_is_that_of_the_bills_shown(seen) -> None:
    for view, _ in seen:
        for row in chart(view, "cost", "council-tax").table.rows:
            low, high, gap = (int(re.findall(r"£([\d,]+)$", plain(c))[0].replace(",", "")) for c in row[1:4])
            assert gap == high - low, row


def test_need_in_2043_is_the_same_in_the_title_and_in_the_table(seen) -> None:
    for view, effects in seen:
        table = next(
            b for b in section(view, "forecast").blocks if isinstance(b, Table) and b.name == "need-by-council"
        )
        title = chart(view, "forecast", "adults-to-2043").title
        for row in table.rows[: min(3, len(effects.split.in_use))]:
            assert row[3] == "not known" or plain(row[3]) in title


def test_the_middle_lens_outside_both_sides_is_explained_wherever_it_happens(seen) -> None:
    met = set()
    for view, effects in seen:
        nets = {x: round(c.recurring_net) for x, c in effects.costs_with_partnerships.items()}
        sides = sorted((nets["county"], nets["district"]))
        outside = not sides[0] <= nets["middle"] <= sides[1]
        met.add(outside)
        for text in (" ".join(map(plain, view.lede)), plain(redraw.money_table(effects).note)):
            assert ("takes the midpoint of each input and not of the two results" in text) == outside
    assert met == {True, False}


def test_a_split_that_releases_more_than_it_costs_is_said_to_save(seen) -> None:
    ledes = [plain(section(view, "cost").lede) for view, _ in seen]
    assert not any("estimated −" in lede or "£−" in lede or "−£" in lede for lede in ledes)
    assert any("saves £2m a year on the district side’s evidence" in lede for lede in ledes)


def test_alike_findings_are_told_once(seen) -> None:
    for view, _ in seen:
        said = re.findall(r"[^.:]+: too close to call between the councils\.", text_of(view))
        assert len(said) <= 1


def test_the_evidence_beside_the_switching_value_stays_when_assumptions_are_changed(real_db) -> None:
    dataset = Dataset(real_db)
    effects = effects_of(dataset, Scenario(dataset.split("surrey", "surrey-2ua"), assumptions={"district.delta": 3.0}))
    was = effects.costs_unchanged["middle"].switching_value
    note = redraw.stats(effects, "middle")[2].note
    assert note == (f"a resident a year (£{was:.1f} unchanged); evidence £2.0 to £14.8, changed here to £3.0 to £14.8")
    dataset.close()


def test_a_visitor_is_not_told_to_type_a_command() -> None:
    assert told("no proposal is called “x”; `python -m lgrdata proposals` lists them.") == (
        "no proposal is called “x”; the lists on this page hold those there are."
    )
