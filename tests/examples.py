"""How many examples of a property are tried."""

from __future__ import annotations

from hypothesis import settings


def examples(most: int) -> int:
    """So many in the whole set, a quarter of them in the daily one."""
    return most if settings.get_current_profile_name() == "all" else most // 4
