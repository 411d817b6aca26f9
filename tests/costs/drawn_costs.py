"""Assumptions with round numbers for sums done by hand, and drawn areas that the shared grid does not offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drawn_facts import grid

from lgrdata.core.facts import AreaFacts, Assumptions
from lgrdata.core.models import Lens, LensId, Parameter
from lgrdata.splits.split import Split, make

NUMBERS: dict[str, tuple[float | None, float | None, float | None, str]] = {
    "disagg_per_resident": (2, 8, 14, "£ a year per county resident"),
    "kappa_unit_cost": (0, 1, 2, "£ a year per resident for each 100,000 fewer"),
    "agg_saving_per_council_removed": (3, 4, 5, "£m a year per council"),
    "realisation": (0.5, 1, 1, "share"),
    "transition_per_old_council": (1, 2, 3, "£m per council"),
    "transition_per_extra_unitary": (4, 6, 8, "£m per new council"),
    "transition_split_per_resident": (0, 5, 10, "£ per county resident"),
    "disagg_exponent": (0, 0.5, 1, "power"),
    "leadership_per_upper_tier": (1, 2, 3, "£m a year per council"),
    "pop_cap": (800_000, 1_000_000, 1_200_000, "residents"),
    "ramp_y1": (0.25, 0.5, 0.75, "share"),
    "ramp_y2": (0.5, 0.75, 1, "share"),
    "ramp_y3plus": (0.9, 1, 1, "share"),
    "transition_overrun": (1, 1, 1.5, "factor"),
    "discount_rate": (0.015, 0.035, 0.06, "share"),
    "appraisal_years": (5, 10, 15, "years"),
    "mu_lead_authority": (0.2, 0.5, 0.8, "share"),
    "mu_trust": (-0.3, -0.3, 0, "share"),
    "exit_hazard": (0.02, 0.06, 0.15, "per year"),
    "setup_rcc": (None, 1.5, None, "£m"),
    "size_guide": (None, 500_000, None, "residents"),
}
LENS_NUMBERS: dict[LensId, dict[str, float]] = {
    "county": {"delta": 10, "kappa": 2, "s": 5, "t_old": 2, "t_x": 7, "t_s": 10},
    "middle": {},
    "district": {"delta": 2, "kappa": 0, "s": 4, "t_old": 2, "t_x": 6, "t_s": 0},
}
BEHIND = {
    "delta": "disagg_per_resident",
    "kappa": "kappa_unit_cost",
    "s": "agg_saving_per_council_removed",
    "t_old": "transition_per_old_council",
    "t_x": "transition_per_extra_unitary",
    "t_s": "transition_split_per_resident",
}


def assumptions(
    changed: Mapping[str, float] | None = None,
    phases: str = "0.4/0.4/0.2",
    band: tuple[float, float] | None = None,
) -> Assumptions:
    """Round assumptions; `phases` is the wording of when one-off costs fall."""
    parameters = {
        key: Parameter(key, f"Label of {key}", unit, low, central, high, "", "", "2025", "low", "drawn")
        for key, (low, central, high, unit) in NUMBERS.items()
    }
    parameters["transition_phase"] = Parameter(
        "transition_phase", "When", "shares", None, None, None, phases, "", "2025", "low", "drawn"
    )
    lenses = {k: Lens(k, k, "", dict(v)) for k, v in LENS_NUMBERS.items()}
    return Assumptions(parameters, lenses, BEHIND, dict(changed or {}), band)


def by_number(facts: AreaFacts, councils: str) -> Split:
    """A split from one letter an authority, in the facts' order; '.' leaves it out. by_number(f, 'NNSS')."""
    return make(facts, [(a.code, c) for a, c in zip(facts.authorities, councils, strict=True) if c != "."])


def two_counties() -> AreaFacts:
    """A 2x2 area whose upper row is one county and lower row another, 200,000 residents each."""
    facts = grid(2, 2)
    first, second = "E10000098", "E10000099"
    authorities = tuple(replace(a, county_code=first if i < 2 else second) for i, a in enumerate(facts.authorities))
    return grid(
        2,
        2,
        authorities=authorities,
        upper_codes=(first, second),
        upper_names=("Upper", "Lower"),
        upper_is_county=facts.upper_is_county.repeat(2),
        authority_upper=facts.ward_authority[:4] * 0 + [0, 0, 1, 1],
        published=facts.published.repeat(2, axis=0),
    )
