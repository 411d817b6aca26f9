"""Pieces: who holds enough of a county, or of a council, to count; and the connected parts of a council."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lgrdata.core.facts import Links
from lgrdata.splits.split import Split

LEAST = 0.01
"""A council holds a piece of a county, and deals with a partner, from this share of the residents."""
_ROUNDING = 1e-9
"""Of a share: what counts exactly must not fail by how a machine adds."""


def holds_piece(held: ArrayLike, whole: ArrayLike) -> NDArray[np.bool_]:
    """Where residents held are at least 1% of the whole's, and somebody; shapes as numpy broadcasts them."""
    part, total = np.asarray(held, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    return np.asarray((part > 0) & (part >= (LEAST - _ROUNDING) * total))


def pieces(split: Split, council: int, *, sea: bool = False) -> list[list[str]]:
    """The connected pieces of one council as lists of block codes, largest population first.

    Two blocks join by a land or tidal border, and by sea where asked. Wards are blocks only where their authority is
    divided; a whole authority next to a divided one joins it through the wards that touch.
    """
    f = split.facts
    whole = [i for i, c in enumerate(split.authority) if c == council]
    wards = [int(w) for w in np.flatnonzero((split.ward == council) & split.divided[f.ward_authority])]
    people = [int(f.population[i]) for i in whole] + [int(f.ward_population[w]) for w in wards]
    codes = [f.authorities[i].code for i in whole] + [f.wards[w].code for w in wards]
    found = _connected(_neighbours(split, council, whole, wards, sea))
    found.sort(key=lambda p: -sum(people[n] for n in p))
    return [[codes[n] for n in p] for p in found]


def _neighbours(split: Split, council: int, whole: list[int], wards: list[int], sea: bool) -> list[set[int]]:
    """For each block of a council, whole authorities first and then wards, the places of those it touches."""
    f = split.facts
    at_authority = {i: n for n, i in enumerate(whole)}
    at_ward = {w: len(whole) + n for n, w in enumerate(wards)}
    near: list[set[int]] = [set() for _ in (*whole, *wards)]

    def join(x: int | None, y: int | None) -> None:
        if x is not None and y is not None and x != y:
            near[x].add(y)
            near[y].add(x)

    for a, b in _ends(f.links, f.links.joined(sea)):
        join(at_authority.get(a), at_authority.get(b))
    if wards:
        held = split.ward == council
        both = f.ward_links.joined(sea) & held[f.ward_links.a] & held[f.ward_links.b]
        for a, b in _ends(f.ward_links, both):
            join(*(at_ward.get(w, at_authority.get(int(f.ward_authority[w]))) for w in (a, b)))
    return near


def _ends(links: Links, kept: NDArray[np.bool_]) -> zip[tuple[int, int]]:
    return zip(links.a[kept].tolist(), links.b[kept].tolist(), strict=True)


def _connected(near: list[set[int]]) -> list[list[int]]:
    """The places that hang together, each part in order."""
    left, found = set(range(len(near))), []
    while left:
        start = min(left)
        queue, part = deque([start]), {start}
        while queue:
            for n in near[queue.popleft()] - part:
                part.add(n)
                queue.append(n)
        left -= part
        found.append(sorted(part))
    return found
