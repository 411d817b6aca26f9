"""How a known county total is split between its parts: rates of councils that touch, chosen on former counties.

The expected count of a part is its residents times a power of each driver: `residents · Π driver^power`. A driver is a
share (disabled residents among all, children in income-deprived homes among children ...), and its power is found from
**differences between councils that touch**: what differs between neighbours is what differs inside a county, while
what differs between regions (practice, supply, price) falls out. Expected counts are then scaled to the county's
published total, so only the split is estimated.

Which residents and which drivers is chosen on former counties: `fits_record`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lgrdata.core.facts import Floats, Ints
from lgrdata.core.models import NOMINAL

Bools = NDArray[np.bool_]

RIDGE = 0.1
"""Added to each driver's own sum of squares, as a part of it: a slope found on few pairs is held back."""


@dataclass(frozen=True)
class Share:
    """A driver of the split: people of one kind among people of another (both names of DRIVERS).

    `for_age`: what the share of older residents explains is divided out.
    """

    words: str
    people: str
    among: str
    for_age: bool = False


OLDER = "residents 65+"
SHARES: dict[str, Share] = {
    "income deprived children": Share(
        "the share of children in income-deprived homes", "income deprived children", "residents 0-17"
    ),
    "income deprived older people": Share(
        "the share of older people on low incomes", "income deprived older people", "residents 65+"
    ),
    "disabled residents": Share("the share of residents who are disabled", "disabled residents", "residents"),
    "disabled residents for their age": Share(
        "the share of residents who are disabled, beyond what their age explains",
        "disabled residents", "residents", for_age=True,
    ),
    "older residents": Share("the share of adults who are 65 or older", "residents 65+", "residents 18+"),
}  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """A way to split: residents to start from and the drivers that weigh them; a plain share without drivers."""

    residents: str
    drivers: tuple[str, ...] = ()


_CHILD = ("income deprived children",)
_DISABLED = ("disabled residents",)
_FOR_AGE = ("disabled residents for their age",)
_CHILDREN = (_CHILD, _DISABLED, _FOR_AGE, _CHILD + _DISABLED, _CHILD + _FOR_AGE)
_POOR, _OLD = ("income deprived older people",), ("older residents",)
_ADULTS = (_POOR, _DISABLED, _OLD, _POOR + _DISABLED, _POOR + _OLD, _DISABLED + _OLD, _POOR + _DISABLED + _OLD)

EVERYONE = "residents"


def _candidates(band: str, start: Sequence[str], sets: Sequence[tuple[str, ...]]) -> tuple[Candidate, ...]:
    """The two plain shares first, then the other plain ones, then every start with every set of drivers."""
    plain = [Candidate(r) for r in dict.fromkeys((EVERYONE, band, *start))]
    return (*plain, *(Candidate(r, d) for r in start for d in sets))


CANDIDATES: dict[str, tuple[Candidate, ...]] = {
    "adults_long_term_support": _candidates("residents 18+", (EVERYONE, "residents 18+"), _ADULTS),
    "children_looked_after": _candidates("residents 0-17", (EVERYONE, "residents 0-17"), _CHILDREN),
    "children_in_need": _candidates("residents 0-17", (EVERYONE, "residents 0-17"), _CHILDREN),
    "ehc_plans": _candidates("residents 0-24", (EVERYONE, "residents 0-17"), _CHILDREN),
}
"""By outcome. The first two are the plain shares to beat: of all residents, and of the age band concerned."""
PLAIN = 2


def log_share(share: Share, people: Mapping[str, float], age_power: float) -> float:
    """Logarithm of a driver in a place of `people` by name of DRIVERS; −∞ where there are none."""
    value = _log_ratio(people[share.people], people[share.among])
    # Minus infinity stays so, whatever the age: the caller keeps it within what councils have.
    if share.for_age and value > -math.inf:
        value -= age_power * max(_log_ratio(people[OLDER], people["residents 18+"]), -10.0)
    return value


