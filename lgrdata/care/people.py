"""What a split does to care: estimated people by council with their range, rates, homelessness, directors, size.

Published counts stop at today's upper-tier councils. A council that is made of whole ones has their published count;
any other holds a share of one, estimated from its blocks (`fits`), and is given with a low and a high value. Councils'
figures always add to the published count. Pure sums over an area's facts and a split; missing figures stay missing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lgrdata.care.fit import RECIPES
from lgrdata.core.facts import AreaFacts, Assumptions, Floats, Ints
from lgrdata.core.models import BANDS, OUTCOMES, Estimate
from lgrdata.core.rounding import largest_remainder
from lgrdata.splits.split import OUT, Split

Status = Literal["published", "estimated", "not available"]
Bools = NDArray[np.bool_]

_BAND_SETS = np.array([[band in RECIPES[o].bands for band in BANDS] for o in OUTCOMES])
CITY_MOST = 0.4
"""A city holds at most this share of its county's residents: the largest among former counties holds a third."""

_PER = np.array([float(RECIPES[o].per) for o in OUTCOMES])


@dataclass(frozen=True, eq=False)
class UpperTierParts:
    """Which part of each upper-tier council of today each new council holds."""

    parts: Floats  # [U, N, outcome] estimated people
    share: Floats  # [U, N, outcome] of the upper tier's people; 1 where it is held whole
    holds: Bools  # [U, N] at least one block
    whole: Bools  # [U, N] every block
    first: Ints  # [N] place of the council's first block: an order that names do not change
    city: Bools  # [U] a city is parted from the county around it (see city_parted)

    def spread(self, totals: Floats, factor: Floats) -> Floats:
        """[N, outcome] people (or money) when each part's rate is `factor` times the rest of its county's.

        `factor` [U, 1, outcome], as of `fit_factors`.

        `totals` [U, outcome]. Shares stay between 0 and 1, and a county held whole keeps its total.
        """
        with np.errstate(invalid="ignore"):
            moved = self.share * factor / (self.share * factor + 1.0 - self.share)
        return self.sum(totals, np.where(self.whole[:, :, None], 1.0, moved))

    def sum(self, totals: Floats, share: Floats) -> Floats:
        """[N, outcome] sum over the upper tiers that a council holds part of; NaN where one of them is missing."""
        here = np.where(self.holds[:, :, None], totals[:, None, :] * share, 0.0)
        return np.asarray(here.sum(axis=0), dtype=np.float64)


def holdings(facts: AreaFacts, split: Split) -> UpperTierParts:
    """Parts of today's upper tiers by council. Blocks that nobody has are in no council."""
    n, uppers = split.count, len(facts.upper_codes)
    parts = np.zeros((uppers, n, len(OUTCOMES)))
    holds = np.zeros((uppers, n), dtype=bool)
    held_whole = np.zeros((uppers, n), dtype=np.int64)
    first = np.full(n, 2**31, dtype=np.int64)
    lone = np.flatnonzero(split.authority >= 0)
    where = (facts.authority_upper[lone], split.authority[lone])
    np.add.at(parts, where, facts.estimates[lone])
    np.add.at(held_whole, where, 1)
    holds[where] = True
    np.minimum.at(first, split.authority[lone], lone * 100_000)
    if split.divided.any():
        wards = np.flatnonzero(split.divided[facts.ward_authority] & (split.ward >= 0))
        home = facts.ward_authority[wards]
        where = (facts.authority_upper[home], split.ward[wards])
        np.add.at(parts, where, facts.ward_estimates[wards])
        holds[where] = True
        np.minimum.at(first, split.ward[wards], home * 100_000 + 1 + wards)
    whole = held_whole == np.bincount(facts.authority_upper, minlength=uppers)[:, None]
    totals = np.zeros((uppers, len(OUTCOMES)))
    np.add.at(totals, facts.authority_upper, facts.estimates)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.clip(np.where(totals[:, None, :] > 0, parts / totals[:, None, :], 0.0), 0.0, 1.0)
    share[np.broadcast_to(np.isnan(totals)[:, None, :], share.shape)] = np.nan
    share[whole] = 1.0
    return UpperTierParts(parts, share, holds, whole, first, city_parted(facts, split))


def city_parted(facts: AreaFacts, split: Split) -> Bools:
    """[U] counties out of which the split takes a city: their parts have the range found on cities.

    A city is a part of at most CITY_MOST of the county's residents, most of them in authorities classed urban, while
    most of the rest are not.
    """
    people = facts.residents.sum(axis=1)[:, None] * split.share
    urban = np.array([a.urban for a in facts.authorities], dtype=bool)[:, None]
    shape = (len(facts.upper_codes), split.count)
    here, in_towns = np.zeros(shape), np.zeros(shape)
    np.add.at(here, facts.authority_upper, people)
    np.add.at(in_towns, facts.authority_upper, np.where(urban, people, 0.0))
    rest, rest_in_towns = here.sum(axis=1, keepdims=True) - here, in_towns.sum(axis=1, keepdims=True) - in_towns
    found = (here > 0) & (here <= CITY_MOST * (here + rest)) & (in_towns > here / 2) & (rest_in_towns <= rest / 2)
    return np.asarray(facts.upper_is_county & found.any(axis=1), dtype=bool)


