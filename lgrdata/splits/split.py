"""A split: every block of an area given to exactly one council.

A block is a whole authority or, where an authority is divided, one of its wards. An unfinished split may leave blocks
with nobody (OUT); an extra authority (one outside the invitation) left OUT is simply not taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lgrdata.core.facts import AreaFacts, Floats, Ints
from lgrdata.core.models import MAX_COUNCILS, LgrError
from lgrdata.core.text import one_line

OUT = -1
DIVIDED = -2

Councils = NDArray[np.int8]


class SplitKey(NamedTuple):
    """All that a page draws of a split: two splits with one key cannot be told apart on any page."""

    area_id: str
    version: tuple[int, ...]
    authority: bytes
    ward: bytes
    names: tuple[str, ...]
    proposal: str | None
    basis: str

    @property
    def lasting(self) -> SplitKey:
        """The same without the dataset's version, for ids in a drawing: one map has one id from build to build."""
        return self._replace(version=())


@dataclass(frozen=True, eq=False)
class Split:
    """Council numbers (0-based) of each block.

    `authority` [A]: council, OUT, or DIVIDED. `ward` [W]: council or OUT, for every ward, also where its authority is
    whole. `names`: a name for each council; a council with no block keeps its name. `proposal` and `basis` say where
    it comes from: basis is 'exact', 'exact-parts', 'nearest-whole' or 'drawn'.
    """

    facts: AreaFacts
    authority: Councils
    ward: Councils
    names: tuple[str, ...]
    proposal: str | None = None
    basis: str = "drawn"

    def __eq__(self, other: object) -> bool:
        """Same grouping of the same area's blocks: names and order of councils do not matter.

        So a split has no hash: what is kept by a split is kept by its `key`, in which they do.
        """
        if not isinstance(other, Split):
            return NotImplemented
        return self.facts.area.area_id == other.facts.area.area_id and np.array_equal(self.canonical, other.canonical)

    @cached_property
    def key(self) -> SplitKey:
        """What anything kept of this split is kept by; councils as numbered, not in canonical order."""
        return SplitKey(
            self.facts.area.area_id,
            self.facts.version,
            self.authority.tobytes(),
            self.ward.tobytes(),
            self.names,
            self.proposal,
            self.basis,
        )

    @property
    def count(self) -> int:
        """Number of councils named, empty ones included."""
        return len(self.names)

    @cached_property
    def divided(self) -> NDArray[np.bool_]:
        """[A] authorities that are split by wards."""
        return np.asarray(self.authority == DIVIDED)

    @cached_property
    def canonical(self) -> Councils:
        """Authority and ward numbers relabelled by first appearance, so that equal splits have equal arrays."""
        flat = [int(c) for c in self.block_order()]
        order: dict[int, int] = {}
        for c in flat:
            if c >= 0:
                order.setdefault(c, len(order))
        lookup = {**order, OUT: OUT, DIVIDED: DIVIDED}
        return np.array([lookup[int(c)] for c in np.concatenate([self.authority, self.ward])], dtype=np.int8)

    def block_order(self) -> list[int]:
        """Council of each block in the order the split code mentions them: authorities, or a divided one's wards."""
        out: list[int] = []
        for i, c in enumerate(self.authority):
            if c == DIVIDED:
                out.extend(int(w) for w in self.ward[self.facts.wards_of[i]])
            else:
                out.append(int(c))
        return out

    @cached_property
    def share(self) -> Floats:
        """[A, N] share of each authority's residents in each council; rows add to 1, or 0 where it is OUT."""
        n = len(self.names)
        out = np.zeros((len(self.authority), n))
        whole = np.flatnonzero(self.authority >= 0)
        out[whole, self.authority[whole]] = 1.0
        for i in np.flatnonzero(self.divided):
            wards = self.facts.wards_of[i]
            people = self.facts.ward_population[wards]
            for c, p in zip(self.ward[wards], people, strict=True):
                if c >= 0:
                    out[i, c] += p
            out[i] /= max(int(people.sum()), 1)
        return out

    def add_up(self, by_authority: Floats | Ints, by_ward: Floats | Ints) -> NDArray[np.generic]:
        """[N, ...] council totals of something additive: whole authorities' own figures, divided ones' by ward."""
        n = len(self.names)
        total = np.zeros((n, *by_authority.shape[1:]), dtype=by_authority.dtype)
        whole = np.flatnonzero(self.authority >= 0)
        np.add.at(total, self.authority[whole], by_authority[whole])
        if self.divided.any():
            wards = np.flatnonzero(self.divided[self.facts.ward_authority] & (self.ward >= 0))
            np.add.at(total, self.ward[wards], by_ward[wards])
        return total

    @cached_property
    def residents(self) -> Ints:
        """[N, band] residents of each council: exact, so councils add to the area."""
        return np.asarray(self.add_up(self.facts.residents, self.facts.ward_residents), dtype=np.int64)

    @cached_property
    def population(self) -> Ints:
        """[N] residents of each council."""
        return np.asarray(self.residents.sum(axis=1), dtype=np.int64)

    @cached_property
    def in_use(self) -> Ints:
        """Numbers of the councils that hold at least one block."""
        return np.array(sorted({c for c in self.block_order() if c >= 0}), dtype=np.int64)

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """Codes of the blocks nobody has: member authorities, and wards of divided ones."""
        f = self.facts
        lone = [f.authorities[i].code for i in np.flatnonzero((self.authority == OUT) & ~f.is_extra)]
        lone += [f.wards[w].code for w in np.flatnonzero((self.ward == OUT) & self.divided[f.ward_authority])]
        return tuple(lone)

    @property
    def is_whole(self) -> bool:
        """True where no authority is divided."""
        return not bool(self.divided.any())

    def renumbered(self, position: Sequence[int], names: tuple[str, ...]) -> Split:
        """The same grouping with council i moved to `position[i]`, under these names."""
        lookup = np.array([*position, *range(len(position), MAX_COUNCILS), DIVIDED, OUT], dtype=np.int8)
        return Split(self.facts, lookup[self.authority], lookup[self.ward], names)

    def block_assignment(self) -> list[tuple[str, str]]:
        """(code, council name) rows of the interchange form: authorities, then wards that differ from theirs."""
        f, rows = self.facts, []
        for i, authority in enumerate(f.authorities):
            c = int(self.authority[i])
            if c >= 0:
                rows.append((authority.code, self.names[c]))
            elif c == DIVIDED:
                wards = f.wards_of[i]
                held = [int(x) for x in self.ward[wards]]
                # With a ward in no council there is no row for the authority: it would give that ward away.
                main = max(sorted(set(held)), key=held.count) if OUT not in held else OUT
                if main >= 0:
                    rows.append((authority.code, self.names[main]))
                for w in wards:
                    if int(self.ward[w]) not in (main, OUT):
                        rows.append((f.wards[w].code, self.names[int(self.ward[w])]))
        return rows


