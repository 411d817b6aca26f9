"""What is known of an area beside its figures: its proposals' drawings, and what their authors published."""

from __future__ import annotations

from typing import Any

import numpy as np

from lgrdata.costs.business_cases import whose
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading.catalogue import drawings
from lgrdata.reading.evidence import business_cases
from lgrdata.splits.naming import split_of_drawing
from lgrdata.splits.split import DIVIDED, OUT, Split, single

FIGURE = "recurring net saving"


def drawn(dataset: Dataset, area_id: str, *, wards: bool) -> list[dict[str, Any]]:
    """Every map of an area's proposals, best first, then one council for all; those by wards only where asked.

    `best`: the map that the proposal's id opens.
    """
    facts = dataset.facts(area_id)
    out = []
    for proposal in dataset.proposals(area_id):
        for n, drawing in enumerate(dataset.read(drawings, proposal.proposal_id)):
            split = split_of_drawing(facts, drawing)
            if wards or split.is_whole:
                out.append({"title": proposal.title, "status": proposal.status, "best": n == 0, **_row(split)})
    return [*out, {"title": "One council", "status": "", "best": True, **_row(single(facts))}]


def _row(split: Split) -> dict[str, Any]:
    return {"proposal": split.proposal, "basis": split.basis, "names": list(split.names), "groups": groups(split)}


def groups(split: Split) -> list[str]:
    """Letters as in a split code, in the split's own numbering of councils."""

    def letters(councils: Any) -> str:
        return "".join("w" if c == DIVIDED else "x" if c == OUT else str(int(c)) for c in councils)

    wards = [letters(split.ward[split.facts.wards_of[i]]) for i in np.flatnonzero(split.divided)]
    return [letters(split.authority), *wards]


def published(dataset: Dataset, area_id: str) -> list[dict[str, Any]]:
    """Yearly savings that a proposal's own authors published, £m as printed, with who paid for the figure."""
    out = []
    for case in dataset.read(business_cases, area_id):
        value = next((v for v in (case.value, case.low, case.high) if v is not None), None)
        if case.proposal_id and case.metric == FIGURE and value is not None:
            exact = case.low is None and case.high is None
            ends = (value, value) if exact else (case.low, case.high)
            out.append(
                {"proposal": case.proposal_id, "value": value, "low": ends[0], "high": ends[1], "author": case.author,
                 "payer": whose(case.side, case.author)}
            )  # fmt: skip
    return out