def fit_factors(facts: AreaFacts, city: Bools) -> tuple[Floats, Floats]:
    """[U, 1, outcome] low and high factors of each county's parts; NaN where an outcome has no fit.

    `city` [U], as of `city_parted`. Where a city is parted from the county around it, the range found on such cities;
    else that of shire counties.
    """
    fits = [facts.fits.get(o) for o in OUTCOMES]
    pairs = [
        ([f.low_factor if f else math.nan for f in fits], [f.city_low_factor if f else math.nan for f in fits]),
        ([f.high_factor if f else math.nan for f in fits], [f.city_high_factor if f else math.nan for f in fits]),
    ]
    low, high = (np.where(city[:, None] & ~np.isnan(cities), cities, shires)[:, None, :] for shires, cities in pairs)
    return low, high


@dataclass(frozen=True, eq=False)
class Homelessness:
    """Households owed a duty over a year, summed from districts. NaN where no part is known; `missing` says what."""

    values: Floats  # [N]
    status: tuple[Status, ...]  # estimated where a district is divided: by its residents
    missing: tuple[tuple[str, ...], ...]  # names of authorities whose figure is not published or not held
    per_thousand: Floats  # [N] per 1,000 residents; NaN where any part is missing
    area_per_thousand: float
    period: str


@dataclass(frozen=True, eq=False)
class ServiceEffects:
    """People in care by council [N, outcome], outcomes in the order of models.OUTCOMES; NaN where not available."""

    split: Split
    held: UpperTierParts
    value: Floats
    low: Floats
    high: Floats
    status: tuple[tuple[Status, ...], ...]  # [N][outcome]
    missing: tuple[tuple[str, ...], ...]  # [N] outcomes without a published count, with whose
    population: Ints  # [N, outcome] residents that the count is a share of

    @cached_property
    def area_total(self) -> Floats:
        """[outcome] people in all councils of the split: the published total of what they take in."""
        return np.asarray(self.value[self.split.in_use].sum(axis=0), dtype=np.float64)

    @cached_property
    def whole(self) -> tuple[tuple[int | None, ...], ...]:
        """[N][outcome] whole people; councils add exactly to the published total. None where not available."""
        used = [int(c) for c in self.split.in_use]
        table: list[list[int | None]] = [[None] * len(OUTCOMES) for _ in range(self.split.count)]
        for o in range(len(OUTCOMES)):
            known = [c for c in used if not math.isnan(self.value[c, o])]
            exact = {c: round(float(self.value[c, o])) for c in known if self.status[c][o] == "published"}
            rest = [c for c in known if c not in exact]
            values = [float(self.value[c, o]) for c in rest]
            total = round(math.fsum(float(self.value[c, o]) for c in known)) - sum(exact.values())
            order = [int(self.held.first[c]) for c in rest]
            exact.update(zip(rest, largest_remainder(values, total, order), strict=True))
            for c, people in exact.items():
                table[c][o] = people
        return tuple(tuple(row) for row in table)

    def estimate(self, council: int, outcome: str) -> Estimate | None:
        """Whole people with low and high (equal where published); None where not available or the council is empty."""
        o = OUTCOMES.index(outcome)
        people = self.whole[council][o]
        if people is None:
            return None
        low, high = math.floor(self.low[council, o] + 1e-6), math.ceil(self.high[council, o] - 1e-6)
        return Estimate(people, min(low, people), max(high, people))

    @cached_property
    def rate(self) -> tuple[Floats, Floats, Floats]:
        """[N, outcome] value, low and high per `per` residents of the fitting population; NaN where none."""
        base = np.where(self.population > 0, self.population, np.nan) / _PER
        return self.value / base, self.low / base, self.high / base

    @cached_property
    def area_rate(self) -> Floats:
        """[outcome] the rate of all councils of the split together."""
        base = self.population[self.split.in_use].sum(axis=0)
        return np.asarray(self.area_total / np.where(base > 0, base, np.nan) * _PER, dtype=np.float64)

    @cached_property
    def balance(self) -> tuple[Floats, Floats, Floats]:
        """[N, outcome] demand balance: the council's rate over the area's, value, low and high; 1 is even."""
        value, low, high = self.rate
        return value / self.area_rate, low / self.area_rate, high / self.area_rate

    @cached_property
    def too_close(self) -> Bools:
        """[N, outcome] an estimated rate whose range holds the area's: higher or lower cannot be told."""
        _, low, high = self.balance
        estimated = np.array([[s == "estimated" for s in row] for row in self.status], dtype=bool)
        return np.asarray(estimated & (low <= 1.0) & (high >= 1.0))

    def per(self, outcome: str) -> int:
        """Residents that a rate is per: 1,000 or 10,000."""
        return RECIPES[outcome].per

    @cached_property
    def homelessness(self) -> Homelessness | None:
        """Homelessness duties by council; None where the area's facts hold none."""
        return _homelessness(self.split)


