"""Pieces: who holds enough of a county, or of a council, to count; and the connected parts of a council."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
    node: dict[tuple[str, int], int] = {("a", i): n for n, i in enumerate(whole)}
    node.update({("w", w): len(whole) + n for n, w in enumerate(wards)})
    if not node:
        return []
    near: list[set[int]] = [set() for _ in node]

    def join(x: int | None, y: int | None) -> None:
        if x is not None and y is not None and x != y:
            near[x].add(y)
            near[y].add(x)

    ok = f.links.joined(sea)
    for a, b, keep in zip(f.links.a, f.links.b, ok, strict=True):
        if keep:
            join(node.get(("a", int(a))), node.get(("a", int(b))))
    if wards:
        ok = f.ward_links.joined(sea)
        held = split.ward[f.ward_links.a] == council
        held &= split.ward[f.ward_links.b] == council
        for a, b in zip(f.ward_links.a[ok & held], f.ward_links.b[ok & held], strict=True):
            ends = [node.get(("w", int(w)), node.get(("a", int(f.ward_authority[w])))) for w in (a, b)]
            join(*ends)
    people = [int(f.population[i]) for i in whole] + [int(f.ward_population[w]) for w in wards]
    codes = [f.authorities[i].code for i in whole] + [f.wards[w].code for w in wards]
    left, found = set(range(len(codes))), []
    while left:
        start = min(left)
        queue, piece = deque([start]), {start}
        while queue:
            for n in near[queue.popleft()]:
                if n not in piece:
                    piece.add(n)
                    queue.append(n)
        left -= piece
        found.append(sorted(piece))
    found.sort(key=lambda p: -sum(people[n] for n in p))
    return [[codes[n] for n in p] for p in found]
