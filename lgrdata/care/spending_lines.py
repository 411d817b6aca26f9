"""Care spending line by line: which residents or estimates each line of the revenue outturn follows.

The lines are those that add up to the two care totals of RSX without counting anything twice: 18 of adults', 11 of
children's (RO3). Sub-totals, memorandum items and age sub-categories, which are shared out of their parents, are no
lines. For 18 to 64 the residents of 25 to 64 stand: students swell the younger ones without needing this care.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lgrdata.care.people import UpperTierParts
from lgrdata.core.facts import AreaFacts, Floats
from lgrdata.core.models import BANDS, OUTCOMES
from lgrdata.splits.split import Split

ADULTS, CHILDREN = "Adult Social Care", "Children Social Care"
_LOOKED_AFTER = "Children's social care - Children Looked After of which"

LINES: Mapping[str, Mapping[str, str]] = {
    ADULTS: {
        "Physical support - adults (18–64)": "residents_25_64",
        "Physical support - older people (65+)": "income_deprived_older",
        "Sensory support - adults (18–64)": "residents_25_64",
        "Sensory support - older people (65+)": "residents_75_plus",
        "Support with memory and cognition - adults (18–64)": "residents_25_64",
        "Support with memory and cognition - older people (65+)": "residents_85_plus",
        "Learning disability support - adults (18–64)": "residents_25_64",
        "Learning disability support - older people (65+)": "adults_long_term_support",
        "Mental health support - adults (18–64)": "adults_long_term_support",
        "Mental health support - older people (65+)": "adults_long_term_support",
        "Social support: Substance misuse support": "residents_25_64",
        "Social support: Asylum seeker support": "residents",
        "Social support: Social Isolation": "residents_75_plus",
        "Social support: Support for carer": "adults_long_term_support",
        "Assistive equipment and technology": "residents_75_plus",
        "Care assessment and safeguarding": "adults_long_term_support",
        "Information and early intervention": "residents",
        "Commissioning, strategy and admin support": "adults_long_term_support",
    },
    CHILDREN: {
        "Children's social care: Sure start children's centres and early years": "income_deprived_children",
        f"{_LOOKED_AFTER} residential care": "children_looked_after",
        f"{_LOOKED_AFTER} fostering services": "children_looked_after",
        f"{_LOOKED_AFTER} asylum seeking children who are looked after": "residents_0_17",
        f"{_LOOKED_AFTER} other": "children_looked_after",
        "Children's social care - Other children's and families services": "children_in_need",
        "Children's social care - Family Support Services": "children_in_need",
        "Children's social care - Youth Justice": "income_deprived_children",
        "Children's social care: Safeguarding children and young people’s services": "children_in_need",
        "Children's social care - Asylum Seekers": "residents_0_17",
        "Children's social care: Services for young people": "residents_0_17",
    },
}
"""Care total of RSX -> line of RO3 -> what it follows."""

_BANDS: Mapping[str, tuple[str, ...]] = {
    "residents": BANDS,
    "residents_0_17": ("0-17",),
    "residents_25_64": ("25-64",),
    "residents_75_plus": ("75-84", "85+"),
    "residents_85_plus": ("85+",),
    "income_deprived_children": ("0-17",),
    "income_deprived_older": ("65-74", "75-84", "85+"),
}
_RATES = {"income_deprived_children": "idaci", "income_deprived_older": "idaopi"}
"""Residents who live on a low income: the age band times the authority's share, also inside a divided authority."""


def line_basis(service: str, line: str) -> str:
    """What a line of a care total follows: residents of an age, those on a low income, or one of the estimates."""
    return LINES[service][line]


def spending(facts: AreaFacts, service: str, upper: int) -> dict[str, float]:
    """£ thousand by basis of a council of today; empty where a line of the service is not held for it."""
    out: dict[str, float] = {}
    for line in LINES[service]:
        column = facts.care_spend.get(line)
        if column is None or np.isnan(column.values[upper]):
            return {}
        basis = line_basis(service, line)
        out[basis] = out.get(basis, 0.0) + float(column.values[upper])
    return out


def shares(facts: AreaFacts, split: Split, held: UpperTierParts) -> dict[str, Floats]:
    """[U, N] by basis: the share of a council of today that each new council holds; NaN where it cannot be told."""
    out = {outcome: held.share[:, :, o] for o, outcome in enumerate(OUTCOMES)}
    for basis, bands in _BANDS.items():
        columns = [BANDS.index(b) for b in bands]
        authority = facts.residents[:, columns].sum(axis=1).astype(np.float64)
        ward = facts.ward_residents[:, columns].sum(axis=1).astype(np.float64)
        rate = facts.columns.get(_RATES[basis]) if basis in _RATES else None
        # Without the rate the plain age band stands in for those on a low income.
        if rate is not None and not np.isnan(rate.values).any():
            authority, ward = authority * rate.values, ward * rate.values[facts.ward_authority]
        out[basis] = _shares(facts, split, held, authority, ward)
    return out


def _shares(facts: AreaFacts, split: Split, held: UpperTierParts, authority: Floats, ward: Floats) -> Floats:
    parts = np.zeros((len(facts.upper_codes), split.count))
    lone = np.flatnonzero(split.authority >= 0)
    np.add.at(parts, (facts.authority_upper[lone], split.authority[lone]), authority[lone])
    if split.divided.any():
        wards = np.flatnonzero(split.divided[facts.ward_authority] & (split.ward >= 0))
        np.add.at(parts, (facts.authority_upper[facts.ward_authority[wards]], split.ward[wards]), ward[wards])
    totals = np.bincount(facts.authority_upper, weights=authority, minlength=len(facts.upper_codes))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(totals[:, None] > 0, parts / totals[:, None], 0.0)
    share[held.whole] = 1.0
    return np.asarray(np.clip(share, 0.0, 1.0))
