"""Reading the partnership tables: services, models, paragraphs, criteria and case studies, and their links.

Text is the project's own words; nothing here is worked out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from lgrdata.core.models import LgrError


@dataclass(frozen=True)
class CareService:
    """A service that a split divides. `spend_form` 'none': no line of spending is its own."""

    service_id: str
    name: str
    position: int
    paragraph: str
    client_group: Literal["adults", "children", "both"]
    spend_form: Literal["RSX", "RO3", "none"]
    spend_service: str
    counted_with: str
    """The estimate that says who is affected; '' where none does."""
    summary: str


@dataclass(frozen=True)
class PartnershipModel:
    """A way for councils to work together. Set-up in months and £m; `effect` says what it may reduce."""

    model_id: str
    name: str
    position: int
    summary: str
    legal_basis: str
    governance: str
    services: str
    setup_months_low: int
    setup_months_high: int
    setup_cost: str
    setup_cost_low: float | None
    setup_cost_high: float | None
    published_saving: str
    exit_risk: Literal["none", "low", "medium", "high"]
    exit_note: str
    effect: Literal["duplication", "buying", "none"]
    parameter_key: str | None
    coverage: float | None
    suitability: str
    excluded: bool
    when_to_use: str


@dataclass(frozen=True)
class Consideration:
    """A paragraph of government's note on partnership, in the project's words."""

    paragraph: str
    section: str
    title: str
    summary: str
    theme: str
    tool_answer: str
    day_one: bool
    source_id: str


@dataclass(frozen=True)
class Criterion:
    """One of the six criteria, or a part of one."""

    criterion_id: str
    parent_id: str | None
    title: str
    summary: str
    answered_by: Literal["tool", "data", "user"]
    indicator: str
    display: str
    confidence: str
    source_id: str


@dataclass(frozen=True)
class CaseStudy:
    slug: str
    title: str
    places: str
    services: str
    kind: Literal["partnership", "disaggregation", "aggregation"]
    model_words: str
    legal_basis: str
    years: str
    what_was_done: str
    numbers: str
    numbers_status: Literal["none published", "planned", "claimed", "outturn", "disputed"]
    outcome: Literal["continues", "ended", "disputed", "planned", "not known"]
    how_it_ended: str
    confidence: str
    source_words: str
    source_id: str


@dataclass(frozen=True)
class Library:
    """Everything the partnership board and the case studies rest on, each by its key, in its own order."""

    services: dict[str, CareService]
    models: dict[str, PartnershipModel]
    considerations: dict[str, Consideration]
    criteria: dict[str, Criterion]
    cases: dict[str, CaseStudy]
    fits: dict[str, tuple[tuple[str, str], ...]]
    """service_id -> (model_id, why), in the order to consider them."""
    model_paragraphs: frozenset[tuple[str, str]]
    case_models: frozenset[tuple[str, str]]
    case_services: frozenset[tuple[str, str]]
    case_paragraphs: frozenset[tuple[str, str]]

    @cached_property
    def fit_pairs(self) -> frozenset[tuple[str, str]]:
        """(service_id, model_id) for each model that fits a service."""
        return frozenset((s, m) for s, found in self.fits.items() for m, _ in found)

    def cases_of_model(self, model_id: str) -> tuple[CaseStudy, ...]:
        """Case studies that used a model, in the list's order."""
        return tuple(c for c in self.cases.values() if (c.slug, model_id) in self.case_models)

    def cases_of_service(self, service_id: str) -> tuple[CaseStudy, ...]:
        """Case studies of a service."""
        return tuple(c for c in self.cases.values() if (c.slug, service_id) in self.case_services)

    def cases_of_paragraph(self, paragraph: str) -> tuple[CaseStudy, ...]:
        """Case studies that bear on a paragraph."""
        return tuple(c for c in self.cases.values() if (c.slug, paragraph) in self.case_paragraphs)

    def models_of_case(self, slug: str) -> tuple[PartnershipModel, ...]:
        """Models that a case study used."""
        return tuple(m for m in self.models.values() if (slug, m.model_id) in self.case_models)

    def services_of_case(self, slug: str) -> tuple[CareService, ...]:
        """Services that a case study is about."""
        return tuple(s for s in self.services.values() if (slug, s.service_id) in self.case_services)

    def paragraphs_of_case(self, slug: str) -> tuple[Consideration, ...]:
        """Paragraphs that a case study bears on."""
        return tuple(p for p in self.considerations.values() if (slug, p.paragraph) in self.case_paragraphs)

    def paragraphs_of_model(self, model_id: str) -> tuple[Consideration, ...]:
        """Paragraphs that a model answers."""
        return tuple(p for p in self.considerations.values() if (model_id, p.paragraph) in self.model_paragraphs)

    def models_of_paragraph(self, paragraph: str) -> tuple[PartnershipModel, ...]:
        """Models that answer a paragraph."""
        return tuple(m for m in self.models.values() if (m.model_id, paragraph) in self.model_paragraphs)

    def services_of_paragraph(self, paragraph: str) -> tuple[CareService, ...]:
        """Services that the note treats under a paragraph."""
        return tuple(s for s in self.services.values() if s.paragraph == paragraph)

    def services_of_model(self, model_id: str) -> tuple[CareService, ...]:
        """Services that a model fits."""
        return tuple(s for s in self.services.values() if (s.service_id, model_id) in self.fit_pairs)


