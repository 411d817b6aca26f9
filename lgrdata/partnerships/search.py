"""Finding case studies: full text, and filters that narrow it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import CaseStudy, library
from lgrdata.reading.library import matching_cases

MAX_WORDS = 12
MAX_TEXT = 200


@dataclass(frozen=True)
class CaseFilter:
    """What to narrow the case studies by; '' leaves a filter off."""

    text: str = ""
    service: str = ""
    model: str = ""
    paragraph: str = ""
    kind: str = ""
    outcome: str = ""

    @property
    def is_set(self) -> bool:
        """True where anything narrows the list."""
        return self != CaseFilter()


def match_query(text: str) -> str:
    """What a person typed as a full-text query: each word quoted, its endings open, all wanted. '' where no word is."""
    words = re.findall(r"[^\W_]+", text[:MAX_TEXT].casefold())[:MAX_WORDS]
    return " ".join(f'"{word}"*' for word in words)


def find(dataset: Dataset, wanted: CaseFilter) -> tuple[CaseStudy, ...]:
    """The case studies that answer every filter; by nearness to the text where there is one, else in the list's order.

    Text without a word in it narrows nothing.
    """
    lib = library(dataset)
    query = match_query(wanted.text)
    found = list(lib.cases.values())
    if query:
        found = [lib.cases[slug] for slug in matching_cases(dataset.conn, query) if slug in lib.cases]
    return tuple(
        c
        for c in found
        if (not wanted.service or (c.slug, wanted.service) in lib.case_services)
        and (not wanted.model or (c.slug, wanted.model) in lib.case_models)
        and (not wanted.paragraph or (c.slug, wanted.paragraph) in lib.case_paragraphs)
        and (not wanted.kind or c.kind == wanted.kind)
        and (not wanted.outcome or c.outcome == wanted.outcome)
    )
