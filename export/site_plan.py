"""Which pages the site has, where they lie, and where each link of a view leads. Relative links only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from lgrdata.dataset import Dataset
from lgrdata.models import LgrError
from lgrdata.views.base import Link

MENU: dict[str, str] = {
    "index.html": "Start",
    "case-studies.html": "Case studies",
    "models.html": "Partnership models",
    "considerations.html": "Considerations",
    "criteria.html": "Criteria",
    "evidence.html": "Evidence",
    "glossary.html": "Glossary",
    "downloads.html": "Downloads",
    "accessibility.html": "Accessibility",
}

APP_PAGES = {
    "": "index.html",
    "start": "index.html",
    "case_studies": "case-studies.html",
    "evidence": "evidence.html",
    "accessibility": "accessibility.html",
}
"""Where the app's own pages lie in the site, those that need no area."""

AREA_PAGES = {"options": "options", "compare": "compare"}
"""App pages that the site has for each area, by folder."""

PLACES = {
    "case": "case-studies.html",
    "model": "models.html",
    "service": "considerations.html",
    "paragraph": "considerations.html",
    "criterion": "criteria.html",
    "source": "evidence.html",
    "parameter": "evidence.html",
    "claim": "evidence.html",
    "measure": "evidence.html",
    "term": "glossary.html",
}
"""The page that holds each kind of link's target; its anchor is KIND-KEY."""


@dataclass(frozen=True)
class Page:
    """A page by its kind and key: ('proposal', 'surrey-2ua')."""

    kind: str
    key: str = ""

    @property
    def path(self) -> str:
        match self.kind:
            case "area":
                return f"areas/{self.key}.html"
            case "proposal":
                return f"proposals/{self.key}.html"
            case "compare" | "options":
                return f"{self.kind}/{self.key}.html"
            case _:
                return f"{self.kind}.html"


@dataclass(frozen=True)
class Plan:
    """Every page, grouped so that a group shares what it reads: pages of one area are made by one process."""

    groups: tuple[tuple[Page, ...], ...]

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(page for group in self.groups for page in group)


def plan(dataset: Dataset) -> Plan:
    """The pages of a dataset's site, groups with most to do first."""
    groups = []
    for area in dataset.areas:
        proposals = dataset.proposals(area.area_id)
        pages = [Page("area", area.area_id), Page("options", area.area_id)]
        pages += [Page("proposal", p.proposal_id) for p in proposals]
        if len(drawn(dataset, area.area_id)) > 1:
            pages.append(Page("compare", area.area_id))
        groups.append(tuple(pages))
    groups.sort(key=lambda g: (-len(g), g[0].key))
    general = tuple(Page(path.removesuffix(".html")) for path in MENU if path != "downloads.html")
    return Plan((*groups, general))


def drawn(dataset: Dataset, area_id: str) -> list[str]:
    """Ids of an area's proposals whose maps are known."""

    def find() -> list[str]:
        out = []
        for p in dataset.proposals(area_id):
            try:
                dataset.split(area_id, p.proposal_id)
            except LgrError:
                continue
            out.append(p.proposal_id)
        return out

    return dataset.keep(("site.drawn", area_id), find)


def resolver(dataset: Dataset, page: Page, area_id: str = "", anchors: frozenset[str] = frozenset()) -> Callable[[Link], str | None]:
    """Addresses of links as seen from a page; None where the site has no such place.

    `anchors`: places on the page itself, which links prefer.
    """
    up = "../" * page.path.count("/")
    areas = {a.area_id for a in dataset.areas}
    proposals = {p.proposal_id for p in dataset.proposals()}

    def to(path: str, anchor: str = "") -> str:
        here = "" if path == page.path else f"{up}{path}"
        return f"{here}#{quote(anchor)}" if anchor else here or path.rpartition("/")[2]

    def resolve(link: Link) -> str | None:
        anchor = link.key if link.kind == "anchor" else f"{link.kind}-{link.key}"
        if anchor in anchors:
            return f"#{quote(anchor)}"
        match link.kind:
            case "url":
                return link.key if link.key.startswith(("https://", "http://")) else None
            case "anchor":
                return None
            case "page":
                if link.key in AREA_PAGES and area_id:
                    folder = AREA_PAGES[link.key]
                    return to(f"{folder}/{area_id}.html") if folder == "options" or len(drawn(dataset, area_id)) > 1 else None
                return to(APP_PAGES[link.key]) if link.key in APP_PAGES else None
            case "area":
                return to(f"areas/{link.key}.html") if link.key in areas else None
            case "proposal":
                split = link.key.partition("/")[2] or link.key
                return to(f"proposals/{split}.html") if split in proposals else None
            case "part":
                return to("evidence.html", f"part-{link.key}")
            case kind:
                return to(PLACES[kind], f"{kind}-{link.key}")

    return resolve
