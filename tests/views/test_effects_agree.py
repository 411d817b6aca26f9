"""Figures that one page shows twice are the same twice, and a reader is told what looks odd about them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from view_words import text_of, unfolded

from lgrdata.all_effects.effects import Effects
from lgrdata.all_effects.of_scenario import effects_of, mended
from lgrdata.core.models import LgrError, Partnership
from lgrdata.core.words import millions, pounds
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Chart, Para, Section, Table, View, plain
from lgrdata.splits import address
from lgrdata.splits.scenario import Scenario
from lgrdata.views import break_even
from lgrdata.views.break_even import sides
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
    return next(b for b in unfolded(section(view, anchor).blocks) if isinstance(b, Chart) and b.name == name)


def test_the_gap_between_bills_is_that_of_the_bills_shown(seen) -> None:
    for view, _ in seen:
        for row in chart(view, "cost", "council-tax").table.rows:
            low, high, gap = (int(re.findall(r"£([\d,]+)$", plain(c))[0].replace(",", "")) for c in row[1:4])
            assert gap == high - low, row


def test_need_in_2043_is_the_same_in_the_title_and_in_the_table(seen) -> None:
    for view, effects in seen:
        held = unfolded(section(view, "forecast").blocks)
        table = next(b for b in held if isinstance(b, Table) and b.name == "need-by-council")
        title = chart(view, "forecast", "adults-ahead").title
        for row in table.rows[: min(3, len(effects.split.in_use))]:
            assert row[3] == "not known" or plain(row[3]) in title


def test_each_side_s_break_even_stands_beside_its_own_cost_and_agrees_with_its_net(seen) -> None:
    met = set()
    for view, effects in seen:
        told = " ".join(plain(b.text) for b in section(view, "cost").blocks if isinstance(b, Para))
        for side in sides(effects):
            net = effects.costs[side.lens].recurring_net
            met.add(net > 0)
            put = f"they put it at {pounds(side.own, 1)}, so it {'saves' if net > 0 else 'does not save'}."
            limit = f"(is|under) {pounds(side.break_even, 1)}( for each county resident, on [^;]*)?; "
            nothing = f"On {effects.lens_words[side.lens].own} it would not save even if that cost nothing."
            assert re.search(limit + re.escape(put), told) if side.break_even > 0 else nothing in told
    assert met == {True, False}


def test_the_two_ranges_of_the_one_off_cost_are_told_apart(seen) -> None:
    met = 0
    for view, effects in seen:
        for stat in (s for s in view.stats if s.label == "One-off cost"):
            band = [f"likely {millions(c.one_off_ends[0].one_off)} to {millions(c.one_off_ends[1].one_off)} by "
                    for c in effects.costs.values() if c.one_off_ends and c.one_off]  # fmt: skip
            assert not band or any(f"by whose evidence; {b}" in stat.note for b in band)
            met += bool(band)
    assert met


def test_a_split_that_releases_more_than_it_costs_is_said_to_save(seen) -> None:
    ledes = [plain(section(view, "cost").lede) for view, _ in seen]
    assert not any("estimated −" in lede or "£−" in lede or "−£" in lede for lede in ledes)
    assert any("saves £2m a year on the district side’s evidence" in lede for lede in ledes)


def test_alike_findings_are_told_once(seen) -> None:
    for view, _ in seen:
        said = re.findall(r"[^.:]+: too close to call between the councils\.", text_of(view))
        assert len(said) <= 1


def test_the_published_break_even_stands_beside_one_under_changed_assumptions(real_db) -> None:
    dataset = Dataset(real_db)
    effects = effects_of(dataset, Scenario(dataset.split("surrey", "surrey-2ua"), assumptions={"district.delta": 3.0}))
    _, note = break_even.short(effects)
    was = effects.costs_unchanged["district"].switching_value
    assert note.startswith("beside £14.8 (county side) and £3.0 (districts’, changed here;")
    assert f"£{was:.1f} beside £2.0 unchanged)" in note
    dataset.close()


def test_a_visitor_is_not_told_to_type_a_command(real_db) -> None:
    dataset = Dataset(real_db)
    with pytest.raises(LgrError, match="`python -m lgrdata proposals` lists them"):
        dataset.split("surrey", "qqq")
    _, messages = address.from_query(dataset.conn, dataset.facts, {"area": "surrey", "split": "qqq"})
    assert messages[0].startswith(
        "The address names a split that cannot be shown: no proposal is called “qqq”; the lists on this page hold those"
        " there are. "
    )
    dataset.close()


def test_each_partnership_left_out_is_told_whole(real_db) -> None:
    dataset = Dataset(real_db)
    named = (Partnership("one; two: three", "none", (0, 1)), Partnership("x", "y", (0, 1)))
    _, messages = mended(dataset, Scenario(dataset.split("surrey", "surrey-2ua"), partnerships=named))
    assert messages == [
        "A partnership was left out: there is no service “one; two: three”.",
        "A partnership was left out: there is no service “x” and there is no model “y”.",
    ]
    dataset.close()
