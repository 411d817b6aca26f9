"""Groupings of a split's councils for one service and model, from the dataset: see `groupings`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lgrdata.all_effects.effects import Effects
from lgrdata.boundary.partners import pairs
from lgrdata.core.models import Partnership
from lgrdata.costs.inputs import inputs
from lgrdata.costs.partnerships import terms
from lgrdata.costs.price import price_lens
from lgrdata.costs.rates import rates
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import library
from lgrdata.shares.groupings import Council, Grouping, Groups, groupings
from lgrdata.shares.share import ShareOut
from lgrdata.splits.pieces import LEAST
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split


def groupings_for(
    dataset: Dataset,
    effects: Effects,
    shared: ShareOut,
    service_id: str,
    model_id: str,
    of: Sequence[int] | None = None,
) -> tuple[Grouping, ...]:
    """Every grouping of the split's councils (or of these) for a service under a model; LgrError for an unknown one."""
    split, service = effects.split, library(dataset).services[service_id]
    given = inputs(effects.facts, split)
    with_rates = {lens: rates(effects.assumptions, lens) for lens in effects.costs}

    def avoided(groups: Groups) -> Mapping[str, float]:
        chosen = tuple(Partnership(service_id, model_id, g) for g in groups)
        held = terms(dataset, Scenario(split, partnerships=chosen), effects.assumptions)
        return {lens: price_lens(given, rate, held).partnership_saving for lens, rate in with_rates.items()}

    boards, police = _areas(split, "icb"), _areas(split, "police")
    lines = [s for s in shared.lines if (s.line.form, s.line.service) == (service.spend_form, service.spend_service)]
    councils = [
        Council(
            c,
            effects.services.estimate(c, service.counted_with) if service.counted_with else None,
            sum(s.thousand(s.parts[c]) for s in lines) if lines else None,
            boards[c],
            police[c],
        )
        for c in (int(c) for c in (split.in_use if of is None else of))
    ]
    return groupings(councils, avoided, lambda group: _schooled(shared, group))


def _schooled(shared: ShareOut, group: Sequence[int]) -> tuple[float, float] | None:
    """Pupils of a group a year who go to school in it, and who live there; None unless it is whole councils of today.

    Pupils who cross are published for today's counties and unitaries only.
    """
    flow, holds = shared.split.facts.pupils, shared.held.holds
    uppers = np.flatnonzero(holds[:, list(group)].any(axis=1))
    others = np.delete(holds[uppers], list(group), axis=1)
    if flow is None or others.any():
        return None
    return float(flow.inside[np.ix_(uppers, uppers)].sum()), float(flow.out_total[uppers].sum())


def _areas(split: Split, kind: str) -> list[frozenset[str]]:
    """[N] codes of the partners' areas that each council deals with."""
    held = split.facts.footprints.get(kind)
    if held is None:
        return [frozenset()] * split.count
    people = split.share * split.facts.population[:, None]
    return [frozenset(p.code for p in near) for near in pairs(kind, held, people, LEAST).by_council]
