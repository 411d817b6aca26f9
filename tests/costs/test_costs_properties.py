"""What must hold of the price of any split."""

from __future__ import annotations

import math

import numpy as np
import pytest
from drawn_costs import assumptions, by_number
from drawn_facts import grid
from hypothesis import given, settings
from hypothesis import strategies as st

from lgrdata.costs import price
from lgrdata.costs.price import PartnershipTerm
from lgrdata.costs.rates import LENS_SYMBOLS
from lgrdata.splits.split import from_arrays, make

FACTS = grid(3, 3, unitaries=[4, 8])
NOW = assumptions()
WHOLE = st.text("ABCD", min_size=9, max_size=9)
UNFINISHED = st.text("ABCD.", min_size=9, max_size=9)
FEW = settings(max_examples=60)


@FEW
@given(UNFINISHED, st.permutations("ABCD"))
def test_names_and_order_of_councils_change_nothing(councils: str, order: list[str]) -> None:
    renamed = councils.translate(str.maketrans("ABCD", "".join(order)))
    first = price.price(FACTS, by_number(FACTS, councils), NOW)
    second = price.price(FACTS, by_number(FACTS, renamed), NOW)
    for lens in first:
        assert first[lens].npv_10 == pytest.approx(second[lens].npv_10)
        assert first[lens].one_off == pytest.approx(second[lens].one_off)
        assert first[lens].payback_years == second[lens].payback_years


@FEW
@given(UNFINISHED)
def test_the_path_adds_to_the_five_year_net(councils: str) -> None:
    for cost in price.price(FACTS, by_number(FACTS, councils), NOW).values():
        five = [y for y in cost.path if y.year <= 5]
        assert math.fsum(y.net for y in five) == pytest.approx(cost.five_year_net)
        assert math.fsum(y.one_off for y in cost.path) == pytest.approx(cost.one_off)
        for y in cost.path:
            parts = y.saving - y.disaggregation - y.purchasing - y.one_off + y.partnership
            assert y.net == pytest.approx(parts)
        assert cost.path[-1].net == pytest.approx(cost.recurring_net)


@FEW
@given(WHOLE, st.integers(0, 8), st.sampled_from("ABCD"))
def test_moving_an_authority_and_back_changes_nothing(councils: str, which: int, to: str) -> None:
    there = councils[:which] + to + councils[which + 1 :]
    back = there[:which] + councils[which] + there[which + 1 :]
    before = price.price(FACTS, by_number(FACTS, councils), NOW)
    price.price(FACTS, by_number(FACTS, there), NOW)
    assert price.price(FACTS, by_number(FACTS, back), NOW) == before


@FEW
@given(WHOLE)
def test_joining_two_councils_never_costs_more_to_split_or_saves_less_by_joining(councils: str) -> None:
    if len(set(councils)) < 2:
        return
    first, second = sorted(set(councils))[:2]
    apart = price.price(FACTS, by_number(FACTS, councils), NOW)
    together = price.price(FACTS, by_number(FACTS, councils.replace(second, first)), NOW)
    for lens in apart:
        assert together[lens].aggregation_saving > apart[lens].aggregation_saving
        assert together[lens].disaggregation_cost <= apart[lens].disaggregation_cost + 1e-9
        assert together[lens].purchasing_scale <= apart[lens].purchasing_scale + 1e-9


@FEW
@given(st.lists(st.sampled_from([0, 1, 2]), min_size=36, max_size=36))
def test_any_division_by_wards_is_priced_and_places_everybody(wards: list[int]) -> None:
    split = from_arrays(FACTS, by_number(FACTS, "A" * 9).authority, np.array(wards, dtype=np.int8), ("A", "B", "C"))
    given_inputs = price.inputs(FACTS, split)
    assert sum(given_inputs.populations) == 900_000
    assert given_inputs.j_abs + given_inputs.j_on == 2
    for cost in price.price(FACTS, split, NOW).values():
        assert math.isfinite(cost.npv_10) and math.isfinite(cost.recurring_net)


@FEW
@given(WHOLE)
def test_a_whole_authority_is_priced_as_its_wards_together(councils: str) -> None:
    by_ward = make(FACTS, [(w.code, councils[FACTS.authority_index[w.authority_code]]) for w in FACTS.wards])
    assert price.price(FACTS, by_ward, NOW).keys() == price.price(FACTS, by_number(FACTS, councils), NOW).keys()
    for lens, cost in price.price(FACTS, by_number(FACTS, councils), NOW).items():
        assert price.price(FACTS, by_ward, NOW)[lens].npv_10 == pytest.approx(cost.npv_10)


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        **{f"{side}.{symbol}": st.floats(0, 40) for side in ("county", "district") for symbol in LENS_SYMBOLS},
        "realisation": st.floats(0.5, 1),
        "leadership_per_upper_tier": st.floats(0, 6),
        "disagg_exponent": st.floats(0, 2),
        "transition_overrun": st.floats(1, 2),
    },
)
TERM = st.builds(
    PartnershipTerm,
    service_id=st.sampled_from(["leadership", "workforce", "placements"]),
    share=st.floats(0, 0.6),
    kind=st.sampled_from(["duplication", "buying", "none"]),
    effect=st.floats(0, 1),
    coverage=st.floats(0, 1),
    run_cost=st.floats(0, 30),
    joint_population=st.floats(0, 1e6),
)


@settings(max_examples=200)
@given(WHOLE, CHANGES, st.lists(TERM, max_size=4))
def test_a_split_saves_exactly_where_splitting_costs_less_than_break_even(
    councils: str, changes: dict[str, float], terms: list[PartnershipTerm]
) -> None:
    changed = assumptions(changes)
    for lens, cost in price.price(FACTS, by_number(FACTS, councils), changed, terms).items():
        if cost.switching_value is None:
            continue
        delta = changed.lens_value(lens, "delta")
        if abs(cost.recurring_net) > 1e-9 and abs(delta - cost.switching_value) > 1e-9:
            assert (cost.recurring_net > 0) == (delta < cost.switching_value)


@FEW
@given(UNFINISHED, CHANGES)
def test_halfway_is_the_mean_of_both_sides(councils: str, changes: dict[str, float]) -> None:
    found = price.price(FACTS, by_number(FACTS, councils), assumptions(changes))
    county, halfway, district = (found[lens] for lens in ("county", "middle", "district"))
    for name in (
        "aggregation_saving", "disaggregation_cost", "purchasing_scale", "recurring_net", "one_off", "five_year_net",
        "npv_10", "leadership_memo", "leadership_released",
    ):  # fmt: skip
        low, high = sorted((getattr(county, name), getattr(district, name)))
        value = getattr(halfway, name)
        assert value == pytest.approx((low + high) / 2, abs=1e-9), name
        assert low - 1e-9 <= value <= high + 1e-9, name
    for points in zip(county.path, halfway.path, district.path, strict=True):
        assert points[1].running_total == pytest.approx((points[0].running_total + points[2].running_total) / 2)
