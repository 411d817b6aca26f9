"""Councils and their partners: county services in pieces, NHS boards, police, fire, hospital trusts (MODEL.md 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lgrdata.core.facts import AreaFacts, Floats, Footprints
from lgrdata.splits.pieces import holds_piece
from lgrdata.splits.split import Split

TRUST_SHARE = 0.10
"""A trust serves a council where it takes at least this share of its residents' admissions."""
FOOTPRINTS = ("icb before", "icb", "police", "fire")
"""`icb`: NHS boards of the year that the table vintage names; `icb before`: the newest before them."""


@dataclass(frozen=True)
class Partner:
    """A partner area of a council and the share of the council's residents (for a trust: admissions) in it."""

    code: str
    name: str
    share: float


@dataclass(frozen=True)
class Pairs:
    """Every (council, partner) pair of one kind. `by_council`: largest share first; `by_partner`: how many councils."""

    kind: str
    by_council: tuple[tuple[Partner, ...], ...]
    by_partner: tuple[tuple[str, int], ...]
    """(partner's name, councils it deals with) for each partner with at least one."""
    source_id: str
    period: str = ""
    """The year of the boards, for NHS boards."""

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return sum(len(own) for own in self.by_council)

    @property
    def councils_each(self) -> float | None:
        """Councils that a partner deals with, on average (councils per NHS board)."""
        return self.pairs / len(self.by_partner) if self.by_partner else None


@dataclass(frozen=True)
class Piece:
    """One of today's social care councils, and the new councils that hold at least 1% of its residents."""

    code: str
    name: str
    is_county: bool
    councils: tuple[str, ...]


def council_people(split: Split) -> Floats:
    """[A, N] residents of each authority in each council."""
    return np.asarray(split.share * split.facts.population[:, None])


def pairs(kind: str, footprints: Footprints, people: Floats, least: float) -> Pairs:
    """Pairs with at least `least` of the council's residents; `people` is [A, N] residents by authority and council.

    Where an authority is divided its residents are taken to be spread over its partners as the whole authority's are.
    """
    total = people.sum(axis=0)
    share = (people.T @ footprints.share) / np.maximum(total, 1.0)[:, None]
    kept = (share >= least - 1e-9) & (total > 0)[:, None]
    by_council: list[tuple[Partner, ...]] = [()] * len(total)
    order = np.argsort(-share, axis=1, kind="stable")
    for u in np.flatnonzero(kept.any(axis=1)):
        values = share[u].tolist()
        near = order[u][kept[u][order[u]]].tolist()
        by_council[u] = tuple(Partner(footprints.codes[f], footprints.names[f], min(values[f], 1.0)) for f in near)
    count = kept.sum(axis=0).tolist()
    by_partner = tuple((name, c) for name, c in zip(footprints.names, count, strict=True) if c)
    return Pairs(kind, tuple(by_council), by_partner, footprints.source_id, footprints.period)


def pieces_of(facts: AreaFacts, split: Split, people: Floats) -> tuple[Piece, ...]:
    """For each of today's social care councils, who holds a piece of it; extras only where taken in."""
    u = len(facts.upper_codes)
    by_upper = np.zeros((u, people.shape[1]))
    np.add.at(by_upper, facts.authority_upper, people)
    whole = np.bincount(facts.authority_upper, weights=facts.population, minlength=u)
    holds = holds_piece(by_upper, whole[:, None])
    return tuple(
        Piece(
            facts.upper_codes[i],
            facts.upper_names[i],
            bool(facts.upper_is_county[i]),
            tuple(split.names[c] for c in np.flatnonzero(holds[i])),
        )
        for i in range(u)
        if by_upper[i].any()
    )
