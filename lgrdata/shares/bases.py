"""How much of each basis lies in each new council, for every upper-tier council of today that a split takes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lgrdata.care.people import city_parted, fit_factors
from lgrdata.core.facts import Floats, Ints
from lgrdata.core.models import OUTCOMES, LgrError
from lgrdata.core.share_facts import EQUAL, BasisMeasure, ShareFacts
from lgrdata.core.words import joined
from lgrdata.splits.split import DIVIDED, OUT, Split


@dataclass(frozen=True, eq=False)
class Parts:
    """Which part of each upper-tier council [U] each new council [N] takes, by basis.

    `share`: by basis, [U, N], adding to 1 where the basis is known of that upper tier, else NaN; `unknown` says of
    whom it is not known. `fallback`: bases that are not held by ward, with the divided authorities whose residents
    stand in.
    """

    share: Mapping[str, Floats]
    holds: NDArray[np.bool_]  # [U, N] at least one block
    odds: tuple[Floats, Floats]  # [U, 1, outcome] low and high factors of an estimate, as of care.people.fit_factors
    order: Ints  # [N] place of a council's first block, for ties; names do not change it
    unknown: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    fallback: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def ends(self, key: str, upper: int) -> tuple[Floats, Floats]:
        """[N] low and high share of an upper tier by a basis that is an estimate; NaN where it has no fit."""
        share, outcome = self.share[key][upper], OUTCOMES.index(key)
        low, high = (share * f / (share * f + 1 - share) for f in (o[upper, 0, outcome] for o in self.odds))
        return low, high

    def holders(self, upper: int) -> list[int]:
        """New councils that take some of an upper-tier council."""
        return [int(c) for c in np.flatnonzero(self.holds[upper])]


def parts(given: ShareFacts, split: Split) -> Parts:
    """Shares of every basis. LgrError where a council of today is only half placed."""
    facts = given.facts
    holds, order = _held(split)
    _refuse_unfinished(given, split, holds)
    keys = list(given.measures)
    by_authority = np.stack([given.measures[k].by_authority for k in keys], axis=1)
    total = np.zeros((len(facts.upper_codes), split.count, len(keys)))
    whole = np.flatnonzero(split.authority >= 0)
    np.add.at(total, (facts.authority_upper[whole], split.authority[whole]), by_authority[whole])
    for i in np.flatnonzero(split.divided):
        inside = np.stack([_inside(split, int(i), given.measures[k]) for k in keys], axis=1)
        total[facts.authority_upper[i]] += inside
    sums = total.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.where(sums[:, None, :] > 0, total / sums[:, None, :], np.nan)
    share = {k: np.ascontiguousarray(shares[:, :, n]) for n, k in enumerate(keys)}
    with np.errstate(invalid="ignore", divide="ignore"):
        share[EQUAL] = holds / holds.sum(axis=1)[:, None]
    return Parts(
        share,
        holds,
        fit_factors(facts, city_parted(facts, split)),
        order,
        _unknown(given, share),
        _fallback(given, split),
    )


def _held(split: Split) -> tuple[NDArray[np.bool_], Ints]:
    """[U, N] whether a council has a block of an upper tier, and [N] the place of its first block."""
    facts = split.facts
    holds = np.zeros((len(facts.upper_codes), split.count), dtype=bool)
    whole = np.flatnonzero(split.authority >= 0)
    holds[facts.authority_upper[whole], split.authority[whole]] = True
    wards = np.flatnonzero(split.divided[facts.ward_authority] & (split.ward >= 0))
    holds[facts.authority_upper[facts.ward_authority[wards]], split.ward[wards]] = True
    order = np.full(split.count, len(split.block_order()), dtype=np.int64)
    for place, c in enumerate(split.block_order()):
        if c >= 0:
            order[c] = min(order[c], place)
    return holds, order


def _refuse_unfinished(given: ShareFacts, split: Split, holds: NDArray[np.bool_]) -> None:
    facts = given.facts
    out = split.authority == OUT
    left = {int(facts.authority_upper[i]) for i in np.flatnonzero(out) if not facts.is_extra[i]}
    loose = np.flatnonzero(split.divided[facts.ward_authority] & (split.ward == OUT))
    left |= {int(facts.authority_upper[facts.ward_authority[w]]) for w in loose}
    if left:
        names = joined([facts.upper_names[u] for u in sorted(left)])
        raise LgrError(f"some of {names} is in no council yet; give every block a council, then share it out")


def _inside(split: Split, i: int, measure: BasisMeasure) -> Floats:
    """[N] one divided authority's count: by ward, or where wards are not held by its residents."""
    value = measure.by_authority[i]
    if measure.by_ward is None:
        return np.asarray(value * split.share[i], dtype=np.float64)
    wards = split.facts.wards_of[i]
    held = np.bincount(split.ward[wards], weights=measure.by_ward[wards], minlength=split.count)
    return np.asarray(value * split.share[i] if np.isnan(held).any() else held, dtype=np.float64)


def _unknown(given: ShareFacts, share: Mapping[str, Floats]) -> dict[str, dict[int, str]]:
    """By basis and upper tier, why it cannot be shared by: the authorities without a figure, or a count of nothing."""
    facts = given.facts
    found: dict[str, dict[int, str]] = {}
    for key, measure in given.measures.items():
        gone = np.isnan(measure.by_authority)
        for u, name in enumerate(facts.upper_names):
            mine = np.flatnonzero(facts.authority_upper == u)
            missing = [facts.authorities[i].name for i in mine if gone[i]]
            if missing:
                found.setdefault(key, {})[u] = f"no figure is held for {joined(missing)}"
            elif not measure.by_authority[mine].sum() > 0:
                found.setdefault(key, {})[u] = f"{name} has none"
    return found


def _fallback(given: ShareFacts, split: Split) -> dict[int, tuple[str, ...]]:
    """By divided authority, the bases that are not held by ward there."""
    found = {}
    for i in np.flatnonzero(split.authority == DIVIDED):
        wards = split.facts.wards_of[int(i)]
        found[int(i)] = tuple(
            k for k, m in given.measures.items() if m.by_ward is None or np.isnan(m.by_ward[wards]).any()
        )
    return found
