"""The board as rows: what can be chosen for a service, what is left of its cost, and what all of it gives."""

from __future__ import annotations

import math

from lgrdata.core.models import LensId
from lgrdata.core.words import NOT_ADDING, NOTHING, counted, number, unsummed
from lgrdata.dataset.library import PartnershipModel
from lgrdata.page.blocks import Stat
from lgrdata.partnerships.board import Board, BoardRow
from lgrdata.partnerships.suitability import LEADERSHIP
from lgrdata.views.partnerships.words import fine, standing

OF_ROWS = "Nothing is counted for running a partnership; what each avoids is an assumption."
HOSTED = "hosted_service"
WAYS_MEANT = (HOSTED, "lead_authority")
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
            out[fit.model.model_id] = f"{_called(row, fit.model)}{more if fit.model.model_id == first else alone}"
    return out


def _called(row: BoardRow, model: PartnershipModel) -> str:
    """A way's name; a host for the two directors is said to be cover, as no partnership gives councils one of them."""
    cover = row.service.service_id == LEADERSHIP and model.model_id == HOSTED
    return f"{model.name}, as cover until each council has its own" if cover else model.name


def chosen(row: BoardRow) -> str:
    """The key of what is chosen for a service, the first where it is several; '' for none."""
    offered = {f.model.model_id for f in row.fits if not f.model.excluded}
    return next((c.model.model_id for c in row.chosen if c.model.model_id in offered), "")


def left(made: Board, row: BoardRow) -> str:
    """'£300,000 a year', then '£270,000 left of £300,000'; what a way that changes no sum does; 'not costed'."""
    lens = made.scenario.lens
    if row.left is None or row.cost is None:
        return "not costed"
    cost, now = fine(row.cost[lens]), fine(row.left[lens])
    counted_ways = [c for c in row.chosen if c.counted]
    if not counted_ways:
        return f"{cost} a year"
    if now != cost:
        return f"{now} left of {cost}"
    buys = any(c.model.effect == "buying" for c in counted_ways)
    return f"{now} left; acts on placements" if buys else f"{now} left; changes no money here"


def divided(made: Board) -> str:
    """'19 services would be divided.'"""
    return f"{counted(len(made.rows), 'service')} would be divided."


def meant(made: Board) -> str:
    """What a hosted service and a lead authority are, in the library's own words."""
    models = (made.library.models[key] for key in WAYS_MEANT if key in made.library.models)
    return " ".join(f"{m.name}: {m.summary}" for m in models)


def foot(made: Board) -> tuple[tuple[str, str], ...]:
    """What makes the cost left when added up: the rows together, the services that have none, placements, and all."""
    lens = made.scenario.lens
    cost, whole = made.effects.costs[lens], made.unmitigated[lens]
    here = math.fsum(r.left[lens] for r in made.rows if r.left is not None)
    priced = math.fsum(r.cost[lens] for r in made.rows if r.cost is not None)
    other = cost.disaggregation_cost - priced
    return (
        ("These services together", fine(here)),
        ("All other county services, and services not costed", fine(other)),
        ("Dearer care places" if whole - here - other >= 0 else "Cheaper care places", fine(whole - here - other)),
        ("Left a year", fine(whole)),
    )


def _of_the_whole(made: Board, lens: LensId) -> str:
    """'of £26.8m: £22.2m for splitting all county services and £4.6m for dearer care places, by counties’ figures'."""
    cost = made.effects.costs[lens]
    placed = cost.purchasing_scale
    way = "for dearer care places" if placed >= 0 else "less for care places"
    whole = cost.disaggregation_cost + placed
    odd = f". {NOT_ADDING}" if unsummed([((10 * cost.disaggregation_cost, 10 * placed), 10 * whole)]) else ""
    return (
        f"of {_tenths(whole)}: {_tenths(cost.disaggregation_cost)} for splitting all services,"
        f" {_tenths(abs(placed))} {way}; {made.effects.lens_words[lens].own}{odd}"
    )


def _tenths(value: float) -> str:
    """£m to a tenth, so that the parts of a sum can be added up."""
    return f"{'−' if value < -0.05 else ''}£{number(abs(value), 1)}m"


def _covered(made: Board) -> str:
    return f"{sum(any(c.counted for c in r.chosen) for r in made.rows)} of {len(made.rows)}"


def result(made: Board) -> tuple[Stat, ...]:
    """Services covered, what is avoided by assumption, and the cost left."""
    lens = made.scenario.lens
    if not made.is_split:
        return (Stat("Services covered", "none is divided"),)
    avoided = fine(made.avoided[lens]) if made.counted else "no partnership is chosen"
    return (
        Stat("Services covered", _covered(made)),
        Stat("Avoided a year", avoided, "assumed; running costs not counted"),
        Stat("Cost left a year", _tenths(made.unmitigated[lens]), _of_the_whole(made, lens)),
    )


def in_one_line(made: Board) -> tuple[tuple[str, str], ...]:
    """The same as figures and the words behind them, short enough for one line of a phone."""
    lens = made.scenario.lens
    told = [(_covered(made), "covered"), (_tenths(made.unmitigated[lens]), "cost a year")]
    return (*told, (fine(made.avoided[lens]), "avoided, by assumption")) if made.counted else tuple(told)


def about_ending(made: Board) -> str:
    """What comes back at most if one of the partnerships ends; '' where none is chosen."""
    back = max((c.alone[made.scenario.lens].value for c in made.counted), default=0.0)
    if not made.counted:
        return ""
    told = f"as much as {fine(back)} a year comes back" if back >= NOTHING else "nothing that is counted comes back"
    return f"If one partnership ends, {told}."
