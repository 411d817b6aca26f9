"""What crosses the borders that a split draws, each measured beside today's councils (MODEL.md 4).

Pure sums of AreaFacts and a Split. Where an authority is divided its flows and partners follow population share and its
borders follow its wards: estimated, and to be labelled so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lgrdata.boundary.borders import frame, taken_in
from lgrdata.boundary.flows import (
    CONTAINED,
    CONTAINED_LARGE,
    CONTAINMENT_KINDS,
    CROSSING_KINDS,
    Crossing,
    Placements,
    PupilCrossing,
    SelfContainment,
    crossing,
    placements,
    pupil_crossings,
    self_containment,
)
from lgrdata.boundary.partners import (
    FOOTPRINTS,
    TRUST_SHARE,
    Pairs,
    Partner,
    Piece,
    council_people,
    pairs,
    pieces_of,
)
from lgrdata.boundary.shape import Cuts, Detached, compactness, cuts, strays
from lgrdata.core.caches import per_facts
from lgrdata.core.facts import AreaFacts, Floats, FlowFacts
from lgrdata.splits.pieces import LEAST
from lgrdata.splits.split import Split, make

__all__ = [
    "CONTAINED",
    "CONTAINED_LARGE",
    "TRUST_SHARE",
    "BoundaryEffects",
    "BoundarySide",
    "Crossing",
    "Cuts",
    "Detached",
    "MovePreview",
    "Pairs",
    "Partner",
    "Piece",
    "Placements",
    "PupilCrossing",
    "SelfContainment",
    "measure",
    "pupil_crossings",
    "quick",
    "today_beside",
]


@dataclass(frozen=True)
class BoundarySide:
    """One set of councils, in the order of `names`; a council that holds nothing has None or an empty tuple."""

    names: tuple[str, ...]
    pieces: tuple[Piece, ...]
    partners: Mapping[str, Pairs]  # by kind of FOOTPRINTS, as far as held
    trusts: Pairs | None
    self_containment: Mapping[str, tuple[SelfContainment, ...]]  # 'commuting 2021', 'commuting 2011'
    cuts: Cuts
    compactness: tuple[float | None, ...]
    strays: tuple[Detached, ...]

    @property
    def county_pieces(self) -> int:
        """k: councils that hold a piece of a county, summed over the area's counties."""
        return sum(len(piece.councils) for piece in self.pieces if piece.is_county)

    @property
    def contiguous(self) -> bool:
        """True where every council is whole by land and tidal water."""
        return not self.strays

    @property
    def joined_by_sea(self) -> bool:
        """True where some council is whole only once gaps of sea are joined."""
        return any(stray.by_sea for stray in self.strays)

    @property
    def broken(self) -> bool:
        """True where some council lies in pieces that not even sea joins."""
        return any(not stray.by_sea for stray in self.strays)


@dataclass(frozen=True)
class BoundaryEffects:
    """A split beside today's councils. Today holds the extra authorities that the split takes in, and no others."""

    after: BoundarySide
    today: BoundarySide
    crossing: Mapping[str, Crossing]  # by flow.kind
    placements: tuple[Placements, ...]
    pupils: tuple[PupilCrossing, ...]
    warnings: tuple[str, ...]
    estimated: bool
    """True where an authority is divided, so that flows, partners and residents are estimates."""


@dataclass(frozen=True)
class MovePreview:
    """What a pending move would do, for a hint beside the pointer."""

    crossing: float | None
    cut_borders: int
    cut_border_km: float
    contiguous: bool


@dataclass
class _Kept:
    # Shares, not the Split: it would hold the facts, and they would never be freed.
    today: dict[tuple[int, ...], tuple[Floats, BoundarySide]]
    placements: tuple[Placements, ...]


@per_facts
def _kept(facts: AreaFacts) -> _Kept:
    return _Kept({}, placements(facts))


def measure(facts: AreaFacts, split: Split, pupils: FlowFacts | None = None) -> BoundaryEffects:
    """Everything of MODEL.md 4 for a split and for today's councils; `pupils` is [U, U] between upper tiers.

    An unfinished split is measured as far as it goes: blocks that nobody has cut nothing and carry no flow.
    """
    old_share, today = _today(facts, taken_in(split))
    after = _side(facts, split)
    crossings = {
        kind: crossing(kind, facts.flows[kind], split.share, old_share)
        for kind in CROSSING_KINDS
        if kind in facts.flows
    }
    return BoundaryEffects(
        after,
        today,
        crossings,
        _kept(facts).placements,
        pupil_crossings(facts, pupils) if pupils is not None else (),
        tuple(stray.sentence for stray in after.strays),
        not split.is_whole,
    )


def quick(facts: AreaFacts, split: Split) -> MovePreview:
    """Commuting 2021 that crosses, borders cut and whether all councils are whole: a few of `measure`'s figures."""
    at = frame(facts)
    cut = cuts(split, at)
    flow = facts.flows.get("commuting 2021")
    share = crossing("commuting 2021", flow, split.share, split.share).share if flow else None
    return MovePreview(share, cut.borders, cut.km, not strays(split, at))


def today_beside(facts: AreaFacts, extras: Collection[int]) -> Split:
    """Today's upper-tier councils; the extra authorities with these numbers stand beside them, each as it is."""
    members = [
        (authority.code, facts.upper_names[facts.authority_upper[i]])
        for i, authority in enumerate(facts.authorities)
        if not facts.is_extra[i] or i in extras
    ]
    return make(facts, members, proposal="today", basis="exact")


def _today(facts: AreaFacts, extras: tuple[int, ...]) -> tuple[Floats, BoundarySide]:
    kept = _kept(facts)
    if extras not in kept.today:
        split = today_beside(facts, extras)
        kept.today[extras] = split.share, _side(facts, split)
    return kept.today[extras]


def _side(facts: AreaFacts, split: Split) -> BoundarySide:
    at, people = frame(facts), council_people(split)
    trust = facts.footprints.get("trust")
    return BoundarySide(
        split.names,
        pieces_of(facts, split, people),
        {kind: pairs(kind, facts.footprints[kind], people, LEAST) for kind in FOOTPRINTS if kind in facts.footprints},
        pairs("trust", trust, people, TRUST_SHARE) if trust else None,
        {kind: self_containment(facts.flows[kind], split.share) for kind in CONTAINMENT_KINDS if kind in facts.flows},
        cuts(split, at),
        compactness(split, at),
        strays(split, at),
    )
