"""The measures that options are ranked by: what each is, which way is better, and from what difference it matters.

Values are compared after rounding to `step`, the least difference that matters, so that a difference nobody could act
on never puts one option before another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lgrdata.all_options import money
from lgrdata.all_options.filters import BOARD
from lgrdata.all_options.sums import COMMUTING, MOVES, TAX_BASE, SplitSums, gather_split
from lgrdata.core.facts import AreaFacts, Assumptions, Floats, Ints
from lgrdata.core.lens_words import CHOSEN, WHOSE
from lgrdata.core.models import LENSES, OUTCOMES, LensId, LgrError
from lgrdata.costs.rates import rates
from lgrdata.splits.pieces import holds_piece
from lgrdata.splits.split import Split

SIZE_GUIDE = "size_guide"
"""Parameter: residents that government's guide names for a new council."""

SHADOW = 1e-12
"""A share this near zero is what sums of floating numbers leave behind."""

Steps = NDArray[np.int32]
Value = Callable[[SplitSums, Assumptions], Floats]


@dataclass(frozen=True)
class Measure:
    """One measure of a split.

    `key` as in commands and files; `name` and `unit` in plain words; `step` the least difference that matters, in the
    unit; `better` completes "… than 96 in 100 options"; `estimated` where it rests on estimates below council level.
    """

    key: str
    name: str
    unit: str
    lower_is_better: bool
    step: float
    better: str
    worse: str
    value: Value
    estimated: str | None = None
    lens: LensId | None = None

    def rounded(self, values: Floats) -> Steps:
        """Values in whole steps, turned so that lower is better; infinities go to the far ends."""
        turned = values if self.lower_is_better else -values
        return in_steps(turned, self.step)


def in_steps(values: Floats, step: float) -> Steps:
    """Values in whole steps of what matters: the one rule by which any two figures are level, better or worse."""
    return np.rint(np.clip(values / step, -1e9, 1e9)).astype(np.int32)


def steps_between(before: float, after: float, step: float) -> int:
    """Whole steps from one figure to another; 0 where they are level."""
    was, then = in_steps(np.array([before, after]), step).tolist()
    return int(then - was)


def _net(lens: LensId) -> Value:
    return lambda g, a: money.five_year_net(g, rates(a, lens))


def _switching(lens: LensId) -> Value:
    return lambda g, a: money.switching_value(g, rates(a, lens))


def _crossing(kind: str) -> Value:
    def value(g: SplitSums, _: Assumptions) -> Floats:
        left = 1.0 - g.total(g.sums.kept[kind]) / g.whole.flow_total[kind]
        return np.where(np.abs(left) > SHADOW, np.maximum(left, 0.0), 0.0)

    return value


def _smallest(g: SplitSums, _: Assumptions) -> Floats:
    return g.smallest_population


def _size_spread(g: SplitSums, _: Assumptions) -> Floats:
    return g.largest(g.sums.residents) - g.smallest_population


def _guide_distance(g: SplitSums, a: Assumptions) -> Floats:
    gap = np.abs(g.sums.residents - a.value(SIZE_GUIDE))
    return g.total(_nothing_at_nobody(gap, g)) / g.count


def _need_ratio(outcome: str) -> Value:
    at = OUTCOMES.index(outcome)

    def value(g: SplitSums, _: Assumptions) -> Floats:
        people = g.sums.adults if outcome == "adults_long_term_support" else g.sums.children
        return _highest_to_lowest(g, g.sums.need[:, at], people)

    return value


def _tax_ratio(g: SplitSums, _: Assumptions) -> Floats:
    return _highest_to_lowest(g, g.sums.tax_base, g.sums.residents)


def _board_pairs(g: SplitSums, _: Assumptions) -> Floats:
    # Strictly some residents, or the empty council would count for every board.
    inside = holds_piece(g.sums.board, g.sums.residents[:, None])
    return g.total(inside.sum(axis=1))


def _compactness(g: SplitSums, _: Assumptions) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        roundness = np.minimum(4 * np.pi * g.sums.area_m2 / g.sums.perimeter_m**2, 1.0)
    return g.total(_nothing_at_nobody(roundness, g)) / g.count


def _cut_borders(g: SplitSums, _: Assumptions) -> Floats:
    return g.whole.borders - g.total(g.sums.borders)


def _cut_km(g: SplitSums, _: Assumptions) -> Floats:
    # Taking sums away leaves a shadow of 1e-13 where nothing is cut.
    return np.round(g.whole.border_km - g.total(g.sums.border_km), 9) + 0.0


def _highest_to_lowest(g: SplitSums, table: Floats, people: Ints) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = table / people
    return g.largest(rate) / g.smallest(rate)


def _nothing_at_nobody(table: Floats, g: SplitSums) -> Floats:
    return np.where(g.sums.residents > 0, table, 0.0)


