"""The band of error of one-off costs: worked by hand, and what must hold of any."""

from __future__ import annotations

import math
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from drawn_costs import assumptions, by_number
from drawn_facts import grid
from hypothesis import given, settings
from hypothesis import strategies as st

from lgrdata.costs import price
from lgrdata.costs.one_off_band import FEWEST, NOMINAL, band, between, held
from lgrdata.costs.price import PartnershipTerm
from lgrdata.splits.split import single, today


def test_a_band_by_hand() -> None:
    """Twelve ratios 1 to 12, each left out in turn.

    With all kept, only 1 and 12 fall outside the band of the others: 10 of 12 held. With one left off at either end
    the bands of the others are 3 to 11 or 2 to 10 or, for 3 to 10, 2 to 11: 1, 2, 11 and 12 fall out, 8 of 12 is less
    than four in five. So nothing is left off.
    """
    found = band([float(n) for n in range(1, 13)])
    assert found is not None
    made, kept = found
    assert (made.low, made.high, made.ratios, made.inside) == (1, 12, 12, 1)
    assert made.coverage == pytest.approx(10 / 12)
    assert [i for i, inside in enumerate(kept) if not inside] == [0, 11]
    assert sum(held([float(n) for n in range(1, 13)], 1)) == 8


def test_with_more_ratios_the_ends_are_left_off() -> None:
    # Of 30, two left off at either end: six fall out when left out in turn, 24 of 30 is four in five exactly.
    made, _ = band([float(n) for n in range(1, 31)])  # type: ignore[misc]
    assert (made.low, made.high) == (3, 28)
    assert made.coverage == pytest.approx(24 / 30) and made.inside == pytest.approx(26 / 30)


def test_too_few_ratios_make_no_band() -> None:
    assert band([1.0] * (FEWEST - 1)) is None


@settings(max_examples=60)
@given(st.lists(st.floats(0.1, 10), min_size=FEWEST, max_size=40))
def test_a_band_holds_four_in_five_of_what_it_was_made_without(ratios: list[float]) -> None:
    made, kept = band(ratios)  # type: ignore[misc]
    assert made.low <= made.high and made.inside >= made.coverage
    assert made.coverage == sum(kept) / len(ratios)
    assert made.coverage >= min(NOMINAL, (len(ratios) - 2) / len(ratios))


def test_a_published_range_stands_for_one_number() -> None:
    assert between(9.0, 4.0, 16.0) == 4.0
    assert between(4.0, None, 9.0) == pytest.approx(6)
    assert between(None, None, 5.0) == 5.0 and between(None, None, None) is None


def test_the_band_takes_the_cost_and_not_the_set_up_of_partnerships() -> None:
    """£21m once, £1m to set up; the overrun comes first. £9.4m a year, 8.4 spent before, half and three quarters in."""
    facts, with_band = grid(2, 2), assumptions(band=(0.5, 2.0))
    split = by_number(facts, "NNSS")
    cost = price.price(facts, split, with_band)["county"]
    assert (cost.one_off_low, cost.one_off, cost.one_off_high) == pytest.approx((10.5, 21, 42))
    low, high = cost.one_off_ends
    # Running total of 9.4 a year less 7.5 and 3.75 held back at first: −1.85 after year 2, +7.55 after 3, less 10.5.
    assert (low.payback_years, cost.payback_years, high.payback_years) == (3, 4, 6)
    assert cost.five_years_at(low) == pytest.approx(14.75 + 10.5)
    assert cost.five_years_at(high) == pytest.approx(14.75 - 21)
    term = PartnershipTerm("leadership", 0.5, "none", 0.0, 0.0, setup_cost=1.0)
    with_setup = price.price(facts, split, with_band, [term])["county"]
    assert (with_setup.one_off_low, with_setup.one_off_high) == pytest.approx((11.5, 43))
    swollen = price.price(facts, split, assumptions({"transition_overrun": 1.5}, band=(0.5, 2.0)))["county"]
    assert swollen.one_off_high == pytest.approx(63)
    for nothing in (today(facts), single(facts)):
        for c in price.price(facts, nothing, with_band).values():
            assert c.one_off_low == pytest.approx(c.one_off / 2) and c.one_off_high == pytest.approx(c.one_off * 2)
    assert price.price(facts, split, assumptions())["county"].one_off_low is None


def test_the_real_record_counts_each_published_figure_once(real_db: Path) -> None:
    """Each published figure once, and four in five of them held by the band made without it."""
    with closing(sqlite3.connect(real_db)) as conn:
        rows = conn.execute("SELECT ratio_id, published, modelled, ratio, held FROM one_off_ratio").fetchall()
        low, high, nominal, ratios, inside, coverage = conn.execute(
            "SELECT low_factor, high_factor, nominal, ratios, inside, coverage FROM one_off_band"
        ).fetchone()
        assert ratios == len(rows) and nominal == NOMINAL
        assert all(math.isclose(published / modelled, ratio) for _, published, modelled, ratio, _ in rows)
        assert coverage == sum(r[-1] for r in rows) / len(rows) >= NOMINAL
        assert inside == sum(low <= r[3] <= high for r in rows) / len(rows) and low < 1 < high
        held_once = conn.execute(
            "SELECT count(*) FROM (SELECT DISTINCT source_id, author, value, low, high, basis FROM business_case"
            " JOIN one_off_ratio ON ratio_id = 'case-' || case_id)"
        ).fetchone()[0]
        assert held_once == sum(r[0].startswith("case-") for r in rows)
