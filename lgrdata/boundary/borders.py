"""What the boundary sums reuse of one area: borders as arrays, worked out once for each AreaFacts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lgrdata.core.caches import per_facts
from lgrdata.core.facts import AreaFacts, Floats, Ints, Links
from lgrdata.splits.split import OUT, Councils, Split

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Borders:
    """Touching pairs of one kind of block. `near`: land and tidal; `metres` is 0 where the border is water."""

    a: Ints
    b: Ints
    near: Bools
    metres: Floats


@dataclass(frozen=True, eq=False)
class AreaBorders:
    """`ward_pair` numbers the pair of authorities that two touching wards lie in; −1 inside one authority."""

    authorities: Borders
    wards: Borders
    ward_a: Ints  # authority of each ward pair's first ward
    ward_b: Ints
    ward_pair: Ints
    authority_pair: Ints
    outline_a: Ints  # authority of each ward outline pair's first ward
    outline_b: Ints
    pairs: int


@per_facts
def frame(facts: AreaFacts) -> AreaBorders:
    """The area's borders as arrays; kept while the facts live."""
    n = len(facts.authorities)
    links, fine, outlines = facts.links, facts.ward_links, facts.ward_outlines
    wa, wb = facts.ward_authority[fine.a], facts.ward_authority[fine.b]
    keys = np.concatenate([_key(links.a, links.b, n), _key(wa, wb, n)])
    known, number = np.unique(keys, return_inverse=True)
    ward_pair = np.where(wa == wb, -1, number[len(links.a) :])
    return AreaBorders(
        _borders(links),
        _borders(fine),
        wa,
        wb,
        ward_pair,
        number[: len(links.a)],
        facts.ward_authority[outlines.a],
        facts.ward_authority[outlines.b],
        len(known),
    )


def _key(a: Ints, b: Ints, n: int) -> Ints:
    return np.asarray(np.minimum(a, b) * n + np.maximum(a, b), dtype=np.int64)


def _borders(links: Links) -> Borders:
    land = np.array([kind == "land" for kind in links.kind], dtype=bool)
    return Borders(links.a, links.b, links.joined(), np.where(land, links.metres, 0.0))


def differ(council: Councils, a: Ints, b: Ints) -> Bools:
    """Pairs whose two blocks are held by different councils; a block that nobody has, or is divided, parts nothing."""
    x, y = council[a], council[b]
    return np.asarray((x != y) & (x >= 0) & (y >= 0))


def same(council: Councils, a: Ints, b: Ints) -> Bools:
    """Pairs whose two blocks are held by one council."""
    return np.asarray((council[a] == council[b]) & (council[a] >= 0))


def taken_in(split: Split) -> tuple[int, ...]:
    """Numbers of the extra authorities that the split takes in, whole or in part."""
    return tuple(int(i) for i in np.flatnonzero(split.facts.is_extra & (split.authority != OUT)))
