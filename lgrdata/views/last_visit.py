"""What a visitor had open before, in one sentence: what it was and what came with it."""

from __future__ import annotations

from lgrdata.core.words import counted, joined
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.stored import StoredVisit
from lgrdata.views.incoming import holds


def told(dataset: Dataset, visit: StoredVisit) -> str:
    """'Surrey, “Member’s map”, with a note and two scenarios put aside to compare.'"""
    compared, locks = len(visit.compared), len(visit.locks.councils) + len(visit.locks.blocks)
    aside = counted(compared, "scenario put aside to compare", "scenarios put aside to compare") if compared else ""
    if visit.scenario is None:
        return f"{aside[:1].upper()}{aside[1:]}."
    held = visit.scenario
    known = {p.proposal_id: p.title for p in dataset.proposals(held.area_id)}
    known |= {"today": "today’s councils", "single": "one council for the whole area"}
    name = f"“{held.name}”" if held.name else known.get(held.split.proposal or "", "your drawing")
    more = [*holds(held), *([aside] if aside else []), *([counted(locks, "lock")] if locks else [])]
    return f"{held.split.facts.area.name}, {name}{f', with {joined(more)}' if more else ''}."
