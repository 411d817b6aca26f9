"""Hosting and exit: who runs a divided service for whom, until when, and what a plan of it has forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lgrdata.core.words import day, joined


@dataclass(frozen=True)
class Hosted:
    """A service that one new council runs for others: `host` and `members` by number, dates as YYYY-MM-DD or ''."""

    service: str
    host: int
    members: tuple[int, ...]
    cost_shared: str = ""
    ends: str = ""
    comes_back: str = ""


def months_after(vesting: str, ends: str) -> int:
    """Whole months from vesting day to the date that hosting ends; negative before it."""
    start, end = date.fromisoformat(vesting), date.fromisoformat(ends)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day) if months > 0 else months


def warnings(
    plan: Sequence[Hosted],
    names: Sequence[str],
    vesting: str,
    *,
    weakest: int | None = None,
    owners: Mapping[str, str] | None = None,
) -> list[str]:
    """What is wrong or forgotten, a sentence each. `weakest`: the council with most care for its tax base.

    `owners`: by duty of day one, the post that holds it; a duty with no post is told.
    """
    found = []
    for h in plan:
        where = f"{h.service}, hosted by {names[h.host]}"
        if not h.ends:
            found.append(f"{where}: no date is set for it to end")
        elif h.ends < vesting:
            found.append(f"{where}: it ends on {day(h.ends)}, before the councils exist ({day(vesting)})")
        if not [m for m in h.members if m != h.host]:
            found.append(f"{where}: no other council is a member, so nothing is hosted")
        if not h.cost_shared:
            found.append(f"{where}: how its cost is shared is not said")
        if h.ends and not h.comes_back:
            found.append(f"{where}: what comes back when it ends is not said")
        if h.host == weakest:
            found.append(f"{where}: the host has the most care to pay for its tax base")
    bare = [duty for duty, post in (owners or {}).items() if not post.strip()]
    if bare:
        found.append(f"nobody owns on day one: {joined(bare)}")
    return found
