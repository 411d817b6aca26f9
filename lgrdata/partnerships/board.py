"""The partnership board of a split: each service it divides, who is affected, what fits, what is chosen, what is left.

Sums only; words are the view's. Effects of partnerships are assumptions: each comes with its low and high.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lgrdata.all_effects.effects import Effects
from lgrdata.core.models import OUTCOMES, Estimate, LensId, Partnership
from lgrdata.costs import partnerships as sums
from lgrdata.costs.price import PARTNERSHIP_LIMIT, PartnershipTerm, inputs, price_lens, rates
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import CareService, Library, PartnershipModel, library
from lgrdata.partnerships.suitability import Suitability, suitable
from lgrdata.splits.scenario import Scenario

ByLens = Mapping[LensId, float]


@dataclass(frozen=True)
class MoneyRange:
    """£m a year under one lens: with the effect in force, and with the assumption's low and high."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class ChosenPartnership:
    """A chosen partnership and what it changes on its own. Money in £m; `effect` and `coverage` as fractions."""

    index: int
    partnership: Partnership
    service: CareService
    model: PartnershipModel
    members: tuple[int, ...]
    beyond: tuple[sums.UpperTier, ...]
    counted: bool
    effect: float
    coverage: float
    reach: float
    share: float
    setup_cost: float
    joint_population: float
    alone: Mapping[LensId, MoneyRange]
    """Avoided a year if this were the only partnership; what comes back if it ends."""


@dataclass(frozen=True)
class BoardRow:
    """A service on the board. `cost` is its part of the disaggregation cost, None where it has no line of spending."""

    service: CareService
    people: tuple[tuple[int, Estimate | None], ...]
    effects: Effects
    spend_thousand: float
    spend_period: str
    spend_source: str
    cost: ByLens | None
    left: ByLens | None
    fits: tuple[Suitability, ...]
    chosen: tuple[ChosenPartnership, ...]

    @property
    def suggested(self) -> PartnershipModel | None:
        """The one way that is suggested for the service: the first that suits this split; None where none does."""
        return next((f.model for f in self.fits if f.standing == "suggested"), None)

    @property
    def covered(self) -> frozenset[int]:
        """Councils in a counted partnership for this service."""
        return frozenset(m for c in self.chosen if c.counted for m in c.members)

    @property
    def uncovered_people(self) -> Estimate | None:
        """People counted with this service in councils without a partnership for it; None where none are counted."""
        return people_of(self.effects, [c for c, _ in self.people if c not in self.covered], self.service.counted_with)

    @property
    def all_people(self) -> Estimate | None:
        """People counted with this service in every council; None where none are counted."""
        return people_of(self.effects, [c for c, _ in self.people], self.service.counted_with)


def people_of(effects: Effects, councils: Sequence[int], outcome: str) -> Estimate | None:
    """People of some councils together: exact where they are whole councils of today, else lows and highs added.

    None where there is no council, no such count, or one that is not available.
    """
    if outcome not in OUTCOMES or not councils:
        return None
    found = [effects.services.estimate(c, outcome) for c in councils]
    whole = total([e for e in found if e is not None])
    if whole is None or None in found:
        return None
    holds, mine = effects.services.held.holds, list(councils)
    touched = holds[:, mine].any(axis=1)
    if int(holds[touched].sum()) == int(holds[touched][:, mine].sum()) and not effects.split.left_out:
        return Estimate(whole.value, whole.value, whole.value)
    return whole


def total(estimates: list[Estimate]) -> Estimate | None:
    """Estimates added, lows and highs too: a cautious range. None for an empty list."""
    if not estimates:
        return None
    return Estimate(*(sum(getattr(e, k) for e in estimates) for k in ("value", "low", "high")))


@dataclass(frozen=True)
class Exit:
    """How long a partnership lasts under the assumed yearly chance of its ending; years are inf where that is 0."""

    hazard: float
    years: float
    years_low: float
    years_high: float

    def any_within(self, years: int, partnerships: int) -> float:
        """Chance that at least one of several ends within some years, taken as independent."""
        return 1.0 - (1.0 - self.hazard) ** (years * partnerships)


@dataclass(frozen=True, eq=False)
class Board:
    scenario: Scenario
    effects: Effects
    library: Library
    counties: tuple[sums.PartedCounty, ...]
    rows: tuple[BoardRow, ...]
    exit: Exit
    warnings: tuple[str, ...]

    @property
    def is_split(self) -> bool:
        """True where the split parts a county's services."""
        return bool(self.counties)

    @cached_property
    def chosen(self) -> tuple[ChosenPartnership, ...]:
        """Every chosen partnership, in the scenario's order."""
        return tuple(sorted((c for r in self.rows for c in r.chosen), key=lambda c: c.index))

    @property
    def counted(self) -> tuple[ChosenPartnership, ...]:
        """Those that count in the sums."""
        return tuple(c for c in self.chosen if c.counted)

    @property
    def avoided(self) -> ByLens:
        """£m a year that all partnerships together avoid."""
        return {lens: c.partnership_saving for lens, c in self.effects.costs_with_partnerships.items()}

    @property
    def unmitigated(self) -> ByLens:
        """£m a year of splitting and of dearer placements left after partnerships and their running cost."""
        return {
            lens: c.disaggregation_cost + c.purchasing_scale - c.partnership_saving + c.partnership_run
            for lens, c in self.effects.costs_with_partnerships.items()
        }

    def row(self, service_id: str) -> BoardRow:
        """The row of a service; KeyError where there is none."""
        return next(r for r in self.rows if r.service.service_id == service_id)


