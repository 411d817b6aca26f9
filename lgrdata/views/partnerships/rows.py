"""The board as rows: what can be chosen for a service, what is left of its cost, and what all of it gives."""

from __future__ import annotations

from lgrdata.core.words import NOTHING, counted, millions
from lgrdata.page.blocks import Stat
from lgrdata.partnerships.board import Board, BoardRow
from lgrdata.views.partnerships.words import small, standing

OF_ROWS = (
    "A row has the cost that goes with its own line of spending. What goes with no line here, dearer placements and"
    " what running partnerships costs stand in the sum at the foot alone."
)
ALONE = "Each council on its own"


def choices(row: BoardRow) -> dict[str, str]:
    """The ways to run a service by key, '' for each council on its own; a trust is not among them."""
    taken = [c for c in row.chosen if not c.model.excluded]
    more = f", and {counted(len(taken) - 1, 'other way', 'other ways')}" if len(taken) > 1 else ""
    first = taken[0].model.model_id if taken else ""
    out = {"": ALONE}
    for fit in row.fits:
        if not fit.model.excluded:
            alone = "" if fit.model.model_id == first else f" ({standing(row, fit)})"
            out[fit.model.model_id] = f"{fit.model.name}{more if fit.model.model_id == first else alone}"
    return out


def chosen(row: BoardRow) -> str:
    """The key of what is chosen for a service, the first where it is several; '' for none."""
    offered = {f.model.model_id for f in row.fits if not f.model.excluded}
    return next((c.model.model_id for c in row.chosen if c.model.model_id in offered), "")


def left(made: Board, row: BoardRow) -> str:
    """'£300,000 left a year' of what splitting the service costs; that it is not costed where it has no spending."""
    if row.left is None:
        return "not costed"
    return f"{small(row.left[made.scenario.lens])} left a year"


def divided(made: Board) -> str:
    """'19 services would be divided.'"""
    return f"{counted(len(made.rows), 'service')} would be divided."


def result(made: Board) -> tuple[Stat, ...]:
    """What stays in sight: services covered, cost left, and what comes back when one ends."""
    lens = made.scenario.lens
    if not made.is_split:
        return (Stat("Services covered", "none is divided"),)
    covered = sum(any(c.counted for c in r.chosen) for r in made.rows)
    cost = made.effects.costs[lens]
    before, after = cost.disaggregation_cost + cost.purchasing_scale, made.unmitigated[lens]
    back = max((c.alone[lens].value for c in made.counted), default=0.0)
    ends = "nothing counted comes back" if back < NOTHING else f"{small(back)} a year comes back"
    return (
        Stat("Services covered", f"{covered} of {len(made.rows)}"),
        Stat(
            f"Cost left a year, {made.effects.lens_words[lens].short}",
            f"{millions(after)} of {millions(before)}",
            f"{small(made.avoided[lens])} avoided, by assumption" if made.counted else "",
        ),
        Stat("If one ends, at most", ends if made.counted else "none is chosen"),
    )
