"""What is said of a figure is true of it: rounding, signs, sums, years beyond a chart, lines of a note, names alike."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from view_words import text_of, unfolded

from export.compare import comparison
from export.snapshot import snapshot
from lgrdata.all_effects.effects import work_out
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core import words
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.page import html
from lgrdata.page.blocks import Chart, Fold, Items, Table, plain
from lgrdata.splits.edits import give, moved_blocks
from lgrdata.splits.scenario import Answer, Scenario, as_dict, checksum
from lgrdata.views.compare import page as compare
from lgrdata.views.effects import cost
from lgrdata.views.effects import page as effects
from lgrdata.views.partnerships import page as partnerships

MADE = date(2026, 11, 30)


@pytest.fixture(scope="module")
def data() -> Dataset:
    return current()


def test_a_sum_below_a_million_is_told_with_its_side_and_nothing_as_nothing() -> None:
    told = {
        0.3: "under £1m",
        -0.3: "just below £0",
        0.5: "under £1m",
        0.0: "£0m",
        1e-9: "£0m",
        1.2: "£1m",
        -7.4: "−£7m",
    }
    for value, said in told.items():
        assert words.millions(value) == said
    assert [words.millions(v, plus=True) for v in (0.3, -0.3, 0.0, 4.2)] == [
        "just above £0",
        "just below £0",
        "£0m",
        "+£4m",
    ]
    assert words.per_year(0.3) == "a saving of under £1m a year" and words.per_year(0) == "neither saving nor cost"
    assert words.per_year(-0.2) == "a cost of under £1m a year"
    assert '<span class="nb">just below £0</span>' in html.words("just below £0")


def test_residents_over_a_million_are_rounded_one_way() -> None:
    for residents in (1_447_214, 1_234_567, 1_249_500):
        assert words.thousands(residents).replace("k", ",000") == words.people(residents)


def test_columns_that_do_not_add_say_so_and_no_others(data: Dataset) -> None:
    said = set()
    for area, proposal in (("surrey", "surrey-2ua"), ("surrey", "surrey-3ua"), ("norfolk", "norfolk-1ua"),
                           ("lancashire", "lancs-4ua"), ("lancashire", "lancs-5ua"), ("kent-medway", "kent-3a-3ua"),
                           ("worcestershire", "worcs-2ua"), ("suffolk", "suffolk-1ua")):  # fmt: skip
        found = effects_of(data, Scenario(data.split(area, proposal)))
        section = cost.section(data, found, "middle", "light")
        chart = next(b for b in unfolded(section.blocks) if isinstance(b, Chart) and b.name == "three-lenses")
        odd = False
        for column in range(1, 4):
            cells = {plain(r[0]): plain(r[column]) for r in chart.table.rows}
            saved, split, dearer, net = (
                next(number(cells[k]) for k in cells if k.startswith(name))
                for name in ("Saved", "Cost of splitting", "Dearer", "Net a year")
            )
            odd |= saved - split - dearer != net
        assert (words.NOT_ADDING in plain(chart.table.note)) == odd, proposal
        said.add(odd)
    assert said == {True, False}, "the cases show both"


def number(told: str) -> int:
    """The whole £m that a cell shows; 0 for a sum below one."""
    return 0 if "under" in told else int(re.sub(r"[£m+,]", "", told).replace("−", "-"))


def test_a_payback_beyond_the_chart_is_said_to_lie_there(data: Dataset) -> None:
    found = effects_of(data, Scenario(data.split("surrey", "surrey-2ua")))
    late = replace(found, costs={lens: replace(c, payback_years=13) for lens, c in found.costs.items()})
    title = cost._path(late, "middle", "light").title
    assert title.endswith("is paid back in year 13, after the ten years drawn here.")
    soon = replace(found, costs={lens: replace(c, payback_years=10) for lens, c in found.costs.items()})
    assert cost._path(soon, "middle", "light").title.endswith("is paid back in year 10.")
    # The diamond stands where the line comes back to nought, inside the year that words name.
    for one in (found, soon):
        for paid in one.costs_with_partnerships.values():
            at = cost.crossing(paid)
            assert (at is None) == (paid.payback_years is None or paid.payback_years > 10)
            assert at is None or paid.payback_years is None or paid.payback_years - 1 < at <= paid.payback_years


def test_a_rate_that_can_be_told_from_the_area_s_says_which_way(data: Dataset) -> None:
    found = effects_of(data, Scenario(data.split("lancashire", "lancs-4ua")))
    view = effects.view(data, Scenario(data.split("lancashire", "lancs-4ua")), found)
    chart = next(b for s in view.sections for b in unfolded(s.blocks) if getattr(b, "name", "") == "care-rates")
    ways = {plain(r[4]) for r in chart.table.rows}
    assert ways <= {"too close to call", "higher", "lower", "as the area"} and {"higher", "lower"} & ways
    for row in chart.table.rows:
        rate, area = (float(plain(row[i]).split()[0].replace(",", "")) for i in (1, 2))
        if plain(row[4]) in ("higher", "lower"):
            assert (rate > area) == (plain(row[4]) == "higher"), row


def test_two_councils_of_one_name_are_told_apart_by_whom_a_district_leaves_and_joins(data: Dataset) -> None:
    four, two = data.split("lancashire", "lancs-4ua"), data.split("lancashire", "lancs-2ua")
    (chorley,) = (row for row in moved_blocks(four, two) if row[0] == "Chorley")
    assert chorley[1] == "South Lancashire, which stays together"
    assert chorley[2].startswith("South Lancashire, with Blackburn with Darwen, Burnley, ")
    view = compare.view(data, [Scenario(four), Scenario(two)], ["Four", "Two"])
    (moves,) = [s for s in view.sections if s.anchor == "moves"]
    told = [plain(i) for b in moves.blocks if isinstance(b, Items) for i in b.items]
    assert "Blackpool, Fylde and Wyre leave Fylde Coast for North Lancashire." in told
    joined = "Blackburn with Darwen, Burnley, Hyndburn, Pendle and Rossendale"
    stays = f"Chorley, South Ribble and West Lancashire join {joined}."
    assert stays in told and not any("leave none" in t for t in told)
    rows = [r for b in moves.blocks if isinstance(b, Fold) for c in b.blocks if isinstance(c, Table) for r in c.rows]
    assert rows and all(r[1] != r[2] for r in rows)


def test_council_names_that_did_not_change_hands_stay_plain(data: Dataset) -> None:
    start = data.split("surrey", "surrey-2ua")
    code = start.facts.authorities[0].code
    home = int(start.authority[0])
    ((_, then, now),) = moved_blocks(start, give(start, [code], 1 - home))
    assert (then, now) == (start.names[home], start.names[1 - home])


def test_lines_of_notes_are_kept_on_screen_and_in_a_snapshot(data: Dataset) -> None:
    answers = {"3.5.1": Answer(True, "One.\nTwo."), "criterion 1a": Answer(False, "Three.\nFour.")}
    scenario = Scenario(data.split("surrey", "surrey-2ua"), note="First line.\nSecond line.", answers=answers)
    page = snapshot(data, scenario, made=MADE).decode()
    for first, second in (("First line.", "Second line."), ("One.", "Two.")):
        assert re.search(rf"{first}<br/>\s*{second}", page), first
    view = partnerships.view(data, scenario, effects_of(data, scenario))
    shown = "".join(html.section(s, lambda _: None, lambda _: "", lambda _: "") for s in view.sections)
    assert re.search(r"One\.<br/>\s*Two\.", shown) and re.search(r"Three\.<br/>\s*Four\.", shown)


def test_the_checksum_printed_is_that_of_the_scenario_and_says_so(data: Dataset) -> None:
    scenarios = [Scenario(data.split("surrey", s)) for s in ("surrey-2ua", "surrey-3ua")]
    for page in (snapshot(data, scenarios[0], made=MADE), comparison(data, scenarios, made=MADE)):
        text = page.decode()
        assert "Checksum of this file" not in text
        printed = re.findall(r'Checksum of the scenario inside \(SHA-256\): <span class="code">([0-9a-f]{64})', text)
        assert printed == [checksum(as_dict(s)) for s in scenarios[: len(printed)]] and printed


def test_payback_is_worded_as_payback(data: Dataset) -> None:
    scenario = Scenario(data.split("surrey", "surrey-3ua"))
    told = text_of(partnerships.view(data, scenario, effects_of(data, scenario)))
    assert "running total positive" not in told and re.search(r"paid back in year \d|not paid back within 30", told)
    today = work_out(scenario.split.facts, data.split("surrey", "today"), data.assumptions)
    assert all(c.payback_years is None for c in today.costs.values())
