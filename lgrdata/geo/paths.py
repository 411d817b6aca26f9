"""SVG paths from shared arcs: shapes, councils dissolved, and the borders between councils.

Paths are in whole metres on the National Grid with y downward, relative and compact. Give a group of shapes a viewBox;
strokes want vector-effect="non-scaling-stroke".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from lgrdata.geo.arcs import NOBODY, Arcs, Ring, Shape

Ints = NDArray[np.int64]


def path_of(arcs: Arcs, shape: Shape) -> str:
    """SVG path of a shape, all its polygons and holes."""
    return "".join(_ring_path(arcs, ring) for ring in shape.rings)


def _line(arcs: Arcs, line: Ring) -> str:
    first = line[0]
    x, y = arcs.ends[first, :2] if first >= 0 else arcs.ends[~first, 2:]
    steps = "".join([arcs.steps_text(n) for n in line])
    return f"M{x} {y}l{steps.removeprefix(' ')}" if steps else ""


def _ring_path(arcs: Arcs, ring: Ring) -> str:
    path = _line(arcs, ring)
    return path + "z" if path else ""


def dissolve(arcs: Arcs, name: str, council: Mapping[str, int]) -> dict[int, str]:
    """Closed SVG path of each council: the outline of its shapes together.

    `council`: code of a shape of the object `name` → council number; shapes missing or negative are nobody's. With
    divided authorities use the object 'wards' and the council of every ward. About 3 ms for 300 wards.
    """
    rings = council_rings(arcs, name, council)
    return {number: "".join(_ring_path(arcs, ring) for ring in held) for number, held in rings.items()}


def council_rings(arcs: Arcs, name: str, council: Mapping[str, int]) -> dict[int, list[Ring]]:
    """The closed rings round each council's shapes together, its holes among them."""
    held = _held(arcs, name, council)
    between = np.flatnonzero(held[:, 0] != held[:, 1])
    out: dict[int, list[int]] = defaultdict(list)
    for n in between.tolist():
        for number, direction in zip(held[n].tolist(), (n, ~n), strict=True):
            if number >= 0:
                out[number].append(direction)
    return {number: _chains(arcs, lines, directed=True) for number, lines in sorted(out.items())}


def council_borders(arcs: Arcs, name: str, council: Mapping[str, int]) -> str:
    """One open SVG path of every border between two different councils, each drawn once; not the area's outer edge."""
    held = _held(arcs, name, council)
    lines = np.flatnonzero((held[:, 0] != held[:, 1]) & (held >= 0).all(axis=1)).tolist()
    return "".join(_line(arcs, chain) for chain in _chains(arcs, lines, directed=False))


def outer_edge(arcs: Arcs, name: str) -> str:
    """Closed SVG path round all shapes of an object together."""
    whole = dissolve(arcs, name, dict.fromkeys(arcs.codes(name), 0))
    return whole.get(0, "")


def _held(arcs: Arcs, name: str, council: Mapping[str, int]) -> Ints:
    """[n, 2] council on each side of each arc, or NOBODY."""
    number = np.array([max(council.get(code, NOBODY), NOBODY) for code in arcs.codes(name)] + [NOBODY])
    return np.asarray(number[arcs.sides(name)], dtype=np.int64)


def _chains(arcs: Arcs, lines: list[int], *, directed: bool) -> list[Ring]:
    """Join arcs end to end into the fewest long lines; directed arcs join head to tail only, into closed rings."""
    used = [n if n >= 0 else ~n for n in lines]
    ends = dict(zip(used, arcs.ends[used].tolist(), strict=True))

    def tail(n: int) -> tuple[int, int]:
        x, y = ends[n][:2] if n >= 0 else ends[~n][2:]
        return x, y

    at: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n in lines:
        at[tail(n)].append(n)
        if not directed:
            at[tail(~n)].append(~n)
    free = {n if n >= 0 else ~n for n in lines}
    # Open lines are walked from their loose ends first; what is left are closed loops.
    starts = lines if directed else [n for leaving in at.values() if len(leaving) != 2 for n in leaving] + lines
    chains: list[Ring] = []
    for first in starts:
        if (first if first >= 0 else ~first) not in free:
            continue
        chain, n = [first], first
        free.discard(first if first >= 0 else ~first)
        while True:
            leaving = at[tail(~n)]
            if directed and tail(~n) == tail(first):
                break
            if not directed and len(leaving) != 2:
                break
            follow = [m for m in leaving if (m if m >= 0 else ~m) in free]
            if not follow:
                break
            n = follow[0]
            free.discard(n if n >= 0 else ~n)
            chain.append(n)
        chains.append(tuple(chain))
    return chains
