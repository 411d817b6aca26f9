"""People who cross a council's border to work or to move home, and how self-contained councils are (MODEL.md 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lgrdata.core.facts import AreaFacts, Floats, FlowFacts, MeasureColumn

CROSSING_KINDS = ("commuting 2021", "commuting 2011", "moves 2021")
CONTAINMENT_KINDS = ("commuting 2021", "commuting 2011")
CONTAINED, CONTAINED_LARGE = 0.75, 2 / 3
LARGE_WORKERS = 25_000
"""The ONS travel-to-work rule lets an area of more workers than this pass at the lower share."""


@dataclass(frozen=True)
class Crossing:
    """Share of an area's own flow that crosses between councils, after and today. None where there is no flow."""

    kind: str
    share: float | None
    today: float | None
    people: float
    """People in the flow between the authorities that the split holds, those who stay in one included."""
    source_id: str

    @property
    def change(self) -> float | None:
        """Change of the share from today's councils, as a fraction."""
        return None if self.share is None or self.today is None else self.share - self.today


@dataclass(frozen=True)
class SelfContainment:
    """Of one council: workers who live there and travel to work within it, and jobs there filled by its residents."""

    residents: float | None
    jobs: float | None
    workers: float
    """Working residents who travel to work, wherever to."""

    @property
    def threshold(self) -> float:
        """The ONS rule for a place of this size: 75%, or 66.7% above 25,000 workers."""
        return CONTAINED_LARGE if self.workers > LARGE_WORKERS else CONTAINED

    @property
    def lower(self) -> float | None:
        """The lower of the two sides, which the ONS rule looks at."""
        return None if self.residents is None or self.jobs is None else min(self.residents, self.jobs)

    @property
    def passes(self) -> bool | None:
        """Whether both sides reach the threshold."""
        return None if self.lower is None else self.lower >= self.threshold


@dataclass(frozen=True)
class PupilCrossing:
    """Pupils across one of today's upper-tier lines; a three-year sum. None where the flow is not known."""

    upper: str
    resident: float
    schooled_outside: float
    schooled_elsewhere_in_area: float
    from_outside: float

    @property
    def share_outside(self) -> float | None:
        """Share of the pupils who live here and go to school beyond today's line."""
        return self.schooled_outside / self.resident if self.resident else None


@dataclass(frozen=True)
class Placements:
    """Looked-after children placed across one of today's lines, as published; None where a count is not held.

    `home_places`: registered places in children's homes inside the line, the published side of supply.
    """

    upper: str
    looked_after: float | None
    placed_outside: float | None
    of_others_placed_inside: float | None
    home_places: float | None
    period: str
    source_id: str

    @property
    def share_outside(self) -> float | None:
        """Share of the council's looked-after children who are placed outside it."""
        if self.placed_outside is None or not self.looked_after:
            return None
        return self.placed_outside / self.looked_after


def crossing(kind: str, flow: FlowFacts, share: Floats, today: Floats) -> Crossing:
    """X = 1 − Σ_u Σ_ij s_iu F_ij s_ju / ΣF over the authorities held, for a split and for today's councils.

    `share`, `today`: [A, N] share of each authority's residents in each council, after and today. Flows of an authority
    that the split leaves out, or holds in part, count on both sides only as far as it is held.
    """
    held = share.sum(axis=1)
    total = float(held @ flow.inside @ held)
    if total <= 0:
        return Crossing(kind, None, None, 0.0, flow.source_id)
    return Crossing(
        kind,
        _outside(flow.inside, share, total),
        _outside(flow.inside, today * held[:, None], total),
        total,
        flow.source_id,
    )


def _outside(inside: Floats, share: Floats, total: float) -> float:
    # Rounding noise must not say that someone crosses a border of a single council.
    left = 1.0 - float(np.einsum("iu,ij,ju->", share, inside, share, optimize=False)) / total
    return max(left, 0.0) if abs(left) > 1e-12 else 0.0


def self_containment(flow: FlowFacts, share: Floats) -> tuple[SelfContainment, ...]:
    """Both sides for each council (None for a council that holds nothing)."""
    inside = np.einsum("iu,ij,ju->u", share, flow.inside, share, optimize=False)
    out, into = share.T @ flow.out_total, share.T @ flow.in_total
    return tuple(
        SelfContainment(float(k / o) if o > 0 else None, float(k / i) if i > 0 else None, float(o))
        for k, o, i in zip(inside.tolist(), out.tolist(), into.tolist(), strict=True)
    )


def pupil_crossings(facts: AreaFacts, flow: FlowFacts) -> tuple[PupilCrossing, ...]:
    """Pupils across each of today's upper-tier lines; `flow` is [U, U] between the area's upper tiers."""
    stay = np.diag(flow.inside)
    within_area = flow.inside.sum(axis=1) - stay
    return tuple(
        PupilCrossing(
            name,
            float(flow.out_total[u]),
            float(flow.out_total[u] - stay[u]),
            float(within_area[u]),
            float(flow.in_total[u] - stay[u]),
        )
        for u, name in enumerate(facts.upper_names)
    )


def placements(facts: AreaFacts) -> tuple[Placements, ...]:
    """Placements of looked-after children across today's lines, of the date of the first column; () where none held."""
    outside = facts.upper_columns.get("children_placed_elsewhere")
    if outside is None:
        return ()

    def beside(measure: str, u: int) -> float | None:
        column = facts.upper_columns.get(measure)
        # Counts of another date are not set beside these: a share of two dates would be nobody's figure.
        return _at(column, u) if column is not None and column.period == outside.period else None

    return tuple(
        Placements(
            name,
            beside("children_looked_after", u),
            _at(outside, u),
            beside("children_placed_here_by_others", u),
            beside("childrens_home_places", u),
            outside.period,
            outside.source_id,
        )
        for u, name in enumerate(facts.upper_names)
    )


def _at(column: MeasureColumn, u: int) -> float | None:
    return None if np.isnan(column.values[u]) else float(column.values[u])
