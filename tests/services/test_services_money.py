"""Care spend against tax base: worked by hand, and missing figures said."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from drawn_care import FACTOR, care
from drawn_facts import column

from lgrdata.care.people import estimate
from lgrdata.care.spending import CareLoad, care_load
from lgrdata.care.spending_lines import LINES, spending
from lgrdata.core.facts import AreaFacts, MeasureColumn
from lgrdata.core.models import OUTCOMES
from lgrdata.dataset.dataset import Dataset
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


LEARNING, MENTAL = "Learning disability support - adults (18–64)", "Mental health support - adults (18–64)"
YOUTH, FAMILIES = "Children's social care - Youth Justice", "Children's social care - Family Support Services"


def by_line(thousand: dict[str, float]) -> dict[str, MeasureColumn]:
    """Every line of both services, at nothing where no sum is given."""
    return {line: column([thousand.get(line, 0.0)], "2024-25") for lines in LINES.values() for line in lines}


def test_each_line_follows_what_it_is_for() -> None:
    """North holds 0.6 of the people in care, half the residents; its children are poorer: 0.3 and 0.1 against 0.2."""
    told = {"council_tax_base": column([10_000.0] * 4), "idaci": column([0.3, 0.1, 0.05, 0.05])}
    spend = by_line({LEARNING: 30_000, MENTAL: 30_000, YOUTH: 10_000, FAMILIES: 30_000})
    found = load(uneven(care_spend=spend, columns=told), halves(uneven()))
    # Adults: half of £30m by residents, 0.6 of £30m by people in care.
    assert found.adult_spend.tolist() == pytest.approx([15_000 + 18_000, 15_000 + 12_000])
    # Children: 0.4 of 0.5 poor children of four equal districts, and 0.6 of children in need.
    assert found.children_spend.tolist() == pytest.approx([8_000 + 18_000, 2_000 + 12_000])
    assert found.spend.sum() == pytest.approx(100_000)
    # By line only what follows an estimate has a range, £60m; by the main estimates alone all £100m has.
    up, down = 0.6 * FACTOR / (0.6 * FACTOR + 0.4), 0.6 / (0.6 + 0.4 * FACTOR)
    assert found.spend_high[0] == pytest.approx(max(60_000 * up + 23_000, 100_000 * up))
    assert found.spend_low[0] == pytest.approx(min(60_000 * down + 23_000, 100_000 * down))


def test_lines_that_are_not_all_held_leave_the_total_to_the_main_estimate() -> None:
    spend = by_line({LEARNING: 60_000})
    del spend["Information and early intervention"]
    found = load(uneven(care_spend=spend), halves(uneven()))
    assert found.adult_spend.tolist() == pytest.approx([36_000, 24_000])


def test_the_lines_of_every_real_council_add_to_its_total(real_db: Path) -> None:
    data = Dataset(real_db)
    for area in data.areas:
        facts = data.facts(area.area_id)
        for service in LINES:
            for u in range(len(facts.upper_codes)):
                lines = spending(facts, service, u)
                assert math.fsum(lines.values()) == pytest.approx(facts.upper_spend[service].values[u], abs=1)
        for split in (data.split(area.area_id, "single"), data.split(area.area_id, "today")):
            effects = estimate(facts, split)
            taken = effects.held.holds.any(axis=1)  # an extra authority is not taken in
            whole = sum(facts.upper_spend[s].values[taken].sum() for s in LINES)
            assert care_load(facts, effects).spend[split.in_use].sum() == pytest.approx(whole, abs=1)
    data.close()


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
