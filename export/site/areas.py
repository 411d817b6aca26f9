"""The pages of an area: its card, its proposals, their comparison, every option."""

from __future__ import annotations

from dataclasses import replace

from export import annex
from export.compare import side_by_side
from export.explorer.page import explorer
from export.parts import parts_of
from export.sheet import Sheet
from export.site.frame import drawn_view, frame, near_area, sheet_for, view_page
from export.site.plan import Page, drawn, own_places
from lgrdata.core import words
from lgrdata.core.models import LgrError, Proposal
from lgrdata.dataset import decisions
from lgrdata.dataset.dataset import Dataset
from lgrdata.page import html
from lgrdata.page.blocks import Callout, Items, Link, Section, View
from lgrdata.page.html import escape
from lgrdata.pictures import maps
from lgrdata.splits import splitcode
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import today
from lgrdata.views import start
from lgrdata.views.figures import place as place_figures
from lgrdata.views.options import page as options
from lgrdata.views.options.listing import NO_FILTERS, counts


def area(dataset: Dataset, page: Page) -> bytes:
    """An area's card and the map of its councils today; the first page too where the site is of one area."""
    area_id = page.key or page.only
    view = start.view(dataset, area_id)
    drawing = maps.split_map(dataset, today(dataset.facts(area_id)))
    now = Section("map-today", "The map of today", "", (replace(drawing, title=""),))
    listed = tuple(Link(p.name, "figure", f"{p.code}/") for p in own_places(dataset, area_id))
    figures = Section("figures", "Every published figure", "", (Items(listed),)) if listed else None
    sections = tuple(s for s in view.sections if s.anchor != "about")
    view = replace(view, sections=(*sections, now, *((figures,) if figures else ())))
    return view_page(dataset, page, view, near_area(dataset, area_id), "This area", area_id)


def redraw(dataset: Dataset, page: Page) -> bytes:
    """The map to redraw with its wards, worked out in the reader's own browser."""
    return explorer(dataset, page.key, wards=True, home=f"../{Page('area', page.key).path}")


def place(dataset: Dataset, page: Page) -> bytes:
    """Every published figure of a council of today."""
    area_id, found = next(
        (a.area_id, p) for a in dataset.areas for p in own_places(dataset, a.area_id) if p.code == page.key
    )
    view = place_figures.view(dataset, next(a for a in dataset.areas if a.area_id == area_id), found)
    return view_page(dataset, page, view, near_area(dataset, area_id), "This area", area_id)


def proposal(dataset: Dataset, page: Page) -> bytes:
    """Everything a proposal does."""
    p = next(p for p in dataset.proposals() if p.proposal_id == page.key)
    near = near_area(dataset, p.area_id)
    try:
        split = dataset.split(p.area_id, p.proposal_id)
    except LgrError:
        return _unmapped(dataset, page, p)
    found = parts_of(dataset, Scenario(split, start=p.proposal_id))
    view = View(
        p.title, sections=(*found.sections, *(Section(part.anchor, "") for part in found.parts)), sources=found.sources
    )
    sheet = sheet_for(dataset, page, view, p.area_id)
    contents = "".join(f'<li><a href="#{escape(part.anchor)}">{escape(part.title)}</a></li>' for part in found.parts)
    body = [
        f"<h1>{escape(p.title)}</h1>",
        f'<div class="lead">{"".join(f"<p>{sheet.rich(s)}</p>" for s in found.lede)}</div>',
        html.stats(found.stats) if found.stats else "",
        sheet.block(annex.estimated()),
        *(sheet.block(Callout("warning", w)) for w in found.warnings),
        f'<nav class="contents screen" aria-label="Contents"><ul>{contents}'
        '<li><a href="#sources">Sources</a></li></ul></nav>',
        *(sheet.part(part) for part in found.parts),
        sheet.section(Section("sources", "Sources", "", (annex.source_table(found.sources),))),
        f'<section id="take"><h2>Take it along</h2><p><a href="../downloads/blocks/{p.proposal_id}.csv">List of'
        " districts and councils (CSV)</a>. Split code:"
        f' <span class="code">{escape(splitcode.encode(split))}</span>.</p></section>',
    ]
    return frame(dataset, page, p.title, "".join(body), near, "This area")


