"""Sentences and cells of a share-out."""

from __future__ import annotations

from collections.abc import Sequence

from lgrdata.core.models import OUTCOMES
from lgrdata.core.share_facts import OWN
from lgrdata.core.words import NOT_ADDING, capital, counted, joined, millions, pounds, unsummed
from lgrdata.shares.sentences import of
from lgrdata.shares.share import LineShare, ShareOut, Total

GROUP_NAMES = {
    "adults": "Adults’ care",
    "children": "Children’s care",
    "education": "Education",
    "public health": "Public health",
    "other": "All other services",
}
FROM_TO = (
    "Low is every line chosen against a council, high every line chosen for it, among the bases listed for it."
    " Residents alone may lie outside: not every line lists them, though any line can be divided by them here."
)


def money(thousand: float) -> str:
    """£ thousand as £m."""
    return millions(thousand / 1000)


def moved(thousand: float) -> str:
    """How far a line moves, £ thousand as £m: to a tenth below £10m, since many lines move little."""
    return f"{pounds(thousand / 1000, 1)}m" if 0.05 <= thousand / 1000 < 9.95 else money(thousand)


def low_high(low: float, high: float) -> str:
    """A range in £ thousand as £m; one figure where both are the same."""
    return money(low) if money(low) == money(high) else f"{money(low)} to {money(high)}"


def with_range(here: float, low: float, high: float) -> str:
    """A figure in £ thousand as £m, with its range in brackets where that says more."""
    ends = low_high(low, high)
    return money(here) if ends == money(here) else f"{money(here)} ({ends})"


def holders(shared: ShareOut) -> list[int]:
    """New councils that take a part of what is in play."""
    return sorted({c for s in shared.lines_in_play for c in s.holders})


def mover(shared: ShareOut, total: Total) -> int:
    """The council whose part the choice of bases moves most."""
    return max(holders(shared), key=lambda c: total.high[c] - total.low[c])


def whose(shared: ShareOut) -> list[str]:
    """Councils of today whose lines are divided."""
    return [shared.given.facts.upper_names[u] for u in dict.fromkeys(s.upper for s in shared.divided)]


def headline(shared: ShareOut, council: int | None = None) -> str:
    """The one sentence: how far the choice of bases moves a council's part; the one that it moves most, if none."""
    care, names = shared.care, whose(shared)
    c = mover(shared, care) if council is None else council
    spent = money(care.thousand)
    what = f"{names[0]}’s {spent} for care" if len(names) == 1 else f"the {spent} of {joined(names)} for care"
    moved = care.high[c] - care.low[c]
    if round(moved / 1000) < 1:
        whom = "no council’s part" if council is None else f"{shared.split.names[c]}’s part not"
        return f"How {what} is divided moves {whom} by as much as £1m a year, whichever basis is chosen."
    ends = f"from {money(care.low[c])} to {money(care.high[c])}"
    return f"How {what} is divided moves {shared.split.names[c]}’s part by {money(moved)} a year: {ends}."


def beside(shared: ShareOut, council: int | None = None) -> str:
    """What the bases in use and residents alone give that council, and whether the latter lies outside its range."""
    care = shared.care
    c = mover(shared, care) if council is None else council
    here, alone = money(care.parts[c]), money(care.by_residents[c])
    low, high, by = (round(v / 1000) for v in (care.low[c], care.high[c], care.by_residents[c]))
    way = "" if low <= by <= high else f" ({'below' if by < low else 'above'} that range)"
    return f"By the bases on this page {shared.split.names[c]} would have {here}, by residents alone {alone}{way}."


def not_a_budget(shared: ShareOut, council: int | None = None, *, dated: bool = True) -> str:
    """What kind of money it is, and whose it leaves out; that rounded figures do not add, where they do not.

    Its year is left out where it stands beside, at the bars.
    """
    care = shared.care
    c = mover(shared, care) if council is None else council
    low, high = care.low[c] / 1000, care.high[c] / 1000
    odd = f"; {NOT_ADDING[:1].lower()}{NOT_ADDING[1:-1]}" if unsummed([((low, high - low), high)]) else ""
    of = f" of {shared.given.year}" if dated else ""
    return f"This is net spending{of} before grants, and not a budget{odd}{_left_whole(shared)}."


def _left_whole(shared: ShareOut) -> str:
    """Councils of today whose spending goes whole to one council each, and so is not divided here; '' for none."""
    uppers = dict.fromkeys(s.upper for s in shared.listed if shared.state[s.upper] != "divided")
    names = [shared.given.facts.upper_names[u] for u in uppers]
    if not names:
        return ""
    goes = "goes whole to one council" if len(names) == 1 else "goes whole to one council each"
    return f"; what {joined(names)} {'spends' if len(names) == 1 else 'spend'} {goes}, and is not in it"


def argument_title(lines: Sequence[LineShare]) -> str:
    """How few lines hold the argument."""
    return f"{capital(counted(len(lines), 'line holds', 'lines hold'))} nine tenths of the argument on care"


def line_name(shared: ShareOut, s: LineShare) -> str:
    """The line, with the council of today whose it is where that is not plain."""
    return s.line.name if of(shared, s) is None else f"{s.line.name} ({shared.given.facts.upper_names[s.upper]})"


def is_own(shared: ShareOut, s: LineShare, key: str) -> bool:
    """Whether a basis rests on counts that are the user's own."""
    measure = shared.given.measures.get(key)
    return measure is not None and s.upper in measure.own


def basis_name(shared: ShareOut, s: LineShare, key: str) -> str:
    """A basis in words, marked where it is an estimate or the user's own count."""
    name = shared.given.bases[key].name
    if is_own(shared, s, key):
        return name if key == OWN else f"{name} (your counts)"
    return f"{name} (estimated)" if key in OUTCOMES else name


def part(s: LineShare, c: int) -> str:
    """What a council gets of a line, and its low and high."""
    if c not in s.holders:
        return "–"
    return with_range(s.thousand(s.parts[c]), s.thousand(s.low[c]), s.thousand(s.high[c]))


def choosable(s: LineShare) -> list[str]:
    """Bases that a line can be shared by here, the one it starts with first, the one in use among them."""
    listed = [u.basis for u in s.line.uses if u.basis in s.by]
    return listed + [k for k in dict.fromkeys((s.basis, "residents")) if k in s.by and k not in listed]
