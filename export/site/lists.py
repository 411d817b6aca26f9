"""The pages that list: case studies with their index, models, considerations, criteria, evidence, downloads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from export.site.frame import view_page
from export.site.plan import EVIDENCE, Page
from lgrdata.core import words
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import CaseStudy, library
from lgrdata.page.blocks import Entries, Entry, Items, Link, Rich, Section, StruckThrough, Table, View
from lgrdata.views import case_studies as case_views
from lgrdata.views.evidence import claims
from lgrdata.views.evidence import page as evidence
from lgrdata.views.partnerships.words import model_link, separated

ANSWERED = {"tool": "The tool’s figures", "data": "Published data", "user": "The user’s own note"}
SECTIONS_OF_NOTE = {"2": "Continuity", "3": "Partnership", "4": "Support"}


def case_studies(dataset: Dataset, page: Page) -> bytes:
    """Every case study, found by service or by model without a script."""
    lib, known = library(dataset), claims.claims(dataset)
    by_service = Entries(
        tuple(
            Entry(
                f"service-{s.service_id}",
                _titled(s.name, lib.cases_of_service(s.service_id)),
                tuple(("Said of it: ", *said) for said in claims.of_service(known, s.service_id)),
            )
            for s in lib.services.values()
        )
    )
    by_model = Entries(
        tuple(
            Entry(
                f"of-{m.model_id}",
                _titled(StruckThrough(m.name) if m.excluded else m.name, lib.cases_of_model(m.model_id)),
            )
            for m in lib.models.values()
        )
    )
    view = case_views.view(dataset, part="cases")
    index = (
        Section("by-service", "By service", "", (by_service,)),
        Section("by-model", "By model", "", (by_model,)),
    )
    listed = tuple(replace(s, lede="Each opens to its own page.") for s in view.sections)
    return view_page(dataset, page, replace(view, sections=(*index, *listed)))


def _titled(name: str | StruckThrough, cases: tuple[CaseStudy, ...]) -> Rich:
    found = separated(Link(c.title, "case", c.slug) for c in cases) if cases else "no case study"
    return (name, ": ", *_flat(found))


def case(dataset: Dataset, page: Page) -> bytes:
    """A case study on its own."""
    return view_page(dataset, page, case_views.view(dataset, slug=page.key))


def models(dataset: Dataset, page: Page) -> bytes:
    """Ways for councils to work together."""
    view = case_views.view(dataset, part="models")
    lede = ("Each way for councils to work together: its law, set-up, cost, how it can end, and who has done it.",)
    return view_page(dataset, page, replace(view, title="Partnership models", lede=lede, caveats=view.caveats[1:]))


def considerations(dataset: Dataset, page: Page) -> bytes:
    """Every paragraph of government's note on partnership, in the project's words."""
    lib = library(dataset)
    sections = []
    for number, name in SECTIONS_OF_NOTE.items():
        mine = [p for p in lib.considerations.values() if p.section == number]
        rows: list[tuple[Rich, ...]] = [
            (
                f"{p.paragraph} {p.title}",
                p.summary,
                p.tool_answer,
                "yes" if p.day_one else "",
                separated(model_link(m) for m in lib.models_of_paragraph(p.paragraph)),
                separated(Link(c.title, "case", c.slug) for c in lib.cases_of_paragraph(p.paragraph)),
            )
            for p in mine
        ]
        table = Table(
            f"considerations-{number}", f"Section {number} of the note: {name.lower()}",
            (
                "Paragraph", "What the note asks", "What this tool says to it", "For the first day", "Models",
                "Case studies",
            ),
            tuple(rows), row_ids=tuple(f"paragraph-{p.paragraph}" for p in mine),
        )  # fmt: skip
        sections.append(Section(f"section-{number}", name, "", (table,)))
    ids = {p.source_id for p in lib.considerations.values()}
    view = View(
        "Considerations",
        ("What government’s note on partnership asks councils to consider, in this project’s words.",),
        sections=tuple(sections),
        sources=tuple(s for s in dataset.sources.values() if s.source_id in ids),
    )
    return view_page(dataset, page, view)


def criteria(dataset: Dataset, page: Page) -> bytes:
    """The criteria of the invitation and what answers each here."""
    lib = library(dataset)
    rows = tuple(
        (f"{c.criterion_id} {c.title}", c.summary, ANSWERED[c.answered_by], c.indicator, words.capital(c.confidence))
        for c in lib.criteria.values()
    )
    table = Table(
        "criteria", "The six criteria and their parts",
        ("Criterion", "What it asks", "Answered by", "What is shown", "How sure"),
        rows, row_ids=tuple(f"criterion-{c}" for c in lib.criteria),
    )  # fmt: skip
    ids = {c.source_id for c in lib.criteria.values()}
    view = View(
        "Criteria",
        (
            "The six criteria of government’s invitation of 5 February 2025, and what here bears on each. They are"
            " never added up to a score: government gives them no weights.",
        ),
        sections=(Section("criteria", "Criteria", "", (table,)),),
        sources=tuple(s for s in dataset.sources.values() if s.source_id in ids),
    )
    return view_page(dataset, page, view)


def evidence_index(dataset: Dataset, page: Page) -> bytes:
    """The parts of the evidence."""
    items: list[Rich] = []
    for part, title in EVIDENCE.items():
        lede = evidence.view(dataset, part).lede
        items.append((Link(title, "part", part), ". ", *(_flat(lede[0]) if lede else ())))
    view = View(
        "Evidence",
        ("What each side says, how every figure is worked out, and what is not known.",),
        sections=(Section("parts", "Parts", "", (Items(tuple(items)),)),),
    )
    return view_page(dataset, page, view)


def _flat(text: Rich) -> tuple[str | Link | StruckThrough, ...]:
    return text if isinstance(text, tuple) else (text,)


def downloads(dataset: Dataset, sizes: Mapping[str, int], only: str = "") -> bytes:
    """The page of downloads, with the size of each file; `only`: the one area that the site is of."""
    tables = [p for p in sizes if p.startswith("downloads/tables/")]
    blocks = [p for p in sizes if p.startswith("downloads/blocks/")]
    proposals = {p.proposal_id: p for p in dataset.proposals()}
    areas = {a.area_id: a.name for a in dataset.areas}
    rows: list[tuple[Rich, ...]] = [
        (
            Link("The whole dataset (SQLite, zipped)", "file", "downloads/lgr.db.zip"),
            _size(sizes["downloads/lgr.db.zip"]),
        )
    ]
    rows += [(Link(p.removeprefix("downloads/tables/"), "file", p), _size(sizes[p])) for p in sorted(tables)]
    drawn: list[tuple[Rich, ...]] = []
    for path in sorted(blocks):
        known = proposals.get(path.rpartition("/")[2].removesuffix(".csv"))
        if known is not None:
            drawn.append((Link(known.title, "file", path), areas[known.area_id], _size(sizes[path])))
    changes = evidence.view(dataset, "downloads")
    data = (
        Link("What lies under data/, for programs", "file", "data/README.txt"),
        Link("Every table described (Frictionless data package)", "file", "data/datapackage.json"),
        Link("What changed in the data, and when (JSON)", "file", "data/changes.json"),
    )
    every = (
        *data,
        Link("Every file with its hash (JSON)", "file", "manifest.json"),
        Link("Site map", "file", "sitemap.xml"),
    )
    held = Table("dataset", "Tables of the dataset", ("File", "Size"), tuple(rows), frozenset({1}))
    maps = Table(
        "blocks", "Lists of districts and councils", ("Proposal", "Area", "Size"), tuple(drawn), frozenset({2})
    )
    view = View(
        "Downloads",
        (
            f"Data version {dataset.version}. Tables are CSV, which any spreadsheet opens; tables over 1 MB are zipped."
            " Names that a spreadsheet would run as a formula have an apostrophe before them.",
        ),
        sections=(
            Section("dataset", "The dataset", "", (held,)),
            Section("blocks", "Maps of the proposals", "A row a block: its code and its council.", (maps,)),
            *changes.sections,
            Section("files", "Every file", "", (Items(every),)),
        ),
    )
    return view_page(dataset, Page("downloads", only=only), view)


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1_000_000 else f"{max(count / 1000, 1):,.0f} KB"