def _unmapped(dataset: Dataset, page: Page, p: Proposal) -> bytes:
    told = Section(
        "map", "The map", "",
        (Callout("unknown", "The map of this proposal is not known, so nothing can be worked out for it."),),
    )  # fmt: skip
    ids = decisions.source_ids(dataset, p)
    source = tuple(dataset.sources[i] for i in ids if i in dataset.sources)
    view = View(p.title, sections=(told, annex.proposal_section(dataset, p)), sources=source)
    return view_page(dataset, page, view, near_area(dataset, p.area_id), "This area", p.area_id)


def every_option(dataset: Dataset, page: Page) -> bytes:
    """All options of an area, number of councils by number."""
    scenario = Scenario(today(dataset.facts(page.key)))
    area_name = scenario.split.facts.area.name
    found = {n: c for n, c in counts(dataset, scenario, NO_FILTERS, False).items() if c and n > 1}
    views = {n: options.view(dataset, scenario, n) for n in found}
    first = next(iter(views.values()), None)
    title = f"Every option: {area_name}"
    if first is None:
        view = View(title, (f"{area_name} has no option of two councils or more.",))
        return view_page(dataset, page, view, near_area(dataset, page.key), "This area", page.key)
    body = [f"<h1>{escape(title)}</h1>", _numbers(found)]
    sheets: Sheet | None = None
    for n, view in views.items():
        own = _renamed(view, n)
        sheet = sheet_for(dataset, page, own, page.key)
        if sheets is not None:
            sheet.follow(sheets)
        sheets = sheet
        lead = "".join(f"<p>{sheet.rich(s)}</p>" for s in own.lede)
        inside = "".join(sheet.section(s, 3) for s in own.sections)
        heading = words.capital(words.counted(n, "council"))
        body.append(f'<section id="councils-{n}"><h2>{heading}</h2>{lead}{html.stats(own.stats)}{inside}</section>')
    last = sheet_for(dataset, page, View("", sources=first.sources), page.key)
    closing = drawn_view(last, View("", sections=tuple(s for s in first.sections if s.anchor == "rules"),
                                    caveats=first.caveats, sources=first.sources))  # fmt: skip
    body.append(closing.removeprefix("<h1></h1>"))
    return frame(dataset, page, title, "".join(body), near_area(dataset, page.key), "This area")


def _numbers(found: dict[int, int]) -> str:
    items = "".join(
        f'<li><a href="#councils-{n}">{words.capital(words.counted(n, "council"))}</a>:'
        f" {words.number(c)} {'way' if c == 1 else 'ways'}</li>"
        for n, c in found.items()
    )
    return f'<nav class="contents screen" aria-label="Number of councils"><ul>{items}</ul></nav>'


def _renamed(view: View, n: int) -> View:
    """The view without what is said once for all, its anchors marked by the number of councils."""
    sections = tuple(
        replace(s, anchor=f"{s.anchor}-{n}")
        for s in view.sections
        if s.anchor not in ("answer", "nearer", "rules", "yours")
    )
    stats = tuple(s for s in view.stats if s.label != options.AHEAD_OF_YOURS)
    return replace(view, sections=sections, stats=stats)


def compared(dataset: Dataset, page: Page) -> bytes:
    """An area's proposals side by side, four at a time."""
    scenarios = [Scenario(dataset.split(page.key, i), start=i) for i in drawn(dataset, page.key)]
    view = side_by_side(dataset, scenarios, f"Proposals compared: {dataset.facts(page.key).area.name}")
    return view_page(dataset, page, view, near_area(dataset, page.key), "This area", page.key)