MEASURES: tuple[Measure, ...] = (
    *(
        Measure(
            f"five_year_net_{lens}", f"Five-year net, {CHOSEN[lens]}", "£m", False, 1.0,
            f"Better off after five years on {WHOSE[lens]}",
            f"Worse off after five years on {WHOSE[lens]}", _net(lens), lens=lens,
        )
        for lens in LENSES
    ),
    *(
        Measure(
            f"switching_value_{lens}", f"Break-even cost of splitting, {CHOSEN[lens]}",
            "£ for each county resident", False, 1.0,
            f"Bears a higher cost of splitting on {WHOSE[lens]}",
            f"Bears a lower cost of splitting on {WHOSE[lens]}", _switching(lens), lens=lens,
        )
        for lens in LENSES
    ),
    Measure(
        "commuting_crossing", "Commuters who cross, 2021", "share", True, 0.01,
        "Better connected by commuting", "Less well connected by commuting", _crossing(COMMUTING),
    ),
    Measure(
        "moves_crossing", "House moves that cross, 2021", "share", True, 0.01,
        "Better connected by house moves", "Less well connected by house moves", _crossing(MOVES),
    ),
    Measure(
        "cut_borders", "Borders cut", "borders", True, 1.0,
        "Cuts fewer borders between authorities", "Cuts more borders between authorities", _cut_borders,
    ),
    Measure(
        "cut_border_km", "Length of border cut", "km", True, 5.0,
        "Cuts a shorter length of border", "Cuts a longer length of border", _cut_km,
    ),
    Measure(
        "smallest_council", "Smallest council", "residents", False, 10_000.0,
        "Has a larger smallest council", "Has a smaller smallest council", _smallest,
    ),
    Measure(
        "size_spread", "Largest council less smallest", "residents", True, 10_000.0,
        "More even in residents", "Less even in residents", _size_spread,
    ),
    Measure(
        "guide_distance", "Mean distance from the 500,000 guide", "residents", True, 10_000.0,
        "Nearer the 500,000 guide", "Further from the 500,000 guide", _guide_distance,
    ),
    Measure(
        "need_balance_adults", "Highest to lowest rate of adults in long-term support", "times", True, 0.05,
        "More even in need for adult care", "Less even in need for adult care",
        _need_ratio("adults_long_term_support"), estimated="adults_long_term_support",
    ),
    Measure(
        "need_balance_children", "Highest to lowest rate of looked-after children", "times", True, 0.05,
        "More even in need for children's care", "Less even in need for children's care",
        _need_ratio("children_looked_after"), estimated="children_looked_after",
    ),
    Measure(
        "tax_base_spread", "Highest to lowest tax base a head", "times", True, 0.05,
        "More even in tax base a head", "Less even in tax base a head", _tax_ratio,
    ),
    Measure(
        "icb_pairs", "Pairs of council and NHS board", "pairs", True, 1.0,
        "Has fewer pairs of council and NHS board", "Has more pairs of council and NHS board", _board_pairs,
    ),
    Measure(
        "compactness", "Mean compactness (Polsby–Popper)", "0 to 1", False, 0.02,
        "More compact", "Less compact", _compactness,
    ),
)  # fmt: skip

BY_KEY = {m.key: m for m in MEASURES}

SHORT = {"five_year_net": "five_year_net_middle", "switching_value": "switching_value_middle"}
"""Names without a lens stand for halfway, which is shown first."""

HEADLINE = ("five_year_net_middle", "commuting_crossing", "size_spread", "need_balance_adults")
"""The few measures that options are judged by together unless others are chosen."""


def pick(keys: Sequence[str]) -> tuple[Measure, ...]:
    """Measures by key, each once. LgrError naming one that is not known."""
    out: dict[str, Measure] = {}
    for key in keys:
        full = SHORT.get(key, key)
        if full not in BY_KEY:
            raise LgrError(f"no measure “{key}”; there are {', '.join(BY_KEY)}")
        out[full] = BY_KEY[full]
    if not out:
        raise LgrError("choose at least one measure")
    return tuple(out.values())


def values_of_split(split: Split, measures: Sequence[Measure], assumptions: Assumptions) -> dict[str, float]:
    """Values of one split, wards and all, by measure key: the same sums as for options."""
    alone = gather_split(split)
    return {m.key: float(m.value(alone, assumptions)[0]) for m in measures}


def not_held(facts: AreaFacts, measure: Measure, taken: Ints) -> str | None:
    """Why an area cannot be measured so, in plain words, or None where it can."""
    flows = {"commuting_crossing": COMMUTING, "moves_crossing": MOVES}
    kind = flows.get(measure.key)
    if kind and (kind not in facts.flows or facts.flows[kind].inside[np.ix_(taken, taken)].sum() <= 0):
        return "no flows are held for this area"
    if measure.key == "tax_base_spread":
        column = facts.columns.get(TAX_BASE)
        if column is None or np.isnan(column.values[taken]).any():
            return "the tax base is not held for every authority"
    if measure.key == "icb_pairs" and BOARD not in facts.footprints:
        return "NHS boards are not held for this area"
    if measure.estimated and np.isnan(facts.estimates[taken, OUTCOMES.index(measure.estimated)]).any():
        return "need cannot be estimated for every authority of this area"
    if measure.key == "compactness" and np.isnan(facts.outlines.perimeter_m[taken]).any():
        return "outlines are not held for every authority"
    return None
