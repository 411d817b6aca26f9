"""Draws a view on the screen: words and tables as HTML in few pieces, charts by Vega, pictures as images."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Literal

import streamlit as st

from lgrdata.core.text import as_markdown
from lgrdata.page import html
from lgrdata.page.blocks import Block, Callout, Chart, Fold, Link, Picture, Section, Table, View
from lgrdata.page.links import at, leads_to
from lgrdata.ui.frame.desk import desk
from lgrdata.ui.frame.frame import address_of
from lgrdata.views.case_studies import PART_OF as CASE_PARTS
from lgrdata.views.evidence.page import PART_OF as EVIDENCE_PARTS
from lgrdata.views.partnerships.page import PART_OF as PARTNERSHIP_PARTS

_PLACES: dict[str, str] = {
    "case": "case_studies",
    "model": "case_studies",
    "service": "partnerships",
    "paragraph": "partnerships",
    "criterion": "partnerships",
    "source": "evidence",
    "parameter": "evidence",
    "claim": "evidence",
    "term": "evidence",
    "measure": "evidence",
}
"""The page that holds each kind of link's target; its anchor is KIND-KEY."""

PART_OF = {**EVIDENCE_PARTS, **PARTNERSHIP_PARTS, **CASE_PARTS}
"""The part of that page, where it is shown in parts."""


TAKE = "Link, CSV, cite"


def figure_query(key: str) -> dict[str, str]:
    """The query of a figure: 'E07000207/residents' names place and measure, 'residents' the measure alone."""
    place, _, measure = key.rpartition("/")
    return {"measure": measure} | ({"place": place} if place else {})


def resolver() -> Callable[[Link], str | None]:
    """Addresses of links for the visitor's present scenario."""
    query = desk().shown

    def of_split(page: str, key: str, **more: str) -> str:
        area, _, split = key.partition("/")
        return address_of(page, {"area": area, "split": split, **more})

    @cache
    def place(kind: str) -> str:
        return address_of(_PLACES[kind], {**query, "part": PART_OF[kind]} if kind in PART_OF else query)

    def on_page(kind: str) -> Callable[[str], str]:
        return lambda key: f"{place(kind)}{at(f'{kind}-{key}')}"

    return leads_to(
        {
            **{kind: on_page(kind) for kind in _PLACES},
            "anchor": at,
            "page": lambda key: address_of(key, query),
            "area": lambda key: address_of("", {"area": key}),
            "part": lambda key: f"{address_of('evidence', {**query, 'part': key})}{at(key)}",
            "proposal": lambda key: of_split("effects", key),
            "split": lambda key: of_split("redraw", key, lens=query.get("lens", "middle")),
            "figure": lambda key: address_of("figures", {**query, **figure_query(key)}),
            "case": lambda key: address_of("case_studies", {**query, "case": key}),
        }
    )


def take(table: Table) -> str:
    """A fold below a table for its address, its cells as CSV and a line to cite it by; tables.js fills it."""
    known = st.session_state["_dataset"].sources if table.source_ids else {}
    named = [s for i in dict.fromkeys(table.source_ids) if (s := known.get(i)) is not None]
    source = "; ".join(", ".join(t for t in (s.title, s.publisher, s.released) if t) for s in named)
    told = f' data-source="{html.escape(source)}"' if source else ""
    called = f"{TAKE}: {table.caption}"
    return f'<details class="lgr-take"{told}><summary aria-label="{html.escape(called)}">{TAKE}</summary></details>'


def show(view: View, *, title: bool = True) -> None:
    """The whole view: title, opening sentences, headline figures, warnings, sections, caveats and sources."""
    if title:
        st.title(as_markdown(view.title), anchor=False)
    resolve = resolver()
    lead = "".join(f"<p>{html.rich(sentence, resolve)}</p>" for sentence in view.lede)
    head = f'<div class="lgr-view lgr-lead">{lead}</div>' if lead else ""
    if view.stats:
        head += f'<div class="lgr-view">{html.stats(view.stats)}</div>'
    if head:
        st.html(head)
    show_blocks(tuple(Callout("note", warning) for warning in view.warnings))
    for section in view.sections:
        show_section(section)
    closing(view)


def show_section(section: Section, level: int = 2) -> None:
    """One section, its heading and anchor first."""
    resolve = resolver()
    lede = f'<p class="lgr-lede">{html.rich(section.lede, resolve)}</p>' if section.lede else ""
    st.html(
        f'<div class="lgr-view" id="{html.escape(section.anchor)}">'
        f"<h{level}>{html.escape(section.title)}</h{level}>{lede}</div>"
    )
    show_blocks(section.blocks)


def show_blocks(blocks: tuple[Block, ...]) -> None:
    """Blocks in order; runs of words and tables go out as one piece of HTML."""
    resolve = resolver()
    waiting: list[str] = []

    def flush() -> None:
        if waiting:
            st.html(f'<div class="lgr-view">{"".join(waiting)}</div>')
            waiting.clear()

    for block in blocks:
        if isinstance(block, Chart):
            flush()
            show_chart(block)
        elif isinstance(block, Picture):
            flush()
            show_picture(block)
        elif isinstance(block, Fold) and _has_drawing(block):
            flush()
            with st.expander(as_markdown(block.summary)):
                show_blocks(block.blocks)
        else:
            waiting.append(html.block(block, resolve, lambda _chart: "", lambda _picture: "", take))
    flush()


def show_chart(chart: Chart) -> None:
    """A chart under its finding, with its words for people who do not see it and its table below."""
    head = f"<strong>{html.escape(chart.title)}</strong><br>{html.escape(chart.subtitle)}"
    st.html(f'<div class="lgr-view lgr-figure">{head}</div>')
    st.vega_lite_chart(chart.spec, width="stretch", theme=None, alt=chart.alt)
    _as_table(chart.table)


def show_picture(picture: Picture, width: int | Literal["stretch"] | None = None) -> None:
    """A drawn map with its words and, where it has one, its table."""
    if picture.title:
        st.html(f'<div class="lgr-view"><strong>{html.escape(picture.title)}</strong></div>')
    st.image(picture.svg, alt=picture.alt, width=width or picture.width)
    if picture.table:
        _as_table(picture.table)


def _as_table(table: Table) -> None:
    folded = html.folded("The same as a table", html.table(table, resolver(), take))
    st.html(f'<div class="lgr-view">{folded}</div>')


def closing(view: View) -> None:
    """What the page does not tell, and its sources."""
    resolve = resolver()
    parts = []
    if view.caveats:
        items = "".join(f"<li>{html.rich(c, resolve)}</li>" for c in view.caveats)
        parts.append(f'<section id="not-told"><h2>What this does not tell you</h2><ul>{items}</ul></section>')
    if view.sources:
        items = "".join(
            f"<li>{html.rich(Link(s.title, 'source', s.source_id), resolve)}, {html.escape(s.publisher)}"
            f"{f', {html.escape(s.released)}' if s.released else ''}</li>"
            for s in view.sources
        )
        parts.append(html.folded(f"Sources ({len(view.sources)})", f"<ul>{items}</ul>"))
    if parts:
        st.html(f'<div class="lgr-view">{"".join(parts)}</div>')


def _has_drawing(block: Fold) -> bool:
    return any(isinstance(b, Chart | Picture) or (isinstance(b, Fold) and _has_drawing(b)) for b in block.blocks)
