"""Every rule can fail: a false claim planted for each is caught by that rule, and by a page that keeps it is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from claim_sums import SUMS
from claim_told import Page, Told
from claim_words import WORDS

from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Section, Stat, Table, View
from lgrdata.splits.scenario import Scenario

ONCE = "Under the halfway figures the one-off cost of £50m is paid back in year 3."
SAID: dict[str, tuple[str, ...]] = {
    "no_slips": ("A rate of nan in Surrey.", "Done..", "{name} saves.", "Two  spaces.", "None.", "+−3%", "£−0.2m", ""),
    "never_promised": ("It will save £3m.", "The optimal split.", "A loss of £3m.", "under the midpoint"),
    "one_and_many": ("In place of 1 councils.", "One directors", "Two council", "12 district"),
    "money_in_whole_millions": ("£0.3m a year", "a saving of £0m", "£12.45 once", "£2.5m"),
    "dividing_is_not_for_a_resident": ("£14.8 a resident, the cost of dividing county services in two",),
    "ranges_hold_their_value": ("4,100 (4,300 to 4,500)",),
    "spreads_rise": ("−£2m to −£7m", "£5m to £5m"),
    "growth_names_its_way": ("Residents grow by −3% to 2043.",),
    "two_sides_of_one_comparison_differ": ("about 35.1 for each 10,000 residents, against 35.1 in the area.",),
    "net_has_its_sign": (
        "a saving of £5m a year on the county side’s evidence",
        "It would save £5m a year on counties’ evidence or cost £34m a year on districts’.",
    ),
    "break_even_agrees_with_net": (
        "on the county side’s other figures £12.6, beside the £14.8 that it puts it at (it saves)",
        "on the county side’s other figures £13.6, beside the £14.8 that it puts it at (it does not save)",
    ),
    "one_figure_everywhere": ("Counties’ evidence: +£5m a year.",),
    "payback_is_the_sums": (ONCE,),
    "only_today_stays_as_it_is": ("These are today’s councils.", "Nothing changes.", "Surrey stays as it is."),
    "councils_are_counted": ("In place of 11 councils, Surrey would have three councils:", "Having one council fewer"),
    "published_range_is_the_published": ("Its published range alone takes the five-year net from −£99m to +£99m.",),
    "dates_are_recorded": ("Decided by 3 January 2031.",),
    "decisions_bear_their_own_date": ("Decided on 9 May 2025.",),
}
CARE = ("Adults: East", "12.2 (10.7 to 13.9)", "12.9", "1,000", "higher")
TABLES: dict[str, tuple[Table, ...]] = {
    "estimates_say_four_in_five": (Table("people-in-care", "People", ("", "n"), (("East", "410 (370 to 450)"),)),),
    "differences_add": (
        Table("crossing", "", ("", "After", "Today", "Change"), (("x", "14.3%", "0.1%", "+14.1 points"),)),
    ),
    "higher_or_lower_agrees": (Table("care-rates", "", ("", "Rate, 4 in 5", "Area", "For", "Against"), (CARE,)),),
    "above_or_below_agrees": (
        Table("size", "", ("", "Residents", "From"), (("East", "421,717", "78,300 above"),)),
        Table("size", "", ("", "Residents", "From"), (("East", "421,717", "88,300 below"),)),
    ),
    "sizes_add": (Table("size", "", ("", "Residents", "From"), (("East", "421,717", "78,300 below"),)),),
    "columns_add": (
        Table("three-lenses", "", ("", "Halfway"), (("Saved", "£9m"), ("Cost of", "£5m"), ("Net a year", "+£5m"))),
    ),
    "one_figure_everywhere": (
        Table("three-lenses", "", ("", "Counties’ evidence"), (("Net a year (plus: saves)", "+£5m"), ("Saved", "£5m"))),
    ),
    "payback_is_the_sums": (
        Table("three-lenses", "", ("", "Halfway"), (("Paid back by the end of", "year 29"), ("Net a year", "£0m"))),
    ),
    "one_label_has_one_figure": (
        Table("councils", "", ("", "Residents"), (("1 East", "421,717"), ("East", "421,718"))),
        Table("care", "", ("", "Children in need (4 in 5)"), (("1 East", "410 (370 to 450)"), ("East", "420"))),
    ),
    "changes_are_of_the_same_figures": (
        Table("changed", "", ("", "Then", "Now", "By"), (("In the end, a year, halfway", "£0m", "+£99m", "+£99m"),)),
    ),
    "shares_add": (
        Table("splitting-by-service", "", ("", "A year"), (("Adults", "£3m"), ("Children", "£3m")),
              note="A sharing-out of one figure, £7m, not evidence about each service."),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def surrey(real_db: Path) -> Iterator[Page]:
    dataset = Dataset(real_db)
    effects = effects_of(dataset, Scenario(dataset.split("surrey", "surrey-3ua")))
    yield Page("planted", View("Surrey"), effects, "middle", dataset, "surrey")
    dataset.close()


RULES = {rule.__name__: rule for rule in (*WORDS, *SUMS)}


def test_a_planted_fault_of_each_kind_is_caught(surrey: Page) -> None:
    for name, texts in SAID.items():
        for text in texts:
            assert list(RULES[name](replace(surrey, more=(Told("lede", text),)))), (name, text)
    for name, tables in TABLES.items():
        for table in tables:
            view = View("Surrey", sections=(Section("s", "S", "", (table,)),))
            assert list(RULES[name](replace(surrey, view=view))), (name, table)


def test_a_sum_that_contradicts_itself_is_caught(surrey: Page) -> None:
    effects, data = surrey.effects, surrey.dataset
    assert effects is not None and data is not None
    costs = effects.costs
    for name, wrong in {
        "break_even_agrees_with_net": replace(costs["county"], recurring_net=5.0),
        "payback_is_the_sums": replace(costs["county"], payback_years=1),
    }.items():
        planted = replace(effects, costs={**costs, "county": wrong})
        assert list(RULES[name](replace(surrey, effects=planted))), name
    services = replace(effects.services, value=effects.services.value * 1.1)
    planted = replace(effects, services=services)
    assert list(RULES["totals_of_care_add"](replace(surrey, effects=planted)))


def test_a_changed_figure_called_evidence_and_a_change_of_today_are_caught(surrey: Page) -> None:
    data = surrey.dataset
    assert data is not None
    changed = effects_of(data, Scenario(data.split("surrey", "surrey-3ua"), assumptions={"county.delta": 1.0}))
    for text in (
        "a saving of £5m a year on the county side’s evidence",
        "Under counties’ evidence",
        "Counties’ evidence",
    ):
        page = replace(surrey, effects=changed, more=(Told("lede", text),))
        assert list(RULES["evidence_only_as_published"](page)), text
    today = effects_of(data, Scenario(data.split("surrey", "today")))
    page = replace(surrey, effects=today, more=(Told("lede", "not within 30 years"),))
    assert list(RULES["nothing_of_today_is_a_change"](page))


def test_what_is_no_risk_is_caught_among_the_risks(surrey: Page) -> None:
    for text in (
        "Nothing new would be divided.",
        "Assumptions were changed by the user: 1 in all.",
        "6% of moves of home would cross between councils, against 9% between those that run care today.",
        "Its published range alone takes the five-year net from +£950m to +£990m.",
    ):
        page = replace(surrey, more=(Told("decision-risks", text),))
        assert list(RULES["risks_could_go_wrong"](page)), text
        assert not list(RULES["risks_could_go_wrong"](replace(surrey, more=(Told("decision-map", text),))))


def test_a_headline_that_differs_from_the_sums_is_caught(surrey: Page) -> None:
    stat = Stat("In the end, a year", "−£5m to +£34m", "halfway: +£99m; plus saves, minus costs")
    assert list(RULES["one_figure_everywhere"](replace(surrey, view=View("Surrey", stats=(stat,)))))


def test_no_rule_is_without_its_fault() -> None:
    elsewhere = {"risks_could_go_wrong"}
    elsewhere |= {"evidence_only_as_published", "nothing_of_today_is_a_change", "totals_of_care_add", "json_agrees"}
    assert RULES.keys() == SAID.keys() | TABLES.keys() | elsewhere
