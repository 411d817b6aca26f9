"""Break-even, side by side: how dear dividing may be before a split stops saving, beside what that side says.

Halfway is left out: its break-even is no side's, and neither side's cost of splitting may be held against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lgrdata.all_effects.effects import Effects
from lgrdata.core.lens_words import CHOSEN
from lgrdata.core.models import SIDES, LensId
from lgrdata.core.words import joined, pounds

SIDE: dict[LensId, str] = {"county": "county side", "district": "district side"}
UNIT = "£ a year for each county resident"
UNKNOWN = "What it costs to divide county services in two is the great unknown."
HEAD = "Break-even cost of dividing county services, by side"
NOT_SPLIT = "No county is divided, so the cost of splitting does not arise."


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
    """Below which cost of dividing money is still saved, by either side's figures, and what that side puts it at."""
    found = sides(effects)
    return told([(effects.lens_words[s.lens].own, s) for s in found]) if found else NOT_SPLIT


def told(limits: Sequence[tuple[str, Side]]) -> str:
    """'… is the great unknown. This split saves each year if that is under £15.6 …'; the map's panel says the same.

    With each side what its figures are called: 'counties’ evidence', 'counties’ figures as changed here'.
    """
    out, unit = [UNKNOWN], " for each county resident"
    for on, side in limits:
        was = f" ({_beside(side)})" if side.changed else ""
        if side.break_even <= 0:
            out.append(f"On {on} it would not save even if that cost nothing{was}.")
            continue
        put = f"{'here it is put' if side.changed else 'they put it'} at {pounds(side.own, 1)}"
        limit = f"{pounds(side.break_even, 1)}{unit}"
        first = f"This split saves each year if that is under {limit}, on {on}"
        says = first if unit else f"On {on} the limit is {limit}"
        out.append(f"{says}; {put}, so it {verdict(side)}{was}.")
        unit = ""
    return " ".join(out)


def verdict(side: Side) -> str:
    """'saves', 'does not save', and that it is only just where break-even and own cost are shown alike."""
    near = "only just " if round(side.break_even, 1) == round(side.own, 1) else ""
    return f"{near}{'saves' if side.saves else 'does not save'}"


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
