"""What one visitor has on the desk: a scenario, its undo history, what was put aside to compare.

Lives in the session; the address always holds the scenario, so that a lost session can be opened again from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lgrdata.all_effects.of_scenario import mended
from lgrdata.core.models import LgrError
from lgrdata.core.text import text_field
from lgrdata.dataset.dataset import Dataset, DatasetChanged
from lgrdata.splits import address, damage
from lgrdata.splits import locked as held
from lgrdata.splits.naming import marked
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split, make

HISTORY = 300
MOST_COMPARED = 4
COMPARED_NOTES = "compare_notes"
"""In the session: what was noted of drawings put aside, by their text; notes ride in no address."""
MOST_MESSAGES = 6
MOST_EARLIER = 20


@dataclass
class Desk:
    scenario: Scenario | None = None
    past: list[Scenario] = field(default_factory=list)
    future: list[Scenario] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    compared: list[dict[str, str]] = field(default_factory=list)
    """Queries of the scenarios put aside to compare, at most four."""
    side_by_side: tuple[Scenario, ...] = ()
    """What the Compare page shows in this run; empty on other pages."""
    shown: dict[str, str] = field(default_factory=dict)
    """The query the address held when this desk last wrote or read it."""
    earlier: list[dict[str, str]] = field(default_factory=list)
    """The last queries that this desk wrote."""
    locks: held.Locks = field(default_factory=held.Locks)
    """What the drawing keeps as it is."""
    revision: int = 0
    """Counts changes of the split, for the painted map."""
    opened: bool = False
    """Whether what stands was opened, and nothing moved in it since."""
    considered: tuple[int, int, str] = (0, 0, "")
    """A split chosen while a drawing stood: how many were, the revision it was chosen at, its key or proposal."""
    arrivals: int = 0
    """Counts areas and splits chosen here: after each the reader is taken to the page's heading."""
    drawn_on: tuple[int, ...] = ()
    """The version of the dataset that everything here was last seen to belong to."""

    def change(self, scenario: Scenario) -> None:
        """Put another scenario on the desk; the present one can be had back by undo."""
        if self.scenario is not None:
            self.past = [*self.past[-HISTORY:], self.scenario]
            if self.scenario.area_id != scenario.area_id:
                self.locks = held.Locks()
        self.future = []
        self.scenario = scenario
        self.opened = False
        self.revision += 1

    def change_split(self, split: Split) -> None:
        """Another split of the same scenario; nothing where it is the one that stands."""
        if self.scenario is not None and split is not self.scenario.split:
            self.change(self.scenario.of(split))

    def open_split(self, split: Split, start: str) -> None:
        """Begin from a split of this or another area: the lens stays, what belonged to the old area goes."""
        old = self.scenario
        if old is not None and old.area_id == split.facts.area.area_id:
            self.change(replace(old.of(split), start=start, partnerships=()))
        else:
            self.change(Scenario(split=split, lens=old.lens if old else "middle", start=start))
        self.opened = True

    def consider(self, start: str) -> None:
        """Have another split outlined over the drawing before it takes its place."""
        self.considered = (self.considered[0] + 1, self.revision, start)

    def open_area(self, dataset: Dataset, area_id: str | None) -> None:
        """Begin with an area's first proposal; with None, put the area away and clear the address."""
        self.arrivals += 1
        if area_id is None:
            self.scenario, self.locks = None, held.Locks()
            st.query_params.clear()
            return
        split = address.default_split(dataset.conn, dataset.facts(area_id))
        self.open_split(split, split.proposal or "today")

    def undo(self) -> None:
        """Back to the scenario before the last change."""
        if self.past and self.scenario is not None:
            self.future.append(self.scenario)
            self.scenario = self.past.pop()
            self.opened = False
            self.revision += 1

    def redo(self) -> None:
        """Forward to the scenario that undo left."""
        if self.future and self.scenario is not None:
            self.past.append(self.scenario)
            self.scenario = self.future.pop()
            self.opened = False
            self.revision += 1

    def say(self, message: str) -> None:
        """A message for the top of the page."""
        message = " ".join(text_field(message, 600).split()).replace("?.", "?")
        if message not in self.messages and len(self.messages) < MOST_MESSAGES:
            self.messages.append(message)

    def renew(self, dataset: Dataset) -> None:
        """Move everything on the desk to the dataset as it is now, so that no page mixes two versions of it."""
        if self.drawn_on == dataset.fingerprint:
            return
        self.past = [s for old in self.past if (s := _renewed(dataset, old)) is not None]
        self.future = [s for old in self.future if (s := _renewed(dataset, old)) is not None]
        if self.scenario is not None:
            renewed = _renewed(dataset, self.scenario)
            if renewed is not self.scenario:
                self.revision += 1
            if renewed is None:
                self.say("The dataset was changed, and what was drawn here no longer fits it.")
                self.shown = {}
            self.scenario = renewed
        self.drawn_on = dataset.fingerprint

    def recognise(self, dataset: Dataset) -> None:
        """Mark a drawing that equals a proposal as that, as opening its address anew would; its names stay."""
        if self.scenario is not None:
            known = dataset.recognised(self.scenario.split)
            if known is not self.scenario.split:
                self.scenario = replace(self.scenario, split=known)

    def writes(self, query: dict[str, str]) -> None:
        """The address says what the desk holds; whoever acts before it has arrived still sends an earlier one."""
        self.shown = query
        self.earlier = [*[q for q in self.earlier if q != query][-(MOST_EARLIER - 1) :], query]

    def put_aside(self, query: Mapping[str, str]) -> None:
        """Keep a scenario for the comparison; the oldest goes when there are four."""
        kept = {k: v for k, v in query.items() if k != "lens"}
        self.compared = [*[q for q in self.compared if q != kept][-(MOST_COMPARED - 1) :], kept]


