"""Need by partnership footprint: the forecast of a group of new councils and of councils of today beyond the area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lgrdata.care.forecast import Forecast, forecast
from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import Estimate, LgrError
from lgrdata.costs.partnerships import UpperTier
from lgrdata.dataset.dataset import Dataset
from lgrdata.partnerships.board import Board, ChosenPartnership, people_of, total
from lgrdata.reading.councils import area_of_upper_tier
from lgrdata.splits.split import today


@dataclass(frozen=True)
class Footprint:
    """One group of partners and one kind of need, for each of `years_of`; None where it cannot be given.

    `counted_beyond` are partners outside the area whose need is in the sums, `left_out` those whose need is not held.
    """

    members: tuple[int, ...]
    outcome: str
    counted_beyond: tuple[UpperTier, ...]
    left_out: tuple[UpperTier, ...]
    need: tuple[Estimate | None, ...]


def footprints(dataset: Dataset, board: Board) -> tuple[Footprint, ...]:
    """Need of each group of partners chosen, one row for each kind of people that their services are counted in."""
    out: dict[tuple[object, ...], Footprint] = {}
    for c in board.counted:
        outcome = c.service.counted_with
        key = (c.members, tuple(t.code for t in c.beyond), outcome)
        if outcome and key not in out:
            out[key] = _footprint(dataset, board, c, outcome)
    return tuple(out.values())


def years_of(facts: AreaFacts) -> tuple[int, ...]:
    """The years that a footprint's need is told for: that of residents today, and the last two tenth ones projected."""
    last = facts.projection.years[-1] if facts.projection else facts.vintage.year
    return tuple(sorted({facts.vintage.year, max(last - 10, facts.vintage.year), last}))


def _footprint(dataset: Dataset, board: Board, chosen: ChosenPartnership, outcome: str) -> Footprint:
    ahead = {t.code: need_beyond(dataset, t.code, outcome) for t in chosen.beyond}
    held = tuple(t for t in chosen.beyond if ahead[t.code] is not None)
    need: list[Estimate | None] = []
    for y, year in enumerate(years_of(board.effects.facts)):
        parts = [_inside(board, chosen.members, year, outcome)] if chosen.members else []
        parts += [(ahead[t.code] or ())[y] for t in held]
        whole = total([p for p in parts if p is not None])
        need.append(None if None in parts else whole)
    return Footprint(chosen.members, outcome, held, tuple(t for t in chosen.beyond if t not in held), tuple(need))


def _inside(board: Board, members: Sequence[int], year: int, outcome: str) -> Estimate | None:
    if year == board.effects.facts.vintage.year:
        return people_of(board.effects, members, outcome)
    found = [_estimate(board.effects.forecast, m, year, outcome) for m in members]
    return None if None in found else total([e for e in found if e is not None])


def _estimate(made: Forecast, council: int, year: int, outcome: str) -> Estimate | None:
    return made.estimate(council, year, outcome) if year in made.years else None


def need_beyond(dataset: Dataset, code: str, outcome: str) -> tuple[Estimate | None, ...] | None:
    """Need of a social care council of today in each of `years_of`; None where it lies outside the 21 areas."""
    return dataset.keep(("need beyond", code, outcome), lambda: _need_beyond(dataset, code, outcome))


def _need_beyond(dataset: Dataset, code: str, outcome: str) -> tuple[Estimate | None, ...] | None:
    area_id = dataset.read(area_of_upper_tier, code)
    if area_id is None:
        return None
    facts = dataset.facts(area_id)
    split = today(facts)
    mine = np.flatnonzero(facts.authority_upper == facts.upper_codes.index(code))
    try:
        made = forecast(facts, split, years_of(facts))
    except LgrError:
        return None
    return tuple(_estimate(made, int(split.authority[mine[0]]), year, outcome) for year in years_of(facts))
