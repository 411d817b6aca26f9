"""The register of the first day: each duty with the post that owns it, how far it is, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lgrdata.reading.day_one import Duty
from lgrdata.splits.plans import DutyEntry, State
from lgrdata.splits.posts import like_a_name
from lgrdata.splits.scenario import Scenario


@dataclass(frozen=True)
class OwnedDuty:
    """A duty with what the scenario says of it. `ticked`: the paragraph that it belongs to was ticked."""

    duty: Duty
    entry: DutyEntry
    ticked: bool
    late: bool
    """It is to be ready after the councils begin."""
    named: bool
    """The post reads like a person's name."""

    @property
    def state(self) -> State:
        """As said; where nothing is said, ready if its paragraph was ticked, else open."""
        return self.entry.state or ("ready" if self.ticked else "open")


@dataclass(frozen=True)
class Register:
    """Every duty in order."""

    rows: tuple[OwnedDuty, ...]

    @cached_property
    def unowned(self) -> tuple[str, ...]:
        """Duties without a post."""
        return tuple(o.duty.name for o in self.rows if not o.entry.post.strip())

    def count(self, state: State) -> int:
        """How many duties are in a state."""
        return sum(o.state == state for o in self.rows)

    @property
    def begun(self) -> bool:
        """Whether anything is said of any duty."""
        return any(o.entry != DutyEntry() or o.ticked for o in self.rows)


def register(duties: Sequence[Duty], scenario: Scenario, vesting: str) -> Register:
    """The register of a scenario; what it says of duties that are not in the list is left out."""
    places = [*scenario.split.names, *(a.name for a in scenario.split.facts.authorities)]
    places += [*scenario.split.facts.upper_names, scenario.split.facts.area.name]
    rows = []
    for duty in duties:
        entry = scenario.register.get(duty.duty_id, DutyEntry())
        answer = scenario.answers.get(duty.paragraph)
        late = bool(vesting and entry.due > vesting)
        rows.append(OwnedDuty(duty, entry, bool(answer and answer.done), late, like_a_name(entry.post, places)))
    return Register(tuple(rows))
