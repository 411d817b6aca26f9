"""Which tests run in which of the three sets: standard library only, since it is read before anything is installed."""

from __future__ import annotations

QUICK = (
    "boundary", "claims", "core", "costs", "effects", "geo", "house", "options", "partnerships", "services", "shares",
    "ui", "views",
)  # fmt: skip
"""Folders of the quick set: sums, words and the rules of the house. Here too a test may be marked `daily`."""

DAILY = ("browser", "cli", "data", "engine", "export", "operations", "package", "pages", "safety")
"""Folders that the daily set has besides. A test anywhere that is marked `slow` is for the whole set alone."""

CHOOSING = {
    "quick": ("-m", "not daily and not slow"),
    "daily": ("-m", "not slow"),
    "all": ("-m", "", "--hypothesis-profile", "all"),
}
"""What pytest is told for each set: the marks, and for the whole set the full number of examples of each property."""