def _renewed(dataset: Dataset, scenario: Scenario) -> Scenario | None:
    """The scenario on the facts of this dataset; None where its area or blocks are no longer there."""
    old = scenario.split
    try:
        facts = dataset.facts(scenario.area_id)
        if old.facts is facts:
            return scenario
        split = make(facts, old.block_assignment(), old.names)
        known = dataset.split(scenario.area_id, old.proposal) if old.proposal else split
    except DatasetChanged:
        raise
    except LgrError:
        return None
    return replace(scenario, split=marked(split, known) if known == split else split)


def desk() -> Desk:
    """This visitor's desk."""
    found: Desk | None = st.session_state.get("desk")
    if found is None:
        found = st.session_state["desk"] = Desk()
    return found


def read_address(dataset: Dataset) -> None:
    """Take up what the address says, where the visitor changed it (a link, Back, Forward, a reload).

    An act that is quicker than the last answer comes with the address of before it, which is no wish to go back there.
    """
    the_desk = desk()
    query, _ = damage.mended(st.query_params.to_dict(), address.KEYS)
    if not query.get("area") or query == the_desk.shown:
        return
    if query in the_desk.earlier and not _navigated():
        return
    old = the_desk.scenario
    if old is not None and _unlocked(query) == _unlocked(the_desk.shown):
        _take_locks(the_desk, query, old.split)
        return
    scenario, messages = address.from_query(dataset.conn, dataset.facts, query)
    if scenario is not None:
        scenario, left_out = mended(dataset, scenario)
        messages += left_out
    for message in messages:
        the_desk.say(message)
    if scenario is None:
        return
    if old is not None and old.area_id == scenario.area_id:
        kept = old.of(scenario.split)
        scenario = replace(
            scenario, note=old.note, answers=old.answers, counts=old.counts, hosting=kept.hosting, register=old.register
        )
    the_desk.change(scenario)
    _take_locks(the_desk, query, scenario.split)


def _take_locks(the_desk: Desk, query: dict[str, str], split: Split) -> None:
    messages: list[str] = []
    the_desk.locks = held.read(query.get("lock", ""), split, messages)
    for message in messages:
        the_desk.say(message)
    the_desk.shown = query


def _navigated() -> bool:
    """Whether Back, Forward or a link began this run, and no act on the page."""
    run = get_script_run_ctx(suppress_warning=True)
    return run is None or run.is_history_navigation


def _unlocked(query: dict[str, str]) -> dict[str, str]:
    return {k: v for k, v in query.items() if k not in ("lock", damage.CHECK)}


def write_address(dataset: Dataset) -> None:
    """Make the address hold the scenario on the desk."""
    the_desk = desk()
    if the_desk.scenario is None:
        return
    query = desk_query(dataset, the_desk)
    others = {k: v for k, v in st.query_params.to_dict().items() if damage.key_of(k) not in address.KEYS}
    wanted = {**query, **others}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
    the_desk.writes(query)


def desk_query(dataset: Dataset, the_desk: Desk) -> dict[str, str]:
    """The query of what is on the desk, its locks with it; empty where nothing is."""
    scenario = the_desk.scenario
    if scenario is None:
        return {}
    locked = held.text(the_desk.locks, scenario.split)
    return damage.sealed(scenario_query(dataset, scenario) | ({"lock": locked} if locked else {}))


def scenario_query(dataset: Dataset, scenario: Scenario) -> dict[str, str]:
    """The query of a scenario."""
    return address.to_query(scenario, dataset.conn)
