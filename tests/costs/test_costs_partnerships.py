"""Partnerships in the price: what they avoid, what they cost, and when they do not count."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drawn_costs import assumptions, by_number
from drawn_facts import grid

from lgrdata.costs import price
from lgrdata.costs.price import PartnershipTerm
from lgrdata.splits.split import single

FACTS = grid(2, 2)
SPLIT = by_number(FACTS, "NNSS")  # splitting costs £4m a year, purchasing £1.6m, under the county lens
HALF = PartnershipTerm("leadership", share=0.5, kind="duplication", effect=0.6, coverage=0.5)


def _cost(*terms: PartnershipTerm) -> price.LensCost:
    return price.price(FACTS, SPLIT, assumptions(), terms)["county"]


def test_one_partnership() -> None:
    cost = _cost(replace(HALF, run_cost=0.1, setup_cost=1.0))
    assert cost.partnership_saving == pytest.approx(0.6)  # 0.6 x 0.5 of £2m, half of the £4m
    assert cost.disaggregation_cost == pytest.approx(4)  # before partnerships
    assert cost.recurring_net == pytest.approx(9.4 + 0.6 - 0.1)
    assert cost.one_off == pytest.approx(22)
    assert cost.partnership_run == pytest.approx(0.1) and cost.partnership_setup == pytest.approx(1)
    assert [y.partnership for y in cost.path[:2]] == pytest.approx([0, 0.5])
    assert cost.five_year_net == pytest.approx(14.75 + 5 * 0.5 - 1)


def test_partnerships_on_one_service_multiply_and_stop_at_four_fifths() -> None:
    second = replace(HALF, effect=0.5, coverage=1.0)
    assert _cost(HALF, second).partnership_saving == pytest.approx(2 * (1 - 0.7 * 0.5))
    strong = replace(HALF, effect=0.9, coverage=1.0)
    assert _cost(strong, strong).partnership_saving == pytest.approx(2 * 0.8)
    assert _cost(strong).partnership_saving == pytest.approx(2 * 0.8)


def test_partnerships_on_two_services_add() -> None:
    other = replace(HALF, service_id="placements", share=0.25)
    assert _cost(HALF, other).partnership_saving == pytest.approx(0.6 + 0.3)


def test_buying_together() -> None:
    """A fifth of placements bought for 400,000: each council buys as one of 240,000 would."""
    buy = PartnershipTerm("placements", 1.0, "buying", effect=0.5, coverage=0.4, joint_population=400_000)
    # £2 x 400,000 x 1.6 hundred thousands = £1.28m, £0.32m less than alone
    assert _cost(buy).partnership_saving == pytest.approx(0.32)
    assert _cost(replace(buy, members=(0,))).partnership_saving == pytest.approx(0.16)
    assert _cost(replace(buy, share=0.5)).partnership_saving == pytest.approx(0.16)
    assert _cost(buy).purchasing_scale == pytest.approx(1.6)  # before partnerships
    assert _cost(replace(buy, joint_population=0.0)).partnership_saving == pytest.approx(0)


def test_partnerships_move_the_break_even_by_hand() -> None:
    """Without: (15 - 1.6) / 0.4m. A shared half of 60% x 50% leaves 0.85 of the cost; £0.1m runs it."""
    assert _cost().switching_value == pytest.approx(13.4 / 0.4)
    assert _cost(replace(HALF, run_cost=0.1)).switching_value == pytest.approx((13.4 - 0.1) / 0.85 / 0.4)
    # Where nothing is left to spend on splitting, there is no duplication to avoid either: -20 is not divided.
    assert _cost(replace(HALF, run_cost=33.4)).switching_value == pytest.approx(-20 / 0.4)


def test_all_services_together_are_never_shared_by_more_than_four_fifths() -> None:
    strong = [replace(HALF, service_id=s, share=0.7, effect=1, coverage=1) for s in ("leadership", "workforce")]
    assert _cost(*strong).partnership_saving == pytest.approx(0.8 * 4)


def test_the_trust_is_never_counted() -> None:
    trust = replace(HALF, effect=0.8, run_cost=1.0, setup_cost=1.0, excluded=True)
    assert _cost(trust) == _cost()


def test_an_effect_below_zero_adds_no_cost_of_its_own() -> None:
    assert _cost(replace(HALF, effect=-0.3)) == _cost()


def test_kind_none_has_its_costs_and_no_saving() -> None:
    cost = _cost(replace(HALF, kind="none", run_cost=0.2))
    assert cost.partnership_saving == 0
    assert cost.recurring_net == pytest.approx(9.4 - 0.2)


def test_nothing_counts_where_nothing_is_split() -> None:
    one = single(FACTS)
    with_it = price.price(FACTS, one, assumptions(), [replace(HALF, run_cost=1, setup_cost=1)])
    assert with_it == price.price(FACTS, one, assumptions())


def test_a_negative_disaggregation_cost_is_not_made_smaller() -> None:
    """Where leadership released outweighs splitting, there is no duplication to avoid."""
    facts = grid(3, 3, unitaries=[8])
    split = by_number(facts, "NNNNNSSSS")
    cheap = assumptions({"county.delta": 1})  # 0.8 - 2 = -1.2
    cost = price.price(facts, split, cheap, [HALF])["county"]
    assert cost.disaggregation_cost == pytest.approx(-1.2)
    assert cost.partnership_saving == 0
