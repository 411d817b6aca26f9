"""Drawn areas whose figures differ from place to place, and second ways of listing and judging their options."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

import numpy as np
from drawn_facts import SHARES, column, grid

from lgrdata.core.facts import AreaFacts, Assumptions, Footprints
from lgrdata.core.models import Fit, Lens, LensId, Parameter

NUMBERS = {
    "realisation": 1,
    "disagg_exponent": 0.5, "leadership_per_upper_tier": 2, "pop_cap": 400_000, "ramp_y1": 0.5, "ramp_y2": 0.75,
    "ramp_y3plus": 1, "transition_overrun": 1.25, "discount_rate": 0.035, "appraisal_years": 10, "size_guide": 500_000,
}  # fmt: skip
LENS_NUMBERS: dict[LensId, dict[str, float]] = {
    "county": {"delta": 10, "kappa": 2, "s": 5, "t_old": 2, "t_x": 7, "t_s": 10},
    "middle": {},
    "district": {"delta": 2, "kappa": 0, "s": 4, "t_old": 2, "t_x": 6, "t_s": 0},
}


def assumptions() -> Assumptions:
    """Round numbers, none of them from a source."""
    parameters = {k: Parameter(k, k, "", None, v, None, "", "", "2025", "low", "drawn") for k, v in NUMBERS.items()}
    parameters["transition_phase"] = Parameter(
        "transition_phase", "When", "shares", None, None, None, "0.4/0.4/0.2", "", "2025", "low", "drawn"
    )
    lenses = {k: Lens(k, k, "", dict(v)) for k, v in LENS_NUMBERS.items()}
    return Assumptions(parameters, lenses, {})


def uneven(rows: int = 3, cols: int = 3, unitaries: Sequence[int] = (4,), seed: int = 1) -> AreaFacts:
    """A grid whose residents, flows, need, tax base and NHS boards differ by district, the same for one seed."""
    n = rows * cols
    rng = np.random.default_rng(seed)
    people = rng.integers(5, 40, n) * 4_000
    residents = np.round(np.outer(people, SHARES * rng.uniform(0.8, 1.2, 6))).astype(np.int64) // 4 * 4
    base = grid(rows, cols, unitaries=unitaries)
    upper = base.authority_upper
    published = rng.integers(500, 900, (len(base.upper_codes), 4)).astype(float)
    weight = rng.uniform(0.5, 1.5, (n, 4)) * residents.sum(axis=1)[:, None]
    total = np.zeros_like(published)
    np.add.at(total, upper, weight)
    estimates = published[upper] * weight / total[upper]
    share = rng.dirichlet([0.3, 0.3, 0.02], n)
    boards = Footprints(("Q1", "Q2", "Q3"), ("Board 1", "Board 2", "Board 3"), share, "drawn")
    outcomes = ("adults_long_term_support", "children_looked_after", "children_in_need", "ehc_plans")
    return grid(
        rows,
        cols,
        unitaries=unitaries,
        flow=rng.integers(0, 900, (n, n)).astype(float),
        residents=residents,
        ward_residents=np.repeat(residents // 4, 4, axis=0),
        published=published,
        estimates=estimates,
        ward_estimates=np.repeat(estimates / 4, 4, axis=0),
        columns={"council_tax_base": column(list(rng.integers(20_000, 60_000, n)))},
        footprints=dict.fromkeys(("icb before", "icb", "police", "fire", "trust"), boards),
        fits={o: Fit(o, "drivers", 80, 0.1, 0.2, 0.9, 1.1, "drawn") for o in outcomes},
    )


def neighbours(n: int, pairs: Sequence[tuple[int, int]]) -> list[set[int]]:
    near: list[set[int]] = [set() for _ in range(n)]
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    return near


def is_joined(members: set[int], near: Sequence[set[int]]) -> bool:
    """Whether members can all be reached from one of them without leaving them."""
    start = min(members)
    seen, queue = {start}, deque([start])
    while queue:
        for other in near[queue.popleft()] & members - seen:
            seen.add(other)
            queue.append(other)
    return seen == members


def by_growth(n: int, near: Sequence[set[int]], most: int) -> Iterator[tuple[int, ...]]:
    """Every grouping of n blocks into at most `most` connected groups: all restricted growth strings, one by one."""

    def grow(string: list[int]) -> Iterator[tuple[int, ...]]:
        if len(string) == n:
            groups = [{i for i, c in enumerate(string) if c == k} for k in range(max(string) + 1)]
            if all(is_joined(g, near) for g in groups):
                yield tuple(string)
            return
        for c in range(min(max(string) + 2, most)):
            yield from grow([*string, c])

    yield from grow([0])


def by_merging(n: int, near: Sequence[set[int]]) -> dict[int, set[tuple[int, ...]]]:
    """By number of groups, every connected grouping, reached from all-alone by merging two groups that touch."""

    def canonical(groups: Sequence[int]) -> tuple[int, ...]:
        order: dict[int, int] = {}
        return tuple(order.setdefault(g, len(order)) for g in groups)

    levels = {n: {tuple(range(n))}}
    for k in range(n, 1, -1):
        levels[k - 1] = set()
        for held in levels[k]:
            for a, b in {(held[i], held[j]) for i in range(n) for j in near[i] if held[i] < held[j]}:
                levels[k - 1].add(canonical([a if g == b else g for g in held]))
    return levels


def land_and_tidal(facts: AreaFacts) -> list[set[int]]:
    """Neighbours of an area's authorities, read afresh from its links; extras stand apart."""
    pairs = [
        (int(a), int(b))
        for a, b, kind in zip(facts.links.a, facts.links.b, facts.links.kind, strict=True)
        if kind in ("land", "tidal")
    ]
    return neighbours(len(facts.authorities), pairs)
