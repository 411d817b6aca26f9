"""The tornado, the cost by service, and council tax."""

from __future__ import annotations

import math

import numpy as np
import pytest
from drawn_costs import assumptions, by_number, two_counties
from drawn_facts import column, grid

from lgrdata.core.facts import AreaFacts, MeasureColumn
from lgrdata.core.models import LgrError
from lgrdata.costs import price
from lgrdata.costs.by_service import LEADERSHIP, NOT_RETURNED, by_service, service_shares
from lgrdata.costs.council_tax import TaxMember, bills, council_tax
from lgrdata.costs.tornado import tornado
from lgrdata.splits.split import make, single, today

FACTS = grid(2, 2)
SPLIT = by_number(FACTS, "NNSS")
NOW = assumptions()


def test_a_tornado_takes_each_assumption_to_its_ends() -> None:
    bars = {b.parameter: b for b in tornado(FACTS, SPLIT, NOW, "middle")}
    delta = bars["middle.delta"]
    assert (delta.low_value, delta.high_value, delta.value) == (2, 14, 6)
    # Five years of £6m a resident over 0.4m residents: £4 less gives 5 x 1.6 more, £8 more gives 5 x 3.2 less.
    assert delta.net_at_low - delta.central == pytest.approx(8)
    assert delta.net_at_high - delta.central == pytest.approx(-16)
    # One-off 2 x 5 + 6.5 + 5 x 0.4 = £18.5m; half as much again is £9.25m.
    assert bars["transition_overrun"].net_at_high - bars["transition_overrun"].central == pytest.approx(-9.25)
    assert bars["transition_overrun"].net_at_low == pytest.approx(bars["transition_overrun"].central)
    # A quarter of the £13.5m saving in year 1; half of it in 0.5 + 0.75 + 3 full years where half is achieved.
    assert bars["ramp_y1"].swing == pytest.approx(2 * 13.5 * 0.25)
    assert bars["realisation"].swing == pytest.approx(13.5 / 2 * 4.25)
    assert all(
        b.central == pytest.approx(price.price(FACTS, SPLIT, NOW)["middle"].five_year_net) for b in bars.values()
    )


def test_a_tornado_is_sorted_and_leaves_out_what_does_not_bear() -> None:
    bars = tornado(FACTS, SPLIT, NOW, "county")
    swings = [b.swing for b in bars]
    assert swings == sorted(swings, reverse=True) and min(swings) > 0
    shown = {b.parameter for b in bars}
    assert "discount_rate" not in shown  # five-year totals are not discounted
    assert "disagg_exponent" not in shown  # one split only
    assert "leadership_per_upper_tier" not in shown  # no unitary is abolished
    assert "discount_rate" in {b.parameter for b in tornado(FACTS, SPLIT, NOW, "county", result="npv_10")}


def test_a_tornado_of_no_change_is_empty() -> None:
    assert tornado(FACTS, today(FACTS), NOW, "county") == []
    unsplit = {b.parameter for b in tornado(FACTS, single(FACTS), NOW, "county")}
    assert not {"county.delta", "county.t_s", "county.t_x", "county.kappa"} & unsplit


def test_a_tornado_keeps_the_published_range_of_a_changed_assumption() -> None:
    changed = assumptions({"county.delta": 20})
    bar = next(b for b in tornado(FACTS, SPLIT, changed, "county") if b.parameter == "county.delta")
    assert (bar.low_value, bar.high_value, bar.value) == (2, 14, 20)
    assert bar.central < bar.net_at_high < bar.net_at_low


SPEND = {
    "Education services": column([300.0], "2024-25"),
    "Adult Social Care": column([500.0], "2024-25"),
    "Highways and transport services": column([200.0], "2024-25"),
    "Police services": column([0.0], "2024-25"),
    "Central services": column([-50.0], "2024-25"),
    "Total Service Expenditure": column([950.0], "2024-25"),
}


def test_the_disaggregation_cost_follows_the_county_s_spending() -> None:
    facts = grid(2, 2, upper_spend=SPEND)
    cost = price.price(facts, by_number(facts, "NNSS"), NOW)["county"]  # £4m a year
    rows = by_service(facts, cost)
    assert [(r.service, round(r.amount, 9)) for r in rows] == [
        ("Adult Social Care", 2.0),
        ("Education services", 1.2),
        ("Highways and transport services", 0.8),
    ]
    assert "2024-25" in rows[0].note and "schools" in rows[1].note
    assert math.fsum(service_shares(facts, "E10000099").values()) == pytest.approx(1)


def test_nothing_split_has_no_cost_by_service() -> None:
    facts = grid(2, 2, upper_spend=SPEND)
    assert by_service(facts, price.price(facts, single(facts), NOW)["county"]) == []
    assert by_service(facts, price.price(facts, today(facts), NOW)["county"]) == []


def test_leadership_released_is_a_row_of_its_own() -> None:
    spend = {k: column([float(v.values[0]), 9.0]) for k, v in SPEND.items()}
    facts = grid(3, 3, unitaries=[8])
    assert facts.upper_codes[0] == "E06000998"
    spend = {k: MeasureColumn(c.values[::-1], c.status, "2024-25", "drawn") for k, c in spend.items()}
    facts = grid(3, 3, unitaries=[8], upper_spend=spend)
    cost = price.price(facts, by_number(facts, "NNNNNSSSS"), NOW)["county"]
    rows = by_service(facts, cost)
    assert rows[-1].service == LEADERSHIP and rows[-1].amount == pytest.approx(-2)
    assert math.fsum(r.amount for r in rows) == pytest.approx(cost.disaggregation_cost)


