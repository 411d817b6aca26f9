"""What chosen partnerships are to the cost model: shares of spending, effects, coverage, partners' residents.

No source publishes how much a partnership avoids. Effects come from the dataset's assumptions or from the user, and
every screen that shows them says so. Nothing here claims that a partnership removes a risk.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lgrdata.core.facts import AreaFacts, Assumptions
from lgrdata.core.models import LgrError, Partnership
from lgrdata.core.text import one_line
from lgrdata.core.words import joined
from lgrdata.costs.by_service import service_shares
from lgrdata.costs.price import PartnershipTerm
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import CareService, Library, PartnershipModel, library
from lgrdata.reading import councils
from lgrdata.splits.pieces import holds_piece
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split

LOOKED_AFTER = "Children's social care - Children Looked After"
PLACEMENT_SUPPORT = (
    "Physical support",
    "Sensory support",
    "Support with memory",
    "Learning disability",
    "Mental health",
)
"""Beginnings of the RO3 lines that buy adults' care; with LOOKED_AFTER they are the placements that buying is about."""


@dataclass(frozen=True)
class UpperTier:
    """A council of today that runs social care. `next_door` to the area asked about."""

    code: str
    name: str
    residents: int
    next_door: bool = False


@dataclass(frozen=True)
class PartedCounty:
    """A county that the split parts: councils with a piece, and the weight of its splitting cost in the whole."""

    code: str
    weight: float
    councils: tuple[int, ...]


def split_counties(facts: AreaFacts, split: Split, gamma: float) -> tuple[PartedCounty, ...]:
    """Counties held in pieces by two councils or more, a piece being at least 1% of the county's residents.

    Weight is residents times the splits gone through (1, then m^-gamma each), as in the disaggregation cost.
    """
    out = []
    if split.proposal == "today":
        return ()
    people = facts.population.astype(np.float64)
    for u, code in enumerate(facts.upper_codes):
        if not facts.upper_is_county[u]:
            continue
        mine = np.flatnonzero(facts.authority_upper == u)
        residents = float(people[mine].sum())
        held = people[mine] @ split.share[mine]
        councils = tuple(int(c) for c in np.flatnonzero(holds_piece(held, residents)))
        if len(councils) > 1:
            out.append(PartedCounty(code, residents * _splits(len(councils), gamma), councils))
    return tuple(out)


def _splits(pieces: int, gamma: float) -> float:
    return math.fsum(m**-gamma for m in range(1, pieces))


def share_of_cost(facts: AreaFacts, counties: Sequence[PartedCounty], service: CareService) -> float:
    """Share of the disaggregation cost that a service makes up: its net spending over all services' (RSX).

    0 where the service has no line of its own; NaN where a split county's spending is not held or is below its income.
    """
    weighed = [(h.weight, _line_share(facts, h.code, service)) for h in counties]
    total = math.fsum(w for w, _ in weighed)
    return math.fsum(w * s for w, s in weighed) / total if total > 0 else 0.0


def _line_share(facts: AreaFacts, county: str, service: CareService) -> float:
    if service.spend_form == "none":
        return 0.0
    if service.spend_form == "RSX":
        shares = service_shares(facts, county)
        return shares.get(service.spend_service, 0.0) if shares else math.nan
    u = facts.upper_codes.index(county)
    spent = [float(c.values[u]) for name, c in facts.upper_spend.items() if not name.lower().startswith("total")]
    if not spent or any(math.isnan(v) for v in spent):
        return math.nan
    total = math.fsum(v for v in spent if v > 0)
    line = line_thousand(facts, county, service)
    # Income above spending says nothing of what the service takes to run.
    return line / total if total > 0 and line > 0 else math.nan


def line_thousand(facts: AreaFacts, county: str, service: CareService) -> float:
    """Net current expenditure of the service's line in a council of today, £ thousand; NaN where not held."""
    column = (facts.upper_spend if service.spend_form == "RSX" else facts.care_spend).get(service.spend_service)
    return math.nan if column is None else float(column.values[facts.upper_codes.index(county)])


def share_of_placements(facts: AreaFacts, counties: Sequence[PartedCounty], service: CareService) -> float:
    """Share of bought care that a service makes up: its line over adults' support and looked-after children (RO3).

    0 where the service has no line, or one that is no placement (SEND is outside the purchasing effect).
    """
    if service.spend_form != "RO3" or not _is_placement(service.spend_service):
        return 0.0
    part = whole = 0.0
    for h in counties:
        u = facts.upper_codes.index(h.code)
        base = [c.values[u] for name, c in facts.care_spend.items() if _is_placement_total(name)]
        part += max(line_thousand(facts, h.code, service), 0.0)
        whole += float(np.sum(base)) if base else math.nan
    return part / whole if whole > 0 else (math.nan if math.isnan(whole) else 0.0)


