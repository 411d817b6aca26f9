"""Which partnership models suit a service of this split, in the order to consider them, and why.

Hosting for vesting day; lead authority where a council is small or the duty is rare; buying together where placements
cross; a joint board where police and NHS areas are shared; shared managers or a company only with a plan for leaving.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lgrdata.all_effects.effects import Effects
from lgrdata.core.words import joined, number, people, percent
from lgrdata.costs.partnerships import PartedCounty
from lgrdata.dataset.library import CareService, Library, PartnershipModel

LEADERSHIP = "leadership"
"""The two directors whom the law asks of each council: no partnership gives two councils one leadership."""

Standing = Literal["suggested", "possible", "with care", "not offered"]


@dataclass(frozen=True)
class Suitability:
    """A model that fits a service: `why` from the dataset, `reason` from this split; '' where the split adds none."""

    model: PartnershipModel
    why: str
    standing: Standing
    reason: str


def suitable(
    lib: Library, effects: Effects, counties: Sequence[PartedCounty], service: CareService
) -> tuple[Suitability, ...]:
    """The models that fit a service, in the dataset's order, each weighed against the split."""
    out = []
    for model_id, why in lib.fits[service.service_id]:
        model = lib.models[model_id]
        standing, reason = _weigh(lib, effects, counties, service, model)
        out.append(Suitability(model, why, standing, reason))
    return tuple(out)


def _weigh(
    lib: Library, effects: Effects, counties: Sequence[PartedCounty], service: CareService, model: PartnershipModel
) -> tuple[Standing, str]:
    if model.excluded:
        return "not offered", model.when_to_use
    if not counties:
        return "possible", "this split parts no county, so the service stays whole"
    match model.model_id:
        case "hosted_service" if service.service_id == LEADERSHIP:
            return "possible", "as cover until each council has its two directors"
        case "hosted_service":
            return "suggested", "for the first day: the service stays whole while each council makes ready"
        case "lead_authority":
            return _lead_authority(lib, effects, counties, service)
        case "rcc" | "joint_commissioning":
            if service.counted_with == "children_looked_after":
                return "suggested", placed_outside(effects)
            return "suggested", _smaller_buyers(effects, counties)
        case "joint_board" | "strategic_alliance" | "joint_committee" | "pooled_budget":
            shared = shared_partners(effects, ("icb", "police"))
            if not shared:
                return "possible", "no NHS board or police area is shared by two of the councils"
            return "suggested", f"{joined(shared)} would deal with two councils or more"
        case "shared_director" | "joint_company":
            return "with care", "only with a break clause and a plan for what follows"
    return "suggested", model.when_to_use[:1].lower() + model.when_to_use[1:].rstrip(".")


def _lead_authority(
    lib: Library, effects: Effects, counties: Sequence[PartedCounty], service: CareService
) -> tuple[Standing, str]:
    split, small = effects.split, effects.assumptions.value("size_small_newton")
    holders = sorted({c for h in counties for c in h.councils})
    little = [split.names[c] for c in holders if split.population[c] <= small]
    rare = {p for m, p in lib.model_paragraphs if m == "lead_authority" and p.count(".") == 2}
    if service.paragraph in rare:
        return "suggested", "the duty is rare, so that few staff can serve all"
    if little:
        verb = "has" if len(little) == 1 else "have"
        return "suggested", f"{joined(little)} {verb} {number(small)} residents or fewer"
    return "possible", f"no council has {number(small)} residents or fewer, and the duty is not a rare one"


def placed_outside(effects: Effects) -> str:
    """How many looked-after children are placed outside today's social care councils, as published, in words."""
    said = []
    for p in effects.boundary.placements:
        if p.share_outside is None or p.placed_outside is None:
            said.append(f"how many of {p.upper}’s children are placed outside it is not known here")
        else:
            share = percent(p.share_outside)
            said.append(
                f"{number(p.placed_outside)} of {p.upper}’s looked-after children ({share}) are placed outside it"
            )
    return "; ".join(said) or "how many children are placed outside their council is not known here"


def _smaller_buyers(effects: Effects, counties: Sequence[PartedCounty]) -> str:
    facts, split = effects.facts, effects.split
    said = []
    for h in counties:
        mine = facts.authority_upper == facts.upper_codes.index(h.code)
        before = int(facts.population[mine].sum())
        sizes = sorted(int(split.population[c]) for c in h.councils)
        name = facts.upper_names[facts.upper_codes.index(h.code)]
        said.append(
            f"councils of {people(sizes[0])} to {people(sizes[-1])} residents would buy,"
            f" where {name} has {people(before)}"
        )
    return "; ".join(said)


def shared_partners(effects: Effects, kinds: Sequence[str]) -> list[str]:
    """Names of partner areas that deal with two councils of the split or more."""
    partners = effects.boundary.after.partners
    return [
        f"{name} police" if k == "police" and "olice" not in name else name
        for k in kinds
        if k in partners
        for name, councils in partners[k].by_partner
        if councils > 1
    ]