def load_library(conn: sqlite3.Connection) -> Library:
    """The partnership tables whole; LgrError where one of them is empty."""
    services = [CareService(*r) for r in conn.execute(
        "SELECT service_id, name, position, paragraph, client_group, spend_form, spend_service, counted_with, summary"
        " FROM care_service ORDER BY position"
    )]  # fmt: skip
    models = [PartnershipModel(*_flagged(r, 19)) for r in conn.execute(
        "SELECT model_id, name, position, summary, legal_basis, governance, services, setup_months_low,"
        " setup_months_high, setup_cost, setup_cost_low, setup_cost_high, published_saving, exit_risk, exit_note,"
        " effect, parameter_key, coverage, suitability, excluded, when_to_use FROM partnership_model ORDER BY position"
    )]  # fmt: skip
    considerations = [Consideration(*_flagged(r, 6)) for r in conn.execute(
        "SELECT paragraph, section, title, summary, theme, tool_answer, day_one, source_id FROM consideration"
        " ORDER BY paragraph"
    )]  # fmt: skip
    criteria = [Criterion(*r) for r in conn.execute(
        "SELECT criterion_id, parent_id, title, summary, answered_by, indicator, display, confidence, source_id"
        " FROM criterion ORDER BY criterion_id"
    )]  # fmt: skip
    cases = [CaseStudy(*r) for r in conn.execute(
        "SELECT case_slug, title, places, services, kind, model_words, legal_basis, years, what_was_done, numbers,"
        " numbers_status, outcome, how_it_ended, confidence, source_words, source_id FROM case_study"
        " ORDER BY kind DESC, title"
    )]  # fmt: skip
    fits: dict[str, list[tuple[str, str]]] = {s.service_id: [] for s in services}
    for service_id, model_id, why in conn.execute(
        "SELECT service_id, model_id, why FROM service_model ORDER BY service_id, position"
    ):
        fits[service_id].append((model_id, why))
    if not (services and models):
        raise LgrError("the dataset holds no partnership tables; `python -m lgrdata build` makes it anew")
    return Library(
        services={s.service_id: s for s in services},
        models={m.model_id: m for m in models},
        considerations={p.paragraph: p for p in considerations},
        criteria={c.criterion_id: c for c in criteria},
        cases={c.slug: c for c in cases},
        fits={k: tuple(v) for k, v in fits.items()},
        model_paragraphs=_pairs(conn.execute("SELECT model_id, paragraph FROM model_paragraph")),
        case_models=_pairs(conn.execute("SELECT case_slug, model_id FROM case_model")),
        case_services=_pairs(conn.execute("SELECT case_slug, service_id FROM case_service")),
        case_paragraphs=_pairs(conn.execute("SELECT case_slug, paragraph FROM case_paragraph")),
    )


def _flagged(row: tuple[Any, ...], column: int) -> tuple[Any, ...]:
    return (*row[:column], bool(row[column]), *row[column + 1 :])


def _pairs(rows: Iterable[tuple[str, ...]]) -> frozenset[tuple[str, str]]:
    return frozenset((a, b) for a, b in rows)


def case_slugs(conn: sqlite3.Connection) -> tuple[str, ...]:
    """The keys of the case studies, in order."""
    return tuple(str(slug) for (slug,) in conn.execute("SELECT case_slug FROM case_study ORDER BY case_slug"))


def service_names(conn: sqlite3.Connection) -> dict[str, str]:
    """The care services' names by their keys, in the order of the note."""
    return dict(conn.execute("SELECT service_id, name FROM care_service ORDER BY position"))


def matching_cases(conn: sqlite3.Connection, query: str) -> tuple[str, ...]:
    """Keys of the case studies that answer a full-text query (see `partnerships.search.match_query`), nearest first."""
    rows = conn.execute(
        "SELECT c.case_slug FROM case_study_fts JOIN case_study c ON c.rowid = case_study_fts.rowid"
        " WHERE case_study_fts MATCH ? ORDER BY rank, c.case_slug",
        (query,),
    )
    return tuple(str(slug) for (slug,) in rows)
