"""The shape of councils: are they in one piece, which borders are cut, how compact they are (MODEL.md 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import pi

import numpy as np

from lgrdata.boundary.borders import AreaBorders, differ, same
from lgrdata.core.facts import AreaFacts, Floats
from lgrdata.splits.pieces import pieces
from lgrdata.splits.split import Councils, Split

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NAMED = 3
"""So many stray blocks are named in a sentence; the rest are counted."""


@dataclass(frozen=True)
class Detached:
    """A council in more than one piece. `blocks` (names, with `codes`) lie outside its largest piece by residents."""

    council: str
    pieces: int
    blocks: tuple[str, ...]
    codes: tuple[str, ...]
    by_sea: bool
    """True where the pieces are joined once gaps of sea count: allowed, and flagged."""

    @property
    def sentence(self) -> str:
        """'East is in two pieces: Spelthorne lies apart'."""
        named = _listed(self.blocks)
        if self.by_sea:
            return f"{self.council} is joined only by sea: {named}"
        count = _WORDS[self.pieces] if self.pieces < len(_WORDS) else str(self.pieces)
        return f"{self.council} is in {count} pieces: {named} {'lies' if len(self.blocks) == 1 else 'lie'} apart"


@dataclass(frozen=True)
class Cuts:
    """Borders between touching authorities that are parted by a council border.

    A pair of whole authorities is cut where two councils hold them; where one is divided, where any of their touching
    wards lie in different councils. A divided authority counts once more, for the border drawn through it. Land and
    tidal borders are counted, gaps of sea never; km are of land borders only, from full-resolution boundaries, because
    a border in a river or harbour has a width on record but no length.
    """

    borders: int
    km: float
    through: tuple[str, ...]
    """Authorities that a new border runs through."""


def strays(split: Split, frame: AreaBorders) -> tuple[Detached, ...]:
    """Councils in more than one piece, in the order of the split's councils."""
    broken = _broken(split, frame)
    out = []
    for council in broken:
        apart = pieces(split, council)
        if len(apart) < 2:
            continue
        joined = pieces(split, council, sea=True)
        by_sea = len(joined) == 1
        shown = apart if by_sea else joined
        codes = tuple(code for piece in shown[1:] for code in piece)
        out.append(Detached(split.names[council], len(shown), _names(split.facts, codes), codes, by_sea))
    return tuple(out)


def _broken(split: Split, frame: AreaBorders) -> list[int]:
    """Councils whose blocks do not all join: each block takes the lowest number it can reach by land or tidal water."""
    facts = split.facts
    n = len(facts.authorities)
    council = np.concatenate([split.authority, split.ward]).astype(np.int64)
    edges = [np.stack([frame.authorities.a, frame.authorities.b])[:, frame.authorities.near]]
    if split.is_whole:
        council = council[:n]
    else:
        council[n:][~split.divided[facts.ward_authority]] = -1
        fine = frame.wards.near & (split.divided[frame.ward_a] | split.divided[frame.ward_b])
        ends = (
            np.where(split.divided[whose], n + wards, whose)[fine]
            for wards, whose in ((frame.wards.a, frame.ward_a), (frame.wards.b, frame.ward_b))
        )
        edges.append(np.stack(list(ends)))
    a, b = np.concatenate(edges, axis=1)
    keep = (council[a] == council[b]) & (council[a] >= 0)
    a, b = a[keep], b[keep]
    label = np.arange(len(council))
    while True:
        before = label.copy()
        low = np.minimum(label[a], label[b])
        np.minimum.at(label, a, low)
        np.minimum.at(label, b, low)
        label = label[label]
        if (label == before).all():
            break
    roots = council[(label == np.arange(len(council))) & (council >= 0)]
    return [int(c) for c in np.flatnonzero(np.bincount(roots, minlength=split.count) > 1)]


def cuts(split: Split, frame: AreaBorders) -> Cuts:
    """Number and km of the borders between authorities that the split cuts, and the authorities it runs through."""
    whole, fine = frame.authorities, frame.wards
    parted = differ(split.authority, whole.a, whole.b) & whole.near
    km = float(whole.metres[parted].sum())
    if split.is_whole:
        return Cuts(int(parted.sum()), km / 1000, ())
    cut = np.zeros(frame.pairs, dtype=bool)
    cut[frame.authority_pair[parted]] = True
    divided = split.divided
    drawn = fine.near & (divided[frame.ward_a] | divided[frame.ward_b]) & differ(split.ward, fine.a, fine.b)
    cut[frame.ward_pair[drawn & (frame.ward_pair >= 0)]] = True
    _unmatched(split, frame, cut)
    km += float(fine.metres[drawn].sum())
    through = tuple(split.facts.authorities[i].name for i in np.flatnonzero(divided))
    return Cuts(int(cut.sum()) + len(through), km / 1000, through)


def _unmatched(split: Split, frame: AreaBorders, cut: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> None:
    """Pairs with a divided authority and no touching wards on record: cut where they share no council."""
    whole, divided = frame.authorities, split.divided
    ask = whole.near & (divided[whole.a] | divided[whole.b])
    ask &= ~np.isin(frame.authority_pair, frame.ward_pair[frame.wards.near])
    for k in np.flatnonzero(ask):
        held = split.share[[whole.a[k], whole.b[k]]] > 0
        cut[frame.authority_pair[k]] = bool(held.any(axis=1).all() and not held.all(axis=0).any())


def compactness(split: Split, frame: AreaBorders) -> tuple[float | None, ...]:
    """Polsby–Popper (4π area / perimeter²) of each council from simplified outlines, coast included; 1 is a circle.

    The perimeter of a union is the sum of the perimeters less twice what its parts share. None for a council without
    blocks or without an outline. Coasts ruin the figure: compare only within an area.
    """
    facts = split.facts
    area, around = np.zeros(split.count), np.zeros(split.count)
    parts: list[tuple[Councils, Floats, Floats]] = []
    held = np.flatnonzero(split.authority >= 0)
    o = facts.outlines
    parts.append((split.authority[held], o.area_m2[held], o.perimeter_m[held]))
    inside = same(split.authority, o.a, o.b)
    parts.append((split.authority[o.a[inside]], np.zeros(int(inside.sum())), -2 * o.shared_m[inside]))
    if not split.is_whole:
        w = facts.ward_outlines
        mine = np.flatnonzero(split.divided[facts.ward_authority] & (split.ward >= 0))
        parts.append((split.ward[mine], w.area_m2[mine], w.perimeter_m[mine]))
        inside = same(split.ward, w.a, w.b) & (split.divided[frame.outline_a] | split.divided[frame.outline_b])
        parts.append((split.ward[w.a[inside]], np.zeros(int(inside.sum())), -2 * w.shared_m[inside]))
    for council, more_area, more_around in parts:
        area += np.bincount(council, weights=more_area, minlength=split.count)
        around += np.bincount(council, weights=more_around, minlength=split.count)
    return tuple(
        min(4 * pi * a / p**2, 1.0) if p > 0 and a > 0 else None
        for a, p in zip(area.tolist(), around.tolist(), strict=True)
    )


def _names(facts: AreaFacts, codes: Iterable[str]) -> tuple[str, ...]:
    """Names of blocks; a ward's with its authority's, because many share a name."""
    out = []
    for code in codes:
        if code in facts.authority_index:
            out.append(facts.authorities[facts.authority_index[code]].name)
        else:
            w = facts.ward_index[code]
            out.append(f"{facts.wards[w].name} ({facts.authorities[facts.ward_authority[w]].name})")
    return tuple(out)


def _listed(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) <= _NAMED:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
