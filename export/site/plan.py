"""Which pages the site has, where they lie, and where each link of a view leads. Relative links only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Link
from lgrdata.page.links import leads_to
from lgrdata.reading.catalogue import drawn_proposals
from lgrdata.reading.councils import members as members_of_areas
from lgrdata.reading.figures import PlaceToday, places
from lgrdata.reading.library import case_slugs
from lgrdata.splits import splitcode
from lgrdata.views.evidence import page as evidence

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
    "privacy.html": "Privacy",
}

EVIDENCE = {part: title for part, title in evidence.PARTS.items() if part not in ("glossary", "downloads")}
"""Parts of the evidence with a page of their own under evidence/; words and downloads stand in the menu."""

_APP_PAGES = {
    "": "index.html",
    "start": "index.html",
    "case_studies": "case-studies.html",
    "evidence": "evidence.html",
    "accessibility": "accessibility.html",
    "privacy": "privacy.html",
}
"""Where the app's own pages lie in the site, those that need no area. Others need an app, or an area."""

_PLACES: dict[str, str] = {
    "model": "models.html",
    "service": "case-studies.html",
    "paragraph": "considerations.html",
    "criterion": "criteria.html",
}
"""The page that holds each kind of link's target; its anchor is KIND-KEY."""


@dataclass(frozen=True)
class Page:
    """A page by its kind and key: ('proposal', 'surrey-2ua')."""

    kind: str
    key: str = ""
    only: str = ""
    """The one area that the site is of; '' where it holds all."""
    base: str = ""
    """The site's own address; '' where it is not known."""

    @property
    def path(self) -> str:
        folder = {"area": "areas/", "proposal": "proposals/", "compare": "compare/", "options": "options/",
                  "explorer": "explorer/", "evidence-part": "evidence/", "case": "cases/",
                  "place": "places/"}.get(self.kind)  # fmt: skip
        return f"{folder}{self.key}.html" if folder else f"{self.kind}.html"


def plan(dataset: Dataset, only: str = "", base: str = "") -> tuple[tuple[Page, ...], ...]:
    """Every page but the downloads', grouped so that a group shares what it reads; groups with most to do first.

    `only`: the one area that the site is of.
    """
    groups = []
    for area in dataset.areas:
        if only not in ("", area.area_id):
            continue
        pages = [Page("options", area.area_id), Page("area", area.area_id), Page("explorer", area.area_id)]
        pages += [Page("proposal", p.proposal_id) for p in dataset.proposals(area.area_id)]
        if has_comparison(dataset, area.area_id):
            pages.append(Page("compare", area.area_id))
        pages += [Page("place", p.code) for p in own_places(dataset, area.area_id)]
        groups.append(tuple(pages))
    groups.sort(key=lambda g: (-len(g), g[0].key))
    general = [Page(path.removesuffix(".html")) for path in MENU if path != "downloads.html"]
    cases = [Page("case", slug) for slug in dataset.read(case_slugs)]
    every = (*groups, (*general, *(Page("evidence-part", part) for part in EVIDENCE)), tuple(cases))
    return tuple(tuple(replace(page, only=only, base=base) for page in group) for group in every)


def own_places(dataset: Dataset, area_id: str) -> tuple[PlaceToday, ...]:
    """Councils of today whose page of figures lies with an area: those of an invited one, extras left out."""
    if not any(a.area_id == area_id and a.kind == "invited" for a in dataset.areas):
        return ()
    members = {m.authority_code for m in dataset.read(members_of_areas) if m.area_id == area_id}
    return tuple(p for p in dataset.read(places, area_id) if p.kind == "county" or p.code in members)


def drawn(dataset: Dataset, area_id: str) -> list[str]:
    """Ids of an area's proposals whose maps are known."""
    held = dataset.read(drawn_proposals)
    return [p.proposal_id for p in dataset.proposals(area_id) if p.proposal_id in held]


def has_comparison(dataset: Dataset, area_id: str) -> bool:
    """Whether an area has two proposals or more to compare."""
    return len(drawn(dataset, area_id)) > 1


def resolver(
    dataset: Dataset, page: Page, area_id: str = "", anchors: frozenset[str] = frozenset()
) -> Callable[[Link], str | None]:
    """Addresses of links as seen from a page; None where the site has no such place, and the text stands alone.

    `anchors`: places on the page itself, which links prefer. `area_id`: whose options and comparison are meant.
    """
    up = "../" * page.path.count("/")
    areas = {a.area_id for a in dataset.areas if page.only in ("", a.area_id)}
    proposals = {p.proposal_id for p in dataset.proposals() if p.area_id in areas}
    cases = set(dataset.read(case_slugs))

    def to(path: str, anchor: str = "") -> str:
        mark = f"#{quote(anchor)}" if anchor else ""
        return mark if path == page.path and mark else f"{up}{path}{mark}"

    def split(area: str, text: str) -> str | None:
        if text in proposals:
            return to(f"proposals/{text}.html")
        if splitcode.looks_like_code(text):
            try:
                known = dataset.split(area, text).proposal
            except LgrError:
                return None
            return to(f"proposals/{known}.html") if known in proposals else None
        return None

    def of_area(kind: str) -> str | None:
        if kind in ("options", "effects", "redraw") and area_id:
            folder = {"options": "options", "redraw": "explorer"}.get(kind, "areas")
            return to(f"{folder}/{area_id}.html")
        if kind == "compare" and area_id and has_comparison(dataset, area_id):
            return to(f"compare/{area_id}.html")
        return to(_APP_PAGES[kind]) if kind in _APP_PAGES else None

    def evidence_at(part: str, anchor: str = "") -> str | None:
        if part == "glossary":
            return to("glossary.html", anchor)
        if part == "downloads":
            return to("downloads.html", anchor)
        return to(f"evidence/{part}.html", anchor) if part in EVIDENCE else None

    def of_split(key: str) -> str | None:
        area, _, text = key.partition("/")
        return split(area, text or area) if text or area in proposals else split(area_id, area)

    def in_evidence(kind: str, part: str) -> Callable[[str], str | None]:
        return lambda key: evidence_at(part, f"{kind}-{key}")

    def on_page(kind: str, path: str) -> Callable[[str], str]:
        return lambda key: to(path, f"{kind}-{key}")

    return leads_to(
        {
            **{kind: on_page(kind, path) for kind, path in _PLACES.items()},
            **{kind: in_evidence(kind, part) for kind, part in evidence.PART_OF.items()},
            "file": lambda key: f"{up}{quote(key)}",
            "page": of_area,
            "area": lambda key: to(f"areas/{key}.html") if key in areas else None,
            "proposal": of_split,
            "split": of_split,
            "part": evidence_at,
            "figure": lambda key: to(f"places/{key.partition('/')[0]}.html") if "/" in key else None,
            "case": lambda key: to(f"cases/{key}.html") if key in cases else None,
        },
        # A case study has a page of its own, and its links lead there from everywhere.
        [mark for mark in anchors if not mark.startswith("case-")],
    )