def make(
    facts: AreaFacts,
    blocks: Mapping[str, str] | Iterable[tuple[str, str]],
    names: Iterable[str] = (),
    *,
    proposal: str | None = None,
    basis: str = "drawn",
) -> Split:
    """A split from (block code, council name) pairs; a ward row overrides its authority's.

    Councils are numbered in the order of `names`, then of first mention. Codes not of this area, codes given twice,
    blank names and too many councils raise LgrError naming the code. Blocks not mentioned are OUT.
    """
    pairs = list(blocks.items()) if isinstance(blocks, Mapping) else list(blocks)
    order: dict[str, int] = {n: i for i, n in enumerate(dict.fromkeys(names))}
    seen: set[str] = set()
    authority = np.full(len(facts.authorities), OUT, dtype=np.int8)
    ward = np.full(len(facts.wards), OUT, dtype=np.int8)
    by_ward: list[tuple[int, int]] = []
    for code, council in pairs:
        if code in seen:
            raise LgrError(f"{one_line(code, 40)} is given twice; keep one row for it")
        seen.add(code)
        if not council.strip():
            raise LgrError(f"{one_line(code, 40) or 'a blank'} has no council name")
        number = order.setdefault(council, len(order))
        if number >= MAX_COUNCILS:
            raise LgrError(f"{len({*order, *(c for _, c in pairs)})} councils are named; the most is {MAX_COUNCILS}")
        if code in facts.authority_index:
            i = facts.authority_index[code]
            authority[i] = number
            ward[facts.wards_of[i]] = number
        elif code in facts.ward_index:
            by_ward.append((facts.ward_index[code], number))
        else:
            raise LgrError(f"{one_line(code, 40) or 'a blank'} is not an authority or ward of {facts.area.name}")
    for w, number in by_ward:
        ward[w] = number
    return from_arrays(facts, authority, ward, tuple(order), proposal=proposal, basis=basis)


def from_arrays(
    facts: AreaFacts,
    authority: Councils,
    ward: Councils,
    names: tuple[str, ...],
    *,
    proposal: str | None = None,
    basis: str = "drawn",
) -> Split:
    """A split from the council of every ward (and of authorities without wards); divided ones are found out.

    An authority whose wards all lie in one council is whole. LgrError where an authority whose wards are not counted
    would be divided.
    """
    authority = authority.astype(np.int8, copy=True)
    ward = ward.astype(np.int8, copy=True)
    for i, wards in enumerate(facts.wards_of):
        if len(wards) == 0:
            continue
        held = ward[wards]
        if (held == held[0]).all():
            authority[i] = held[0]
            continue
        if not facts.wards_counted[i]:
            raise LgrError(f"{facts.authorities[i].name} cannot be divided: its residents by ward are not held here")
        authority[i] = DIVIDED
    return Split(facts, authority, ward, names, proposal, basis)


def today(facts: AreaFacts) -> Split:
    """Each upper-tier council as it is now; extras stay out."""
    members = [
        (a.code, facts.upper_names[facts.authority_upper[i]])
        for i, a in enumerate(facts.authorities)
        if not facts.is_extra[i]
    ]
    return make(facts, members, proposal="today", basis="exact")


def single(facts: AreaFacts) -> Split:
    """One council for the whole area; extras stay out."""
    members = [(a.code, facts.area.name) for i, a in enumerate(facts.authorities) if not facts.is_extra[i]]
    return make(facts, members, proposal="single", basis="exact")
