"""How many options stand on each step of a measure: all that a place among them needs, however many they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lgrdata.all_options.measures import Steps
from lgrdata.core.facts import Ints


@dataclass(frozen=True, eq=False)
class Ladder:
    """The `steps` that options stand on, the furthest ahead first, and how many stand on each or ahead of it."""

    steps: Steps
    reached: Ints

    def against(self, step: int) -> tuple[int, int, int]:
        """Options behind a step, level with it and ahead of it."""
        first, after = (int(np.searchsorted(self.steps, step, side)) for side in ("left", "right"))
        ahead, not_behind = (int(self.reached[at - 1]) if at else 0 for at in (first, after))
        return int(self.reached[-1]) - not_behind, not_behind - ahead, ahead

    @property
    def middle(self) -> int:
        """The step of the option in the middle (the further behind of two)."""
        return int(self.steps[np.searchsorted(self.reached, self.reached[-1] // 2, "right")])


def ladder_of(steps: Steps) -> Ladder:
    """The ladder of one option or more, given by their steps."""
    least = int(steps.min())
    if int(steps.max()) - least < len(steps):
        count = np.bincount(steps - least)
        held = np.flatnonzero(count)
        return Ladder((held + least).astype(np.int32), np.cumsum(count[held]))
    distinct, count = np.unique(steps, return_counts=True)
    return Ladder(distinct, np.cumsum(count))
