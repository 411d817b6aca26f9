"""Periods as publishers write them, and the days they begin and end: what is newest is told by date, never by text."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lgrdata.core.models import LgrError

FORMS = "2024, mid-2024, 2024-25, 2025 Q1, 31 Mar 2025, year to 31 Mar 2025, Jan 2025 or autumn 2025"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = "|".join(MONTHS)


@dataclass(frozen=True)
class Period:
    """A period: its words as screens show them, and its first and last day (one day: a count on that day)."""

    words: str
    starts: date
    ends: date

    @property
    def following(self) -> Period:
        """The period of the same form one year on (a quarter: one quarter on)."""
        quarter = re.fullmatch(r"(\d{4}) Q([1-4])", self.words)
        if quarter:
            year, number = int(quarter[1]), int(quarter[2])
            return read(f"{year + number // 4} Q{number % 4 + 1}")
        years = re.fullmatch(r"(\d{4})-\d\d", self.words)
        if years:
            return read(f"{int(years[1]) + 1}-{(int(years[1]) + 2) % 100:02}")
        return read(re.sub(r"\d{4}", lambda year: str(int(year[0]) + 1), self.words))


def _day(match: re.Match[str]) -> tuple[date, date]:
    day = date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
    return day, day


def _year_to(match: re.Match[str]) -> tuple[date, date]:
    ends, _ = _day(match)
    last = ends + timedelta(days=1)
    return last.replace(year=last.year - 1), ends


def _month(match: re.Match[str]) -> tuple[date, date]:
    year, month = int(match[2]), MONTHS.index(match[1]) + 1
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _quarter(match: re.Match[str]) -> tuple[date, date]:
    year, last = int(match[1]), 3 * int(match[2])
    return date(year, last - 2, 1), date(year, last, calendar.monthrange(year, last)[1])


def _financial(match: re.Match[str]) -> tuple[date, date]:
    if (int(match[1]) + 1) % 100 != int(match[2]):
        raise ValueError
    return date(int(match[1]), 4, 1), date(int(match[1]) + 1, 3, 31)


# The snapshot of rough sleeping is one night between 1 October and 30 November.
_READERS: tuple[tuple[str, Callable[[re.Match[str]], tuple[date, date]]], ...] = (
    (r"mid-((?:19|20)\d\d)", lambda m: (date(int(m[1]), 6, 30), date(int(m[1]), 6, 30))),
    (r"((?:19|20)\d\d)", lambda m: (date(int(m[1]), 1, 1), date(int(m[1]), 12, 31))),
    (r"((?:19|20)\d\d)-(\d\d)", _financial),
    (r"((?:19|20)\d\d) Q([1-4])", _quarter),
    (rf"(\d\d?) ({_MONTH}) ((?:19|20)\d\d)", _day),
    (rf"year to (\d\d?) ({_MONTH}) ((?:19|20)\d\d)", _year_to),
    (rf"({_MONTH}) ((?:19|20)\d\d)", _month),
    (r"autumn ((?:19|20)\d\d)", lambda m: (date(int(m[1]), 10, 1), date(int(m[1]), 11, 30))),
)


def read(words: str) -> Period:
    """The period that these words name; LgrError where they are in no form that is known."""
    for pattern, days in _READERS:
        match = re.fullmatch(pattern, words, re.ASCII)
        if match:
            try:
                return Period(words, *days(match))
            except ValueError:
                break
    raise LgrError(f"'{words[:40]}' is no period; write {FORMS}")


def order(words: str) -> tuple[date, date, str]:
    """Key that sorts periods by their last day; words that name none come first."""
    try:
        period = read(words)
    except LgrError:
        return date.min, date.min, words
    return period.ends, period.starts, words


def newest(words: Iterable[str]) -> str:
    """The period that ends last; '' where there is none."""
    return max(words, key=order, default="")


def last_year(words: Iterable[str]) -> tuple[str, ...]:
    """The four quarters up to the newest of these, in order; fewer where one of them is not there."""
    held = set(words)
    last = newest(held)
    wanted = [last]
    for quarter in sorted(held, key=order, reverse=True)[1:]:
        if len(wanted) == 4 or read(quarter).ends != read(wanted[-1]).starts - timedelta(days=1):
            break
        wanted.append(quarter)
    return tuple(reversed(wanted)) if last else ()