def test_a_county_that_returned_nothing_is_said_and_not_filled() -> None:
    spend = {"Adult Social Care": column([500.0, math.nan]), "Education services": column([500.0, math.nan])}
    base = two_counties()
    facts = type(base)(**{**vars(base), "upper_spend": spend})
    cost = price.price(facts, by_number(facts, "WEWE"), NOW)["county"]
    rows = by_service(facts, cost)
    assert [r.service for r in rows] == ["Adult Social Care", "Education services", "All services of Lower"]
    assert rows[0].amount == pytest.approx(1) and math.isnan(rows[2].amount) and rows[2].note == NOT_RETURNED
    assert by_service(FACTS, price.price(FACTS, SPLIT, NOW)["county"])[0].note == NOT_RETURNED


def _taxed(own: list[float], bases: list[float], base_year: str = "2023-24") -> AreaFacts:
    """Four districts of one county that itself charges £1,500."""
    return grid(
        2,
        2,
        columns={
            "band_d_own": column(own, "2023-24"),
            "council_tax_base": column(bases, base_year),
            "band_d_all_precepts": column([2200.0, 2150.0, 2400.0, 2300.0], "2026-27"),
        },
        upper_columns={"band_d_own": column([1500.0], "2023-24")},
    )


def test_bills_that_would_meet_by_hand() -> None:
    facts = _taxed([200, 300, 250, 150], [40_000, 60_000, 10_000, 10_000])
    found = council_tax(facts, by_number(facts, "NNSS"))
    north, south = found.councils
    assert (north.low, north.high, north.gap, north.base) == (1700, 1800, 100, 100_000)
    assert north.average == pytest.approx(1760)  # (1700 x 40,000 + 1800 x 60,000) / 100,000
    assert north.raised(north.average) == pytest.approx(0)
    assert north.forgone == pytest.approx(6.0)  # 60,000 x £100
    assert (south.low_authority, south.high_authority) == ("District 3", "District 2")
    assert found.forgone == pytest.approx(7.0)  # and 10,000 x £100
    assert north.homes(1760) == (40_000, 60_000)
    assert (north.billed_low, north.billed_high) == (2150, 2200)  # only shown: another year, with parishes
    assert (found.period, found.billed_period) == ("2023-24", "2026-27")


def test_a_bill_moves_in_equal_steps_within_the_years_of_the_law() -> None:
    member = TaxMember("District 0", 1700.0, 40_000)
    assert member.path(1770) == pytest.approx((1700, 1710, 1720, 1730, 1740, 1750, 1760, 1770))
    assert member.path(1770, 1) == (1700, 1770)
    for years in (0, 8):
        with pytest.raises(LgrError, match="1 to 7 years"):
            member.path(1770, years)


def test_bills_of_one_year_never_stand_on_the_base_of_another() -> None:
    facts = _taxed([200, 300, 250, 150], [1, 1, 1, 1], base_year="2026-27")
    with pytest.raises(LgrError, match="different years"):
        council_tax(facts, by_number(facts, "NNSS"))


def test_a_unitary_pays_no_county() -> None:
    facts = grid(
        3,
        3,
        unitaries=[8],
        columns={
            "band_d_own": column([1650.0] + [200.0] * 8, "2023-24"),
            "council_tax_base": column([1e4] * 9, "2023-24"),
        },
        upper_columns={"band_d_own": column([1650.0, 1500.0], "2023-24")},
    )
    assert facts.upper_is_county.tolist() == [False, True]
    assert bills(facts)[0].tolist() == [1650.0] + [1700.0] * 8


def test_council_tax_where_a_figure_is_missing() -> None:
    facts = _taxed([200, math.nan, 300, 250], [40_000, 50_000, math.nan, math.nan])
    found = council_tax(facts, by_number(facts, "NNSS"))
    assert found.councils[0].missing == ("District 1",)
    assert found.councils[0].forgone == 0 and found.councils[0].high == 1700
    assert math.isnan(found.councils[1].low) and math.isnan(found.councils[1].forgone)
    assert found.forgone == 0
    assert any("District 1, District 2, District 3" in c for c in found.caveats)


def test_council_tax_of_a_divided_authority_follows_its_residents() -> None:
    facts = _taxed([200, 300, 400, 350], [40_000, 50_000, 10_000, 20_000])
    rows = [(a.code, "N" if i < 2 else "S") for i, a in enumerate(facts.authorities)]
    split = make(facts, [*rows, (facts.wards[4].code, "S")])  # a quarter of District 1
    found = council_tax(facts, split)
    assert found.councils[0].base == pytest.approx(77_500)
    assert found.councils[1].low_authority == "District 1"
    # 10,000 x £100 + 20,000 x £50 in the south
    assert found.councils[1].forgone == pytest.approx(2.0)
    assert any("estimated" in c for c in found.caveats)


def test_council_tax_that_is_not_held_is_said() -> None:
    with pytest.raises(LgrError, match="no council tax by tier is held for Drawn"):
        council_tax(FACTS, SPLIT)


def test_areas_of_one_authority_forgo_nothing() -> None:
    facts = _taxed([200, 300, 250, 150], [1, 1, 1, 1])
    assert np.isclose(council_tax(facts, by_number(facts, "ABCD")).forgone, 0)
