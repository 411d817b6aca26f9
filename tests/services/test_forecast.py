"""Residents and need to 2043 on drawn counties, worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from drawn_care import FACTOR, care, projection

from lgrdata.care.forecast import age_weights, forecast
from lgrdata.care.people import estimate
from lgrdata.core.facts import AreaFacts, ProjectionFacts
from lgrdata.core.models import BANDS, OUTCOMES, LgrError
from lgrdata.splits.split import Split, make, today

A = [f"E0700099{i}" for i in range(4)]
YEARS = (2024, 2043)


def halves(facts: AreaFacts) -> Split:
    return make(facts, {A[0]: "North", A[1]: "North", A[2]: "South", A[3]: "South"})


def test_residents_grow_band_by_band() -> None:
    facts = care()
    found = forecast(facts, halves(facts), YEARS)
    # Two districts of 100,000: bands of 20, 10, 50, 10, 6 and 4 per cent.
    assert found.residents[0, 0].tolist() == [40_000, 20_000, 100_000, 20_000, 12_000, 8_000]
    assert found.residents[0, 1].tolist() == pytest.approx([36_000, 20_000, 100_000, 24_000, 14_400, 12_000])
    assert found.group("65+")[0].tolist() == pytest.approx([40_000, 50_400])
    assert found.label == "2024-based"


def test_need_follows_todays_rates_by_age() -> None:
    facts = care()
    found = forecast(facts, halves(facts), YEARS)
    # A district: 60,000 aged 18 to 64 at 0.01 is 600, 4,000 aged 85 and over at 0.06 is 240. The oldest grow by half.
    index = (600 + 240 * 1.5) / 840
    assert found.need[0, :, 0].tolist() == pytest.approx([500, 500 * index])
    # Children: every driver is of that age, so need falls as they do.
    assert found.need[0, 1, 2] == pytest.approx(200 * 0.9)


def test_a_driver_of_the_poor_is_a_rate_of_its_age() -> None:
    facts = care()
    weights = age_weights(facts, "children_looked_after")
    assert weights[0].tolist() == pytest.approx([0.003 + 0.01 * 0.2, 0, 0, 0, 0, 0])
    # 15,000 disabled residents beside 30,000 aged 0 to 24, at 0.02 each.
    plans = age_weights(facts, "ehc_plans")
    assert plans[0].tolist() == pytest.approx([0.04 + 0.01, 0.01, 0, 0, 0, 0])


def test_the_range_carries_todays_and_widens_with_change() -> None:
    facts = care()
    split = halves(facts)
    effects, found = estimate(facts, split), forecast(facts, split, YEARS)
    np.testing.assert_allclose(found.need_low[:, 0], effects.low)
    np.testing.assert_allclose(found.need_high[:, 0], effects.high)
    value, change = found.need[0, 1, 0], found.need[0, 1, 0] - 500
    today_high = effects.high[0, 0] / 500
    assert found.need_high[0, 1, 0] == pytest.approx(value * today_high + change * (FACTOR - 1))
    assert found.need_low[0, 1, 0] == pytest.approx(value * (effects.low[0, 0] / 500) - change * (1 - 1 / FACTOR))


def test_a_published_count_has_a_range_only_once_it_is_carried_forward() -> None:
    facts = care()
    found = forecast(facts, today(facts), YEARS)
    now, later = found.estimate(0, 2024, OUTCOMES[0]), found.estimate(0, 2043, OUTCOMES[0])
    assert now is not None and later is not None
    assert now.low == now.value == now.high == 1000
    assert later.low < later.value < later.high


def test_wards_grow_as_their_authority_and_councils_add_to_the_area() -> None:
    facts = care(projection=uneven_growth())
    wards = [facts.wards[int(w)].code for w in facts.wards_of[0]]
    parted = make(facts, {**dict.fromkeys(A, "South"), wards[0]: "North"}, ["North", "South"])
    found, whole = forecast(facts, parted, YEARS), forecast(facts, today(facts), YEARS)
    np.testing.assert_allclose(found.residents.sum(axis=0), whole.residents.sum(axis=0))
    np.testing.assert_allclose(found.need.sum(axis=0), whole.need.sum(axis=0))
    assert found.residents[0, 1] == pytest.approx(forecast(facts, lone(facts), YEARS).residents[0, 1] / 4)


def lone(facts: AreaFacts) -> Split:
    return make(facts, {A[0]: "North", A[1]: "South", A[2]: "South", A[3]: "South"})


def uneven_growth() -> ProjectionFacts:
    levels = projection(4).residents.copy()
    levels[0] = projection(1, (1.1, 1.2, 1.3, 2.0)).residents[0]
    return ProjectionFacts(YEARS, levels, "drawn")


def test_an_authority_without_projections_leaves_its_council_unknown_and_says_so() -> None:
    levels = projection(4).residents.copy()
    levels[3] = np.nan
    facts = care(projection=ProjectionFacts(YEARS, levels, "drawn"))
    found = forecast(facts, halves(facts), YEARS)
    assert found.missing == ("District 3: no projection",)
    assert np.isnan(found.residents[1, 1]).all()
    assert found.residents[1, 0].sum() == 200_000
    assert found.estimate(1, 2043, OUTCOMES[0]) is None
    assert found.estimate(0, 2043, OUTCOMES[0]) is not None


def test_a_driver_that_is_not_known_leaves_only_its_outcome_out() -> None:
    facts = care(columns={})
    found = forecast(facts, halves(facts), YEARS)
    assert math.isnan(found.need[0, 1, 1])
    assert not math.isnan(found.need[0, 1, 0])
    assert "children_looked_after: a driver of the estimate is not known here" in found.missing


def test_years_outside_the_projections_are_refused() -> None:
    facts = care()
    with pytest.raises(LgrError, match="no projection for 2050"):
        forecast(facts, halves(facts), (2050,))
    with pytest.raises(LgrError, match="no projections are held"):
        bare = care(projection=None)
        forecast(bare, halves(bare), YEARS)


def test_every_band_is_forecast_and_an_empty_council_is_not() -> None:
    facts = care()
    found = forecast(facts, make(facts, dict.fromkeys(A, "All"), ["All", "Empty"]), YEARS)
    assert found.residents.shape == (2, 2, len(BANDS))
    assert np.isnan(found.residents[1]).all() and np.isnan(found.need[1]).all()
