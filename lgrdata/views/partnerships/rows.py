"""The board as rows: what can be chosen for a service, what is left of its cost, and what all of it gives."""

from __future__ import annotations

from lgrdata.core.models import LensId
from lgrdata.core.words import NOT_ADDING, NOTHING, counted, number, unsummed
from lgrdata.page.blocks import Stat
from lgrdata.partnerships.board import Board, BoardRow
from lgrdata.views.partnerships.words import small, standing

OF_ROWS = (
    "The foot holds more than the rows: dearer placements and what goes with no service. Nothing is counted for running"
    " a partnership."
)
WAYS_MEANT = ("hosted_service", "lead_authority")
"""Ways to run a service whose names say little by themselves."""
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


def meant(made: Board) -> str:
    """What a hosted service and a lead authority are, in the library's own words."""
    models = (made.library.models[key] for key in WAYS_MEANT if key in made.library.models)
    return " ".join(f"{m.name}: {m.summary}" for m in models)


def _of_the_whole(made: Board, lens: LensId) -> str:
    """'of the £16.0m that splitting care and dearer placements add …; these partnerships avoid £0.9m'."""
    cost, avoided, left = made.effects.costs[lens], made.avoided[lens], made.unmitigated[lens]
    before = cost.disaggregation_cost + cost.purchasing_scale
    own = made.effects.lens_words[lens].own
    told = f"of the {_tenths(before)} that splitting care and dearer placements add, by {own}"
    if not made.counted:
        return f"{told}; no partnership is chosen"
    saved = small(avoided) if abs(avoided) < 0.05 else _tenths(avoided)
    odd = f". {NOT_ADDING}" if unsummed([((10 * before, -10 * avoided), 10 * left)]) else ""
    return f"{told}; these partnerships avoid {saved}, by assumption{odd}"


def _tenths(value: float) -> str:
    """£m to a tenth, so that what is avoided can be taken off what it is avoided of."""
    return f"{'−' if value < -0.05 else ''}£{number(abs(value), 1)}m"


def result(made: Board) -> tuple[Stat, ...]:
    """What stays in sight: services covered, cost left, and what comes back when one ends."""
    lens = made.scenario.lens
    if not made.is_split:
        return (Stat("Services covered", "none is divided"),)
    covered = sum(any(c.counted for c in r.chosen) for r in made.rows)
    back = max((c.alone[lens].value for c in made.counted), default=0.0)
    ends = "nothing counted comes back" if back < NOTHING else f"{small(back)} a year comes back"
    return (
        Stat("Services covered", f"{covered} of {len(made.rows)}"),
        Stat("Cost left a year", _tenths(made.unmitigated[lens]), _of_the_whole(made, lens)),
        Stat("If one ends, at most", ends if made.counted else "none is chosen"),
    )
