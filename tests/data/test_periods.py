"""Periods: their days, which is newest, and what follows."""

from __future__ import annotations

import pytest

from lgrdata.core import periods
from lgrdata.core.models import LgrError

DAYS = {
    "2024": ("2024-01-01", "2024-12-31", "2025"),
    "mid-2024": ("2024-06-30", "2024-06-30", "mid-2025"),
    "2024-25": ("2024-04-01", "2025-03-31", "2025-26"),
    "2025 Q4": ("2025-10-01", "2025-12-31", "2026 Q1"),
    "31 Mar 2025": ("2025-03-31", "2025-03-31", "31 Mar 2026"),
    "year to 31 Mar 2025": ("2024-04-01", "2025-03-31", "year to 31 Mar 2026"),
    "Feb 2024": ("2024-02-01", "2024-02-29", "Feb 2025"),
    "autumn 2025": ("2025-10-01", "2025-11-30", "autumn 2026"),
}


def test_a_period_has_the_days_that_its_words_say() -> None:
    for words, (starts, ends, following) in DAYS.items():
        period = periods.read(words)
        assert (period.starts.isoformat(), period.ends.isoformat(), period.following.words) == (starts, ends, following)
    for wrong in ("2024/25", "2024-26", "2025 Q5", "31 Feb 2025", "mid 2024", ""):
        with pytest.raises(LgrError, match="is no period; write 2024, mid-2024"):
            periods.read(wrong)


def test_newest_is_told_by_date_not_by_text() -> None:
    assert periods.newest(["31 Mar 2025", "30 Jun 2025", "30 Sep 2024"]) == "30 Jun 2025"
    assert periods.newest([]) == ""


def test_a_year_is_the_newest_four_quarters_in_a_row() -> None:
    five = [f"2025 Q{n}" for n in (1, 2, 3, 4)] + ["2026 Q1"]
    assert periods.last_year(five) == ("2025 Q2", "2025 Q3", "2025 Q4", "2026 Q1")
    assert periods.last_year(["2025 Q1", "2025 Q2", "2025 Q4"]) == ("2025 Q4",)
    assert periods.last_year([]) == ()
