"""The evidence page: what each side says, and everything the tool's figures rest on, in parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lgrdata.dataset import Dataset
from lgrdata.scenario import Scenario
from lgrdata.views import (
    evidence_calibration,
    evidence_claims,
    evidence_fits,
    evidence_lists,
    evidence_methods,
    evidence_parameters,
)
from lgrdata.views.base import View

PARTS: dict[str, str] = {
    "claims": "What each side says",
    "methods": "How it is worked out",
    "fits": "People in care",
    "parameters": "Assumptions",
    "calibration": "Checks",
    "sources": "Sources",
    "measures": "Measures",
    "glossary": "Words",
    "unknown": "What is not known",
    "downloads": "Data and changes",
}
"""The page's parts by key, in order, with the short title of each."""

PART_OF = {"claim": "claims", "parameter": "parameters", "source": "sources", "measure": "measures", "term": "glossary"}
"""The part that holds each kind of link's target."""

_MAKE: dict[str, Callable[[Dataset], View]] = {
    "claims": evidence_claims.view,
    "fits": evidence_fits.view,
    "parameters": evidence_parameters.view,
    "calibration": evidence_calibration.view,
    "sources": evidence_lists.sources,
    "measures": evidence_lists.measures,
    "glossary": evidence_lists.glossary,
    "unknown": evidence_lists.unknown,
    "downloads": evidence_lists.downloads,
}


def view(dataset: Dataset, part: str = "claims", scenario: Scenario | None = None) -> View:
    """One part of the page; the first where `part` is not one. The worked example of 'methods' is the scenario's."""
    if part not in PARTS:
        part = "claims"
    if part == "methods":
        made = evidence_methods.view(dataset, scenario)
    else:
        made = dataset.keep(("views.evidence", part), lambda: _MAKE[part](dataset))
    return replace(made, key={"page": "evidence", "part": part})
