"""The pages of the site, each from the dataset alone: the app's views under a menu, with relative links."""

from __future__ import annotations

from collections.abc import Mapping

from export import annex, site_england, site_lists
from export.page import Sheet, anchors_of, document
from export.parts import parts_of
from export.site_plan import MENU, Page, drawn, resolver
from lgrdata import maps, splitcode, words
from lgrdata.dataset import Dataset
from lgrdata.markup import escape
from lgrdata.models import LgrError, Proposal
from lgrdata.scenario import Scenario
from lgrdata.split import today
from lgrdata.views import evidence, options, start
from lgrdata.views.base import Callout, Link, Para, Section, View

SITE = "LGR scenario explorer"


def page(dataset: Dataset, wanted: Page) -> bytes:
    """A page as a file. LgrError where a figure it needs cannot be worked out."""
    match wanted.kind:
        case "index":
            return _index(dataset, wanted)
        case "area":
            return _area(dataset, wanted)
        case "proposal":
            return _proposal(dataset, wanted)
        case "compare":
            return _compare(dataset, wanted)
        case "options":
            return _options(dataset, wanted)
        case "evidence-part":
            return _view(dataset, wanted, evidence.view(dataset, wanted.key))
        case _:
            return _view(dataset, wanted, site_lists.VIEWS[wanted.kind](dataset))


def frame(dataset: Dataset, wanted: Page, title: str, body: str, trail: str = "") -> bytes:
    """A page's HTML with menu, trail and foot."""
    up = "../" * wanted.path.count("/")
    items = []
    for path, name in MENU.items():
        here = ' aria-current="page"' if path == wanted.path else ""
        items.append(f'<li><a href="{up}{path}"{here}>{escape(name)}</a></li>')
    whole = (
        '<a class="skip" href="#main">Skip to the content</a>'
        f'<header><p class="kicker">{SITE}: the whole of it as plain pages</p>'
        f'<nav aria-label="Menu" class="screen"><ul>{"".join(items)}</ul></nav></header>'
        f'<main id="main">{trail}{body}</main>'
        f"<footer><p>Data version {escape(dataset.version)}. Counts of people in care below today’s county and unitary"
        " councils are estimates.</p><p>Official figures: Crown copyright, Open Government Licence v3.0. Boundaries"
        " contain OS data © Crown copyright and database right 2025. Weights from postcodes contain Royal Mail data"
        " © Royal Mail copyright and database right 2025. This page runs no script and calls no other computer.</p>"
        "</footer>"
    )
    return document(f"{title} – {SITE}" if wanted.kind != "index" else SITE, "", whole).encode("utf-8")


def drawn_view(sheet: Sheet, view: View, *, title: bool = True, level: int = 2) -> str:
    """A view as the app shows it: title, opening, figures, warnings, sections, what it does not tell, sources."""
    out = [f"<h1>{escape(view.title)}</h1>" if title else ""]
    if view.lede:
        out.append(f'<div class="lead">{"".join(f"<p>{sheet.rich(s)}</p>" for s in view.lede)}</div>')
    if view.stats:
        out.append(sheet.stats(view.stats))
    out += [sheet.block(Callout("warning", w)) for w in view.warnings]
    out += [sheet.section(s, level) for s in view.sections]
    if view.caveats:
        items = "".join(f"<li>{sheet.rich(c)}</li>" for c in view.caveats)
        out.append(f'<section id="{sheet.own_id("not-told")}"><h2>What this does not tell you</h2><ul>{items}</ul></section>')
    if view.sources:
        table = sheet.table(annex.source_table(view.sources))
        out.append(f'<section id="{sheet.own_id("sources")}"><h2>Sources</h2>{table}</section>')
    return "".join(out)


def _view(dataset: Dataset, wanted: Page, view: View) -> bytes:
    sheet = Sheet(resolver(dataset, wanted, anchors=anchors(view)), fold=True)
    trail = ""
    if wanted.kind == "evidence-part":
        trail = site_lists.evidence_menu(wanted.key)
    return frame(dataset, wanted, view.title, drawn_view(sheet, view), trail)


def anchors(view: View) -> frozenset[str]:
    """Every anchor on the page of a view."""
    held = anchors_of(view.sections) | {f"source-{s.source_id}" for s in view.sources}
    return frozenset(held)


def _index(dataset: Dataset, wanted: Page) -> bytes:
    view = start.view(dataset)
    sheet = Sheet(resolver(dataset, wanted, anchors=anchors(view)), fold=True)
    lists = []
    for group in start.groups(dataset):
        items = "".join(
            f'<li><a href="areas/{a.area_id}.html">{escape(a.name)}</a>, {escape(start.stage_words(a))}</li>'
            for a in group.areas
        )
        lists.append(f"<h3>{escape(group.title)} ({len(group.areas)})</h3><ul>{items}</ul>")
    combined = [a for a in dataset.areas if a.kind != "invited"]
    if combined:
        items = "".join(f'<li><a href="areas/{a.area_id}.html">{escape(a.name)}</a></li>' for a in combined)
        lists.append(f"<h3>Areas together</h3><ul>{items}</ul>")
    lead = "".join(f"<p>{sheet.rich(s)}</p>" for s in view.lede)
    body = (
        f'<h1>{escape(view.title)}</h1><div class="lead">{lead}</div>'
        '<section id="areas"><h2>Choose an area</h2><div class="lgr-columns"><div><figure>'
        f"{site_england.linked_map(dataset)}</figure>{site_england.key()}</div><div>{''.join(lists)}</div></div></section>"
        f"{''.join(sheet.section(s) for s in view.sections)}"
    )
    return frame(dataset, wanted, view.title, body)


