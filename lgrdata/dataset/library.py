"""The partnership tables of a dataset: services, models, paragraphs, criteria, case studies. Read once and kept."""

from __future__ import annotations

from lgrdata.dataset.dataset import Dataset
from lgrdata.reading.library import (
    CareService,
    CaseStudy,
    Consideration,
    Criterion,
    Library,
    PartnershipModel,
    load_library,
)

__all__ = ["CareService", "CaseStudy", "Consideration", "Criterion", "Library", "PartnershipModel", "library"]


def library(dataset: Dataset) -> Library:
    """The tables of a dataset, read once; LgrError where one of them is empty."""
    return dataset.read(load_library)
