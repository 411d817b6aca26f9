"""The evidence page: what each side says, and everything the tool's figures rest on, in parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import View
from lgrdata.splits.scenario import Scenario
from lgrdata.views.evidence import calibration, claims, estimates, lists, methods, parameters, record

PARTS: dict[str, str] = {
    "claims": "What each side says",
    "methods": "How it is worked out",
    "fits": "People in care",
    "record": "Track record",
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
    "claims": claims.view,
    "fits": estimates.view,
    "record": record.view,
    "parameters": parameters.view,
    "calibration": calibration.view,
    "sources": lists.sources,
    "measures": lists.measures,
    "glossary": lists.glossary,
    "unknown": lists.unknown,
    "downloads": lists.downloads,
}


def view(dataset: Dataset, part: str = "claims", scenario: Scenario | None = None) -> View:
    """One part of the page; the first where `part` is not one. The worked example of 'methods' is the scenario's."""
    if part not in PARTS:
        part = "claims"
    if part == "methods":
        made = methods.view(dataset, scenario)
    else:
        made = dataset.keep(("views.evidence", part), lambda: _MAKE[part](dataset))
    return replace(made, key={"page": "evidence", "part": part})
