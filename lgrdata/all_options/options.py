"""Every option of an area: all connected splits of whole authorities, measured.

    options = enumerate_options(facts, assumptions, (2, 3, 4))   listed and scored on every measure
    frontier(options)                     rows that no option with as many councils is better than
    rank(options, split)                  where a split stands among them (options_rank)
    nearest_better(options, split, key)   fewest authorities to move to do better (options_nearest)

An option's rows hold arrays only; `Options.split(row)` makes one a Split.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lgrdata.all_options.enumerate import MOST_COUNCILS, explain_nothing, list_unions
from lgrdata.all_options.filters import Filters
from lgrdata.all_options.frontier import frontier_rows
from lgrdata.all_options.ladder import Ladder, ladder_of
from lgrdata.all_options.measures import HEADLINE, MEASURES, Measure, Steps, not_held, pick, values_of_split
from lgrdata.all_options.sums import CouncilSums, SplitSums, sums_of_unions
from lgrdata.all_options.unions import Masks, OptionBlocks, make_blocks, sum_table
from lgrdata.core.facts import AreaFacts, Assumptions, Floats, Ints
from lgrdata.core.models import LgrError
from lgrdata.splits.split import OUT, Split
from lgrdata.splits.splitcode import encode

__all__ = [
    "HEADLINE", "MEASURES", "MOST_COUNCILS", "Filters", "Measure", "Options",
    "enumerate_options", "frontier", "measure_split", "pick",
]  # fmt: skip

DIGIT = 3
"""Bits a block takes in an option's key."""


@dataclass(frozen=True, eq=False)
class Options:
    """Options of an area, sorted by number of councils and then by assignment; M rows, K councils at most.

    `masks` [K, M] blocks of each council, lowest block first, 0 where there is no such council; `councils` [M];
    `keys` [M] the assignment packed, sorted within a number of councils. `score` works the measures out ahead of time;
    one not scored yet is worked out when first asked for.
    """

    blocks: OptionBlocks
    filters: Filters
    assumptions: Assumptions
    masks: Masks
    councils: NDArray[np.int8]
    keys: NDArray[np.int64]
    seconds: float
    _sums: CouncilSums
    _columns: dict[str, Floats] = field(default_factory=dict)
    _rounded: dict[str, Steps] = field(default_factory=dict)
    _middles: dict[tuple[str, int], float] = field(default_factory=dict)
    _ladders: dict[tuple[str, int], Ladder] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.councils)

    @property
    def facts(self) -> AreaFacts:
        return self.blocks.facts

    @cached_property
    def counts(self) -> dict[int, int]:
        """Options by number of councils, those with none left out."""
        return {k: int(count) for k, count in enumerate(np.bincount(self.councils)) if count}

    @cached_property
    def unavailable(self) -> Mapping[str, str]:
        """Measures this area cannot be given, and why."""
        said = {m.key: not_held(self.facts, m, self.blocks.index) for m in MEASURES}
        return {k: why for k, why in said.items() if why is not None}

    def available(self, keys: Sequence[str] | None = None) -> tuple[Measure, ...]:
        """The measures asked for (all by default) that this area has the figures for."""
        measures = MEASURES if keys is None else pick(keys)
        return tuple(m for m in measures if m.key not in self.unavailable)

    def rows(self, councils: int) -> slice:
        """The rows of the options with so many councils."""
        start = sum(count for k, count in self.counts.items() if k < councils)
        return slice(start, start + self.counts.get(councils, 0))

    def column(self, key: str) -> Floats:
        """[M] values of a measure, in its unit. LgrError where the area has no figures for it."""
        (measure,) = pick([key])
        if measure.key in self.unavailable:
            raise LgrError(f"{self.facts.area.name}: {measure.name.lower()}: {self.unavailable[measure.key]}")
        if measure.key not in self._columns:
            self.score([measure.key])
        return self._columns[measure.key]

    def rounded(self, key: str) -> Steps:
        """[M] a measure in whole steps of what matters; lower is better."""
        (measure,) = pick([key])
        self.column(measure.key)
        if measure.key not in self._rounded:  # another thread has the values, and not yet the steps
            self.score([measure.key])
        return self._rounded[measure.key]

    def middle(self, key: str, councils: int) -> float:
        """A measure's value in the middle of the options with so many councils (the upper of two)."""
        if (key, councils) not in self._middles:
            values = self.column(key)[self.rows(councils)]
            at = len(values) // 2
            self._middles[key, councils] = float(np.partition(values, at)[at])
        return self._middles[key, councils]

    def ladder(self, key: str, councils: int) -> Ladder:
        """How the options with so many councils stand on a measure in whole steps."""
        if (key, councils) not in self._ladders:
            self._ladders[key, councils] = ladder_of(self.rounded(key)[self.rows(councils)])
        return self._ladders[key, councils]

    def score(self, keys: Sequence[str] | None = None) -> None:
        """Work measures (all the area has by default) out, so that the first split is ranked as fast as the next."""
        new = [m for m in self.available(keys) if m.key not in self._rounded]
        columns = {m.key: np.empty(len(self)) for m in new}
        rounded = {m.key: np.empty(len(self), dtype=np.int32) for m in new}
        for k in self.counts:
            rows = self.rows(k)
            group = SplitSums(self._sums, self.masks[:k, rows].astype(np.intp), self.councils[rows])
            for m in new:
                values = m.value(group, self.assumptions)
                columns[m.key][rows], rounded[m.key][rows] = values, m.rounded(values)
        # A column stands before its steps do, so that who finds the steps finds it too.
        self._columns.update(columns)
        self._rounded.update(rounded)
        for m in new:
            for k in self.counts:
                self.ladder(m.key, k)
                if m.estimated:
                    self.middle(m.key, k)

    def assignment(self, rows: slice | Ints | None = None) -> NDArray[np.int8]:
        """[rows, n] council of each block, numbered by first appearance."""
        masks = self.masks if rows is None else self.masks[:, rows]
        bits = np.arange(self.blocks.count, dtype=np.int32)
        out = np.zeros((masks.shape[1], self.blocks.count), dtype=np.int8)
        for j, mask in enumerate(masks[1:], start=1):
            out += (((mask[:, None] >> bits) & 1) * j).astype(np.int8)
        return out

    def split(self, row: int) -> Split:
        """One option as a Split, its councils named 'Council 1' and so on."""
        facts = self.facts
        authority = np.full(len(facts.authorities), OUT, dtype=np.int8)
        authority[self.blocks.index] = self.assignment(np.array([row]))[0]
        names = tuple(f"Council {n + 1}" for n in range(int(self.councils[row])))
        ward = authority[facts.ward_authority] if len(facts.wards) else np.zeros(0, dtype=np.int8)
        return Split(facts, authority, ward, names)

    def codes(self, rows: slice | Ints | None = None) -> list[str]:
        """Split codes of options, in the same canonical form as `splitcode.encode` gives."""
        if len(self) == 0:
            return []
        held = self.assignment(rows)
        letters = np.full((len(held), len(self.facts.authorities)), ord("x"), dtype=np.uint8)
        letters[:, self.blocks.index] = held + ord("0")
        before = encode(self.split(0)).rpartition(".")[0]
        width = letters.shape[1]
        return [f"{before}.{text.decode()}" for text in np.ascontiguousarray(letters).view(f"S{width}")[:, 0]]

    def find(self, split: Split) -> int | None:
        """The row of a split, or None where it is not one of these options."""
        held = split.authority[self.blocks.index]
        if not split.is_whole or (held < 0).any() or not self._takes_same(split):
            return None
        order: dict[int, int] = {}
        key = 0
        for c in held.tolist():
            key = key << DIGIT | order.setdefault(c, len(order))
            if order[c] >= MOST_COUNCILS:
                return None
        rows = self.rows(len(order))
        at = rows.start + int(np.searchsorted(self.keys[rows], key))
        return at if at < rows.stop and int(self.keys[at]) == key else None

    def _takes_same(self, split: Split) -> bool:
        taken = np.flatnonzero(split.authority != OUT)
        return np.array_equal(taken, self.blocks.index)