def estimate(facts: AreaFacts, split: Split) -> ServiceEffects:
    """People in care of each council of a split, with range, rates and balance.

    Sources: published counts of today's upper tiers and the dataset's fits. A council is 'published' where it is made
    of whole upper-tier councils, 'not available' where one that it holds part of publishes no count.
    """
    held = holdings(facts, split)
    low_factor, high_factor = fit_factors(facts, held.city)
    value = held.sum(facts.published, held.share)
    low = np.minimum(held.spread(facts.published, low_factor), value)
    high = np.maximum(held.spread(facts.published, high_factor), value)
    exact: Bools = np.logical_not((held.holds & ~held.whole).any(axis=0))
    low[exact], high[exact] = value[exact], value[exact]
    # No estimate without a range: an outcome that was never fitted is not available for a part of a county.
    value = np.where(np.isnan(low) | np.isnan(high), np.nan, value)
    empty = ~held.holds.any(axis=0)
    value[empty], low[empty], high[empty] = np.nan, np.nan, np.nan
    status: list[tuple[Status, ...]] = []
    missing: list[tuple[str, ...]] = []
    gone = np.isnan(facts.published)
    for c in range(split.count):
        row = [_status(float(v), bool(exact[c])) for v in value[c]]
        status.append(tuple(row))
        missing.append(
            tuple(
                f"{OUTCOMES[o]}: {facts.upper_names[u]}"
                for u, o in zip(*np.nonzero(gone), strict=True)
                if held.holds[u, c]
            )
        )
    population = np.asarray(split.residents @ _BAND_SETS.T.astype(np.int64), dtype=np.int64)
    return ServiceEffects(split, held, value, low, high, tuple(status), tuple(missing), population)


def _status(value: float, exact: bool) -> Status:
    if math.isnan(value):
        return "not available"
    return "published" if exact else "estimated"


def _homelessness(split: Split) -> Homelessness | None:
    facts = split.facts
    column = facts.columns.get("homelessness_duties_owed")
    if column is None:
        return None
    share, known = split.share, ~np.isnan(column.values)
    held = share > 0
    values = np.where(known, column.values, 0.0) @ share
    values[~(held & known[:, None]).any(axis=0)] = np.nan
    names = [a.name for a in facts.authorities]
    missing = tuple(tuple(names[i] for i in np.flatnonzero(held[:, c] & ~known)) for c in range(split.count))
    parted: Bools = np.any(held & split.divided[:, None], axis=0)
    status = tuple(_status(float(v), not bool(p)) for v, p in zip(values, parted, strict=True))
    complete = np.array([not m for m in missing])
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = np.where(complete, values / split.population * 1000, np.nan)
    used = split.in_use
    people = int(split.population[used].sum())
    area = float(values[used].sum()) / people * 1000 if people and complete[used].all() else math.nan
    return Homelessness(values, status, missing, rate, area, column.period)


@dataclass(frozen=True)
class Directors:
    """Statutory directors of adult social services, and as many of children's services: one of each a council."""

    today: int
    after: int


def directors(split: Split) -> Directors:
    """Directors of adult social services (and as many of children's services) today and after.

    Today counts the upper-tier councils that the split takes in. Law asks each council for both; councils may share.
    """
    facts = split.facts
    taken = set(facts.authority_upper[split.authority != OUT].tolist())
    return Directors(len(taken), len(split.in_use))


def holders_of_posts(split: Split) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
    """By council in use, the upper-tier councils of today that go whole to it, and those of which it takes a part.

    Each of today's has a director of adults' and of children's services; who takes a new post, nobody knows yet.
    """
    facts = split.facts
    takes = np.zeros((len(facts.upper_codes), split.count), dtype=bool)
    for i, upper in enumerate(facts.authority_upper):
        takes[upper] |= split.share[i] > 0
    alone = takes.sum(axis=1) == 1
    return {
        int(c): tuple(tuple(map(int, np.flatnonzero(takes[:, c] & kind))) for kind in (alone, ~alone))  # type: ignore[misc]
        for c in split.in_use
    }


@dataclass(frozen=True, eq=False)
class Size:
    """Residents against government's guide (a distance, never pass or fail) and the bands of CCN/Newton."""

    guide: float
    small: float
    distance: Floats  # [N] residents above (or below, negative) the guide
    band: tuple[Literal["up to small", "small to guide", "over guide"], ...]


def size(split: Split, assumptions: Assumptions) -> Size:
    """Distance of each council from `size_guide`; bands end at `size_small_newton` and the guide."""
    guide, small = assumptions.value("size_guide"), assumptions.value("size_small_newton")
    people = split.population
    band: list[Literal["up to small", "small to guide", "over guide"]] = [
        "up to small" if p <= small else "small to guide" if p <= guide else "over guide" for p in people.tolist()
    ]
    return Size(guide, small, np.asarray(people - guide, dtype=np.float64), tuple(band))
