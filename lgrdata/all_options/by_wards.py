"""Search by wards for splits that do better on one measure and no worse on others.

Beyond some twenty blocks the options cannot be listed, so this looks for some: short bursts from the split given,
moving wards and redrawing pairs of councils (`bursts`). What it finds is found, never the best there is. The same
split, goal and seed give the same course; the time allowed only cuts it short.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lgrdata.all_options.bursts import Graph, Groups, bursts
from lgrdata.all_options.measures import Measure, not_held, pick, values_of_split
from lgrdata.core.facts import AreaFacts, Assumptions
from lgrdata.core.models import LgrError
from lgrdata.splits.pieces import pieces
from lgrdata.splits.split import OUT, Split, from_arrays

BURST = 10
"""Steps between returns to the best found so far."""

SPILL = 1_000.0
"""Weight of doing worse on a measure to keep, in steps that matter, against doing better on the goal."""

ROOM = 0.1
"""Sizes allowed beyond the smallest and largest council of the split, where the goal does not say."""


@dataclass(frozen=True)
class Goal:
    """What to look for.

    `better`: the measure to improve; `keep`: those that must not get worse by as much as matters. `smallest`,
    `largest`: residents allowed in a council. `divide`: authorities (by code) that wards may divide, None for any.
    `ferries`: links across the sea hold a council together too.
    """

    better: str
    keep: tuple[str, ...] = ()
    smallest: int | None = None
    largest: int | None = None
    divide: tuple[str, ...] | None = None
    ferries: bool = False


@dataclass(frozen=True)
class Progress:
    """How far a search has come. `found` is None until something better than the start was seen."""

    steps: int
    seconds: float
    done: float  # share of the time or steps allowed, whichever is nearer its end
    start: dict[str, float]
    found: Split | None
    values: dict[str, float]
    improved: bool  # since the last report


class Wards:
    """The blocks a search moves: wards, and authorities that may not be divided, with what joins them."""

    def __init__(self, facts: AreaFacts, taken: NDArray[np.bool_], goal: Goal) -> None:
        self.facts, self.ferries = facts, goal.ferries
        divide, may = goal.divide, facts.wards_counted.copy()
        if divide is not None:
            for code in divide:
                if code not in facts.authority_index:
                    raise LgrError(f"{code} is not an authority of {facts.area.name}")
            may &= np.isin([a.code for a in facts.authorities], divide)
        self.block = np.full(len(facts.wards), OUT, dtype=np.int64)
        """[W] the block of each ward; OUT for wards of authorities not taken in."""
        self.authority: list[int] = []
        self.people: list[int] = []
        for i, wards in enumerate(facts.wards_of):
            if not taken[i]:
                continue
            if may[i]:
                self.block[wards] = len(self.people) + np.arange(len(wards))
                self.people += facts.ward_population[wards].tolist()
                self.authority += [i] * len(wards)
            else:
                self.block[wards] = len(self.people)
                self.people.append(int(facts.population[i]))
                self.authority.append(i)

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """Blocks that join, by land or tidal water, and by sea with ferries."""
        links = self.facts.ward_links
        joined = links.joined(self.ferries)
        a, b = self.block[links.a[joined]], self.block[links.b[joined]]
        keep = (a != b) & (a >= 0) & (b >= 0)
        return sorted({(min(x, y), max(x, y)) for x, y in zip(a[keep].tolist(), b[keep].tolist(), strict=True)})

    def of_split(self, split: Split) -> list[int]:
        """Council of each block. LgrError where a council line runs through an authority that may not be divided."""
        out: list[int] = [OUT] * len(self.people)
        for w, block in enumerate(self.block.tolist()):
            if block < 0:
                continue
            council = int(split.ward[w])
            if out[block] not in (OUT, council):
                name = self.facts.authorities[self.authority[block]].name
                raise LgrError(f"the split divides {name}, which this search is to keep whole")
            out[block] = council
        return out

    def split(self, councils: Groups, start: Split) -> Split:
        """The split of councils by block, with the names of the one it came from."""
        ward = np.where(self.block >= 0, councils[self.block], OUT).astype(np.int8)
        return from_arrays(self.facts, start.authority, ward, start.names)


def search(
    facts: AreaFacts,
    assumptions: Assumptions,
    start: Split,
    goal: Goal,
    *,
    seed: int = 1,
    seconds: float = 20.0,
    steps: int = 100_000,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Progress]:
    """Reports after each burst until the time or the steps run out; stop by leaving the loop.

    Every split found has the councils of `start`, each connected (across the sea only with ferries) and of the sizes
    allowed.
    LgrError, before the first report, where the start itself is unfinished, in parts or of other sizes.
    """
    measures = pick([goal.better, *goal.keep])
    taken = start.share.sum(axis=1) > 0
    for m in measures:
        why = not_held(facts, m, np.flatnonzero(taken))
        if why:
            raise LgrError(f"{facts.area.name}: {m.name.lower()}: {why}")
    wards = Wards(facts, taken, goal)
    held = wards.of_split(start)
    low, high = _sizes(start, goal)
    _check_start(start, low, high, goal.ferries)
    return _run(wards, held, _Score(wards, start, measures, assumptions), (low, high), seed, seconds, steps, clock)


def _run(
    wards: Wards,
    held: list[int],
    score: _Score,
    sizes: tuple[int, int],
    seed: int,
    seconds: float,
    steps: int,
    clock: Callable[[], float],
) -> Iterator[Progress]:
    began, reported = clock(), score.best
    graph = Graph(wards.people, wards.authority, wards.pairs)
    for seen in bursts(graph, np.array(held, dtype=np.int8), sizes, score, BURST, seed):
        spent = clock() - began
        over = spent >= seconds or seen >= steps
        if seen % BURST and not over:
            continue
        done = 1.0 if over else max(spent / seconds, seen / steps)
        yield Progress(seen, spent, done, score.start, score.found, score.values, score.best < reported)
        reported = score.best
        if over:
            return


def _sizes(start: Split, goal: Goal) -> tuple[int, int]:
    people = start.population[start.in_use]
    low = int(people.min() * (1 - ROOM)) if goal.smallest is None else goal.smallest
    high = int(people.max() * (1 + ROOM)) if goal.largest is None else goal.largest
    if low > high:
        raise LgrError(f"no council can have at least {low:,} and at most {high:,} residents")
    return low, high


def _check_start(start: Split, low: int, high: int, ferries: bool) -> None:
    if start.left_out:
        raise LgrError(f"{len(start.left_out)} blocks are in no council yet; place them before searching")
    if len(start.in_use) < 2:
        raise LgrError("a search needs a split with at least two councils")
    for c in start.in_use.tolist():
        people = int(start.population[c])
        if not low <= people <= high:
            raise LgrError(f"{start.names[c]} has {people:,} residents; the search is to keep {low:,} to {high:,}")
        parts = pieces(start, c, sea=ferries)
        if len(parts) > 1:
            by_sea = "" if ferries or len(pieces(start, c, sea=True)) > 1 else ", or let ferry links join"
            raise LgrError(f"{start.names[c]} is in {len(parts)} parts; join them before searching{by_sea}")


class _Score:
    """The goal as one number to make small, and the best split so far that is no worse on what is to be kept."""

    def __init__(self, wards: Wards, start: Split, measures: tuple[Measure, ...], assumptions: Assumptions) -> None:
        self.wards, self.origin, self.measures, self.assumptions = wards, start, measures, assumptions
        self.start = values_of_split(start, measures, assumptions)
        self.found: Split | None = None
        self.values = self.start
        self.best = self._goal(self.start)

    def _goal(self, values: dict[str, float]) -> float:
        goal = self.measures[0]
        return (values[goal.key] if goal.lower_is_better else -values[goal.key]) / goal.step

    def _spill(self, values: dict[str, float]) -> int:
        total = 0
        for m in self.measures[1:]:
            now, before = m.rounded(np.array([values[m.key], self.start[m.key]])).tolist()
            total += max(0, now - before)
        return total

    def __call__(self, councils: Groups) -> float:
        split = self.wards.split(councils, self.origin)
        values = values_of_split(split, self.measures, self.assumptions)
        spill, goal = self._spill(values), self._goal(values)
        if spill == 0 and goal < self.best - 1e-9:
            self.best, self.found, self.values = goal, split, values
        return goal + SPILL * spill