def trail(dataset: Dataset, area_id: str, wanted: Page) -> str:
    """Links among the pages of an area."""
    area = next(a for a in dataset.areas if a.area_id == area_id)
    pages = [(Page("area", area_id), area.name)]
    if len(drawn(dataset, area_id)) > 1:
        pages.append((Page("compare", area_id), "Proposals compared"))
    pages.append((Page("options", area_id), "Every option"))
    items = "".join(
        f'<li><a href="{"" if p == wanted else "../" + p.path}"{" aria-current=" + chr(34) + "page" + chr(34) if p == wanted else ""}>'
        f"{escape(name)}</a></li>"
        for p, name in pages
    )
    return f'<nav aria-label="This area" class="screen"><ul>{items}</ul></nav>'


def _area(dataset: Dataset, wanted: Page) -> bytes:
    view = start.view(dataset, wanted.key)
    sheet = Sheet(resolver(dataset, wanted, wanted.key, anchors(view)), fold=True)
    now = Section("map-today", "The map of today", "", (maps.split_map(dataset, today(dataset.facts(wanted.key))),))
    body = drawn_view(sheet, View(view.title, view.lede, view.stats, (*view.sections, now), view.caveats, view.warnings, view.sources))
    return frame(dataset, wanted, view.title, body, trail(dataset, wanted.key, wanted))


def _proposal(dataset: Dataset, wanted: Page) -> bytes:
    p = next(p for p in dataset.proposals() if p.proposal_id == wanted.key)
    up = trail(dataset, p.area_id, wanted)
    try:
        split = dataset.split(p.area_id, p.proposal_id)
    except LgrError:
        return _unmapped(dataset, wanted, p, up)
    scenario = Scenario(split, start=p.proposal_id)
    parts, sources = parts_of(dataset, scenario)
    sections = tuple(s for part in parts for s in part.sections)
    held = anchors_of(sections) | {f"source-{s.source_id}" for s in sources} | {part.anchor for part in parts}
    sheet = Sheet(resolver(dataset, wanted, p.area_id, frozenset(held)), fold=True)
    lead = "".join(f"<p>{sheet.rich(s)}</p>" for s in parts[0].lede)
    contents = "".join(f'<li><a href="#{part.anchor}">{escape(part.title)}</a></li>' for part in parts)
    body = [
        f"<h1>{escape(p.title)}</h1>",
        f'<div class="lead">{lead}</div>',
        sheet.block(annex.estimated()),
        f'<nav class="contents screen" aria-label="Contents"><ul>{contents}<li><a href="#sources">Sources</a></li></ul></nav>',
        *(sheet.part(part) for part in parts),
        sheet.section(Section("sources", "Sources", "", (annex.source_table(sources),))),
        f'<section id="take"><h2>Take it along</h2><p><a href="../downloads/blocks/{p.proposal_id}.csv">Block assignment'
        f' (CSV)</a>. Split code: <span class="code">{escape(splitcode.encode(split))}</span>.</p></section>',
    ]
    return frame(dataset, wanted, p.title, "".join(body), up)


def _unmapped(dataset: Dataset, wanted: Page, p: Proposal, up: str) -> bytes:
    section = annex.proposal_section(dataset, p)
    sheet = Sheet(resolver(dataset, wanted, p.area_id, frozenset()), fold=True)
    told = Callout("unknown", "The map of this proposal is not known, so nothing can be worked out for it.")
    return frame(dataset, wanted, p.title, f"<h1>{escape(p.title)}</h1>{sheet.block(told)}{sheet.section(section)}", up)


def _options(dataset: Dataset, wanted: Page) -> bytes:
    facts = dataset.facts(wanted.key)
    scenario = Scenario(today(facts))
    views = {n: options.view(dataset, scenario, n) for n in site_lists.option_numbers(dataset, scenario)}
    return site_lists.options_page(dataset, wanted, views)


def _compare(dataset: Dataset, wanted: Page) -> bytes:
    return site_lists.compare_page(dataset, wanted)


def downloads(dataset: Dataset, sizes: Mapping[str, int]) -> bytes:
    """The page of downloads, with the size of each."""
    wanted = Page("downloads")
    view = site_lists.downloads_view(dataset, sizes)
    sheet = Sheet(resolver(dataset, wanted, anchors=anchors(view)), fold=True)
    return frame(dataset, wanted, view.title, drawn_view(sheet, view))


__all__ = ["Link", "Para", "downloads", "page", "words"]
