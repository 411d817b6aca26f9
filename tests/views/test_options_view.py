"""The view of every option on the project's own dataset: words fit to read, figures equal to the effects."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from view_words import faults, text_of

from lgrdata.all_effects.effects import work_out
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.all_options.measures import BY_KEY
from lgrdata.all_options.options import Filters, frontier
from lgrdata.all_options.rank import rank
from lgrdata.core import words
from lgrdata.core.models import LgrError
from lgrdata.dataset import dataset as datasets
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Chart, Fold, Link, Picture, Table, View, plain
from lgrdata.reading.db import default_path
from lgrdata.splits.locked import Locks
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import make
from lgrdata.splits.splitcode import encode
from lgrdata.ui.options.controls import OptionsSettings, asked_of, groups_of
from lgrdata.views import desk
from lgrdata.views.compare.lines import care
from lgrdata.views.options import answer, page
from lgrdata.views.options.download import csv_of
from lgrdata.views.options.frontier import SHOWN, shown_rows
from lgrdata.views.options.listing import OptionsQuery, counts, frontier_of, listing, measure_split
from lgrdata.views.options.words import told, wards_rule, within

AREAS = ("surrey", "lancashire", "east-sussex-brighton")


@pytest.fixture(scope="module")
def data() -> Dataset:
    return datasets.current(default_path())


def scenario(data: Dataset, area: str, split: str = "") -> Scenario:
    return Scenario(split=data.split(area, split or data.proposals(area)[0].proposal_id))


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("councils", [1, 2, 3, 5])
def test_words_are_fit_to_read(data: Dataset, area: str, councils: int) -> None:
    made = page.view(data, scenario(data, area), councils)
    alts = [b.alt for s in made.sections for b in s.blocks if isinstance(b, Chart | Picture)]
    assert faults(text_of(made)) == [] and faults(" ".join(alts)) == []


def test_the_number_of_ways_is_told_in_words(data: Dataset) -> None:
    made = page.view(data, scenario(data, "surrey"), 3)
    assert plain(made.lede[0]).startswith("All 334 ways to make three connected councils")
    assert counts(data, scenario(data, "surrey"), Filters(), False)[3] == 334


@pytest.mark.parametrize("split", ["surrey-2ua", "surrey-3ua"])
def test_figures_equal_the_effects(data: Dataset, split: str) -> None:
    one = scenario(data, "surrey", split)
    effects = effects_of(data, one)
    made = page.view(data, one, x="commuting_crossing", y="five_year_net_middle")
    (chart,) = [b for s in made.sections for b in s.blocks if isinstance(b, Chart) and b.name == "options"]
    (row,) = [r for r in chart.table.rows if "yours" in plain(r[1])]
    assert row[2] == told(BY_KEY["commuting_crossing"], effects.boundary.crossing["commuting 2021"].share)
    assert row[3] == told(BY_KEY["five_year_net_middle"], effects.costs["middle"].five_year_net)


def charted(made: View, name: str) -> Chart:
    (chart,) = [b for s in made.sections for b in s.blocks if isinstance(b, Chart) and b.name.startswith(name)]
    return chart


def test_letters_that_would_overlap_stand_together(data: Dataset) -> None:
    # Three proposals of five councils for Hampshire lie within 10,000 residents and £4 million of each other.
    made = page.view(data, scenario(data, "hampshire-solent", "hampshire-5ua-option1"), 5)
    points = charted(made, "options").spec["layer"][2]["data"]["values"]
    assert [p["letter"] for p in points] == ["A", "B", "C"]
    assert [p["label"] for p in points] == ["A B C", "", ""]
    apart = page.view(data, scenario(data, "lancashire", "lancs-4ua"), 4)
    assert [p["label"] for p in charted(apart, "options").spec["layer"][2]["data"]["values"]] == ["A", "B"]
    strips = charted(made, "strips").spec["layer"][-1]["data"]["values"]
    for row in {s["row"] for s in strips}:
        at = sorted(s["at"] for s in strips if s["row"] == row)
        assert all(b - a >= 8 for a, b in itertools.pairwise(at))
        assert sorted(" ".join(s["letter"] for s in strips if s["row"] == row).split()) == ["A", "C"]


def test_each_frontier_option_listed_has_its_map(data: Dataset) -> None:
    made = page.view(data, scenario(data, "surrey"), 3)
    (section,) = [s for s in made.sections if s.anchor == "frontier"]
    (table,) = [b for b in section.blocks if isinstance(b, Table) and b.name == "frontier"]
    folded = [b for m in section.blocks if isinstance(m, Fold) for b in m.blocks]
    drawn = " ".join(b.svg for b in (*section.blocks, *folded) if isinstance(b, Picture))
    for n, row in enumerate(table.rows, start=1):
        assert plain(row[0]).startswith(f"Option\u00a0{n}") and f">Option {n}<" in drawn
        assert isinstance(row[-1], Link) and data.split("surrey", row[-1].key.partition("/")[2]).count == 3


def test_a_nearer_option_within_the_ranges_is_not_called_better(data: Dataset) -> None:
    asked = scenario(data, "nottinghamshire-nottingham", "notts-2ua-1b")
    better = "does better on one measure and worse on no other judged"
    told_of = {
        "need_balance_adults": f"What {better} is too close to call on that measure.",
        "need_balance_children": f"The nearest that {better} moves one authority.",
    }
    for key, lede in told_of.items():
        made = page.view(data, asked, 2, judged=(key,))
        (section,) = [s for s in made.sections if s.anchor == "nearer"]
        assert section.lede == lede
        close = "too close to call: the ranges of the estimates overlap" in text_of(made)
        assert close == (key == "need_balance_adults")


def test_every_option_is_counted_in_the_density(data: Dataset) -> None:
    made = page.view(data, scenario(data, "surrey"), 3)
    (chart,) = [b for s in made.sections for b in s.blocks if isinstance(b, Chart) and b.name == "options"]
    assert sum(cell["n"] for cell in chart.spec["layer"][0]["data"]["values"]) == 334


def test_the_chart_stays_small_for_the_largest_area(data: Dataset) -> None:
    made = page.view(data, scenario(data, "lancashire"), 6)
    (chart,) = [b for s in made.sections for b in s.blocks if isinstance(b, Chart) and b.name == "options"]
    assert len(json.dumps(chart.spec)) < 120_000
    assert sum(cell["n"] for cell in chart.spec["layer"][0]["data"]["values"]) == 113_255


def test_beside_a_place_of_any_size_stands_the_one_among_councils_about_as_large(data):
    """Thousands of options with tiny councils would put every even split last for money."""
    mine = scenario(data, "lancashire", "lancs-4ua")
    assert 300_000 <= min(mine.split.population[mine.split.in_use]) < 350_000
    assert page.view(data, mine).sections[0].lede.startswith("Among options with four councils of any size: ")
    said = page.of_like_size(data, mine, OptionsQuery(4))
    assert said == "Among the 201 with none under 300,000 residents: five-year net (halfway) too close to call"
    floor = Filters(smallest=300_000)
    among = page.view(data, mine, filters=floor).sections[0].lede
    assert among.startswith("Among options with four councils of 300,000 or more: ")
    assert page.of_like_size(data, mine, OptionsQuery(4, filters=floor)) == ""
    assert page.of_like_size(data, mine, OptionsQuery(3)) == ""


def test_impossible_filters_say_which_leaves_nothing(data: Dataset) -> None:
    made = page.view(data, scenario(data, "surrey"), 3, filters=Filters(smallest=2_000_000))
    assert "no council under 2,000,000 residents" in plain(made.lede[0])
    assert faults(text_of(made)) == []


def test_unknown_measures_and_numbers_are_refused(data: Dataset) -> None:
    one = scenario(data, "surrey")
    with pytest.raises(LgrError, match="no measure"):
        page.view(data, one, 3, x="beauty")
    with pytest.raises(LgrError, match="1 to 6"):
        page.view(data, one, 7)


def test_ferries_change_the_counts_and_the_rule(data: Dataset) -> None:
    one = scenario(data, "hampshire-solent", "hampshire-4ua")
    apart, joined = (counts(data, one, Filters(), f) for f in (False, True))
    assert joined[2] > apart[2]
    rules = [plain(b.text) for b in page.view(data, one, 4, ferries=True).sections[-1].blocks]
    assert "switched on" in rules[0] and "Isle of Wight" in rules[0]
    on, off = (wards_rule(one.split.facts, f) for f in (True, False))
    assert "switched on above" in on and "Open sea does not join" in off and "Isle of Wight" in on
    assert wards_rule(scenario(data, "surrey").split.facts, True) == ""


def test_the_frontier_shows_at_most_thirty_and_says_how_many_more(data: Dataset) -> None:
    one, asked = scenario(data, "lancashire"), OptionsQuery(4).checked()
    options = listing(data, one, asked)
    judged = options.available(asked.judged)
    rows = frontier_of(data, one, asked, asked.judged)
    assert np.array_equal(rows, frontier(options, asked.judged))
    shown = shown_rows(options, rows, judged)
    assert len(shown) <= SHOWN < len(rows) and set(shown) <= set(rows.tolist())
    for m in judged:
        assert options.rounded(m.key)[shown].min() == options.rounded(m.key)[rows].min()
    # No lopsided option leads the list, however well it does on money.
    assert (np.diff(options.rounded("size_spread")[shown]) >= 0).all()


def test_the_file_holds_every_option(data: Dataset) -> None:
    one, asked = scenario(data, "surrey"), OptionsQuery(3).checked()
    options = listing(data, one, asked)
    lines = csv_of(options, frontier_of(data, one, asked, asked.judged)).decode().splitlines()
    assert len(lines) == 335
    head, first = lines[0].split(","), lines[1].split(",")
    split = data.split("surrey", first[0])
    value = measure_split(options, split)["commuting_crossing"]
    assert float(first[head.index("commuting_crossing")]) == pytest.approx(value, abs=1e-6)


def test_settings_of_another_area_are_left_aside(data: Dataset) -> None:
    one = scenario(data, "surrey")
    bad = OptionsSettings(
        n="9", x="beauty", by="ugliness", min="lots", join="E06000008,E07000119", boards="X", ferries="1"
    )
    asked = asked_of(data, replace(one, lens="county"), bad)
    assert asked.filters == Filters() and not asked.ferries
    assert asked.councils == len(one.split.in_use) and asked.y == "five_year_net_county"
    assert asked.judged[0] == "five_year_net_county"


ELMBRIDGE, GUILDFORD, SPELTHORNE, WAVERLEY = "E07000207", "E07000209", "E07000213", "E07000216"


def test_groups_of_the_address_are_read(data: Dataset) -> None:
    one = scenario(data, "surrey")
    now = OptionsSettings(
        join=f"{ELMBRIDGE},{SPELTHORNE}.{GUILDFORD},{WAVERLEY},{GUILDFORD}.{ELMBRIDGE}..E06000008,{WAVERLEY}",
        apart=f"{ELMBRIDGE},{GUILDFORD}",
    )
    filters = asked_of(data, one, now).filters
    assert filters.together == ((ELMBRIDGE, SPELTHORNE), (GUILDFORD, WAVERLEY))
    assert filters.apart == ((ELMBRIDGE, GUILDFORD),)
    lede = plain(page.view(data, one, 3, filters=filters).lede[0])
    assert "Elmbridge and Spelthorne in one council; Guildford and Waverley in one council" in lede
    assert groups_of(",".join((ELMBRIDGE, SPELTHORNE)), {ELMBRIDGE, SPELTHORNE}) == ((ELMBRIDGE, SPELTHORNE),)


def test_groups_are_added_one_by_one_on_the_page() -> None:
    app = AppTest.from_file(Path(__file__).parents[2] / "app.py", default_timeout=60)
    app.query_params["area"] = "surrey"
    app.run()
    app.switch_page("pages/options.py")
    app.query_params["area"], app.query_params["n"] = "surrey", "3"
    app.run()
    app.multiselect(key="options_join_0").set_value([ELMBRIDGE, SPELTHORNE]).run()
    assert app.query_params["join"] == f"{ELMBRIDGE},{SPELTHORNE}"
    app.multiselect(key="options_join_1").set_value([GUILDFORD, WAVERLEY]).run()
    assert app.query_params["join"] == f"{ELMBRIDGE},{SPELTHORNE}.{GUILDFORD},{WAVERLEY}"
    app.multiselect(key="options_apart_0").set_value([ELMBRIDGE, GUILDFORD]).run()
    assert app.query_params["join"].count(".") == 1 and app.query_params["apart"] == f"{ELMBRIDGE},{GUILDFORD}"
    app.multiselect(key="options_join_0").set_value([]).run()
    assert app.query_params["join"] == f"{GUILDFORD},{WAVERLEY}"
    assert app.multiselect(key="options_join_0").value == [GUILDFORD, WAVERLEY]
    assert app.multiselect(key="options_join_1").value == []
    assert not app.exception


@pytest.mark.parametrize(
    ("area", "placed"), [("surrey", 0), ("surrey", 1), ("surrey", 5), ("hampshire-solent", 13), ("oxfordshire", 2)]
)
def test_an_unfinished_split_is_shown_and_asks_to_be_finished(data: Dataset, area: str, placed: int) -> None:
    facts = data.facts(area)
    members = [a.code for a, extra in zip(facts.authorities, facts.is_extra, strict=True) if not extra]
    split = make(facts, [(code, "AB"[n % 2]) for n, code in enumerate(members[:placed])])
    app = AppTest.from_file(Path(__file__).parents[2] / "app.py", default_timeout=60)
    app.query_params["area"] = area
    app.run()
    app.switch_page("pages/options.py")
    for key, value in {"area": area, "split": encode(split), "n": "2", "part": "wards"}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception and not app.error
    assert [i.value for i in app.info if "A search starts from a whole split" in i.value]


@pytest.mark.parametrize("area", AREAS)
def test_the_page_opens(area: str) -> None:
    app = AppTest.from_file(Path(__file__).parents[2] / "app.py", default_timeout=60)
    app.query_params["area"] = area
    app.run()
    app.switch_page("pages/options.py")
    for key, value in {"area": area, "n": "3"}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception and not app.error
    assert app.title[0].value == "Every option"
    assert app.query_params["n"] == "3"


@pytest.mark.parametrize(
    ("councils", "caption"), [(2, "Proposals with two councils, and yours"), (3, "Proposals with three councils")]
)
def test_the_table_of_marks_speaks_of_yours_only_where_yours_is_in_it(
    data: Dataset, councils: int, caption: str
) -> None:
    chart = charted(page.view(data, scenario(data, "surrey", "surrey-2ua"), councils), "options")
    assert chart.subtitle.startswith("Darker squares hold more options.")
    assert chart.table is not None and chart.table.caption == caption


@pytest.mark.parametrize(
    ("area", "split"), [("lancashire", "lancs-4ua"), ("leicestershire-leicester-rutland", "leics-2ua-city-expansion")]
)
def test_the_one_change_betters_the_split_and_worsens_nothing_judged(data: Dataset, area: str, split: str) -> None:
    one = scenario(data, area, split)
    asked = OptionsQuery(len(one.split.in_use)).checked()
    options = listing(data, one, asked)
    judged = options.available(asked.judged)
    found = answer.one_change(answer.nearest(options, one.split, judged))
    assert found is not None
    goal, near = found
    after = answer.changed(one.split, near)
    assert after.names == one.split.names and after.is_whole and encode(after) == options.codes(np.array([near.row]))[0]
    before, now = measure_split(options, one.split), measure_split(options, after)
    for m in judged:
        was, then = m.rounded(np.array([before[m.key], now[m.key]])).tolist()
        assert then < was if m.key == goal.key else then <= was, m.key
    told_of = text_of(page.view(data, one))
    others = [m for m in judged if m.key != goal.key]
    sure = words.joined([within(m) for m in others if m.key not in near.close])
    assert f"no worse: {sure}" in told_of and "nothing else" not in told_of
    assert all(f"{within(m)}." in told_of for m in others if m.key in near.close)
    assert "moves no authorities" not in told_of
    alone = "".join(str(getattr(part, "text", part)) for part in answer.unbeaten_told(
        replace(rank(options, one.split), dominated_by=0), len(judged)))  # fmt: skip
    assert f"No other split into {words.counted(len(one.split.in_use), 'council')} listed here is as good" in alone
    assert "not ranked against other numbers of councils: Compare sets them side by side." in alone
    _, offer = desk.placed(data, one, effects_of(data, one), Locks())
    assert offer is None or ("evenness of size" in offer.kept and set(offer.kept).isdisjoint(offer.worse))
    assert (offer is not None and "length of border cut" in offer.worse) or split != "lancs-4ua"
    # What the change makes worse and nobody judged is said beside it, as Compare has it.
    load = care([work_out(one.split.facts, s, data.assumptions) for s in (one.split, after)])[-1]
    said = "care against tax of the hardest pressed council, " + " to ".join(
        load.tell(f.value) for f in load.figures if f
    )
    assert (f"{said} times" in told_of) == (load.verdict_words(1) == "worse")
    for m in options.available():
        was, then = m.rounded(np.array([before[m.key], now[m.key]])).tolist()
        if m.key not in {j.key for j in judged} and m.lens is None and m.estimated is None and then > was:
            assert f"{within(m)}, {told(m, before[m.key])} to" in told_of or "other measures." in told_of, m
    for authority in (a for a, parted in zip(one.split.facts.authorities, one.split.divided, strict=True) if parted):
        assert f"{authority.name} whole in " in told_of


def test_what_nobody_judged_is_worse_where_compare_calls_it_worse(data: Dataset) -> None:
    one = scenario(data, "leicestershire-leicester-rutland", "leics-2ua-city-expansion")
    options = listing(data, one, OptionsQuery(2).checked())
    rows, guide, seen = options.rows(2), 500_000, set()
    for row in range(rows.start, rows.stop):
        found, after = answer.unjudged(options, one.split, row, []), options.split(row)
        load = care([work_out(one.split.facts, s, data.assumptions) for s in (one.split, after)])[-1]
        assert (found.load is not None) == (load.verdict_words(1) == "worse")
        least = [float(s.population[s.in_use].min()) for s in (one.split, after)]
        assert (found.smallest is not None) == (least[1] < guide <= least[0])
        told_of = answer.worse_told(options, found)
        assert ("care against tax" in told_of) == (found.load is not None)
        assert ("under the government’s guide of 500,000" in told_of) == (found.smallest is not None)
        seen |= {found.load is not None, found.smallest is not None and "smallest"}
    assert seen >= {True, "smallest"}


def test_the_floor_of_the_smallest_council_is_said_with_what_it_hides(data: Dataset) -> None:
    app = AppTest.from_file(Path(__file__).parents[2] / "app.py", default_timeout=60)
    app.query_params["area"] = "surrey"
    app.run()
    app.switch_page("pages/options.py")
    app.query_params["area"], app.query_params["split"], app.query_params["n"] = "surrey", "surrey-3ua", "3"
    app.run()
    assert any("No floor" in c.value for c in app.caption)
    app.selectbox(key="options_min").select(400_000).run()
    kept = counts(data, scenario(data, "surrey"), Filters(smallest=400_000), False)[3]
    hidden = f"The floor hides {334 - kept} of 334 options; yours is under it"
    assert app.query_params["min"] == "400000" and hidden in [c.value for c in app.caption]
    assert not app.exception and not app.error
