"""People in care by council on drawn counties: worked by hand, and what must hold for every split."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from drawn_care import FACTOR, care
from drawn_facts import column
from hypothesis import given, settings
from hypothesis import strategies as st

from lgrdata.care.people import directors, estimate, size
from lgrdata.core.facts import AreaFacts, Assumptions
from lgrdata.core.models import OUTCOMES, Parameter
from lgrdata.splits.split import OUT, Split, from_arrays, make, single, today

A = [f"E0700099{i}" for i in range(4)]
ADULTS, LOOKED_AFTER = OUTCOMES[0], OUTCOMES[1]


def halves(facts: AreaFacts) -> Split:
    return make(facts, {A[0]: "North", A[1]: "North", A[2]: "South", A[3]: "South"})


def test_half_a_county_by_hand() -> None:
    facts = care()
    effects = estimate(facts, halves(facts))
    # Half of 1,000; with 1.25 times the other half's rate it would hold 1.25 / 2.25 of them, with 0.8 times 0.8 / 1.8.
    assert effects.value[0, 0] == pytest.approx(500)
    assert effects.high[0, 0] == pytest.approx(1000 * 1.25 / 2.25)
    assert effects.low[0, 0] == pytest.approx(1000 * 0.8 / 1.8)
    found = effects.estimate(0, ADULTS)
    assert found is not None
    assert (found.value, found.low, found.high) == (500, 444, 556)
    assert effects.status[0] == ("estimated",) * 4


def test_the_low_of_one_half_is_what_the_high_of_the_other_leaves() -> None:
    facts = care()
    effects = estimate(facts, make(facts, {A[0]: "Small", A[1]: "Large", A[2]: "Large", A[3]: "Large"}))
    assert effects.low[0] + effects.high[1] == pytest.approx(facts.published[0])
    assert effects.high[0] + effects.low[1] == pytest.approx(facts.published[0])


def test_a_city_parted_from_its_county_has_the_range_found_on_cities() -> None:
    # One urban district of four; the fits' range of cities is a factor of two.
    facts = care()
    towns = tuple(replace(a, urban=i == 0) for i, a in enumerate(facts.authorities))
    wide = {o: replace(f, city_low_factor=0.5, city_high_factor=2.0) for o, f in facts.fits.items()}
    facts = care(authorities=towns, fits=wide)
    city = estimate(facts, make(facts, {A[0]: "City", A[1]: "Rest", A[2]: "Rest", A[3]: "Rest"}))
    assert city.held.city.tolist() == [True]
    # A quarter of 1,000; with twice the rest's rate 2 / (2 + 3), and the rest what that leaves.
    assert city.high[0, 0] == pytest.approx(400) and city.low[1, 0] == pytest.approx(600)
    # Halves are no city, nor is a rural district; where most of the county is urban, nothing stands out of it.
    assert not estimate(facts, halves(facts)).held.city.any()
    rural = make(facts, {A[0]: "Rest", A[1]: "Village", A[2]: "Rest", A[3]: "Rest"})
    assert not estimate(facts, rural).held.city.any()
    all_towns = care(authorities=tuple(replace(a, urban=True) for a in towns), fits=wide)
    parted = make(all_towns, {A[0]: "City", A[1]: "Rest", A[2]: "Rest", A[3]: "Rest"})
    assert not estimate(all_towns, parted).held.city.any()
    # Without a range of cities, that of shires stands.
    narrow = care(authorities=towns)
    again = estimate(narrow, make(narrow, {A[0]: "City", A[1]: "Rest", A[2]: "Rest", A[3]: "Rest"}))
    assert again.high[0, 0] == pytest.approx(1000 * FACTOR / (FACTOR + 3))


def test_rates_and_balance_by_hand() -> None:
    estimates = np.array([[400.0, 10, 10, 10], [200, 10, 10, 10], [200, 10, 10, 10], [200, 10, 10, 10]])
    facts = care(estimates=estimates, ward_estimates=np.repeat(estimates / 4, 4, axis=0))
    effects = estimate(facts, halves(facts))
    value, _, _ = effects.rate
    # North: 600 of 1,000 adults in support, of 160,000 adults; the area: 1,000 of 320,000.
    assert value[0, 0] == pytest.approx(600 / 160)
    assert effects.area_rate[0] == pytest.approx(1000 / 320)
    balance, low, high = effects.balance
    assert balance[0, 0] == pytest.approx(1.2)
    assert high[0, 0] == pytest.approx(0.6 * FACTOR / (0.6 * FACTOR + 0.4) * 2)
    assert low[0, 0] == pytest.approx(0.6 / FACTOR / (0.6 / FACTOR + 0.4) * 2)
    assert not effects.too_close[0, 0]
    # Looked-after children are even: too close to call.
    assert effects.too_close[0, 1]
    assert (effects.per(ADULTS), effects.per(LOOKED_AFTER)) == (1_000, 10_000)


def test_todays_councils_keep_their_published_counts() -> None:
    facts = care(unitaries=(3,))
    effects = estimate(facts, today(facts))
    for c in range(2):
        assert effects.status[c] == ("published",) * 4
        for outcome, count in zip(OUTCOMES, (1000, 100, 400, 500), strict=True):
            found = effects.estimate(c, outcome)
            assert found is not None
            assert (found.value, found.low, found.high) == (count, count, count)
    assert not effects.too_close.any()


def test_a_unitary_that_joins_part_of_a_county_adds_its_published_count() -> None:
    facts = care(unitaries=(3,))
    codes = [a.code for a in facts.authorities]
    lone = codes.index("E06000993")
    council = {c: "Joined" if i in (lone, (lone + 1) % 4) else "Rest" for i, c in enumerate(codes)}
    effects = estimate(facts, make(facts, council, ["Joined", "Rest"]))
    third = 1 / 3
    assert effects.value[0, 0] == pytest.approx(1000 + 1000 * third)
    # Only the part of the county is uncertain.
    assert effects.low[0, 0] == pytest.approx(1000 + 1000 * third / FACTOR / (third / FACTOR + 2 * third))
    assert effects.status[0][0] == "estimated"


def test_two_whole_councils_merged_are_published() -> None:
    facts = care(unitaries=(3,))
    effects = estimate(facts, single(facts))
    assert effects.status[0] == ("published",) * 4
    assert effects.whole[0] == (2000, 200, 800, 1000)


def test_a_missing_count_is_missing_only_where_it_bears() -> None:
    published = np.array([[np.nan, 100.0, 400.0, 500.0], [1000.0, 100.0, 400.0, 500.0]])
    facts = care(unitaries=(3,))
    at = facts.upper_codes.index("E10000099")
    facts = care(unitaries=(3,), published=published if at == 0 else published[::-1].copy())
    effects = estimate(facts, today(facts))
    county = effects.split.names.index("County")
    other = 1 - county
    assert effects.status[county][0] == "not available"
    assert effects.estimate(county, ADULTS) is None
    assert effects.missing[county] == ("adults_long_term_support: County",)
    assert effects.whole[other][0] == 1000
    assert effects.missing[other] == ()
    assert math.isnan(effects.area_rate[0])
    assert not math.isnan(effects.area_rate[1])


def test_without_a_fit_parts_are_not_available_but_whole_councils_are_published() -> None:
    facts = care(fits={})
    assert estimate(facts, halves(facts)).estimate(0, ADULTS) is None
    assert estimate(facts, today(facts)).whole[0][0] == 1000


def test_an_empty_council_has_no_figures() -> None:
    facts = care()
    split = make(facts, dict.fromkeys(A, "All"), ["All", "Empty"])
    effects = estimate(facts, split)
    assert effects.estimate(1, ADULTS) is None
    assert effects.whole[0][0] == 1000


def test_homelessness_adds_districts_and_says_what_is_missing() -> None:
    facts = care(columns={"homelessness_duties_owed": column([100, math.nan, math.nan, math.nan])})
    found = estimate(facts, halves(facts)).homelessness
    assert found is not None
    assert found.values[0] == 100
    assert found.missing == (("District 1",), ("District 2", "District 3"))
    assert math.isnan(found.values[1])
    assert math.isnan(found.per_thousand[0]) and math.isnan(found.area_per_thousand)
    assert found.status == ("published", "not available")


def test_homelessness_of_a_divided_district_follows_residents() -> None:
    facts = care()
    wards = [facts.wards[int(w)].code for w in facts.wards_of[0]]
    split = make(facts, {**dict.fromkeys(A, "South"), wards[0]: "North"}, ["North", "South"])
    found = estimate(facts, split).homelessness
    assert found is not None
    assert found.values.tolist() == [25.0, 975.0]
    assert found.status == ("estimated", "estimated")
    assert found.per_thousand[0] == pytest.approx(1.0)


def test_directors_count_councils_taken_in() -> None:
    facts = care(unitaries=(3,))
    assert (directors(today(facts)).today, directors(today(facts)).after) == (2, 2)
    assert (directors(single(facts)).today, directors(single(facts)).after) == (2, 1)


def test_size_is_a_distance() -> None:
    facts = care()
    values = {"size_guide": 250_000.0, "size_small_newton": 100_000.0}
    parameters = {k: Parameter(k, k, "residents", None, v, None, "", "", "", "", "drawn") for k, v in values.items()}
    found = size(make(facts, {A[0]: "a", A[1]: "b", A[2]: "b", A[3]: "b"}), Assumptions(parameters, {}, {}))
    assert found.distance.tolist() == [-150_000, 50_000]
    assert found.band == ("up to small", "over guide")


def uneven() -> AreaFacts:
    rng = np.random.default_rng(4)
    facts = care(3, 3, unitaries=(4,))
    wards = rng.uniform(1, 20, (36, 4))
    authorities = np.add.reduceat(wards, np.arange(0, 36, 4), axis=0)
    for u in range(len(facts.upper_codes)):
        mine = facts.authority_upper == u
        factor = facts.published[u] / authorities[mine].sum(axis=0)
        authorities[mine] *= factor
        wards[np.repeat(mine, 4)] *= factor
    return care(3, 3, unitaries=(4,), estimates=authorities, ward_estimates=wards)


UNEVEN = uneven()
WARDS = st.lists(st.integers(0, 3), min_size=36, max_size=36)


def by_wards(numbers: list[int], names: tuple[str, ...] = ("a", "b", "c", "d")) -> Split:
    ward = np.array(numbers, dtype=np.int8)
    return from_arrays(UNEVEN, np.full(9, OUT, dtype=np.int8), ward, names)


@given(WARDS)
@settings(max_examples=60)
def test_councils_add_exactly_to_the_published_total(numbers: list[int]) -> None:
    split = by_wards(numbers)
    effects = estimate(UNEVEN, split)
    for o in range(4):
        assert sum(effects.whole[int(c)][o] or 0 for c in split.in_use) == UNEVEN.published[:, o].sum()
    used = split.in_use
    assert (effects.low[used] <= effects.value[used]).all()
    assert (effects.value[used] <= effects.high[used]).all()
    assert (effects.low[used] >= 0).all()
    assert (effects.high[used] <= UNEVEN.published.sum(axis=0) + 1e-6).all()


@given(WARDS, st.permutations(range(4)))
@settings(max_examples=40)
def test_renaming_and_reordering_councils_changes_nothing(numbers: list[int], order: list[int]) -> None:
    before = estimate(UNEVEN, by_wards(numbers))
    after = estimate(UNEVEN, by_wards([order[n] for n in numbers], ("w", "x", "y", "z")))
    for c in range(4):
        assert before.whole[c] == after.whole[order[c]]
        np.testing.assert_array_equal(before.high[c], after.high[order[c]])


def test_moving_a_ward_there_and_back_changes_nothing() -> None:
    numbers = [n % 3 for n in range(36)]
    moved = [2, *numbers[1:]]
    assert estimate(UNEVEN, by_wards(moved)).whole != estimate(UNEVEN, by_wards(numbers)).whole
    assert estimate(UNEVEN, by_wards([numbers[0], *moved[1:]])).whole == estimate(UNEVEN, by_wards(numbers)).whole
