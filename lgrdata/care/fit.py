"""The sums behind the estimates: non-negative fits on few drivers, chosen by leaving councils out.

A count is taken to be a sum of drivers, each times one coefficient: count = Σ coefficient · driver. Every driver is
additive (people), so that the same coefficients serve a county, a district and a ward, and parts add to their whole.
Rates (count per resident of the fitting population) are fitted by least squares, one council one voice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from lgrdata.core.facts import Floats, Ints
from lgrdata.core.models import BANDS

RANGE_SHARE = 0.8
"""The range holds this share of the errors met: four in five."""


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
        Driver("residents 0-17", "residents aged 0 to 17", ("0-17",)),
        Driver("residents 18-24", "residents aged 18 to 24", ("18-24",)),
        Driver("residents 18-64", "residents aged 18 to 64", ("18-24", "25-64")),
        Driver("residents 65-74", "residents aged 65 to 74", ("65-74",)),
        Driver("residents 75-84", "residents aged 75 to 84", ("75-84",)),
        Driver("residents 85+", "residents aged 85 and over", ("85+",)),
        Driver("residents 18+", "residents aged 18 and over", ADULT_BANDS),
        Driver("residents 0-24", "residents aged 0 to 24", ("0-17", "18-24")),
        Driver("disabled residents", "disabled residents of all ages", BANDS, "disabled"),
        Driver(
            "income deprived children",
            "children in income-deprived homes (their share, by the index of 2025, × residents aged 0 to 17)",
            ("0-17",),
            "income deprived children",
        ),
        Driver(
            "income deprived older people",
            "older people on low incomes (their share, by the index of 2025, × residents aged 65 and over)",
            OLDER_BANDS,
            "income deprived older people",
        ),
    )
}


@dataclass(frozen=True)
class Recipe:
    """What may explain an outcome: its plain population (the baseline to beat) and the drivers to choose from."""

    outcome: str
    population: str
    candidates: tuple[str, ...]
    per: int
    """Rates are shown per this many residents of `population`."""

    @property
    def bands(self) -> tuple[str, ...]:
        """Age bands of the population that the count is a share of."""
        return DRIVERS[self.population].follows


# Disability is no candidate for children in care or in need: most disabled residents are old, and it lessens the
# error between regions but not between neighbours. Fitting looked-after children without unaccompanied
# asylum-seeking children was tried and did not lessen the error.
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
    weighted: Floats  # [C, D] drivers divided by the population
    hat: Floats  # [C, C]
    residual: Floats  # [C] of rates, with every council in


def least_squares(counts: Floats, drivers: Floats, population: Floats, names: Sequence[str]) -> LeastSquares:
    """Fit counts [C] / population [C] on drivers [C, D] / population, with leave-one-out predictions."""
    x = drivers / population[:, None]
    y = counts / population
    inverse = np.linalg.inv(x.T @ x)
    coefficients = inverse @ (x.T @ y)
    hat = x @ inverse @ x.T
    residual = y - x @ coefficients
    out = residual / (1.0 - np.diag(hat))
    without = coefficients - (x @ inverse) * out[:, None]
    predicted = (y - out) * population
    nonnegative = bool((coefficients >= 0).all() and (without >= 0).all())
    return LeastSquares(tuple(names), coefficients, predicted, nonnegative, x, hat, residual)


def leave_pair_out(fit: LeastSquares, counts: Floats, population: Floats, a: Ints, b: Ints) -> Floats:
    """[P, 2] predicted counts of councils a[p] and b[p], each from a fit without the two."""
    index = np.stack([a, b], axis=1)
    block = np.eye(2) - fit.hat[index[:, :, None], index[:, None, :]]
    out = np.linalg.solve(block, fit.residual[index][:, :, None])[:, :, 0]
    return np.asarray(((counts / population)[index] - out) * population[index], dtype=np.float64)


def rate_error(counts: Floats, predicted: Floats, population: Floats) -> float:
    """Typical (root mean square) error of a rate as a fraction of the mean rate."""
    miss = (counts - predicted) / population
    return float(np.sqrt(np.mean(miss**2)) / np.mean(counts / population))


def share_error(counts: Floats, pairs: Floats, a: Ints, b: Ints) -> float:
    """How far off the split of two neighbouring councils' joint count is, as the logarithm of a factor.

    Two neighbours stand for a county of two halves: the joint count is known, its split is predicted (`pairs` [P, 2]).
    The factor is (true count ÷ predicted) of one over the same of the other; RANGE_SHARE of pairs lie within it.
    """
    off = np.log(counts[a] / pairs[:, 0]) - np.log(counts[b] / pairs[:, 1])
    return float(np.quantile(np.abs(off), RANGE_SHARE))


@dataclass(frozen=True, eq=False)
class Choice:
    """The fit chosen for an outcome beside its baseline, with errors of both; arrays over the councils fitted on."""

    recipe: Recipe
    chosen: LeastSquares
    baseline: LeastSquares
    error: float
    baseline_error: float
    share_error: float
    baseline_share_error: float
    pairs: int

    @property
    def uses_drivers(self) -> bool:
        return self.chosen is not self.baseline


def choose(recipe: Recipe, counts: Floats, drivers: dict[str, Floats], a: Ints, b: Ints, most: int = 3) -> Choice:
    """The set of at most `most` drivers with the smallest leave-one-out error of rates.

    Sets with a coefficient below zero, whichever council is left out, are passed over, so that the fit is the
    non-negative one. The plain population stays unless a set beats it both on rates and on the split of neighbours.
    `a`, `b` [P]: councils that touch, as indexes of `counts`. Counts and the population must be above zero.
    """
    population = drivers[recipe.population]
    baseline = least_squares(counts, population[:, None], population, [recipe.population])
    baseline_error = rate_error(counts, baseline.predicted, population)
    baseline_share = _share(baseline, counts, population, a, b)
    best, error, share = baseline, baseline_error, baseline_share
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
                shares = _share(fit, counts, population, a, b)
                if shares < baseline_share:
                    best, error, share = fit, off, shares
    return Choice(recipe, best, baseline, error, baseline_error, share, baseline_share, len(a))


def _share(fit: LeastSquares, counts: Floats, population: Floats, a: Ints, b: Ints) -> float:
    return share_error(counts, leave_pair_out(fit, counts, population, a, b), a, b)
