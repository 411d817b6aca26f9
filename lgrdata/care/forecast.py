"""Residents by age and estimated need of each council of a split, to the last year projected.

Growth by age band of the projections, on the residents of today; need grows with the ages that it goes with
across the councils of England today. Nothing here foresees a change of rates, of policy or of how many people ask for
help: it shows what a change in ages alone would do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lgrdata.care.fit import DRIVERS, RECIPES
from lgrdata.care.people import ServiceEffects, estimate, fit_factors
from lgrdata.core.facts import AreaFacts, Floats, ProjectionFacts
from lgrdata.core.models import BANDS, OUTCOMES, PROJECTION_BANDS, Estimate, LgrError
from lgrdata.splits.split import Split

GROWS_WITH = ("0-19", "20-64", "20-64", "65-84", "65-84", "85+")
"""Growth that each band of models.BANDS follows; 65-84 is the projections' 65+ less their 85+."""

GROUPS = {"0-17": ("0-17",), "18-64": ("18-24", "25-64"), "65+": ("65-74", "75-84", "85+"), "85+": ("85+",)}
"""Age groups to show; 85+ is part of 65+."""

NEED_DRIVERS = {
    "disabled residents": ("disabled_residents", None),
    "income deprived children": ("idaci", ("0-17",)),
    "income deprived older people": ("idaopi", ("65-74", "75-84", "85+")),
}
"""Measure of each authority that gives a driver, and the residents that it is a share of (None: it is people)."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """By council [N] and year [Y]; empty councils and figures that cannot be given are NaN.

    The first year is that of the residents held: residents as estimated by the Office for National Statistics, need as
    in `services`.
    """

    split: Split
    years: tuple[int, ...]
    residents: Floats  # [N, Y, BANDS]
    need: Floats  # [N, Y, outcome]
    need_low: Floats
    need_high: Floats
    missing: tuple[str, ...]
    """Authorities without projections, and outcomes that cannot be forecast, in words."""
    label: str
    """The projections that residents grow by: 2018-based."""

    @property
    def last(self) -> int:
        """The last year projected."""
        return self.years[-1]

    def group(self, name: str) -> Floats:
        """[N, Y] residents of an age group of GROUPS."""
        return np.asarray(self.residents[:, :, [BANDS.index(b) for b in GROUPS[name]]].sum(axis=2), dtype=np.float64)

    def estimate(self, council: int, year: int, outcome: str) -> Estimate | None:
        """Need of one council in one year, with its range; None where it cannot be given."""
        y, o = self.years.index(year), OUTCOMES.index(outcome)
        value = float(self.need[council, y, o])
        if math.isnan(value):
            return None
        return Estimate(value, float(self.need_low[council, y, o]), float(self.need_high[council, y, o]))


def growth(facts: AreaFacts, years: Sequence[int]) -> Floats:
    """[A, Y, BANDS] projected residents of a year over those of the first year; NaN where not projected.

    LgrError where a year lies outside the projections.
    """
    projection = _held(facts)
    first = facts.vintage.year
    wrong = [y for y in years if y not in projection.years or y < first]
    if wrong or first not in projection.years:
        raise LgrError(
            f"no projection for {wrong[0] if wrong else first}: years run from {first} to {projection.years[-1]}"
        )
    at = {b: i for i, b in enumerate(PROJECTION_BANDS)}
    level = projection.residents
    by_group = {
        "0-19": level[:, :, at["0-19"]],
        "20-64": level[:, :, at["20-64"]],
        "65-84": level[:, :, at["65+"]] - level[:, :, at["85+"]],
        "85+": level[:, :, at["85+"]],
    }
    when = [projection.years.index(y) for y in years]
    base = projection.years.index(first)
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = {g: v[:, when] / np.where(v[:, [base]] > 0, v[:, [base]], np.nan) for g, v in by_group.items()}
    return np.stack([rates[g] for g in GROWS_WITH], axis=2)


def _held(facts: AreaFacts) -> ProjectionFacts:
    if facts.projection is None:
        raise LgrError(f"{facts.area.name}: no projections are held, so nothing can be forecast")
    return facts.projection


def age_weights(facts: AreaFacts, outcome: str) -> Floats:
    """[U, BANDS] what a resident of each age band weighs in the growth of an outcome, by upper tier.

    The growth fit's coefficients (`fits_model`), each on the residents its driver stands for: income-deprived older
    people are a share of those aged 65 and over, so theirs weighs on that age. They are no rates by age: what goes
    along with people of an age across councils weighs with them. NaN where a driver is not known for an upper tier.
    """
    uppers = len(facts.upper_codes)
    weights = np.zeros((uppers, len(BANDS)))
    if outcome not in facts.fits:
        return np.full((uppers, len(BANDS)), np.nan)
    residents = _by_upper(facts, facts.residents.astype(np.float64))
    for name, coefficient in facts.fits[outcome].coefficients:
        follows = [BANDS.index(b) for b in DRIVERS[name].follows]
        rate = np.ones(uppers)
        if name in NEED_DRIVERS:
            measure, of = NEED_DRIVERS[name]
            column = facts.columns.get(measure)
            people = column.values if column is not None else np.full(len(facts.authorities), np.nan)
            if of is not None:
                people = people * facts.residents[:, [BANDS.index(b) for b in of]].sum(axis=1)
            # Need in proportion to all who carry the driver, at whatever age the count itself is of.
            follows = [b for b in follows if BANDS[b] in RECIPES[outcome].bands]
            rate = _by_upper(facts, people) / residents[:, follows].sum(axis=1)
        weights[:, follows] += coefficient * rate[:, None]
    return weights


def _by_upper(facts: AreaFacts, values: Floats) -> Floats:
    total = np.zeros((len(facts.upper_codes), *values.shape[1:]))
    np.add.at(total, facts.authority_upper, values)
    return total


def forecast(
    facts: AreaFacts, split: Split, years: Sequence[int] | None = None, effects: ServiceEffects | None = None
) -> Forecast:
    """Residents by band and estimated need by outcome for each council and year (that of the residents always first).

    `years` default to every year from then to the last that is projected. Wards grow as their authority does, band by
    band. Need is today's people of each authority in the council, times the growth of its residents weighed by age
    (`age_weights`).
    The range is today's range carried forward, widened by the same factors on the change since.
    LgrError where the area has no projections or a year is outside them.
    """
    first = facts.vintage.year
    projection = _held(facts)
    wanted = range(first, projection.years[-1] + 1) if years is None else years
    span = (first, *sorted({int(y) for y in wanted} - {first}))
    rise = growth(facts, span)
    effects = effects or estimate(facts, split)
    n = split.count
    held_residents, held_people = _parts(facts, split)
    residents = np.einsum("anb,ayb->nyb", held_residents, np.where(np.isnan(rise), 0.0, rise))
    lost = np.isnan(rise).any(axis=(1, 2))
    residents[(split.share[lost] > 0).any(axis=0), 1:] = np.nan
    residents[:, 0] = split.residents
    need = np.full((n, len(span), len(OUTCOMES)), np.nan)
    missing = [
        f"{facts.authorities[a].name}: no projection" for a in np.flatnonzero(lost & (split.share.sum(axis=1) > 0))
    ]
    for o, outcome in enumerate(OUTCOMES):
        weights = age_weights(facts, outcome)[facts.authority_upper]
        weighed = weights * facts.residents
        with np.errstate(invalid="ignore", divide="ignore"):
            index = np.einsum("ab,ayb->ay", weighed, rise) / weighed.sum(axis=1)[:, None]
            index[:, 0] = 1.0
            people = held_people[:, :, o]
            moved = np.where(people[:, :, None] > 0, people[:, :, None] * index[:, None, :], 0.0).sum(axis=0)
            need[:, :, o] = effects.value[:, o, None] * moved / moved[:, [0]]
        if np.isnan(weights).any():
            missing.append(f"{outcome}: a driver of the estimate is not known here")
    low, high = _range(facts, effects, need)
    empty = np.setdiff1d(np.arange(n), split.in_use)
    for table in (residents, need, low, high):
        table[empty] = np.nan
    return Forecast(split, span, residents, need, low, high, tuple(missing), projection.based)


def _parts(facts: AreaFacts, split: Split) -> tuple[Floats, Floats]:
    """[A, N, BANDS] residents and [A, N, outcome] estimated people of each authority in each council."""
    authorities, n = len(facts.authorities), split.count
    residents = np.zeros((authorities, n, len(BANDS)))
    people = np.zeros((authorities, n, len(OUTCOMES)))
    whole = np.flatnonzero(split.authority >= 0)
    residents[whole, split.authority[whole]] = facts.residents[whole]
    people[whole, split.authority[whole]] = facts.estimates[whole]
    wards = np.flatnonzero(split.divided[facts.ward_authority] & (split.ward >= 0))
    where = (facts.ward_authority[wards], split.ward[wards])
    np.add.at(residents, where, facts.ward_residents[wards])
    np.add.at(people, where, facts.ward_estimates[wards])
    return residents, people


def _range(facts: AreaFacts, effects: ServiceEffects, need: Floats) -> tuple[Floats, Floats]:
    """Today's range at the same proportion, and the range of the split again on what is added or lost since."""
    with np.errstate(invalid="ignore", divide="ignore"):
        below = (effects.low / effects.value)[:, None, :]
        above = (effects.high / effects.value)[:, None, :]
    change = np.abs(need - need[:, [0], :])
    least, most = fit_factors(facts, effects.held.city)
    held = effects.held.holds[:, :, None]
    # Of the counties that a council holds part of, the one with the wider range.
    fall = 1 - np.where(held, least, 1.0).min(axis=0)[:, None, :]
    climb = np.where(held, most, 1.0).max(axis=0)[:, None, :] - 1
    low = np.maximum(need * below - change * fall, 0.0)
    high = need * above + change * climb
    # A count of nobody has a range of nobody.
    nobody = need == 0
    return np.where(nobody, 0.0, np.minimum(low, need)), np.where(nobody, 0.0, np.maximum(high, need))
