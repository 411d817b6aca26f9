"""A scenario that is open: what a page works on once an area is chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lgrdata.all_effects.effects import Effects
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import LgrError
from lgrdata.dataset.cache import recent
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.desk import Desk

KEPT = 60
"""Effects of this many scenarios are kept, some 0.1 MB each."""


@dataclass(frozen=True)
class Open:
    """A visitor's desk with a scenario on it, and the dataset that it belongs to; a page asks for it once."""

    dataset: Dataset
    desk: Desk

    @property
    def scenario(self) -> Scenario:
        """The scenario as it stands now, after every act so far; LgrError where it was put away meanwhile."""
        if self.desk.scenario is None:
            raise LgrError("the area was put away; choose one again")
        return self.desk.scenario

    @property
    def area_id(self) -> str:
        return self.scenario.area_id

    def effects(self) -> Effects:
        """What the scenario does as it stands now. Kept, without what a file of it had said."""
        scenario = replace(self.scenario, saved_with={}, saved_figures={})
        return recent(self.dataset, "effects", scenario, None, lambda: effects_of(self.dataset, scenario), KEPT)


def opened(dataset: Dataset, desk: Desk) -> Open | None:
    """What is open on the desk; None where the page has to ask for an area first."""
    return None if desk.scenario is None else Open(dataset, desk)