def _log_ratio(part: float, whole: float) -> float:
    return math.log(part / whole) if part > 0 and whole > 0 else -math.inf


@dataclass(frozen=True, eq=False)
class Councils:
    """The councils that a split is learnt from: [C] counts, residents by name, logarithms of drivers, pairs [P, 2]."""

    counts: Floats
    residents: Mapping[str, Floats]
    logs: Mapping[str, Floats]
    pairs: Ints


@dataclass(frozen=True, eq=False)
class Learner:
    """What a candidate's powers are found from: differences of drivers and of the rate over the pairs that touch."""

    candidate: Candidate
    steps: Floats  # [P, D + 1] of each driver's logarithm, then of the rate's
    residents: Floats  # [C]
    logs: Floats  # [C, D]

    def powers(self, kept: Bools | None = None) -> Floats:
        """[D] power of each driver, none below zero, from the pairs `kept` [P] (all where None).

        Least squares with RIDGE. A driver that would count against need is left out, and the others are found anew.
        """
        steps = self.steps if kept is None else self.steps[kept]
        sums = steps.T @ steps
        powers: Floats = np.zeros(len(self.candidate.drivers))
        active = [d for d in range(len(powers)) if sums[d, d] > 1e-9]
        while active:
            grid = sums[np.ix_(active, active)]
            found = np.linalg.solve(grid + RIDGE * np.diag(np.diag(grid)), sums[active, -1])
            if (found >= 0).all():
                powers[active] = found
                break
            active = [d for d, power in zip(active, found, strict=True) if power > 0]
        return powers

    def expected(self, powers: Floats, places: Ints) -> Floats:
        """Expected counts of some of the councils, to be scaled to their county's."""
        return np.asarray(self.residents[places] * np.exp(self.logs[places] @ powers), dtype=np.float64)


def learner(councils: Councils, candidate: Candidate) -> Learner:
    """A candidate over the councils of England."""
    residents = councils.residents[candidate.residents]
    columns = [*(councils.logs[d] for d in candidate.drivers), np.log(councils.counts / residents)]
    table = np.stack(columns, axis=1)
    steps = table[councils.pairs[:, 0]] - table[councils.pairs[:, 1]]
    return Learner(candidate, steps, residents, table[:, :-1])


def age_power(disabled: Floats, older: Floats, deprived: Floats, pairs: Ints) -> float:
    """How the share of disabled residents goes with that of older ones, between councils that touch; logarithms.

    Least squares with deprivation held even, so that age takes nothing of poverty's. 0 where nothing differs.
    """
    table = np.stack([older, deprived, disabled], axis=1)
    steps = table[pairs[:, 0]] - table[pairs[:, 1]]
    if not len(steps) or np.abs(steps[:, 0]).max() < 1e-9:
        return 0.0
    found = np.linalg.lstsq(steps[:, :2], steps[:, 2], rcond=None)[0]
    return max(float(found[0]), 0.0)


def odds_off(counts: Floats, predicted: Floats) -> Floats:
    """[P] by how much each part's rate against the rest of its county was off: logarithm of a factor.

    `counts` and `predicted` add to the same total.
    """
    true = np.log(counts) - np.log(counts.sum() - counts)
    return np.asarray(true - np.log(predicted) + np.log(predicted.sum() - predicted), dtype=np.float64)


def four_in_five(off: Floats) -> float:
    """The factor that holds NOMINAL of errors like these; one yet to be met is counted, lest it be too narrow."""
    ranked = np.sort(np.abs(off))
    return math.exp(float(ranked[min(math.ceil((len(ranked) + 1) * NOMINAL), len(ranked)) - 1]))


def with_factor(value: Floats, total: float, factor: float) -> Floats:
    """Parts' counts where the rate of each against the rest of its county is `factor` times the expected one."""
    share = value / total
    return np.asarray(total * share * factor / (share * factor + 1.0 - share), dtype=np.float64)