def board(dataset: Dataset, effects: Effects, scenario: Scenario) -> Board:
    """The partnership board of a scenario, for effects worked out with its terms (`scenario_effects.effects_of`).

    LgrError for a service or model that is not known.
    """
    facts, split, assumptions, lib = effects.facts, effects.split, effects.assumptions, library(dataset)
    gamma = assumptions.value("disagg_exponent")
    counties = sums.split_counties(facts, split, gamma)
    each = sums.each_term(dataset, scenario, assumptions)
    pricer = _Pricer(effects)
    chosen = [
        _chosen(dataset, effects, lib, counties, gamma, i, p, t, pricer)
        for i, (p, t) in enumerate(zip(scenario.partnerships, each, strict=True))
    ]
    holders = sorted({c for h in counties for c in h.councils})
    rows = []
    for service in lib.services.values():
        mine = tuple(c for c in chosen if c.service.service_id == service.service_id)
        people: tuple[tuple[int, Estimate | None], ...] = ()
        if service.counted_with:
            people = tuple((c, effects.services.estimate(c, service.counted_with)) for c in holders)
        spend, period, source = _spend(effects, counties, service)
        cost, left = _cost(effects, counties, service, mine)
        rows.append(
            BoardRow(
                service,
                people,
                effects,
                spend,
                period,
                source,
                cost,
                left,
                suitable(lib, effects, counties, service),
                mine,
            )
        )
    return Board(scenario, effects, lib, counties, tuple(rows), _exit(effects), sums.warnings(dataset, scenario))


class _Pricer:
    """Prices one term at a time without counting the split anew."""

    def __init__(self, effects: Effects) -> None:
        self.given = inputs(effects.facts, effects.split)
        self.rates = {lens: rates(effects.assumptions, lens) for lens in effects.costs}

    def avoided(self, term: PartnershipTerm, lens: LensId) -> float:
        return price_lens(self.given, self.rates[lens], [term]).partnership_saving


def _chosen(
    dataset: Dataset,
    effects: Effects,
    lib: Library,
    counties: tuple[sums.PartedCounty, ...],
    gamma: float,
    index: int,
    p: Partnership,
    term: PartnershipTerm | None,
    pricer: _Pricer,
) -> ChosenPartnership:
    model, service = lib.models[p.model_id], lib.services[p.service_id]
    members = term.members if term else tuple(sorted(set(p.members)))
    alone = {lens: MoneyRange(0.0, 0.0, 0.0) for lens in effects.costs}
    if term is not None:
        low, high = _bounds(effects, model, term)
        for lens in effects.costs:
            tried = [pricer.avoided(replace(term, effect=e), lens) for e in (term.effect, low, high)]
            alone[lens] = MoneyRange(tried[0], min(tried), max(tried))
    return ChosenPartnership(
        index=index,
        partnership=p,
        service=service,
        model=model,
        members=members,
        beyond=sums.beyond_of(dataset, effects.facts.area.area_id, p),
        counted=term is not None,
        effect=sums.effect_in_force(effects.assumptions, model, p),
        coverage=sums.coverage_in_force(model, p),
        reach=sums.reach(effects.facts, counties, members, gamma, service) if model.effect == "duplication" else 1.0,
        share=term.share if term else 0.0,
        setup_cost=term.setup_cost if term else 0.0,
        joint_population=term.joint_population if term else 0.0,
        alone=alone,
    )


def _bounds(effects: Effects, model: PartnershipModel, term: PartnershipTerm) -> tuple[float, float]:
    if model.parameter_key is None or model.effect == "none":
        return term.effect, term.effect
    parameter = effects.assumptions.parameters[model.parameter_key]
    low = term.effect if parameter.low is None else parameter.low
    high = term.effect if parameter.high is None else parameter.high
    return low, high


def _spend(effects: Effects, counties: tuple[sums.PartedCounty, ...], service: CareService) -> tuple[float, str, str]:
    facts = effects.facts
    column = (facts.upper_spend if service.spend_form == "RSX" else facts.care_spend).get(service.spend_service)
    if service.spend_form == "none" or column is None or not counties:
        return math.nan, "", ""
    return math.fsum(sums.line_thousand(facts, h.code, service) for h in counties), column.period, column.source_id


def _cost(
    effects: Effects,
    counties: tuple[sums.PartedCounty, ...],
    service: CareService,
    chosen: tuple[ChosenPartnership, ...],
) -> tuple[ByLens | None, ByLens | None]:
    share = sums.share_of_cost(effects.facts, counties, service)
    if service.spend_form == "none" or math.isnan(share) or not counties:
        return None, None
    kept = 1.0
    for c in chosen:
        if c.counted and c.model.effect == "duplication":
            kept *= 1.0 - min(max(c.effect, 0.0), 1.0) * min(max(c.coverage * c.reach, 0.0), 1.0)
    kept = max(kept, 1.0 - PARTNERSHIP_LIMIT)
    cost = {lens: max(priced.disaggregation_cost, 0.0) * share for lens, priced in effects.costs.items()}
    return cost, {lens: value * kept for lens, value in cost.items()}


def _exit(effects: Effects) -> Exit:
    hazard = effects.assumptions.value("exit_hazard")
    parameter = effects.assumptions.parameters["exit_hazard"]
    low, high = parameter.low, parameter.high
    return Exit(
        hazard,
        _life(hazard),
        _life(max(hazard, high if high is not None else hazard)),
        _life(min(hazard, low if low is not None else hazard)),
    )


def _life(hazard: float) -> float:
    return 1.0 / hazard if hazard > 0 else math.inf
