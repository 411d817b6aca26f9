"""Tiny drawn areas for the sums: a county of unit squares (1 km a side), worked out by hand.

grid(2, 2):   A0 A1     each district holds `people` residents, 2x2 wards of equal size,
              A2 A3     and borders of 1,000 m; one county unless `unitaries` lists districts that stand alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lgrdata.core.facts import AreaFacts, FlowFacts, Footprints, Links, MeasureColumn, Outlines, Vintage
from lgrdata.core.models import BANDS, Area, Authority, Ward

SHARES = np.array([0.2, 0.1, 0.5, 0.1, 0.06, 0.04])
"""Share of residents in each age band of a drawn district."""


def _pairs(rows: int, cols: int) -> list[tuple[int, int]]:
    out = []
    for r in range(rows):
        for c in range(cols):
            n = r * cols + c
            if c + 1 < cols:
                out.append((n, n + 1))
            if r + 1 < rows:
                out.append((n, n + cols))
    return sorted(out)


def _links(pairs: Sequence[tuple[int, int]], metres: float) -> Links:
    return Links(
        np.array([a for a, _ in pairs], dtype=np.int64),
        np.array([b for _, b in pairs], dtype=np.int64),
        tuple("land" for _ in pairs),
        np.full(len(pairs), metres),
    )


def _outlines(n: int, side: float, pairs: Sequence[tuple[int, int]]) -> Outlines:
    return Outlines(
        np.full(n, side * side),
        np.full(n, 4 * side),
        np.array([a for a, _ in pairs], dtype=np.int64),
        np.array([b for _, b in pairs], dtype=np.int64),
        np.full(len(pairs), side),
    )


def column(values: Sequence[float], period: str = "2025") -> MeasureColumn:
    v = np.array(values, dtype=float)
    return MeasureColumn(v, tuple("published" if x == x else "suppressed" for x in v), period, "drawn")


def grid(
    rows: int = 2,
    cols: int = 2,
    people: int = 100_000,
    unitaries: Sequence[int] = (),
    flow: np.ndarray | None = None,
    **more: object,
) -> AreaFacts:
    """A drawn area of rows x cols districts; `flow` [A, A] is used for all commuting and moves."""
    n = rows * cols
    county = "E10000099"
    authorities = tuple(
        Authority(
            f"E0600099{i}" if i in unitaries else f"E0700099{i}",
            f"{'Unitary' if i in unitaries else 'District'} {i}",
            "unitary" if i in unitaries else "district",
            None if i in unitaries else county,
        )
        for i in range(n)
    )
    order = sorted(range(n), key=lambda i: authorities[i].code)
    place = {old: new for new, old in enumerate(order)}
    authorities = tuple(authorities[i] for i in order)
    pairs = sorted(tuple(sorted((place[a], place[b]))) for a, b in _pairs(rows, cols))
    wards, ward_authority, where = [], [], {}
    for new, old in enumerate(order):
        r, c = divmod(old, cols)
        for k in range(4):
            where[(2 * r + k // 2, 2 * c + k % 2)] = len(wards)
            wards.append(Ward(f"E0599{new:02d}{k}0", f"Ward {new}.{k}", authorities[new].code))
            ward_authority.append(new)
    fine = []
    for (r, c), w in where.items():
        for other in ((r, c + 1), (r + 1, c)):
            if other in where:
                fine.append(tuple(sorted((w, where[other]))))
    fine.sort()
    residents = np.tile((SHARES * people).round().astype(np.int64), (n, 1))
    uppers: list[str] = []
    for a in authorities:
        if a.upper_tier not in uppers:
            uppers.append(a.upper_tier)
    uppers.sort()
    f = np.full((n, n), 100.0) if flow is None else np.asarray(flow, dtype=float)
    flows = {
        k: FlowFacts(f, f.sum(axis=1), f.sum(axis=0), "drawn")
        for k in ("commuting 2021", "commuting 2011", "moves 2021")
    }
    facts: dict[str, object] = {
        "area": Area("drawn", "Drawn", "Drawn area", "invited", "unknown"),
        "authorities": authorities,
        "is_extra": np.zeros(n, dtype=bool),
        "wards": tuple(wards),
        "ward_authority": np.array(ward_authority, dtype=np.int64),
        "vintage": Vintage("mid-2024", 2024, "drawn"),
        "residents": residents,
        "ward_residents": np.repeat(residents // 4, 4, axis=0),
        "wards_counted": np.ones(n, dtype=bool),
        "upper_codes": tuple(uppers),
        "upper_names": tuple("County" if u == county else f"Unitary {u[-1]}" for u in uppers),
        "upper_is_county": np.array([u == county for u in uppers]),
        "authority_upper": np.array([uppers.index(a.upper_tier) for a in authorities], dtype=np.int64),
        "links": _links(pairs, 1000.0),
        "ward_links": _links(fine, 500.0),
        "outlines": _outlines(n, 1000.0, pairs),
        "ward_outlines": _outlines(4 * n, 500.0, fine),
        "flows": flows,
        "footprints": {
            k: Footprints(("X",), ("X",), np.ones((n, 1)), "drawn")
            for k in ("icb before", "icb", "police", "fire", "trust")
        },
        "published": np.tile(np.array([[1000.0, 100.0, 400.0, 500.0]]), (len(uppers), 1)),
    }
    facts.update(more)
    f2 = AreaFacts(**facts)  # type: ignore[arg-type]
    if "estimates" not in more:
        share = np.array([1 / np.sum(f2.authority_upper == u) for u in f2.authority_upper])
        object.__setattr__(f2, "estimates", f2.published[f2.authority_upper] * share[:, None])
        object.__setattr__(f2, "ward_estimates", np.repeat(f2.estimates / 4, 4, axis=0))
    assert len(BANDS) == len(SHARES)
    return f2
