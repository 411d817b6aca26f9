"""What need grows with: each count as a sum of drivers, compared across the councils of England; for forecasts.

A count is taken to be a sum of drivers, each times one coefficient: count = Σ coefficient · driver. A coefficient is
**not a rate by age**: it is what councils with more people of one kind count more, and carries all that goes along
with them. Rates (count per resident of the population concerned) are fitted by least squares, one council one voice.
How a county's count is split between its parts is another matter: `fits_split`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from lgrdata.core.facts import Floats
from lgrdata.core.models import BANDS


@dataclass(frozen=True)
class Driver:
    """People who drive need, counted at every level. `follows`: the age bands whose growth carries it forward.

    `census_item`: the ward count that spreads it inside an upper-tier council; '' where residents by band are it.
    """

    name: str
    words: str
    follows: tuple[str, ...]
    census_item: str = ""


ADULT_BANDS = BANDS[1:]
OLDER_BANDS = BANDS[3:]

DRIVERS: dict[str, Driver] = {
    d.name: d
    for d in (
        Driver("residents", "residents of all ages", BANDS),
        Driver("residents 0-17", "residents aged 0 to 17", ("0-17",)),
        Driver("residents 18-24", "residents aged 18 to 24", ("18-24",)),
        Driver("residents 18-64", "residents aged 18 to 64", ("18-24", "25-64")),
        Driver("residents 65-74", "residents aged 65 to 74", ("65-74",)),
        Driver("residents 75-84", "residents aged 75 to 84", ("75-84",)),
        Driver("residents 85+", "residents aged 85 and over", ("85+",)),
        Driver("residents 65+", "residents aged 65 and over", OLDER_BANDS),
        Driver("residents 18+", "residents aged 18 and over", ADULT_BANDS),
        Driver("residents 0-24", "residents aged 0 to 24", ("0-17", "18-24")),
        Driver("disabled residents", "disabled residents of all ages", BANDS, "disabled"),
        Driver(
            "income deprived children",
            "children in income-deprived homes (their share, by the Index of Deprivation, × residents aged 0 to 17)",
            ("0-17",),
            "income deprived children",
        ),
        Driver(
            "income deprived older people",
            "older people on low incomes (their share, by the Index of Deprivation, × residents aged 65 and over)",
            OLDER_BANDS,
            "income deprived older people",
        ),
    )
}


@dataclass(frozen=True)
class Recipe:
    """What an outcome may grow with: the population that it is a share of, and the drivers to choose from."""

    outcome: str
    population: str
    candidates: tuple[str, ...]
    per: int
    """Rates are shown per this many residents of `population`."""

    @property
    def bands(self) -> tuple[str, ...]:
        """Age bands of the population that the count is a share of."""
        return DRIVERS[self.population].follows


# Disability is no candidate for children in care or in need: most disabled residents are old, so that growth would
# follow the ageing of adults.
RECIPES: dict[str, Recipe] = {
    r.outcome: r
    for r in (
        Recipe(
            "adults_long_term_support",
            "residents 18+",
            (
                "residents 18-64",
                "residents 65-74",
                "residents 75-84",
                "residents 85+",
                "disabled residents",
                "income deprived older people",
            ),
            1_000,
        ),
        Recipe(
            "children_looked_after",
            "residents 0-17",
            ("residents 0-17", "income deprived children"),
            10_000,
        ),
        Recipe("children_in_need", "residents 0-17", ("residents 0-17", "income deprived children"), 10_000),
        Recipe(
            "ehc_plans",
            "residents 0-24",
            ("residents 0-17", "residents 18-24", "income deprived children", "disabled residents"),
            1_000,
        ),
    )
}


@dataclass(frozen=True, eq=False)
class LeastSquares:
    """A fit of rates: `coefficients` [D]; `predicted` [C] counts, each from a fit without that council."""

    drivers: tuple[str, ...]
    coefficients: Floats
    predicted: Floats
    nonnegative: bool
    """True where no coefficient is below zero, whichever council is left out."""


def least_squares(counts: Floats, drivers: Floats, population: Floats, names: Sequence[str]) -> LeastSquares:
    """Fit counts [C] / population [C] on drivers [C, D] / population, with leave-one-out predictions."""
    x = drivers / population[:, None]
    y = counts / population
    inverse = np.linalg.inv(x.T @ x)
    coefficients = inverse @ (x.T @ y)
    hat = np.einsum("cd,de,ce->c", x, inverse, x)
    out = (y - x @ coefficients) / (1.0 - hat)
    without = coefficients - (x @ inverse) * out[:, None]
    nonnegative = bool((coefficients >= 0).all() and (without >= 0).all())
    return LeastSquares(tuple(names), coefficients, (y - out) * population, nonnegative)


def rate_error(counts: Floats, predicted: Floats, population: Floats) -> float:
    """Typical (root mean square) error of a rate as a fraction of the mean rate."""
    miss = (counts - predicted) / population
    return float(np.sqrt(np.mean(miss**2)) / np.mean(counts / population))


def choose(recipe: Recipe, counts: Floats, drivers: dict[str, Floats], most: int = 3) -> LeastSquares:
    """The set of at most `most` drivers with the smallest leave-one-out error of rates; the plain population else.

    Sets with a coefficient below zero, whichever council is left out, are passed over, so that the fit is the
    non-negative one. Counts and the population must be above zero.
    """
    population = drivers[recipe.population]
    best = least_squares(counts, population[:, None], population, [recipe.population])
    error = rate_error(counts, best.predicted, population)
    for size in range(1, most + 1):
        for names in combinations(recipe.candidates, size):
            columns = np.stack([drivers[n] for n in names], axis=1)
            if np.linalg.matrix_rank(columns / population[:, None]) < size:
                continue
            fit = least_squares(counts, columns, population, names)
            if not fit.nonnegative or (fit.predicted <= 0).any():
                continue
            off = rate_error(counts, fit.predicted, population)
            if off < error:
                best, error = fit, off
    return best
