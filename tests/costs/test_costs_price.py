"""Every formula of the cost model on areas small enough to work out on paper; the working stands beside the figures."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from drawn_costs import assumptions, by_number, two_counties
from drawn_facts import grid

from lgrdata.costs import price
from lgrdata.splits.split import make, single, today

COUNTY = assumptions()


def test_two_by_two_in_two_councils() -> None:
    """400,000 residents, four districts, two councils of 200,000: county lens."""
    facts = grid(2, 2)
    cost = price.price(facts, by_number(facts, "NNSS"), COUNTY)["county"]
    assert cost.aggregation_saving == pytest.approx(15)  # 1 x £5m x (1 county + 4 districts - 2)
    assert cost.disaggregation_cost == pytest.approx(4)  # £10 x 0.4m residents x 1
    # £2 x 2 councils x 200,000 people x 2 hundred thousands fewer than the county's 400,000 = £1.6m
    assert cost.purchasing_scale == pytest.approx(1.6)
    assert cost.recurring_net == pytest.approx(9.4)  # 15 - 4 - 1.6
    assert cost.one_off == pytest.approx(21)  # £2m x 5 + £7m x 1 + £10 x 0.4m
    # year -1: -8.4; 1: 7.5 - 5.6 - 8.4; 2: 11.25 - 5.6 - 4.2; then 9.4 each
    assert [y.net for y in cost.path[:4]] == pytest.approx([-8.4, -6.5, 1.45, 9.4])
    assert [y.year for y in cost.path] == [-1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert cost.five_year_net == pytest.approx(14.75)  # 15 x (0.5 + 0.75 + 3) - 5 x 5.6 - 21
    assert cost.payback_years == 4  # running total -8.4, -14.9, -13.45, -4.05, +5.35
    assert cost.switching_value == pytest.approx(33.5)  # (15 - 1.6) / 0.4m residents
    assert cost.leadership_memo == pytest.approx(2)  # one more upper-tier council, £2m


def test_net_present_value_by_hand() -> None:
    facts = grid(2, 2)
    cost = price.price(facts, by_number(facts, "NNSS"), COUNTY)["county"]
    # The whole one-off at year 0; £9.4m a year for ten years, less what the ramp holds back in years 1 and 2.
    ten_years = (1 - 1.035**-10) / 0.035
    assert ten_years == pytest.approx(8.3166, abs=1e-4)
    assert cost.npv_10 == pytest.approx(-21 + 9.4 * ten_years - 7.5 / 1.035 - 3.75 / 1.035**2)


def test_lenses_take_their_own_numbers() -> None:
    facts = grid(2, 2)
    found = price.price(facts, by_number(facts, "NNSS"), COUNTY)
    assert list(found) == ["county", "middle", "district"]
    assert found["middle"].recurring_net == pytest.approx(4.5 * 3 - 6 * 0.4 - 0.8)
    assert found["district"].recurring_net == pytest.approx(4 * 3 - 2 * 0.4)
    assert found["district"].one_off == pytest.approx(2 * 5 + 6)


def test_three_by_three_with_a_unitary_merged() -> None:
    """Eight districts of a county of 800,000, and a unitary of 100,000 merged into the third of three councils."""
    facts = grid(3, 3, unitaries=[8])
    split = make(facts, [(a.code, "ABC"[_old(a.code) // 3]) for a in facts.authorities])
    given = price.inputs(facts, split)
    assert (given.n_old, given.n_new, given.j_abs, given.j_on) == (10, 3, 1, 0)
    assert [c.pieces for c in given.counties] == [3]
    cost = price.price(facts, split, COUNTY)["county"]
    assert cost.aggregation_saving == pytest.approx(35)  # 5 x (10 - 3)
    # £10 x 0.8m x (1 + 1/sqrt 2) less £2m of leadership at the unitary that goes
    assert cost.disaggregation_cost == pytest.approx(8 * (1 + 1 / sqrt(2)) - 2)
    # today's size: (0.8 x 0.8 + 0.1 x 0.1) / 0.9m; so sum of P x (size - P) = 0.65 - 3 x 0.3 x 0.3 = 0.38
    assert cost.purchasing_scale == pytest.approx(2 * 0.38 * 10)
    assert cost.one_off == pytest.approx(2 * 10 + 7 * 2 + 10 * 0.8)
    assert cost.leadership_memo == pytest.approx(2)  # three upper tiers for two: £2m x (3 - 1 - 1)
    # The £2m of leadership released bears £2m more of splitting.
    assert cost.switching_value == pytest.approx((35 - 7.6 + 2) / (0.8 * (1 + 1 / sqrt(2))))


def _old(code: str) -> int:
    return int(code[-1])


def test_a_unitary_that_carries_on_has_nothing_to_merge_or_split() -> None:
    facts = grid(3, 3, unitaries=[8])
    split = make(facts, [(a.code, "U" if a.tier == "unitary" else "NS"[_old(a.code) > 3]) for a in facts.authorities])
    given = price.inputs(facts, split)
    assert (given.n_old, given.n_new, given.j_abs, given.j_on) == (10, 3, 0, 1)
    cost = price.price(facts, split, COUNTY)["county"]
    assert cost.disaggregation_cost == pytest.approx(8)  # £10 x 0.8m, nothing released
    assert cost.one_off == pytest.approx(2 * 9 + 7 * 1 + 10 * 0.8)


def test_one_council_for_the_county_beside_a_unitary() -> None:
    """The same grouping as today, but drawn: the districts join the county, so it is a change."""
    facts = grid(3, 3, unitaries=[8])
    split = make(facts, [(a.code, a.tier) for a in facts.authorities])
    assert split == today(facts)
    cost = price.price(facts, split, COUNTY)["county"]
    assert cost.aggregation_saving == pytest.approx(40)  # 5 x (10 - 2)
    assert cost.disaggregation_cost == 0
    assert cost.purchasing_scale == pytest.approx(0)
    assert cost.one_off == pytest.approx(2 * 9)  # nine merge; no extra council; nothing split
    assert cost.switching_value is None


def test_one_council_for_everything() -> None:
    facts = grid(3, 3, unitaries=[8])
    cost = price.price(facts, single(facts), COUNTY)["county"]
    assert cost.aggregation_saving == pytest.approx(45)
    assert cost.disaggregation_cost == pytest.approx(-2)  # one leadership team fewer
    assert cost.purchasing_scale == pytest.approx(2 * (0.65 - 0.81) * 10)  # larger than today: cheaper
    assert cost.recurring_net == pytest.approx(45 + 2 + 3.2)
    assert cost.one_off == pytest.approx(20)
    assert cost.switching_value is None


@pytest.mark.parametrize("unitaries", [[], [8], [0, 4, 8]])
def test_today_costs_nothing_and_saves_nothing(unitaries: list[int]) -> None:
    facts = grid(3, 3, unitaries=unitaries)
    for cost in price.price(facts, today(facts), COUNTY).values():
        assert (cost.recurring_net, cost.one_off, cost.five_year_net, cost.npv_10) == (0, 0, 0, 0)
        assert (cost.aggregation_saving, cost.disaggregation_cost, cost.purchasing_scale) == (0, 0, 0)
        assert cost.payback_years is None and cost.switching_value is None
        assert all(y.net == 0 and y.running_total == 0 for y in cost.path)


def test_unitaries_alone_that_all_carry_on_change_nothing() -> None:
    facts = grid(1, 2, unitaries=[0, 1])
    assert price.price(facts, by_number(facts, "AB"), COUNTY)["county"].one_off == 0


def test_two_counties_are_summed() -> None:
    facts = two_counties()
    crossing = by_number(facts, "WEWE")
    assert [c.pieces for c in price.inputs(facts, crossing).counties] == [2, 2]
    cost = price.price(facts, crossing, COUNTY)["county"]
    assert cost.aggregation_saving == pytest.approx(20)  # 5 x (2 counties + 4 districts - 2)
    assert cost.disaggregation_cost == pytest.approx(10 * 0.2 + 10 * 0.2)
    assert cost.purchasing_scale == pytest.approx(0)  # 200,000 before and after
    assert cost.one_off == pytest.approx(2 * 6 + 7 * 1 + 10 * 0.4)
    assert cost.leadership_memo == pytest.approx(4)
    whole = price.price(facts, by_number(facts, "NNSS"), COUNTY)["county"]
    assert whole.disaggregation_cost == 0 and whole.switching_value is None
    assert whole.one_off == pytest.approx(2 * 6 + 7)  # nothing is split


def test_an_authority_outside_the_invitation_counts_only_where_taken_in() -> None:
    facts = grid(3, 3, unitaries=[8], is_extra=np.array([True] + [False] * 8))
    assert facts.authorities[0].tier == "unitary"  # codes of unitaries sort first
    out = price.inputs(facts, by_number(facts, ".NNNNSSSS"))
    assert (out.n_old, out.n_new, out.j_abs, out.j_on) == (9, 2, 0, 0)
    assert out.today == (800_000,)
    taken = price.inputs(facts, by_number(facts, "NNNNNSSSS"))
    assert (taken.n_old, taken.n_new, taken.j_abs, taken.j_on) == (10, 2, 1, 0)
    assert sorted(taken.today) == [100_000, 800_000]
    alone = price.inputs(facts, by_number(facts, "UNNNNSSSS"))
    assert (alone.n_old, alone.n_new, alone.j_abs, alone.j_on) == (10, 3, 0, 1)
    assert price.price(facts, today(facts), COUNTY)["county"].one_off == 0


def test_a_unitary_divided_by_wards_is_abolished() -> None:
    facts = grid(3, 3, unitaries=[8])
    wards = [w.code for w in facts.wards if w.authority_code == "E06000998"]
    rows = [(a.code, "NS"[i > 4]) for i, a in enumerate(facts.authorities)] + [(w, "S") for w in wards[:2]]
    given = price.inputs(facts, make(facts, rows))
    assert (given.n_old, given.j_abs, given.j_on) == (10, 1, 0)
    assert given.divided_unitaries == ("Unitary 8",)
    assert given.populations == (450_000, 450_000)


@pytest.mark.parametrize(("people", "pieces"), [(3_999, 1), (4_000, 2)])
def test_a_piece_counts_from_one_per_cent_of_the_county(people: int, pieces: int) -> None:
    """Council S has one ward of a county of 400,000, and a unitary."""
    facts = grid(1, 5, unitaries=[4])
    wards = np.zeros_like(facts.ward_residents)
    wards[::4] = facts.residents
    ward = int(np.flatnonzero(facts.ward_authority == 1)[1])
    wards[ward, 2] = people
    wards[ward - 1, 2] -= people
    facts = grid(1, 5, unitaries=[4], ward_residents=wards)
    rows = [(a.code, "S" if a.tier == "unitary" else "N") for a in facts.authorities]
    split = make(facts, [*rows, (facts.wards[ward].code, "S")])
    given = price.inputs(facts, split)
    assert [c.pieces for c in given.counties] == [pieces]
    assert given.j_abs == 1  # its border moved
    assert sum(given.populations) == 500_000


def test_wards_weigh_as_their_residents() -> None:
    facts = grid(2, 2)
    rows = [(a.code, "N" if i < 2 else "S") for i, a in enumerate(facts.authorities)]
    split = make(facts, [*rows, (facts.wards[0].code, "S")])
    given = price.inputs(facts, split)
    assert given.populations == (175_000, 225_000)
    # £2 x sum of P x (400,000 - P): 0.175 x 0.225 twice, in millions squared, x 10 hundred thousands
    assert price.price(facts, split, COUNTY)["county"].purchasing_scale == pytest.approx(2 * 2 * 0.175 * 0.225 * 10)


@pytest.mark.parametrize("councils", ["....", "A...", "AB..", "A.B.", "ABCD", ".ABC"])
def test_an_unfinished_split_is_priced_for_what_is_placed(councils: str) -> None:
    facts = grid(2, 2)
    split = by_number(facts, councils)
    given = price.inputs(facts, split)
    placed = sum(c != "." for c in councils)
    assert given.n_new == len(set(councils) - {"."})
    assert given.n_old == (placed + 1 if placed else 0)
    for cost in price.price(facts, split, COUNTY).values():
        assert np.isfinite([cost.recurring_net, cost.one_off, cost.five_year_net, cost.npv_10]).all()


def test_a_council_without_blocks_is_not_counted() -> None:
    facts = grid(2, 2)
    rows = [(a.code, "N" if i < 2 else "S") for i, a in enumerate(facts.authorities)]
    empty = make(facts, rows, names=("Empty", "N", "S", "Also empty"))
    assert price.price(facts, empty, COUNTY) == price.price(facts, make(facts, rows), COUNTY)


def test_payback_is_none_where_it_never_comes() -> None:
    facts = grid(2, 2)
    dear = assumptions({"county.delta": 60})  # 60 x 0.4 = 24 a year, against a saving of 15
    cost = price.price(facts, by_number(facts, "NNSS"), dear)["county"]
    assert cost.recurring_net == pytest.approx(15 - 24 - 1.6)
    assert cost.payback_years is None
    slow = assumptions({"county.delta": 32})  # 15 - 12.8 - 1.6 = 0.6 a year against 21 and a slow start: over 30 years
    cost = price.price(facts, by_number(facts, "NNSS"), slow)["county"]
    assert cost.recurring_net == pytest.approx(0.6)
    assert cost.payback_years is None


def test_the_overrun_swells_the_one_off_cost() -> None:
    facts = grid(2, 2)
    cost = price.price(facts, by_number(facts, "NNSS"), assumptions({"transition_overrun": 1.5}))["county"]
    assert cost.one_off == pytest.approx(31.5)


def test_councils_beyond_the_cap_buy_no_cheaper() -> None:
    facts = grid(2, 2)
    # At a cap of 150,000 both the county (400,000) and the councils (200,000) stand at the cap: no difference.
    cost = price.price(facts, by_number(facts, "NNSS"), assumptions({"pop_cap": 150_000}))["county"]
    assert cost.purchasing_scale == pytest.approx(0)
    # At 300,000 the county counts as 300,000: £2 x 400,000 x 1 hundred thousand fewer.
    cost = price.price(facts, by_number(facts, "NNSS"), assumptions({"pop_cap": 300_000}))["county"]
    assert cost.purchasing_scale == pytest.approx(0.8)


def test_a_name_of_today_on_another_grouping_is_priced_as_what_it_is() -> None:
    facts = grid(2, 2)
    rows = [(a.code, "N" if i < 2 else "S") for i, a in enumerate(facts.authorities)]
    edited = make(facts, rows, proposal="today")
    assert price.price(facts, edited, COUNTY) == price.price(facts, make(facts, rows), COUNTY)


def test_caveats_say_what_the_price_leaves_out() -> None:
    facts = grid(3, 3, unitaries=[8])
    assert price.caveats(price.inputs(facts, by_number(facts, "NNNNNSSSS"))) == ()
    assert price.caveats(price.inputs(facts, today(facts))) == ()
    assert price.caveats(price.inputs(grid(2, 2), by_number(grid(2, 2), "NNSS"))) == ()
    unfinished, *_ = price.caveats(price.inputs(facts, by_number(facts, "NNNNNSSS.")))
    assert "so far" in unfinished
    wards = [w.code for w in facts.wards if w.authority_code == "E06000998"]
    rows = [(a.code, "NS"[i > 4]) for i, a in enumerate(facts.authorities)] + [(w, "S") for w in wards[:2]]
    divided, *_ = price.caveats(price.inputs(facts, make(facts, rows)))
    assert divided.startswith("Unitary 8 is divided")
    two = two_counties()
    assert "two counties" in price.caveats(price.inputs(two, by_number(two, "WEWE")))[0]
    assert price.caveats(price.inputs(two, by_number(two, "NNSS"))) == ()
