"""What is asked of the options of an area, and the listing that answers: kept for the few last asked, for it is large.

A listing holds one number of councils; Lancashire's six-council options with every measure take some 30 MB.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lgrdata.all_effects.of_scenario import assumptions_of
from lgrdata.all_options.enumerate import check_councils, list_unions
from lgrdata.all_options.options import (
    HEADLINE,
    MOST_COUNCILS,
    Filters,
    Measure,
    Options,
    enumerate_options,
    frontier,
    measure_split,
    pick,
)
from lgrdata.all_options.rank import check_same_area
from lgrdata.all_options.unions import make_blocks
from lgrdata.core.facts import AreaFacts, Ints
from lgrdata.core.models import LgrError
from lgrdata.dataset.cache import recent
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import OUT, Split, today
from lgrdata.splits.splitcode import encode

KEPT_LISTINGS = 4
KEPT_COUNTS = 200
DEFAULT_X, DEFAULT_Y = "size_spread", "five_year_net_middle"
NO_FILTERS = Filters()
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class OptionsQuery:
    """What to list and how to look at it: number of councils, the chart's two measures, those judged by together."""

    councils: int
    x: str = DEFAULT_X
    y: str = DEFAULT_Y
    judged: tuple[str, ...] = HEADLINE
    filters: Filters = NO_FILTERS
    ferries: bool = False

    def checked(self) -> OptionsQuery:
        """The same, measures by their full keys. LgrError for an unknown measure or a number not 1 to 6."""
        check_councils([self.councils])
        (x,), (y,) = pick([self.x]), pick([self.y])
        return replace(self, x=x.key, y=y.key, judged=tuple(m.key for m in pick(self.judged)))


@dataclass(frozen=True)
class Listed:
    """What options are listed of: an area of a dataset, with or without its extras, under changed assumptions.

    Of a split they take only whether it takes in extras, so one listing serves every split of the area.
    """

    area_id: str
    version: tuple[int, ...]
    extras: bool
    assumptions: tuple[tuple[str, float], ...]

    @classmethod
    def by(cls, scenario: Scenario) -> Listed:
        """What a scenario's options are listed of."""
        whole = scenario.key
        return cls(whole.split.area_id, whole.split.version, takes_extras(scenario.split), whole.assumptions)

    @property
    def key(self) -> Listed:
        """Itself: nothing else sets one listing apart from another."""
        return self


@dataclass(frozen=True)
class MarkedSplit:
    """A split to mark among the options: a proposal, today, or the one on the desk."""

    letter: str
    """What marks it on a chart: A, B …; 'Today'; 'Yours'."""
    name: str
    split: Split
    mine: bool


def number_for(scenario: Scenario) -> int:
    """The number of councils to open with: the split's own, where options are listed for it."""
    return min(max(len(scenario.split.in_use), 1), MOST_COUNCILS)


def takes_extras(split: Split) -> bool:
    """Whether a split takes in authorities outside the invitation."""
    return bool((split.facts.is_extra & (split.authority != OUT)).any())


def listing(dataset: Dataset, scenario: Scenario, asked: OptionsQuery) -> Options:
    """The options asked for. LgrError, saying which filter leaves nothing, where there is none."""
    of = Listed.by(scenario)
    facts, extras = scenario.split.facts, of.extras

    def make() -> Options:
        assumptions = assumptions_of(dataset, scenario)
        return enumerate_options(
            facts, assumptions, [asked.councils], asked.filters, ferries=asked.ferries, extras=extras
        )

    return recent(dataset, "options", of, (asked.councils, asked.filters, asked.ferries), make, KEPT_LISTINGS)


def counts(dataset: Dataset, scenario: Scenario, filters: Filters, ferries: bool) -> dict[int, int]:
    """How many options there are with 1 to 6 councils that keep to the filters, none included."""
    of = replace(Listed.by(scenario), assumptions=())  # how many there are rests on no assumption
    facts, extras = scenario.split.facts, of.extras

    def make() -> dict[int, int]:
        blocks = make_blocks(facts, extras=extras, ferries=ferries)
        found = list_unions(blocks, range(1, MOST_COUNCILS + 1), filters)
        return {k: m.shape[1] for k, m in found.items()}

    return recent(dataset, "option counts", of, (filters, ferries), make, KEPT_COUNTS)


def frontier_of(dataset: Dataset, scenario: Scenario, asked: OptionsQuery, judged: Sequence[str]) -> Ints:
    """Rows of the listing that no option is better than on the measures together; kept."""
    options = listing(dataset, scenario, asked)
    how = (asked.councils, asked.filters, asked.ferries, tuple(judged))
    return recent(dataset, "beaten by none", Listed.by(scenario), how, lambda: frontier(options, judged), 40)


def judged_by(options: Options, asked: OptionsQuery) -> tuple[Measure, ...]:
    """The measures judged by that the area has figures for; the first it has where it lacks them all."""
    return options.available(asked.judged) or options.available()[:1]


def name_of(dataset: Dataset, scenario: Scenario) -> str:
    """What to call the split on the desk."""
    split = scenario.split
    if split.proposal == "today":
        return "Today’s councils"
    if split.proposal == "single":
        return "One council for the whole area"
    for p in dataset.proposals(scenario.area_id):
        if p.proposal_id == split.proposal:
            return p.title
    return scenario.name or "Your drawing"


def named_splits(
    dataset: Dataset, scenario: Scenario, councils: int
) -> tuple[tuple[MarkedSplit, ...], tuple[str, ...]]:
    """Splits with so many councils to mark, yours among them; and the titles of proposals whose map is not known.

    A proposal that takes in other authorities than the options do is left out.
    """
    facts, mine = scenario.split.facts, scenario.split
    out: list[MarkedSplit] = []
    unmapped = []
    for p in dataset.proposals(scenario.area_id):
        try:
            split = dataset.split(scenario.area_id, p.proposal_id)
        except LgrError:
            if p.councils == councils:
                unmapped.append(p.title)
            continue
        if len(split.in_use) == councils and takes_extras(split) == takes_extras(mine):
            out.append(MarkedSplit(LETTERS[len(out) % 26], p.title, split, encode(split) == encode(mine)))
    now = today(facts)
    if len(now.in_use) == councils and not takes_extras(mine):
        out.append(MarkedSplit("Today", "Today’s councils", now, mine.proposal == "today"))
    if len(mine.in_use) == councils and not any(n.mine for n in out):
        out.append(MarkedSplit("Yours", name_of(dataset, scenario), mine, True))
    return tuple(out), tuple(unmapped)


def values_of(options: Options, named: MarkedSplit) -> dict[str, float] | None:
    """A named split's measures by the options' own sums; None where it places other authorities or is unfinished."""
    try:
        check_same_area(options, named.split)
    except LgrError:
        return None
    return measure_split(options, named.split)


def sea_links(facts: AreaFacts, kind: str) -> tuple[tuple[str, str], ...]:
    """Names of pairs of the area's authorities with water between them: kind 'tidal' or 'sea'."""
    links = facts.links
    at = np.flatnonzero(np.array([k == kind for k in links.kind], dtype=bool))
    names = [a.name for a in facts.authorities]
    return tuple((names[int(links.a[i])], names[int(links.b[i])]) for i in at)
