"""The effects of a whole scenario: its split, its changed assumptions and its partnerships.

The app, the commands and the exports all ask here, so that they cannot disagree.
"""

from __future__ import annotations

from dataclasses import replace

from lgrdata.all_effects.effects import Effects, work_out
from lgrdata.all_effects.made_with import figures, remark
from lgrdata.core.facts import Assumptions
from lgrdata.core.models import LgrError
from lgrdata.core.words import joined, sentence
from lgrdata.costs import partnerships
from lgrdata.costs.price import check_changes
from lgrdata.costs.rates import retired
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import library
from lgrdata.splits.scenario import Scenario


def assumptions_of(dataset: Dataset, scenario: Scenario) -> Assumptions:
    """The assumptions in force; LgrError with one line a fault where a change cannot be used.

    Changes that only an older version of the model took are left out, and `ignored` says why.
    """
    if not scenario.assumptions:
        return dataset.assumptions
    gone = {key: why for key in scenario.assumptions if (why := retired(key))}
    good = check_changes(dataset.assumptions, {k: v for k, v in scenario.assumptions.items() if k not in gone})
    ignored = tuple(f"the change of {key} is left out: {why}" for key, why in sorted(gone.items()))
    return replace(dataset.assumptions, changed=good, ignored=ignored)


def effects_of(dataset: Dataset, scenario: Scenario) -> Effects:
    """The effects of a scenario, its changed assumptions checked and its partnerships counted.

    LgrError, one line a fault, where an assumption, service or model is not known.
    """
    assumptions = assumptions_of(dataset, scenario)
    terms = partnerships.terms(dataset, scenario, assumptions)
    unchanged = partnerships.terms(dataset, scenario, dataset.assumptions) if assumptions.changed else terms
    made = work_out(scenario.split.facts, scenario.split, assumptions, terms, unchanged)
    older = remark(scenario.split.facts, scenario.saved_with, scenario.saved_figures, made.costs_with_partnerships)
    return replace(made, remarks=(older,)) if older else made


def kept_figures(dataset: Dataset, scenario: Scenario) -> dict[str, dict[str, float]]:
    """The figures that a file of the scenario keeps, so that an older one opens with them beside those of now."""
    return figures(effects_of(dataset, scenario).costs_with_partnerships)


def mended(dataset: Dataset, scenario: Scenario) -> tuple[Scenario, list[str]]:
    """The scenario without what cannot be used, and a message for each thing left out: for addresses and old files."""
    messages: list[str] = []
    kept = []
    for p in scenario.partnerships:
        unknown = partnerships.unknown_of(library(dataset), p)
        if unknown:
            messages.append(f"A partnership was left out: {joined([u.words for u in unknown])}.")
        else:
            kept.append(p)
    good = {}
    for key, value in scenario.assumptions.items():
        try:
            good.update(check_changes(dataset.assumptions, {key: value}))
        except LgrError as fault:
            messages.append(f"A changed assumption was left out: {fault}.")
    if messages:
        scenario = replace(scenario, partnerships=tuple(kept), assumptions=good)
    if scenario.saved_with:
        messages += [sentence(r) for r in effects_of(dataset, scenario).remarks]
        scenario = replace(scenario, saved_with={}, saved_figures={})
    return scenario, messages
