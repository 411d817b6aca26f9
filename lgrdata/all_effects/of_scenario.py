"""The effects of a whole scenario: its split, its changed assumptions and its partnerships.

The app, the commands and the exports all ask here, so that they cannot disagree.
"""

from __future__ import annotations

from dataclasses import replace

from lgrdata.all_effects.effects import Effects, work_out
from lgrdata.core.facts import Assumptions
from lgrdata.core.models import LgrError
from lgrdata.costs import partnerships
from lgrdata.costs.price import check_changes
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.scenario import Scenario


def assumptions_of(dataset: Dataset, scenario: Scenario) -> Assumptions:
    """The assumptions in force; LgrError with one line a fault where a change cannot be used."""
    if not scenario.assumptions:
        return dataset.assumptions
    return replace(dataset.assumptions, changed=check_changes(dataset.assumptions, scenario.assumptions))


def effects_of(dataset: Dataset, scenario: Scenario) -> Effects:
    """The effects of a scenario, its changed assumptions checked and its partnerships counted.

    LgrError, one line a fault, where an assumption, service or model is not known.
    """
    assumptions = assumptions_of(dataset, scenario)
    terms = partnerships.terms(dataset, scenario, assumptions)
    unchanged = partnerships.terms(dataset, scenario, dataset.assumptions) if assumptions.changed else terms
    return work_out(scenario.split.facts, scenario.split, assumptions, terms, unchanged)


def mended(dataset: Dataset, scenario: Scenario) -> tuple[Scenario, list[str]]:
    """The scenario without what cannot be used, and a message for each thing left out: for addresses and old files."""
    messages: list[str] = []
    kept = []
    for p in scenario.partnerships:
        try:
            partnerships.refuse_unknown(dataset, [p])
            kept.append(p)
        except LgrError as fault:
            messages.append(f"A partnership was left out: {str(fault).partition(': ')[2].partition(';')[0]}.")
    good = {}
    for key, value in scenario.assumptions.items():
        try:
            good.update(check_changes(dataset.assumptions, {key: value}))
        except LgrError as fault:
            messages.append(f"A changed assumption was left out: {fault}.")
    if messages:
        scenario = replace(scenario, partnerships=tuple(kept), assumptions=good)
    return scenario, messages
