"""How far the map of a proposal follows the line that was proposed."""

from __future__ import annotations

from lgrdata.dataset.dataset import Dataset
from lgrdata.reading import catalogue
from lgrdata.splits.split import Split

ELSEWHERE = "The line that was proposed may put a ward elsewhere."


def of_proposal(dataset: Dataset, proposal_id: str, basis: str | None = None) -> str:
    """“On the map here: Only counts of parishes are known; …”, of the best map or that of a basis; or nothing."""
    held = [d for d in dataset.read(catalogue.drawings, proposal_id) if basis in (None, d.basis)]
    return f"On the map here: {held[0].note}" if held and held[0].note else ""


def of_split(dataset: Dataset, split: Split) -> str:
    """What to mind where whole wards stand in for a proposal's line; '' for every other split."""
    known = dataset.recognised(split)
    if known.basis != "exact-parts" or known.proposal is None:
        return ""
    return " ".join(t for t in (of_proposal(dataset, known.proposal, known.basis), ELSEWHERE) if t)
