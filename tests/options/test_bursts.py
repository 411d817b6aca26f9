"""Short bursts on graphs small enough to see: every grouping on the way keeps to the rules, and the best is found."""

from __future__ import annotations

import itertools

import numpy as np

from lgrdata.all_options.bursts import Graph, Groups, bursts


def walked(graph: Graph, start: list[int], sizes: tuple[int, int], steps: int, seed: int = 1) -> list[tuple[int, ...]]:
    """Every grouping that a score which wants even sizes gets to see."""
    seen: list[tuple[int, ...]] = []
    people = np.array(graph.people)

    def uneven(held: Groups) -> float:
        seen.append(tuple(held.tolist()))
        totals = np.bincount(held, weights=people)
        return float(totals.max() - totals.min())

    for taken in bursts(graph, np.array(start, dtype=np.int8), sizes, uneven, 5, seed):
        if taken == steps:
            break
    return seen


def test_every_grouping_on_the_way_is_connected_and_of_the_sizes_allowed() -> None:
    side = 4
    at = {(r, c): r * side + c for r, c in itertools.product(range(side), repeat=2)}
    pairs = [(at[r, c], at[r + dr, c + dc]) for r, c in at for dr, dc in ((0, 1), (1, 0)) if (r + dr, c + dc) in at]
    graph = Graph([1] * 16, [r // 2 for r, _ in at], pairs)
    seen = walked(graph, [0] * 8 + [1] * 4 + [2] * 4, (2, 9), 300)
    assert len(seen) == 301 and len(set(seen)) > 50
    for held in seen:
        for group in range(3):
            blocks = {n for n, g in enumerate(held) if g == group}
            assert 2 <= len(blocks) <= 9 and graph.connected(blocks)
    most_even = min(seen, key=lambda held: max(map(held.count, held)) - min(map(held.count, held)))
    assert sorted(map(most_even.count, range(3))) == [5, 5, 6]


def test_the_one_line_that_is_even_is_found_and_what_cannot_move_stays() -> None:
    row = Graph([5, 1, 2, 2, 1, 1], [0, 0, 1, 1, 2, 2], [(n, n + 1) for n in range(5)])
    assert (0, 0, 1, 1, 1, 1) in walked(row, [0, 0, 0, 0, 0, 1], (1, 11), 60)
    pair = Graph([3, 4], [0, 1], [(0, 1)])
    assert set(walked(pair, [0, 1], (1, 9), 3)) == {(0, 1)}, "no group may be left empty, and no search may hang"


def test_a_redrawing_follows_regions_first() -> None:
    # Two regions of four in a ladder: the tree keeps each together, so the line falls between them.
    pairs = [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7), (0, 4), (1, 5), (2, 6), (3, 7)]
    ladder = Graph([1] * 8, [0, 0, 0, 0, 1, 1, 1, 1], pairs)
    seen = walked(ladder, [0, 0, 1, 1, 0, 0, 1, 1], (4, 4), 40)
    # No single block can move, since both groups are as small as they may be: every change is a redrawing.
    first = next(held for before, held in itertools.pairwise(seen) if held != before)
    assert first in {(0, 0, 0, 0, 1, 1, 1, 1), (1, 1, 1, 1, 0, 0, 0, 0)}