def _is_placement(line: str) -> bool:
    return line.startswith(LOOKED_AFTER) or _is_placement_total(line)


def _is_placement_total(line: str) -> bool:
    return line == LOOKED_AFTER or (line.startswith(PLACEMENT_SUPPORT) and "(" in line)


def reach(
    facts: AreaFacts, counties: Sequence[PartedCounty], members: Sequence[int], gamma: float, service: CareService
) -> float:
    """Share of a service's splitting cost that lies between the members: 1 where all councils with a piece take part.

    Members act as one council for the service, so that the county is split fewer times for it; two of three partners
    reach less than all. Councils without a piece, and those beyond the area, reach nothing.
    """
    full = apart = 0.0
    for h in counties:
        share = _line_share(facts, h.code, service)
        weight = 0.0 if math.isnan(share) else h.weight * share
        whole = _splits(len(h.councils), gamma)
        together = sum(c in h.councils for c in set(members))
        left = _splits(len(h.councils) - max(together - 1, 0), gamma)
        full += weight
        apart += weight * left / whole
    return 1.0 - apart / full if full > 0 else 0.0


def upper_tiers(dataset: Dataset, area_id: str | None = None) -> dict[str, UpperTier]:
    """Social care councils of England outside an area (or all), those next door first, then by name.

    Residents are the estimates by age, summed. A council without all five age groups is left out.
    """
    return dataset.keep(("upper tiers", area_id), lambda: _upper_tiers(dataset, area_id))


def _upper_tiers(dataset: Dataset, area_id: str | None) -> dict[str, UpperTier]:
    inside: set[str] = set()
    near: set[str] = set()
    if area_id is not None:
        facts = dataset.facts(area_id)
        inside = set(facts.upper_codes)
        own = {a.code for a in facts.authorities}
        upper = dataset.read(councils.upper_tiers)
        for a, b in dataset.read(councils.land_neighbours):
            near |= {upper.get(y, y) for x, y in ((a, b), (b, a)) if x in own and y not in own}
    others = [c for c in dataset.read(councils.care_councils) if c.code not in inside]
    found = [UpperTier(*c, next_door=c.code in near) for c in others]
    return {t.code: t for t in sorted(found, key=lambda t: (not t.next_door, t.name))}


def find_beyond(dataset: Dataset, area_id: str, text: str) -> UpperTier | None:
    """The council outside the area that a code or a name means; None where it is not a social care council of today."""
    known = upper_tiers(dataset, area_id)
    if text in known:
        return known[text]
    plain = text.replace(",", " ").casefold().split()
    return next((t for t in known.values() if t.name.replace(",", " ").casefold().split() == plain), None)


def beyond_of(dataset: Dataset, area_id: str, p: Partnership) -> tuple[UpperTier, ...]:
    """The partners outside the area, each once; names that mean nothing are left out."""
    found = (find_beyond(dataset, area_id, b) for b in p.beyond)
    return tuple({t.code: t for t in found if t is not None}.values())


def effect_in_force(assumptions: Assumptions, model: PartnershipModel, p: Partnership | None = None) -> float:
    """mu or theta: the partnership's own value, else the assumption's; 0 for a model with no costed effect."""
    if model.effect == "none" or model.parameter_key is None or model.excluded:
        return 0.0
    if p is not None and p.effect is not None:
        return p.effect
    return assumptions.value(model.parameter_key)


def coverage_in_force(model: PartnershipModel, p: Partnership | None = None) -> float:
    """q: the partnership's own value, else the model's. 1 for buying: theta already is a share of the placements."""
    if p is not None and p.coverage is not None:
        return p.coverage
    if model.effect == "buying":
        return 1.0
    return model.coverage if model.coverage is not None else 0.0


def setup_cost(model: PartnershipModel) -> float:
    """£m once: the midpoint of what is known, the upper end where only that is; 0 where no number is."""
    low, high = model.setup_cost_low, model.setup_cost_high
    if high is None:
        return low or 0.0
    return high if low is None else (low + high) / 2


@dataclass(frozen=True)
class Unknown:
    """A service or model that a partnership names and the dataset does not hold, and those that it does."""

    kind: Literal["service", "model"]
    named: str
    known: tuple[str, ...]

    @property
    def words(self) -> str:
        """'there is no service “x”'."""
        return f"there is no {self.kind} “{one_line(self.named, 40)}”"


def unknown_of(lib: Library, p: Partnership) -> tuple[Unknown, ...]:
    """What a partnership names that the dataset does not hold."""
    out = []
    if p.service_id not in lib.services:
        out.append(Unknown("service", p.service_id, tuple(sorted(lib.services))))
    if p.model_id not in lib.models:
        out.append(Unknown("model", p.model_id, tuple(sorted(lib.models))))
    return tuple(out)


