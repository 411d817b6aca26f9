"""Numbers, money, dates and joined names in plain English, the same on every screen and in every export.

A real minus sign, thousands separated by commas, no needless decimals. Missing figures are words, never zero.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date

from lgrdata.core.text import whole_number

MINUS = "−"
NOT_KNOWN = "not known"
NOTHING = 5e-5
"""£m below which a sum is none: £50."""
NOT_ADDING = "Rounded figures may not add."
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SYMBOL = re.compile(r" \([a-z]+(_[a-z]+)?\)$")


OUTCOME_NAMES = {
    "adults_long_term_support": "Adults in long-term support",
    "children_looked_after": "Looked-after children",
    "children_in_need": "Children in need",
    "ehc_plans": "Education, health and care plans",
}
"""The counts of people in care, by their key in the dataset."""


def _signed(text: str, negative: bool) -> str:
    return f"{MINUS}{text}" if negative and any(c in "123456789" for c in text) else text


def number(value: float | None, decimals: int = 0) -> str:
    """1,234 or −1,234; 'not known' for None and NaN."""
    if value is None or not math.isfinite(value):
        return NOT_KNOWN
    return _signed(f"{abs(value):,.{decimals}f}", value < 0)


def people(value: float | None) -> str:
    """People rounded to three significant figures as prose wants them: 566,000; 12,300; 424."""
    if value is None or not math.isfinite(value):
        return NOT_KNOWN
    if abs(value) < 1000:
        return number(value)
    step = 10 ** (math.floor(math.log10(abs(value))) - 2)
    return number(round(value / step) * step)


def thousands(value: float | None) -> str:
    """Residents in thousands for tight places: 566k; over a million to three figures as in prose, 1,230k."""
    if value is None or not math.isfinite(value):
        return NOT_KNOWN
    shown = round(value, -4) if abs(value) >= 1e6 else value
    return f"{shown / 1000:,.0f}k"


def millions(value: float | None, *, plus: bool = False) -> str:
    """£m to the nearest million: £4m, −£12m; 'under £1m' where it rounds to nothing, £0m where it is nothing.

    `plus` marks gains. Where that rounds to nothing, a gain is 'just above £0', and a loss 'just below £0' with or
    without it.
    """
    if value is None or not math.isfinite(value):
        return NOT_KNOWN
    if abs(value) < NOTHING:
        return "£0m"
    if not round(value):
        return "just below £0" if value < 0 else "just above £0" if plus else "under £1m"
    text = f"£{abs(round(value)):,}m"
    if value < 0:
        return f"{MINUS}{text}"
    return f"+{text}" if plus else text


def unsummed(columns: Iterable[tuple[Sequence[float], float]]) -> bool:
    """Whether in any column, parts and their total, the parts as rounded do not add to the total as rounded."""
    return any(sum(map(round, parts)) != round(total) for parts, total in columns)


def pounds(value: float | None, decimals: int = 0) -> str:
    """£1,234 or £21.80."""
    if value is None or not math.isfinite(value):
        return NOT_KNOWN
    return _signed(f"£{abs(value):,.{decimals}f}", value < 0)


def percent(fraction: float | None, decimals: int = 0) -> str:
    """A fraction as 12%."""
    if fraction is None or not math.isfinite(fraction):
        return NOT_KNOWN
    return _signed(f"{abs(fraction) * 100:.{decimals}f}%", fraction < 0)


def points(fraction: float | None, decimals: int = 0) -> str:
    """A difference of two shares: +3 points, −2 points, no change."""
    if fraction is None or not math.isfinite(fraction):
        return NOT_KNOWN
    value = round(fraction * 100, decimals)
    if value == 0:
        return "no change"
    return f"{'+' if value > 0 else MINUS}{abs(value):.{decimals}f} point{'' if abs(value) == 1 else 's'}"


def between(low: float, high: float) -> str:
    """A range of counts in prose: 3,700 to 4,500."""
    return f"{people(low)} to {people(high)}"


def counted(n: int, one: str, many: str | None = None) -> str:
    """'no councils', 'one council', 'two councils', '12 councils'."""
    return f"{small_number(n)} {one if n == 1 else many or one + 's'}"


def small_number(n: int) -> str:
    """'no', 'one', 'two' … 'ten', then '11'."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def capital(text: str) -> str:
    """The text with its first letter large, the rest as it was."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """The text as it stands after a colon: its first letter small, but for a month and for names such as PwC."""
    first = text.split(maxsplit=1)[0].strip(",;:") if text.strip() else ""
    return text if first in calendar.month_name or first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


def sentence(text: object) -> str:
    """A fault or a remark as a sentence: a large first letter and, but for a question, a full stop."""
    said = capital(str(text))
    return said if said.endswith("?") else f"{said}."


def without_symbol(label: str) -> str:
    """The name of an assumption without the symbol that formulas use: 'Price base', not 'Price base (p)'."""
    return _SYMBOL.sub("", label)


def joined(items: Sequence[str], last: str = "and") -> str:
    """'a', 'a and b', 'a, b and c'; 'none' when empty."""
    if not items:
        return "none"
    if len(items) == 1:
        return items[0]
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def day(iso: str) -> str:
    """2025-02-05 as 5 February 2025; 2025-02 as February 2025; other text as it is; '' as 'date not known'."""
    if not iso:
        return "date not known"
    parts = iso.split("-")
    try:
        if len(parts) == 3:
            d = date.fromisoformat(iso)
            return f"{d.day} {calendar.month_name[d.month]} {d.year}"
        if len(parts) == 2 and len(parts[0]) == 4 and 1 <= (whole_number(parts[1]) or 0) <= 12:
            return f"{calendar.month_name[int(parts[1])]} {parts[0]}"
    except ValueError:
        return iso
    return iso


def per_year(value: float) -> str:
    """A yearly net in words: 'a saving of £17m a year', 'a cost of under £1m a year', 'neither saving nor cost'."""
    if abs(value) < NOTHING:
        return "neither saving nor cost"
    return f"a {'saving' if value > 0 else 'cost'} of {millions(abs(value))} a year"
