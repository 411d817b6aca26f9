"""Splits to hold the engine to Python with: the known ones of an area, and ones drawn at random as people draw."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from lgrdata.core.facts import AreaFacts
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.naming import known_splits
from lgrdata.splits.split import OUT, Split, from_arrays, today

NAMES = ("East", "West", "North of it", "east", "Council 5", "Sixth & last")
"""Names of councils; two are alike but for their case."""


def known(dataset: Dataset, area_id: str) -> list[Split]:
    """Today, one council, and every map of every proposal."""
    facts = dataset.facts(area_id)
    return [today(facts), *known_splits(dataset.conn, facts)]


def whole(facts: AreaFacts, rng: random.Random) -> Split:
    """Authorities dealt out: mostly to councils that touch, now and then anyhow, with blocks and councils left over."""
    count = rng.randint(1, 6)
    n = len(facts.authorities)
    authority = np.array(_grown(facts, count, rng) if rng.random() < 0.7 else [rng.randrange(count) for _ in range(n)])
    for i in range(n):
        if (facts.is_extra[i] and rng.random() < 0.5) or rng.random() < 0.03:
            authority[i] = OUT
    ward = authority[facts.ward_authority]
    return from_arrays(facts, authority, ward, NAMES[:count])


def by_wards(facts: AreaFacts, rng: random.Random) -> Split:
    """A whole split with one to three authorities parted among their neighbours' councils."""
    split = whole(facts, rng)
    ward = split.ward.copy()
    can = [i for i in range(len(facts.authorities)) if facts.wards_counted[i] and len(facts.wards_of[i]) > 1]
    for i in rng.sample(can, min(rng.randint(1, 3), len(can))):
        wards = facts.wards_of[i]
        to = rng.randrange(split.count)
        if rng.random() < 0.3:
            ward[wards] = [rng.randrange(split.count) for _ in wards]
        elif rng.random() < 0.9:
            ward[wards[: rng.randint(1, len(wards))]] = to
        else:
            ward[wards[rng.randrange(len(wards))]] = OUT
    return from_arrays(facts, split.authority, ward, split.names)


def slivers(facts: AreaFacts) -> list[Split]:
    """A unitary by itself with the smallest ward of a county beside it: too little to be a piece of that county."""
    alone = [i for i, a in enumerate(facts.authorities) if a.tier == "unitary" and not facts.is_extra[i]]
    county = [w for w, i in enumerate(facts.ward_authority) if facts.upper_is_county[facts.authority_upper[i]]]
    if not alone or not county:
        return []
    authority = np.where(np.arange(len(facts.authorities)) == alone[0], 1, 0)
    ward = authority[facts.ward_authority]
    ward[min(county, key=lambda w: int(facts.ward_population[w]))] = 1
    return [from_arrays(facts, authority, ward, NAMES[:2])]


def _grown(facts: AreaFacts, count: int, rng: random.Random) -> list[int]:
    n = len(facts.authorities)
    held = [OUT] * n
    for council, start in enumerate(rng.sample(range(n), min(count, n))):
        held[start] = council
    pairs = list(zip(facts.links.a.tolist(), facts.links.b.tolist(), strict=True))
    for _ in range(6 * n):
        a, b = rng.choice(pairs)
        if held[a] == OUT:
            held[a] = held[b]
        elif held[b] == OUT:
            held[b] = held[a]
    return [c if c != OUT else rng.randrange(count) for c in held]


def as_request(split: Split, sheet: str, ask: tuple[str, ...], *, wards: bool) -> dict[str, Any]:
    """A split as the engine takes it."""
    given = {
        "authority": split.authority.tolist(),
        "ward": split.ward.tolist() if wards else [],
        "names": list(split.names),
        "proposal": split.proposal,
        "basis": split.basis,
    }
    return {"sheet": sheet, "split": given, "ask": list(ask)}