def refuse_unknown(dataset: Dataset, partnerships: Sequence[Partnership]) -> None:
    """LgrError with one line for each partnership that names a service or a model the dataset does not hold."""
    lib = library(dataset)
    faults = [
        f"partnership {i}: {fault.words}; choose one of {', '.join(fault.known)}"
        for i, p in enumerate(partnerships, 1)
        for fault in unknown_of(lib, p)
    ]
    if faults:
        raise LgrError("\n".join(faults))


def warnings(dataset: Dataset, scenario: Scenario) -> tuple[str, ...]:
    """What a reader must know of the chosen partnerships, in sentences; LgrError as `refuse_unknown`."""
    refuse_unknown(dataset, scenario.partnerships)
    lib, out = library(dataset), []
    for p in scenario.partnerships:
        service, model = lib.services[p.service_id], lib.models[p.model_id]
        if model.excluded:
            out.append(f"{service.name}: {model.name.lower()} is not offered and not counted (paragraph 2.5)")
        elif (p.service_id, p.model_id) not in lib.fit_pairs and p.model_id != "none":
            out.append(f"{service.name}: {model.name.lower()} is not among the models that fit this service")
        strange = [b for b in p.beyond if find_beyond(dataset, scenario.area_id, b) is None]
        if strange:
            out.append(f"{service.name}: {joined(strange)} is no social care council outside the area, so not counted")
        if model.model_id != "none" and len(set(p.members)) + len(beyond_of(dataset, scenario.area_id, p)) < 2:
            out.append(f"{service.name}: {model.name.lower()} needs two partners or more; nothing is counted")
    return tuple(out)


def terms(dataset: Dataset, scenario: Scenario, assumptions: Assumptions | None = None) -> tuple[PartnershipTerm, ...]:
    """The scenario's partnerships as the cost model takes them; LgrError for a service or model that is not known.

    Nothing for an excluded model, where no county is split, or for fewer than two partners. `share` is the service's
    net spending (RO3, for SEND RSX, of the split counties) over all services' (duplication) or over bought care
    (buying). `coverage` is q times the share of the splitting that lies between the members. A model among the same
    partners is set up once, however many services it covers. No running cost is published, so none is counted.
    """
    return tuple(t for t in each_term(dataset, scenario, assumptions) if t is not None)


def each_term(
    dataset: Dataset, scenario: Scenario, assumptions: Assumptions | None = None
) -> tuple[PartnershipTerm | None, ...]:
    """The term of each partnership in order, None where it does not count; see `terms`."""
    refuse_unknown(dataset, scenario.partnerships)
    assumptions = assumptions or dataset.assumptions
    split, lib = scenario.split, library(dataset)
    gamma = assumptions.value("disagg_exponent")
    counties = split_counties(split.facts, split, gamma)
    out: list[PartnershipTerm | None] = []
    set_up: set[object] = set()
    for p in scenario.partnerships:
        model, beyond = lib.models[p.model_id], beyond_of(dataset, scenario.area_id, p)
        members = tuple(sorted({m for m in p.members if m in set(split.in_use.tolist())}))
        counted = not model.excluded and model.model_id != "none" and counties and len(members) + len(beyond) >= 2
        if not counted:
            out.append(None)
            continue
        body = (p.model_id, members, beyond)
        once = setup_cost(model) if body not in set_up else 0.0
        set_up.add(body)
        out.append(_term(lib, split, counties, p, members, beyond, assumptions, gamma, once))
    return tuple(out)


def _term(
    lib: Library,
    split: Split,
    counties: Sequence[PartedCounty],
    p: Partnership,
    members: tuple[int, ...],
    beyond: Sequence[UpperTier],
    assumptions: Assumptions,
    gamma: float,
    once: float,
) -> PartnershipTerm:
    service, model, facts = lib.services[p.service_id], lib.models[p.model_id], split.facts
    share, coverage = 0.0, coverage_in_force(model, p)
    if model.effect == "duplication":
        share = share_of_cost(facts, counties, service)
        coverage *= reach(facts, counties, members, gamma, service)
    elif model.effect == "buying":
        share = share_of_placements(facts, counties, service)
    return PartnershipTerm(
        service_id=p.service_id,
        share=0.0 if math.isnan(share) else share,
        kind=model.effect,
        effect=effect_in_force(assumptions, model, p),
        coverage=coverage,
        setup_cost=once,
        joint_population=float(sum(int(split.population[m]) for m in members) + sum(t.residents for t in beyond)),
        members=members,
    )
