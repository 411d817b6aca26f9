"""Break-even, side by side: how dear the first split may be before a split stops saving, beside what that side says.

Halfway is left out: its break-even is no side's, and neither side's cost of splitting may be held against it.
"""

from __future__ import annotations

from typing import NamedTuple

from lgrdata.all_effects.effects import Effects
from lgrdata.core.lens_words import CHOSEN
from lgrdata.core.models import SIDES, LensId
from lgrdata.core.words import joined, pounds

SIDE: dict[LensId, str] = {"county": "county side", "district": "district side"}
UNIT = "£ a year for each county resident"
HEAD = "Break-even cost of the first split, by side"
NOT_SPLIT = "No county is divided, so the cost of splitting, which the two sides dispute most, does not arise."


class Side(NamedTuple):
    """One side's break-even and own cost of the first split, £ a year for each county resident; and as published."""

    lens: LensId
    break_even: float
    own: float
    saves: bool
    changed: bool
    published: tuple[float, float]
    """Break-even and own cost with no assumption changed."""


def sides(effects: Effects) -> list[Side]:
    """Both sides; empty where no county is divided."""
    out = []
    for lens in SIDES:
        cost, plain = effects.costs.get(lens), effects.costs_unchanged.get(lens)
        if cost is None or plain is None or cost.switching_value is None or plain.switching_value is None:
            continue
        own = effects.assumptions.lens_value(lens, "delta")
        was = plain.switching_value, effects.assumptions.lenses[lens].values["delta"]
        changed = effects.lens_words[lens].changed
        out.append(Side(lens, cost.switching_value, own, cost.recurring_net > 0, changed, was))
    return out


def sentence(effects: Effects) -> str:
    """Below which cost of splitting money is still saved, without the most disputed number."""
    found = sides(effects)
    if not found:
        return NOT_SPLIT
    told = []
    for side in found:
        if side.changed:
            on, put = f"on {effects.lens_words[side.lens].own}", f"{pounds(side.own, 1)}"
            more = f" ({_beside(side)})"
        else:
            on, put = f"on the {SIDE[side.lens]}’s other figures", f"the {pounds(side.own, 1)} that it puts it at"
            more = ""
        told.append(f"{on} {pounds(side.break_even, 1)}, beside {put}{verdict(side)}{more}")
    return (
        "It saves each year if the first split of care costs less, for each county resident, than its break-even:"
        f" {joined(told, 'and')}."
    )


def verdict(side: Side) -> str:
    """' (it saves)', ' (it does not save)' or ' (level)': a side's break-even against its own cost."""
    if round(side.break_even, 1) == round(side.own, 1):
        return " (level)"
    return " (it saves)" if side.saves else " (it does not save)"


def _beside(side: Side) -> str:
    break_even, own = (pounds(v, 1) for v in side.published)
    return f"{break_even} beside {own} unchanged"


def short(effects: Effects) -> tuple[str, str]:
    """For a headline figure: '£29.8 and £34.4', and 'beside £14.8 (county side) and £2.0 (district side)'."""
    found = sides(effects)
    if not found:
        return "nothing is split", ""
    called = {s.lens: f"{CHOSEN[s.lens]}, changed here; {_beside(s)}" if s.changed else SIDE[s.lens] for s in found}
    own = joined([f"{pounds(s.own, 1)} ({called[s.lens]})" for s in found])
    return joined([pounds(s.break_even, 1) for s in found]), f"beside {own}; {UNIT}"
