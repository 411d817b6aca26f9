"""The pages of the site by kind."""

from __future__ import annotations

from collections.abc import Callable

from export.site import areas, england
from export.site import lists as site_lists
from export.site.frame import frame, sheet_for, view_page
from export.site.plan import EVIDENCE, Page
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.html import escape
from lgrdata.views import accessibility, privacy, start
from lgrdata.views.evidence import page as evidence


def page(dataset: Dataset, wanted: Page) -> bytes:
    """A page as a file. KeyError for a kind that the site does not have."""
    return PAGES[wanted.kind](dataset, wanted)


def _index(dataset: Dataset, wanted: Page) -> bytes:
    if wanted.only:
        return areas.area(dataset, wanted)
    view = start.view(dataset)
    sheet = sheet_for(dataset, wanted, view)
    lists = []
    for group in start.groups(dataset):
        items = "".join(
            f'<li><a href="areas/{a.area_id}.html">{escape(a.name)}</a>, {escape(start.stage_words(dataset, a))}</li>'
            for a in group.areas
        )
        lists.append(f"<h3>{escape(group.title)} ({len(group.areas)})</h3><ul>{items}</ul>")
    together = [a for a in dataset.areas if a.kind != "invited"]
    if together:
        items = "".join(f'<li><a href="areas/{a.area_id}.html">{escape(a.full_name)}</a></li>' for a in together)
        lists.append(f"<h3>Areas together</h3><ul>{items}</ul>")
    lead = "".join(f"<p>{sheet.rich(s)}</p>" for s in view.lede)
    body = (
        f'<h1>{escape(view.title)}</h1><div class="lead">{lead}</div>'
        '<section id="areas"><h2>Choose an area</h2><div class="lgr-columns"><div><figure>'
        f"{england.linked_map(dataset)}</figure>{england.key(dataset)}</div><div>{''.join(lists)}</div></div></section>"
        f"{''.join(sheet.section(s) for s in view.sections)}"
    )
    return frame(dataset, wanted, view.title, body)


def _evidence_part(dataset: Dataset, wanted: Page) -> bytes:
    near = tuple((Page("evidence-part", part).path, title) for part, title in EVIDENCE.items())
    return view_page(dataset, wanted, evidence.view(dataset, wanted.key), near, "Parts of the evidence")


def _glossary(dataset: Dataset, wanted: Page) -> bytes:
    return view_page(dataset, wanted, evidence.view(dataset, "glossary"))


def _accessibility(dataset: Dataset, wanted: Page) -> bytes:
    return view_page(dataset, wanted, accessibility.view())


def _privacy(dataset: Dataset, wanted: Page) -> bytes:
    return view_page(dataset, wanted, privacy.view())


PAGES: dict[str, Callable[[Dataset, Page], bytes]] = {
    "index": _index,
    "area": areas.area,
    "explorer": areas.redraw,
    "place": areas.place,
    "proposal": areas.proposal,
    "compare": areas.compared,
    "options": areas.every_option,
    "case": site_lists.case,
    "case-studies": site_lists.case_studies,
    "models": site_lists.models,
    "considerations": site_lists.considerations,
    "criteria": site_lists.criteria,
    "evidence": site_lists.evidence_index,
    "evidence-part": _evidence_part,
    "glossary": _glossary,
    "accessibility": _accessibility,
    "privacy": _privacy,
}
