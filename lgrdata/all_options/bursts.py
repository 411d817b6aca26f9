"""Short bursts over the ways to group the blocks of a graph: a few random steps from the best so far, again and again.

A step keeps each group connected and of the sizes allowed. Most steps move a block, or all of one region's blocks in a
group, across a line; the rest redraw two groups that touch along a random spanning tree, which leaps where moves only
mend. Knows nothing of councils or measures: a score, made small, is all that tells one grouping from another.

The method is that of Cannon, Goldbloom-Helzner, Gupta, Matthews and Suwal, "Voting Rights, Markov Chains, and
Optimization by Short Bursts" (2022); the redrawing that of recombination (DeFord, Duchin and Solomon, 2021).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

MOVES = 0.9
"""Share of steps that move blocks across a line; the rest redraw two groups."""

TOGETHER = 0.3
"""Share of the moves that take all of a region's blocks in that group, so that it stays whole."""

TREES = 20
"""Spanning trees drawn for one redrawing before it is given up."""

TRIES = 1_000
"""Steps tried that would break a rule before the grouping is taken to have nowhere to go."""

Groups = NDArray[np.int8]


@dataclass(frozen=True)
class Graph:
    """Blocks with their `people` and the `region` (authority) each is part of, and the pairs of blocks that touch."""

    people: list[int]
    region: list[int]
    pairs: list[tuple[int, int]]

    @cached_property
    def near(self) -> list[list[int]]:
        """The neighbours of each block."""
        near: list[list[int]] = [[] for _ in self.people]
        for a, b in self.pairs:
            near[a].append(b)
            near[b].append(a)
        return near

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """[2, pairs] both ends of each pair."""
        return np.array(self.pairs, dtype=np.int64).reshape(-1, 2).T

    def connected(self, blocks: set[int]) -> bool:
        """True where these blocks, one or more, hang together."""
        start = next(iter(blocks), None)
        if start is None:
            return False
        seen, stack = {start}, [start]
        while stack:
            for other in self.near[stack.pop()]:
                if other in blocks and other not in seen:
                    seen.add(other)
                    stack.append(other)
        return len(seen) == len(blocks)


def bursts(
    graph: Graph, start: Groups, sizes: tuple[int, int], score: Callable[[Groups], float], length: int, seed: int
) -> Iterator[int]:
    """Steps taken so far, after each step, without end; `score` sees every grouping on the way, `start` first.

    After each `length` steps it goes back to the best grouping seen; among equals the latest, so that it drifts.
    """
    walk = _Walk(graph, sizes, random.Random(seed))
    best, least, steps = start, score(start), 0
    while True:
        held = best
        for _ in range(length):
            held = walk.step(held)
            steps += 1
            now = score(held)
            if now <= least:
                best, least = held, now
            yield steps


class _Walk:
    """One random step after another, each a grouping of its own that keeps to the rules."""

    def __init__(self, graph: Graph, sizes: tuple[int, int], rng: random.Random) -> None:
        self.graph, self.rng = graph, rng
        self.low, self.high = sizes
        self.people = np.array(graph.people, dtype=np.int64)

    def step(self, held: Groups) -> Groups:
        """Another grouping that keeps to the rules, or the same where none was found in `TRIES` tries."""
        a, b = self.graph.ends
        lines = np.flatnonzero(held[a] != held[b])
        if not len(lines):
            return held
        for _ in range(TRIES):
            line = lines[self.rng.randrange(len(lines))]
            one, two = int(a[line]), int(b[line])
            found = None
            if self.rng.random() >= MOVES:
                found = self._redrawn(held, int(held[one]), int(held[two]))
            if found is None:
                found = self._moved(held, *((one, two) if self.rng.random() < 0.5 else (two, one)))
            if found is not None:
                return found
        return held

    def _moved(self, held: Groups, mover: int, other: int) -> Groups | None:
        """`mover`, or all of its region in its group, given to the group of `other`."""
        moved = [mover]
        if self.rng.random() < TOGETHER:
            region = self.graph.region
            moved = [n for n in np.flatnonzero(held == held[mover]).tolist() if region[n] == region[mover]]
        given = held.copy()
        given[moved] = held[other]
        return given if self._allowed(given, int(held[mover]), int(held[other])) else None

    def _allowed(self, held: Groups, *groups: int) -> bool:
        for group in groups:
            mine = np.flatnonzero(held == group)
            if not self.low <= int(self.people[mine].sum()) <= self.high:
                return False
            if not self.graph.connected(set(mine.tolist())):
                return False
        return True

    def _redrawn(self, held: Groups, one: int, two: int) -> Groups | None:
        """Both groups drawn anew, each of an allowed size; None where no line was found or it is the line there was."""
        nodes = np.flatnonzero((held == one) | (held == two)).tolist()
        together = int(self.people[nodes].sum())
        least = max(self.low, together - self.high)
        for _ in range(TREES):
            side = self._side(nodes, least, together - least)
            if side:
                break
        else:
            return None
        # The side that is mostly the one group keeps its number, so that a redrawing moves as few blocks as it can.
        inside = np.array(side)
        here, there = (one, two) if 2 * int((held[inside] == one).sum()) >= len(side) else (two, one)
        drawn = held.copy()
        drawn[nodes] = there
        drawn[inside] = here
        return None if np.array_equal(drawn, held) else drawn

    def _side(self, nodes: list[int], least: int, most: int) -> list[int]:
        """One side of a random spanning tree cut where both sides are of an allowed size; empty where there is none.

        Lines between regions weigh one more than the random weight of all, so that the tree keeps a region together
        where it can, and the heaviest edge that may be cut is: lines follow regions first.
        """
        tree = self._tree(nodes)
        root = nodes[0]
        order, parent = [root], {root: (root, 0.0)}
        for n in order:
            for other, weight in tree[n]:
                if other not in parent:
                    parent[other] = (n, weight)
                    order.append(other)
        if len(order) < len(nodes):
            return []
        below = {n: self.graph.people[n] for n in nodes}
        cut, heaviest = -1, -1.0
        for n in reversed(order[1:]):
            up, weight = parent[n]
            if least <= below[n] <= most and weight > heaviest:
                cut, heaviest = n, weight
            below[up] += below[n]
        if cut < 0:
            return []
        side = [cut]
        for n in side:
            side += [other for other, _ in tree[n] if parent[other][0] == n]
        return side

    def _tree(self, nodes: list[int]) -> dict[int, list[tuple[int, float]]]:
        """A random spanning tree of these blocks (Kruskal's), with the weight of each edge."""
        near, region, draw = self.graph.near, self.graph.region, self.rng.random
        leader = {n: n for n in nodes}
        edges = [(draw() + (region[a] != region[b]), a, b) for a in nodes for b in near[a] if a < b and b in leader]
        edges.sort()
        tree: dict[int, list[tuple[int, float]]] = {n: [] for n in nodes}
        for weight, a, b in edges:
            x, y = a, b
            while leader[x] != x:
                leader[x] = leader[leader[x]]
                x = leader[x]
            while leader[y] != y:
                leader[y] = leader[leader[y]]
                y = leader[y]
            if x != y:
                leader[x] = y
                tree[a].append((b, weight))
                tree[b].append((a, weight))
        return tree
