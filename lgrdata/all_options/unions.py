"""Facts of every union of an area's blocks, as tables indexed by bit mask and filled by doubling.

Block i is bit i of a mask; a table has one entry for each of the 2^n unions, connected or not, and the empty union
stands at 0. Doubling: the unions that hold block i and nothing later are those before them with block i put in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lgrdata.core.facts import AreaFacts, Ints, Links
from lgrdata.core.models import LgrError

Masks = NDArray[np.int32]

Number = TypeVar("Number", np.int8, np.int64, np.float64)

MOST_BLOCKS = 18
"""Beyond this many blocks a listing of every union no longer fits; search by wards instead."""


@dataclass(frozen=True, eq=False)
class OptionBlocks:
    """The whole authorities that options are made of, and which of them join.

    `index` [n] authority indexes in the area's order; `near` [n] mask of each block's neighbours.
    """

    facts: AreaFacts
    index: Ints
    near: Masks
    ferries: bool

    @property
    def count(self) -> int:
        return len(self.index)

    @property
    def everything(self) -> int:
        """Mask of all blocks."""
        return (1 << self.count) - 1

    def bit(self, code: str) -> int:
        """Mask of one authority by code. LgrError where the area's options do not hold it."""
        i = self.facts.authority_index.get(code)
        found = np.flatnonzero(self.index == (-1 if i is None else i))
        if len(found) == 0:
            raise LgrError(f"{code} is not an authority of {self.facts.area.name}'s options")
        return 1 << int(found[0])

    def name(self, i: int) -> str:
        return self.facts.authorities[int(self.index[i])].name


def make_blocks(facts: AreaFacts, *, extras: bool = False, ferries: bool = False) -> OptionBlocks:
    """Blocks of an area: its member authorities, with those outside the invitation where `extras` is set.

    Two blocks join by a land or tidal border; `ferries` lets pairs with a sea gap join too.
    """
    index = np.flatnonzero(~facts.is_extra | extras)
    n = len(index)
    if n > MOST_BLOCKS:
        raise LgrError(f"{facts.area.name} has {n} authorities; every option can be listed for at most {MOST_BLOCKS}")
    near = np.zeros(n, dtype=np.int32)
    for a, b in inside_links(facts.links, index, ferries):
        near[a] |= 1 << b
        near[b] |= 1 << a
    return OptionBlocks(facts, index, near, ferries)


def inside_links(links: Links, index: Ints, ferries: bool) -> list[tuple[int, int]]:
    """Joined pairs as positions in `index`; pairs with a block outside it are left out."""
    place = {int(i): n for n, i in enumerate(index)}
    return [
        (place[int(a)], place[int(b)])
        for a, b, joined in zip(links.a, links.b, links.joined(ferries), strict=True)
        if joined and int(a) in place and int(b) in place
    ]


def sum_table(values: NDArray[Number]) -> NDArray[Number]:
    """[2^n, ...] totals over every union of something additive, given by block [n, ...]."""
    out = np.zeros((1 << len(values), *values.shape[1:]), dtype=values.dtype)
    for i, value in enumerate(values):
        half = 1 << i
        np.add(out[:half], value, out=out[half : 2 * half])
    return out


def pair_table(pairs: NDArray[Number]) -> NDArray[Number]:
    """[2^n] totals over ordered pairs (i, j) inside every union, i = j included, of a square matrix [n, n]."""
    both = pairs + pairs.T
    out = np.zeros(1 << len(pairs), dtype=pairs.dtype)
    for i in range(len(pairs)):
        half = 1 << i
        np.add(out[:half], sum_table(both[i, :i]) + pairs[i, i], out=out[half : 2 * half])
    return out


def _or_table(near: Masks) -> Masks:
    out = np.zeros(1 << len(near), dtype=np.int32)
    for i, value in enumerate(near):
        half = 1 << i
        np.bitwise_or(out[:half], value, out=out[half : 2 * half])
    return out


def pieces_table(blocks: OptionBlocks) -> NDArray[np.int8]:
    """[2^n] number of connected pieces of every union, by flooding each from its lowest block; 1 is connected."""
    around = _or_table(blocks.near)
    every = np.arange(1 << blocks.count, dtype=np.int32)
    reached = every & -every
    while True:
        wider = reached | (around[reached] & every)
        if np.array_equal(wider, reached):
            break
        reached = wider
    count = np.zeros(len(every), dtype=np.int8)
    left = every
    while left.any():
        count += left > 0
        left = left & ~reached[left]
    return count


def lowest_bit(masks: Masks) -> NDArray[np.int64]:
    """Position of the lowest block of each (non-empty) mask."""
    low = (masks & -masks).astype(np.float64)
    return np.asarray(np.frexp(low)[1] - 1, dtype=np.int64)
