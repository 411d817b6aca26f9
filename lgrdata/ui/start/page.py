"""The first page on the screen: the map and the list side by side, then the card of the area chosen."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import streamlit as st

from lgrdata.core.text import as_markdown
from lgrdata.core.words import counted, joined
from lgrdata.dataset import decisions
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import View
from lgrdata.page.html import escape
from lgrdata.ui.frame import frame, menu
from lgrdata.ui.frame.desk import Desk, desk_query
from lgrdata.ui.frame.opened import Open, opened
from lgrdata.ui.frame.show import closing, show, show_section
from lgrdata.ui.start.england.component import england_map
from lgrdata.views import start

WAYS_ON = (
    ("effects", "See what it does", ":material/insights:"),
    ("redraw", "Redraw it", ":material/brush:"),
    ("compare", "Compare", ":material/compare:"),
)
_FIND = "start_find"


def choose(dataset: Dataset, desk: Desk, view: View) -> None:
    """Title, the map on one side, the list or the chosen area's head on the other."""
    here = opened(dataset, desk)
    chosen = here.area_id if here else None
    st.html(_style())
    st.title(as_markdown(view.title), anchor=False)
    opening = replace(view, sections=(), caveats=(), sources=())
    if chosen is None:
        show(opening, title=False)
    with st.container(key=f"start_{'chosen' if chosen else 'open'}"):
        left, right = st.columns([6, 5], gap="large")
        with left:
            england_map("start_map", dataset, chosen, lambda area_id: desk.open_area(dataset, area_id))
        with right:
            if here is None:
                _list(dataset, desk)
            else:
                show(opening, title=False)
                _ways_on(here)
                st.button(
                    "Choose another area",
                    icon=":material/arrow_back:",
                    type="tertiary",
                    on_click=desk.open_area,
                    args=(dataset, None),
                )


@cache
def _style() -> str:
    return f"<style>{(Path(__file__).parent / 'start.css').read_text(encoding='utf-8')}</style>"


def card(view: View) -> None:
    """What follows below, over the page's whole width."""
    for section in view.sections:
        show_section(section)
    closing(view)


def _ways_on(here: Open) -> None:
    query = desk_query(here.dataset, here.desk)
    with st.container(key="start_ways", horizontal=True):
        for path, label, icon in WAYS_ON:
            if (frame.ROOT / menu.PAGES[path].file).exists():
                st.page_link(menu.PAGES[path].file, label=label, icon=icon, query_params=query)


def _list(dataset: Dataset, desk: Desk) -> None:
    text = st.text_input(
        "Find your area",
        key=_FIND,
        type="search",
        live=True,
        max_chars=60,
        placeholder="Council, county or area",
        help="Any council of today will do: Elmbridge finds Surrey.",
    )
    if text and text.strip():
        found = start.find(dataset, text)
        st.html(f'<p role="status" class="lgr-note">{_told(len(found), text)}</p>')
        for item in found:
            _button(dataset, desk, item.area.area_id, item.area.name, f" – {item.by}" if item.by else "")
        return
    for group in start.groups(dataset):
        with st.container(key=f"start_group_{group.stage}", gap=None):
            st.html(f'<div class="lgr-view"><h2 class="lgr-group">{group.title}</h2></div>')
            with st.container(key=f"start_areas_{group.stage}", horizontal=True, gap=None):
                for area in group.areas:
                    _button(dataset, desk, area.area_id, area.name, "")
            court = [area.name for area in group.areas if decisions.challenged(dataset, area.area_id)]
            if court:
                st.html(f'<p class="lgr-note">Challenged in court: {escape(joined(court))}.</p>')


def _told(count: int, text: str) -> str:
    if count:
        return f"{counted(count, 'area').capitalize()} found."
    return (
        f"Nothing here is called “{escape(text.strip())}”. Only areas that were invited in February 2025 are here:"
        " London, the metropolitan boroughs and counties that already have a unitary council were not."
    )


def _button(dataset: Dataset, desk: Desk, area_id: str, name: str, more: str) -> None:
    st.button(
        f"{name}{more}", key=f"start_area_{area_id}", type="tertiary", on_click=desk.open_area, args=(dataset, area_id)
    )
