"""Wordings that the partnership views share: members, small sums, ranges, state."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from lgrdata.all_effects.effects import Effects
from lgrdata.core.models import Estimate
from lgrdata.core.words import NOTHING, counted, joined, millions, number, people
from lgrdata.costs.price import LensCost
from lgrdata.dataset.library import PartnershipModel
from lgrdata.page.blocks import Link, Rich, StruckThrough
from lgrdata.partnerships.board import Board, BoardRow, ChosenPartnership, MoneyRange
from lgrdata.partnerships.suitability import Suitability

COUNTED: dict[str, str] = {
    "adults_long_term_support": "adults in long-term support",
    "children_looked_after": "looked-after children",
    "children_in_need": "children in need",
    "ehc_plans": "children and young people with EHC plans",
}
"""Outcome -> who is counted, in words."""

SYMBOL = {"suggested": "○", "chosen": "●", "also suitable": "◌", "possible": "·", "with care": "△", "not offered": "—"}


def standing(row: BoardRow, fit: Suitability) -> str:
    """How a way to run a service stands: one is suggested, what one press takes; others that suit the split do so too.

    A key of SYMBOL.
    """
    if fit.standing == "suggested" and fit.model is not row.suggested:
        return "also suitable"
    return fit.standing


def small(value: float) -> str:
    """£m as a sum small beside the rest: £300,000, £1m, 'under £100,000', 'nothing'."""
    if not math.isfinite(value):
        return "not known"
    if abs(value) >= 0.95:
        return millions(value)
    hundreds = round(abs(value) * 10)
    sign = "−" if value < 0 else ""
    if hundreds:
        return f"{sign}£{hundreds}00,000"
    return "nothing" if abs(value) < 5e-5 else "under £100,000"


def fine(value: float) -> str:
    """£m to the nearest £10,000, so that a small step is seen: £270,000, £1.35m, 'under £10,000', 'nothing'."""
    if not math.isfinite(value):
        return "not known"
    tens = round(abs(value) * 100)
    if not tens:
        return "nothing" if abs(value) < NOTHING else "under £10,000"
    told = f"£{tens}0,000" if tens < 100 else f"£{number(tens / 100, 2)}m"
    return f"{'−' if value < 0 else ''}{told}"


def small_range(r: MoneyRange) -> str:
    """'£300,000 (£100,000 to £500,000)'; one figure where low and high read the same."""
    value, low, high = small(r.value), small(r.low), small(r.high)
    if low == high:
        return value
    if value == low:
        return f"{value} (up to {high})"
    return f"{value} (down to {low})" if value == high else f"{value} ({low} to {high})"


def estimated(e: Estimate | None) -> str:
    """'about 4,100 (3,700 to 4,500)', the plain count where it is published, or 'not known'."""
    if e is None:
        return "not known"
    if e.low == e.high:
        return f"{e.value:,.0f}"
    return f"about {people(e.value)} ({people(e.low)} to {people(e.high)})"


def plainly(name: str) -> str:
    """A service's or model's name inside a sentence: small letters, abbreviations kept."""
    return " ".join(w if w.isupper() else w.lower() for w in name.split())


def tidy(value: float | None) -> str:
    """A mean to one decimal, without a needless .0."""
    return number(value, 1).removesuffix(".0")


def partners(board: Board, chosen: ChosenPartnership) -> str:
    """The partners by name: 'all three councils', 'East and West', with those beyond the area."""
    names = board.effects.split.names
    used = [int(c) for c in board.effects.split.in_use]
    if list(chosen.members) == used and len(used) > 2:
        inside = f"all {counted(len(used), 'council')}"
    else:
        inside = joined([names[m] for m in chosen.members]) if chosen.members else "no council of the area"
    beyond = joined([t.name for t in chosen.beyond]) if chosen.beyond else ""
    return f"{inside}, with {beyond}" if beyond else inside


def model_link(model: PartnershipModel) -> Rich:
    """A model's name as a link; struck through, with a link to the reason, where it is not offered."""
    if model.excluded:
        return StruckThrough(model.name), " (", Link("not offered", "model", model.model_id), ")"
    return Link(model.name, "model", model.model_id)


def separated(parts: Iterable[Rich]) -> Rich:
    """Links with commas between; 'none' where there are none."""
    found: list[str | Link | StruckThrough] = []
    for part in parts:
        if found:
            found.append(", ")
        found.extend(part if isinstance(part, tuple) else (part,))
    return tuple(found) if found else "none"


def in_row(parts: Iterable[Rich]) -> tuple[Link | StruckThrough | str, ...]:
    """`separated` as a tuple, to stand inside a sentence."""
    joined_up = separated(parts)
    return joined_up if isinstance(joined_up, tuple) else (joined_up,)


def by_lens(effects: Effects, tell: Callable[[LensCost], str]) -> str:
    """'£1m (counties’), £0m (halfway) or £0m (districts’)'; '£1m (counties’, changed here; £8m unchanged)'."""
    told = []
    for lens, cost in effects.costs_with_partnerships.items():
        called = effects.lens_words[lens]
        beside = f"; {tell(effects.unchanged_with_partnerships[lens])} unchanged" if called.changed else ""
        told.append(f"{tell(cost)} ({called.word}{beside})")
    return joined(told, "or")
