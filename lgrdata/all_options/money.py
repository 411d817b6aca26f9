"""Costs of many splits at once, by lens: the equations of the cost model over arrays instead of one split.

Kept apart from the model that prices one split with its partnerships; a test holds the two to the same figures.
"""

from __future__ import annotations

import numpy as np

from lgrdata.all_options.sums import SplitSums
from lgrdata.core.facts import Floats
from lgrdata.costs.rates import Rates

YEARS = 5
"""Years after the councils start that the five-year total runs over; one-off costs fall from the year before."""

MOST_PIECES = 64


def _old_councils(g: SplitSums) -> int:
    return len(g.whole.county_population) + g.whole.districts + g.whole.unitaries


def _splitting(g: SplitSums, gamma: float) -> Floats:
    """[M] Σ over counties of residents (million) times Σ m^−gamma over its pieces but one."""

    def work_out() -> Floats:
        steps = np.concatenate([[0.0, 0.0], np.cumsum(np.arange(1, MOST_PIECES, dtype=np.float64) ** -gamma)])
        weights = g.whole.county_population / 1e6
        return np.asarray(weights @ steps[g.county_pieces.astype(np.int64)])

    return g.once(("splitting", gamma), work_out)


def aggregation_saving(g: SplitSums, p: Rates) -> Floats:
    """[M] £m a year saved by having fewer councils."""
    return p.r * p.s * (_old_councils(g) - g.count.astype(np.float64))


def disaggregation_cost(g: SplitSums, p: Rates) -> Floats:
    """[M] £m a year of splitting county services, less the leadership of unitaries that are merged."""
    return p.delta * _splitting(g, p.gamma) - _released(g, p)


def _released(g: SplitSums, p: Rates) -> Floats:
    """[M] £m a year of leadership no longer paid at unitaries that are merged."""
    return np.asarray(p.leadership * (g.whole.unitaries - g.unchanged))


def purchasing_scale(g: SplitSums, p: Rates) -> Floats:
    """[M] £m a year from buying placements for fewer (or more) residents, without partnerships."""

    def work_out() -> Floats:
        today = g.whole.upper_population.astype(np.float64)
        reference = float(np.sum(today * np.minimum(today, p.cap)) / np.sum(today))
        people = g.sums.residents.astype(np.float64)
        return g.total(people * (reference - np.minimum(people, p.cap)))

    return p.kappa / 1e5 * g.once(("scale", p.cap), work_out) / 1e6


def one_off(g: SplitSums, p: Rates) -> Floats:
    """[M] £m once, without partnerships' set-up."""
    carry_on = g.unchanged
    split = (g.county_pieces > 1).astype(np.float64)
    double_running = p.t_s * (g.whole.county_population / 1e6) @ split
    merging = p.t_old * (_old_councils(g) - carry_on) + p.t_x * np.maximum(g.count - carry_on - 1, 0)
    return np.asarray((merging + double_running) * p.overrun)


def five_year_net(g: SplitSums, p: Rates) -> Floats:
    """[M] £m over years −1 to 5: savings less costs, undiscounted."""
    yearly = disaggregation_cost(g, p) + purchasing_scale(g, p)
    return aggregation_saving(g, p) * sum(p.ramp(y) for y in range(1, YEARS + 1)) - YEARS * yearly - one_off(g, p)


def switching_value(g: SplitSums, p: Rates) -> Floats:
    """[M] £ for each county resident below which the first split must cost to save; ±infinity where none is split."""
    money = aggregation_saving(g, p) - purchasing_scale(g, p) + _released(g, p)
    split = _splitting(g, p.gamma)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(split > 0, money / split, np.where(money >= 0, np.inf, -np.inf))
