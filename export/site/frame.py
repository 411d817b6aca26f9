"""What every page of the site has round it: menu, trail, foot; and a view drawn as the app shows it."""

from __future__ import annotations

import re
from html import unescape

from export import annex
from export.citation import taken
from export.sheet import Sheet, anchors_of, document
from export.site.plan import MENU, Page, has_comparison, resolver
from lgrdata.dataset.dataset import Dataset
from lgrdata.page import html
from lgrdata.page.blocks import Callout, View
from lgrdata.page.html import escape
from lgrdata.views.credits import CREDITS
from lgrdata.views.privacy import report_address

_OPENING = re.compile(r'<div class="lead"><p>(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
SITE = "LGR scenario explorer"
Trail = tuple[tuple[str, str], ...]
"""(path, name) of pages near by."""


def frame(dataset: Dataset, page: Page, title: str, body: str, near: Trail = (), near_name: str = "") -> bytes:
    """A page's HTML with menu, pages near by and foot."""
    up = "../" * page.path.count("/")
    trail = _nav(near_name, near, page, up) if near else ""
    whole = (
        '<a class="skip" href="#main">Skip to the content</a>'
        f'<header><p class="kicker">{SITE}, as plain pages</p>'
        f"{_nav('Menu', tuple(MENU.items()), page, up)}{trail}</header>"
        f'<main id="main">{body}</main>'
        f"<footer><p>Data version {escape(dataset.version)}. Counts of people in care below today’s county and unitary"
        f" councils are estimates.</p><p>{CREDITS} This page runs no script and calls no other computer.</p>"
        f'<p><a href="{up}privacy.html">Privacy</a>{report()}</p></footer>'
    )
    opening = _OPENING.search(body)
    said = " ".join(unescape(_TAG.sub("", opening[1])).split()) if opening else f"{title}: {SITE}"
    about = f'<meta name="description" content="{escape(said[:300])}">'
    return document(SITE if page.kind == "index" else f"{title} – {SITE}", about, whole).encode("utf-8")


def report() -> str:
    """A link for readers who find a wrong figure, where the operator has set an address."""
    where = report_address()
    return f' · <a href="{escape(where)}">Report a wrong figure</a>' if where else ""


def _nav(name: str, items: Trail, page: Page, up: str) -> str:
    listed = []
    for path, text in items:
        here = ' aria-current="page"' if path == page.path else ""
        listed.append(f'<li><a href="{up}{escape(path)}"{here}>{escape(text)}</a></li>')
    return f'<nav aria-label="{escape(name)}" class="screen"><ul>{"".join(listed)}</ul></nav>'


def near_area(dataset: Dataset, area_id: str) -> Trail:
    """The pages of an area."""
    name = next(a.name for a in dataset.areas if a.area_id == area_id)
    pages = [(Page("area", area_id).path, name)]
    if has_comparison(dataset, area_id):
        pages.append((Page("compare", area_id).path, "Proposals compared"))
    return (*pages, (Page("options", area_id).path, "Every option"), (Page("explorer", area_id).path, "Redraw the map"))


def view_page(
    dataset: Dataset, page: Page, view: View, near: Trail = (), near_name: str = "", area_id: str = ""
) -> bytes:
    """A page that is one view."""
    sheet = sheet_for(dataset, page, view, area_id)
    return frame(dataset, page, view.title, drawn_view(sheet, view), near, near_name)


def sheet_for(dataset: Dataset, page: Page, view: View, area_id: str = "") -> Sheet:
    """A sheet whose links know the places of a view."""
    held = anchors_of(view.sections) | {f"source-{s.source_id}" for s in view.sources}
    address = f"{page.base.rstrip('/')}/{page.path}" if page.base else page.path
    take = taken(view.title or page.path, dataset.version, address)
    return Sheet(resolver(dataset, page, area_id, frozenset(held)), fold=True, take=take)


def drawn_view(sheet: Sheet, view: View) -> str:
    """A view as the app shows it: title, opening, figures, warnings, sections, what it does not tell, sources."""
    out = [f"<h1>{escape(view.title)}</h1>"]
    if view.lede:
        out.append(f'<div class="lead">{"".join(f"<p>{sheet.rich(s)}</p>" for s in view.lede)}</div>')
    if view.stats:
        out.append(html.stats(view.stats))
    out += [sheet.block(Callout("warning", w)) for w in view.warnings]
    out += [sheet.section(s) for s in view.sections]
    if view.caveats:
        items = "".join(f"<li>{sheet.rich(c)}</li>" for c in view.caveats)
        out.append(
            f'<section id="{sheet.own_id("not-told")}"><h2>What this does not tell you</h2><ul>{items}</ul></section>'
        )
    if view.sources:
        table = sheet.table(annex.source_table(view.sources))
        out.append(f'<section id="{sheet.own_id("sources")}"><h2>Sources</h2>{table}</section>')
    return "".join(out)
