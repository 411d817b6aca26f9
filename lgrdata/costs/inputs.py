"""What a split is to the cost model: councils before and after, pieces of each county, unitaries that go or stay."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from lgrdata.core.facts import AreaFacts
from lgrdata.splits.pieces import holds_piece
from lgrdata.splits.split import DIVIDED, OUT, Split


@dataclass(frozen=True)
class CountyPieces:
    """A county of today and how many new councils hold a piece of it."""

    code: str
    name: str
    residents: int
    pieces: int

    def splits(self, gamma: float) -> float:
        """First split counts 1, each later one m^-gamma: 0 where the county stays whole."""
        return math.fsum(m**-gamma for m in range(1, self.pieces))


@dataclass(frozen=True)
class CostInputs:
    """Counts and residents that price a split. Residents are people, of the year in `vintage`.

    Only what the split places is counted: a block that nobody has yet, or an extra authority not taken in, is neither
    a council of today nor part of a new one. `today` holds the residents of today's upper-tier councils concerned,
    `left_out` is the number of blocks that nobody has yet.
    """

    unchanged: bool
    n_old: int
    n_new: int
    j_abs: int
    j_on: int
    counties: tuple[CountyPieces, ...]
    populations: tuple[int, ...]
    council_numbers: tuple[int, ...]
    today: tuple[int, ...]
    divided_unitaries: tuple[str, ...]
    left_out: int = 0

    @property
    def is_split(self) -> bool:
        """True where at least one county is held in pieces by two councils or more."""
        return not self.unchanged and any(c.pieces > 1 for c in self.counties)

    @property
    def further_pieces(self) -> int:
        """Pieces beyond the first, summed over the counties (k - 1)."""
        return sum(max(c.pieces - 1, 0) for c in self.counties)

    @property
    def split_residents(self) -> int:
        """Residents of the counties that are split."""
        return sum(c.residents for c in self.counties if c.pieces > 1)

    def split_weight(self, gamma: float) -> float:
        """Millions of county residents times the splits they go through; delta times this is £m a year."""
        return sum(c.residents / 1e6 * c.splits(gamma) for c in self.counties)

    def reference_population(self, cap: float) -> float:
        """Resident-weighted mean of min(residents, cap) over today's upper-tier councils; 0 where nobody is placed."""
        people = sum(self.today)
        return sum(p * min(p, cap) for p in self.today) / people if people else 0.0


def _members(split: Split) -> list[set[int]]:
    """For each council, the indexes of the authorities it holds in whole or in part."""
    held: list[set[int]] = [set() for _ in split.names]
    for i, council in enumerate(split.authority.tolist()):
        if council >= 0:
            held[council].add(i)
        elif council == DIVIDED:
            for c in set(split.ward[split.facts.wards_of[i]].tolist()):
                if c >= 0:
                    held[c].add(i)
    return held


def inputs(facts: AreaFacts, split: Split) -> CostInputs:
    """The cost model's view of a split of an area.

    `today` (by its name) changes nothing. A drawn split that groups the districts as the county does now is a change:
    one new council in place of the county and its districts. A unitary carries on only where a council has exactly its
    border; otherwise it is abolished, also where wards divide it between councils.
    """
    held = _members(split)
    authority = split.authority.tolist()
    placed = [i for i, c in enumerate(authority) if c != OUT and any(i in h for h in held)]
    people = split.facts.population.tolist()
    upper = facts.authority_upper.tolist()
    touched = sorted({upper[i] for i in placed})
    upper_people = np.bincount(facts.authority_upper, weights=facts.population, minlength=len(facts.upper_codes))
    unitaries = [i for i in placed if facts.authorities[i].tier == "unitary"]
    carried_on = [i for i in unitaries if authority[i] >= 0 and held[authority[i]] == {i}]
    counties = []
    for u in touched:
        if not facts.upper_is_county[u]:
            continue
        held_by = np.zeros(split.count)
        for i in placed:
            if upper[i] == u:
                held_by += people[i] * split.share[i]
        residents = int(upper_people[u])
        pieces = int(np.count_nonzero(holds_piece(held_by, residents)))
        counties.append(CountyPieces(facts.upper_codes[u], facts.upper_names[u], residents, pieces))
    numbers = [c for c, h in enumerate(held) if h]
    n_old = len(counties) + len(placed)
    return CostInputs(
        unchanged=n_old == len(carried_on) or (split.proposal == "today" and _is_today(held, upper, len(touched))),
        n_old=n_old,
        n_new=len(numbers),
        j_abs=len(unitaries) - len(carried_on),
        j_on=len(carried_on),
        counties=tuple(counties),
        populations=tuple(int(split.population[c]) for c in numbers),
        council_numbers=tuple(numbers),
        today=tuple(int(upper_people[u]) for u in touched),
        divided_unitaries=tuple(facts.authorities[i].name for i in unitaries if authority[i] == DIVIDED),
        left_out=len(split.left_out),
    )


def _is_today(held: list[set[int]], upper: list[int], touched: int) -> bool:
    """True where each council is one upper-tier council of today, no more and no less."""
    in_use = [h for h in held if h]
    return len(in_use) == touched and all(len({upper[i] for i in h}) == 1 for h in in_use)


def caveats(given: CostInputs) -> tuple[str, ...]:
    """What a reader of the price must know about this split: sentences without a full stop."""
    out = []
    if given.left_out:
        out.append("costs count only what has a council so far")
    if given.unchanged:
        return tuple(out)
    for name in given.divided_unitaries:
        out.append(f"{name} is divided between councils; what it costs to split its own services is not modelled")
    if len(given.counties) > 1 and given.is_split:
        out.append("two counties are involved: what it costs to split each is added")
    return tuple(out)
