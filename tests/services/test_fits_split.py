"""Splitting a known total: powers and ranges by hand, and a record into which nothing of the scored county leaks."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lgrdata.care.splitting import (
    CANDIDATES,
    PLAIN,
    RIDGE,
    SHARES,
    Candidate,
    Councils,
    age_power,
    four_in_five,
    learner,
    log_share,
    odds_off,
    with_factor,
)  # fmt: skip
from lgrdata.care.trial import CHOSEN_ON, Former, record
from lgrdata.core.models import OUTCOMES
from lgrdata.keeping.estimates import Way, Weight

POOR = "income deprived children"


def councils(rates: list[float], **logs: list[float]) -> Councils:
    """Councils in a row with 1,000 residents each."""
    n = len(rates)
    pairs = np.array([(i, i + 1) for i in range(n - 1)])
    return Councils(
        np.array(rates) * 1000,
        {"residents": np.full(n, 1000.0), "residents 0-17": np.full(n, 200.0)},
        {name: np.array(values) for name, values in logs.items()},
        pairs,
    )


def test_a_power_is_the_ridged_slope_of_differences_by_hand() -> None:
    # Steps of the driver: 1 and -2; of the log rate: 0.5 and -1. Slope (0.5 + 2) / (1 + 4) = 0.5, held back by a tenth.
    found = learner(councils(list(np.exp([0.0, 0.5, -0.5])), x=[0, 1, -1]), Candidate("residents", ("x",)))
    assert found.powers() == pytest.approx([0.5 / (1 + RIDGE)])
    # Without the second pair the slope is that of the first alone; without any there is none.
    assert found.powers(np.array([True, False])) == pytest.approx([0.5 / (1 + RIDGE)])
    assert found.powers(np.array([False, False])).tolist() == [0.0]
    # 1,000 residents whose driver is e times another's: e to the power.
    raw = found.expected(np.array([0.5]), np.array([0, 1]))
    assert raw == pytest.approx([1000, 1000 * math.exp(0.5)])


def test_a_driver_that_would_count_against_need_is_left_out_and_the_other_found_anew() -> None:
    helps, hinders = [0.0, 1, 0, 2, 1], [0.0, 1, 1, 0, 2]
    rates = list(np.exp(0.8 * np.array(helps) - 0.6 * np.array(hinders)))
    both = learner(councils(rates, a=helps, b=hinders), Candidate("residents", ("a", "b"))).powers()
    alone = learner(councils(rates, a=helps), Candidate("residents", ("a",))).powers()
    assert both.tolist() == [alone[0], 0.0] and alone[0] > 0


def test_what_age_explains_of_disability_by_hand() -> None:
    # Disability rises by 0.3 of what age does and half of what poverty does.
    older, poor = np.array([0.0, 1, 0, 2]), np.array([0.0, 0, 1, 3])
    pairs = np.array([(0, 1), (1, 2), (2, 3)])
    assert age_power(0.3 * older + 0.5 * poor, older, poor, pairs) == pytest.approx(0.3)
    assert age_power(poor, np.zeros(4), poor, pairs) == 0.0
    people = {"residents": 1000.0, "residents 65+": 200.0, "residents 18+": 800.0, "disabled residents": 180.0}
    for_age = log_share(SHARES["disabled residents for their age"], people, 0.3)
    assert for_age == pytest.approx(math.log(0.18) - 0.3 * math.log(0.25))
    assert log_share(SHARES["disabled residents"], people, 0.3) == pytest.approx(math.log(0.18))


def test_a_place_beyond_what_councils_have_is_weighed_as_the_last_of_them() -> None:
    way = Way("residents 0-17", (Weight(POOR, 0.5, 0.0, math.log(0.1), math.log(0.4)),))
    place = {"residents 0-17": 100.0}
    for poor, held in ((0.0, 0.1), (25.0, 0.25), (90.0, 0.4)):
        assert way.expected({**place, POOR: poor}) == pytest.approx(100 * math.sqrt(held))
    assert way.expected({"residents 0-17": 0.0, POOR: 0.0}) == 0.0
    assert way.people == (POOR, "residents 0-17")


def test_the_range_by_hand() -> None:
    # Of nine errors and one to come, eight in ten: the eighth.
    assert four_in_five(np.log([1.9, 1.1, 1.2, 1 / 1.3, 1.4, 1.5, 1.6, 1 / 1.7, 1.8])) == pytest.approx(1.8)
    counts, predicted = np.array([60.0, 40.0]), np.array([50.0, 50.0])
    off = odds_off(counts, predicted)
    assert off == pytest.approx([math.log(1.5), -math.log(1.5)])
    assert with_factor(predicted, 100.0, 1.5) == pytest.approx([60, 60])
    assert with_factor(predicted, 100.0, 1 / 1.5) == pytest.approx([40, 40])


def drawn(seed: int, inside: float = 0.6) -> tuple[Councils, list[Former]]:
    """Twenty-four councils in a row, two and two of the first 20 a former county; need follows the driver a."""
    rng = np.random.default_rng(seed)
    n = 24
    logs = {name: rng.normal(0, 0.5, n) for name in ("a", "b")}
    region = np.repeat(rng.normal(0, 0.3, n // 2), 2)
    rates = 0.1 * np.exp(inside * logs["a"] + region + rng.normal(0, 0.1, n))
    residents = {name: rng.uniform(1000, 4000, n) for name in ("residents", "residents 0-17")}
    pairs = np.array([(i, i + 1) for i in range(n - 1)])
    kinds = ["shire"] * 5 + ["city"] * 3 + ["metropolitan"] * 2
    formers = [Former(kind, np.array([2 * k, 2 * k + 1])) for k, kind in enumerate(kinds)]
    return Councils(np.round(rates * residents["residents"]) + 5, residents, logs, pairs), formers


WAYS = (
    Candidate("residents"), Candidate("residents 0-17"),
    *(Candidate("residents", d) for d in (("a",), ("b",), ("a", "b"))),
)  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_county_is_scored_by_a_choice_and_a_fit_made_without_it(seed: int) -> None:
    given, formers = drawn(seed)
    found = record(given, WAYS, formers)
    assert found.way.drivers
    for i, scored in enumerate(found.scored):
        # Throw the county away, choose anew on the others, and find the powers without it.
        kept = np.setdiff1d(np.arange(24), scored.former.parts)
        renumbered = {int(old): new for new, old in enumerate(kept)}
        pairs = np.array(
            [[renumbered[a], renumbered[b]] for a, b in given.pairs if a in renumbered and b in renumbered]
        )
        fewer = Councils(
            given.counts[kept],
            {n: r[kept] for n, r in given.residents.items()},
            {n: v[kept] for n, v in given.logs.items()},
            pairs,
        )
        others = [Former(f.kind, np.array([renumbered[p] for p in f.parts])) for k, f in enumerate(formers) if k != i]
        way = record(fewer, WAYS, others).way
        assert scored.way == way
        powers = learner(fewer, way).powers()
        raw = learner(given, way).expected(powers, scored.former.parts)
        assert scored.predicted == pytest.approx(raw / raw.sum() * scored.counts.sum())
        assert (scored.low <= scored.predicted).all() and (scored.predicted <= scored.high).all()


def test_how_a_county_was_really_split_changes_nothing_about_what_is_said_of_it() -> None:
    given, formers = drawn(4)
    counts = given.counts.copy()
    counts[[0, 1]] = counts[[1, 0]] + [7, -7]
    one, other = (
        record(Councils(c, given.residents, given.logs, given.pairs), WAYS, formers).scored[0]
        for c in (given.counts, counts)
    )
    for name in ("predicted", "low", "high", "plain"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name))
    assert one.way == other.way and not np.allclose(one.off, other.off)


def test_a_way_that_does_worse_inside_shires_gives_way_to_the_plain_share() -> None:
    # Cities follow the driver as all England does; inside shires need is even, so the driver misleads there.
    given, formers = drawn(5)
    counts = given.counts.copy()
    for former in formers[:5]:
        total = counts[former.parts].sum()
        residents = given.residents["residents"][former.parts]
        counts[former.parts] = total * residents / residents.sum()
    logs = {"a": given.logs["a"], "b": given.logs["b"]}
    for former in formers[5:]:
        counts[former.parts] = 400 * np.exp(2 * logs["a"][former.parts])
    found = record(Councils(counts, given.residents, logs, given.pairs), WAYS, formers)
    assert found.way in WAYS[:PLAIN]
    own, plain = found.medians("shire")
    assert own <= plain
    # Where shires follow the driver too, it is chosen.
    for former in formers[:5]:
        counts[former.parts] = 400 * np.exp(2 * logs["a"][former.parts])
    assert record(Councils(counts, given.residents, logs, given.pairs), WAYS, formers).way.drivers[0] == "a"


def test_every_outcome_has_its_plain_shares_first_and_drivers_that_are_known() -> None:
    assert tuple(CANDIDATES) == OUTCOMES
    for ways in CANDIDATES.values():
        assert len(set(ways)) == len(ways)
        assert all(not way.drivers for way in ways[:PLAIN]) and ways[0].residents == "residents"
        assert all(set(way.drivers) <= set(SHARES) and len(way.drivers) <= 3 for way in ways)
    assert CHOSEN_ON == ("shire", "city")