def enumerate_options(
    facts: AreaFacts,
    assumptions: Assumptions,
    councils: Sequence[int] = (2, 3, 4),
    filters: Filters | None = None,
    *,
    ferries: bool = False,
    extras: bool = False,
) -> Options:
    """Every option with these numbers of councils (1 to 6) that keeps to the filters.

    `ferries` lets authorities across a sea gap join; `extras` takes in the authorities outside the invitation.
    LgrError for bad numbers or codes, and, saying which filter leaves nothing, where no option is left.
    """
    began = time.perf_counter()
    filters = filters or Filters()
    blocks = make_blocks(facts, extras=extras, ferries=ferries)
    found = list_unions(blocks, councils, filters)
    if not any(m.shape[1] for m in found.values()):
        raise LgrError(explain_nothing(blocks, councils, filters))
    most = max(k for k, m in found.items() if m.shape[1])
    place = sum_table(np.array([1 << DIGIT * (blocks.count - 1 - i) for i in range(blocks.count)], dtype=np.int64))
    masks, keys, numbers = [], [], []
    for k, group in found.items():
        if k > most:
            continue
        key = np.zeros(group.shape[1], dtype=np.int64)
        for j in range(1, k):
            key += j * place[group[j]]
        order = np.argsort(key)
        whole = np.zeros((most, len(order)), dtype=np.int32)
        whole[:k] = group[:, order]
        masks.append(whole)
        keys.append(key[order])
        numbers.append(np.full(len(order), k, dtype=np.int8))
    options = Options(
        blocks,
        filters,
        assumptions,
        np.concatenate(masks, axis=1),
        np.concatenate(numbers),
        np.concatenate(keys),
        time.perf_counter() - began,
        sums_of_unions(blocks),
    )
    options.score()
    return options


def measure_split(options: Options, split: Split) -> dict[str, float]:
    """A split's value on every measure the area has, by the options' own sums; also where wards are divided."""
    return values_of_split(split, options.available(), options.assumptions)


def frontier(options: Options, measures: Sequence[str] = HEADLINE) -> Ints:
    """Rows of the options that none with as many councils is better than on all these measures together.

    Better: as good on every measure after rounding to what matters, and ahead on one. Options that are alike after
    rounding stay together. Measures the area lacks are left out; LgrError if that leaves none.
    """
    chosen = options.available(measures)
    if not chosen:
        raise LgrError(f"{options.facts.area.name} has no figures for these measures: {', '.join(measures)}")
    out = []
    for k in options.counts:
        rows = options.rows(k)
        values = np.stack([options.rounded(m.key)[rows] for m in chosen], axis=1)
        out.append(rows.start + frontier_rows(values))
    return np.concatenate(out)
