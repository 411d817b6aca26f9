"""Care spend against tax base: worked by hand, and missing figures said."""

from __future__ import annotations

import math

import numpy as np
import pytest
from drawn_care import FACTOR, care
from drawn_facts import column

from lgrdata.care.people import estimate
from lgrdata.care.spending import CareLoad, care_load
from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import OUTCOMES
from lgrdata.splits.split import Split, make, single

A = [f"E0700099{i}" for i in range(4)]


def halves(facts: AreaFacts) -> Split:
    return make(facts, {A[0]: "North", A[1]: "North", A[2]: "South", A[3]: "South"})


def load(facts: AreaFacts, split: Split) -> CareLoad:
    return care_load(facts, estimate(facts, split))


def uneven(**more: object) -> AreaFacts:
    shares = np.array([0.4, 0.2, 0.2, 0.2])
    estimates = shares[:, None] * np.array([1000.0, 100.0, 400.0, 500.0])
    return care(estimates=estimates, ward_estimates=np.repeat(estimates / 4, 4, axis=0), **more)


def test_load_by_hand() -> None:
    facts = uneven()
    found = load(facts, halves(facts))
    # North holds 0.6 of the people, so £36m and £24m of £60m and £40m; and half the tax base.
    assert found.adult_spend.tolist() == pytest.approx([36_000, 24_000])
    assert found.children_spend.tolist() == pytest.approx([24_000, 16_000])
    assert found.load.tolist() == pytest.approx([1.2, 0.8])
    high = 0.6 * FACTOR / (0.6 * FACTOR + 0.4)
    assert found.load_high[0] == pytest.approx(high / 0.5)
    assert found.missing == ()
    weakest = found.weakest
    assert weakest is not None
    assert (weakest.council, weakest.next_council, weakest.too_close) == (0, 1, False)
    assert (weakest.spend_share, weakest.tax_share) == (pytest.approx(0.6), pytest.approx(0.5))
    assert [r.measure for r in weakest.reasons] == [OUTCOMES[0], OUTCOMES[1]]
    assert weakest.reasons[0].ratio == pytest.approx(1.2)


def test_a_thin_tax_base_is_a_reason() -> None:
    facts = care(columns={"council_tax_base": column([5_000, 10_000, 10_000, 15_000])})
    weakest = load(facts, halves(facts)).weakest
    assert weakest is not None
    assert weakest.council == 0
    assert [r.measure for r in weakest.reasons] == ["tax base per resident"]
    # 15,000 dwellings for 200,000 residents against 40,000 for 400,000.
    assert weakest.reasons[0].council == pytest.approx(0.075)
    assert weakest.reasons[0].area == pytest.approx(0.1)


def test_an_even_split_is_too_close_to_call() -> None:
    facts = care()
    weakest = load(facts, halves(facts)).weakest
    assert weakest is not None
    assert weakest.too_close


def test_one_council_has_no_weakest() -> None:
    facts = care()
    assert load(facts, single(facts)).weakest is None


def test_spend_that_was_not_returned_is_missing_not_zero() -> None:
    facts = care(upper_spend={"Adult Social Care": column([math.nan]), "Children Social Care": column([40_000])})
    found = load(facts, halves(facts))
    assert np.isnan(found.adult_spend).all() and np.isnan(found.load).all()
    assert found.weakest is None
    assert found.missing == ("Adult Social Care: County, suppressed",)


def test_a_derived_tax_base_stands_in_only_where_the_published_one_has_gaps() -> None:
    gap, full = column([10_000, math.nan, 10_000, 10_000]), column([9_000] * 4)
    facts = care(columns={"council_tax_base": gap, "council_tax_base_derived": full})
    assert load(facts, halves(facts)).tax_measure == "council_tax_base_derived"
    facts = care(columns={"council_tax_base": gap})
    found = load(facts, halves(facts))
    assert found.missing == ("council tax base: District 1, suppressed",)
    assert found.weakest is None


def test_no_tax_base_held_is_said() -> None:
    facts = care(columns={})
    assert load(facts, halves(facts)).missing == ("council tax base: not held",)
