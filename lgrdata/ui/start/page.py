"""The first page on the screen: one box and the map of England; once an area is chosen, that area's card."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import streamlit as st

from lgrdata.core.models import Area
from lgrdata.core.text import as_markdown
from lgrdata.core.words import joined
from lgrdata.dataset import decisions
from lgrdata.dataset.dataset import Dataset
from lgrdata.page import html
from lgrdata.page.blocks import View
from lgrdata.page.html import escape
from lgrdata.pictures import maps
from lgrdata.reading import catalogue
from lgrdata.splits.assignment.places import authority_meant
from lgrdata.ui.frame import frame, menu
from lgrdata.ui.frame.desk import Desk, desk_query
from lgrdata.ui.frame.opened import Open, opened
from lgrdata.ui.frame.own_council import remember_council, remembered_council
from lgrdata.ui.frame.show import closing, resolver, show_blocks, show_section
from lgrdata.ui.frame.theme import theme_now
from lgrdata.ui.start.england.component import england_map
from lgrdata.views import area_card, start
from lgrdata.views.area_card import ProposalCard
from lgrdata.views.find import answer, councils_by_area, find

WAYS_ON = (
    ("effects", "See what it does", ":material/insights:"),
    ("share", "Who gets what", ":material/pie_chart:"),
    ("redraw", "Redraw it", ":material/brush:"),
    ("compare", "Compare", ":material/compare:"),
)
_FIND = "start_find"
MOST = 12
"""Areas listed as found; a longer list is no answer."""


def choose(dataset: Dataset, desk: Desk, view: View) -> None:
    """The box and the list beside the map of England, or the chosen area's card."""
    here = opened(dataset, desk)
    st.html(_style())
    if here is not None:
        _card(here, view)
        return
    with st.container(key="start_open"):
        words, picture = st.columns([1, 1], gap="large")
        with words:
            st.title(as_markdown(view.title), anchor=False)
            _lead(view)
            _list(dataset, desk)
        with picture:
            england_map("start_map", dataset, None, lambda area_id: desk.open_area(dataset, area_id))


@cache
def _style() -> str:
    return f"<style>{(Path(__file__).parent / 'start.css').read_text(encoding='utf-8')}</style>"


def _lead(view: View) -> None:
    lead = "".join(f"<p>{html.rich(sentence, resolver())}</p>" for sentence in view.lede)
    st.html(f'<div class="lgr-view lgr-lead">{lead}</div>')


def card(view: View) -> None:
    """What follows below, over the page's whole width."""
    for section in view.sections:
        show_section(section)
    closing(view)


def _card(here: Open, view: View) -> None:
    """The county's own map beside where it stands, its proposals as small maps, and the ways on."""
    dataset, split, theme = here.dataset, here.scenario.split, theme_now()
    area = catalogue.area(dataset.conn, here.area_id)
    proposals = start.proposals_of(dataset, area.area_id)
    now = start.councils_today(dataset, area.area_id)
    with st.container(key="start_card"):
        left, right = st.columns([1, 2], gap="medium")
        with right:
            st.title(as_markdown(view.title), anchor=False)
            _lead(view)
            today = datetime.now(UTC).date()
            figures = area_card.figures(dataset, area, start.count(now), now.residents, now.period, proposals, today)
            st.html(f'<div class="lgr-view">{html.stats(figures)}</div>')
            drawn_ones = area_card.cards(dataset, {a.area_id: a for a in dataset.areas}, proposals)
            _proposals(here, drawn_ones, area_card.undrawn(dataset, proposals))
            _ways_on(here)
        with left:
            own = authority_meant(split.facts, remembered_council())
            drawn = maps.split_map(dataset, split, width=360, theme=theme, marked=own)
            st.image(drawn.svg, alt=drawn.alt, width="stretch")
            if own:
                st.html(f'<p class="lgr-note">{escape(area_card.own_place(split, own))}</p>')


def _proposals(here: Open, cards: tuple[ProposalCard, ...], undrawn: str) -> None:
    if not cards:
        return
    st.html('<div class="lgr-view"><h2>What was proposed: choose one to open it</h2></div>')
    with st.container(key="start_proposals"):
        for column, one in zip(st.columns(max(2, len(cards)), gap="small"), cards, strict=False):
            with column:
                _proposal(here, one)
    if undrawn:
        st.html(f'<p class="lgr-note">{escape(undrawn)}</p>')


def _proposal(here: Open, one: ProposalCard) -> None:
    """A small map; the whole of it opens the proposal, and a link beside it redraws from it."""
    shown = here.scenario.split.proposal == one.proposal.proposal_id
    query = {"area": one.proposal.area_id, "split": one.proposal.proposal_id, "lens": here.scenario.lens}
    small = maps.split_map(here.dataset, one.split, width=180, theme=theme_now(), thumbnail=True)
    name = one.proposal.proposal_id
    with st.container(key=f"start_proposal_{'shown' if shown else 'other'}_{name}", gap=None):
        st.image(small.svg, alt=small.alt, width="stretch")
        st.page_link(menu.PAGES["effects"].file, label=one.title, query_params=query)
        mark = ' class="lgr-chosen"' if one.chosen else ""
        became = f"<span{mark}>{escape(one.outcome)}</span>"
        told = (escape(one.proposers), escape(one.sizes), became)
        st.html("".join(f'<p class="lgr-note">{line}</p>' for line in told))
        with st.container(key=f"start_redraw_{name}"):
            st.page_link(menu.PAGES["redraw"].file, label="Redraw from this", query_params=query)


def _ways_on(here: Open) -> None:
    query = desk_query(here.dataset, here.desk)
    with st.container(key="start_ways", horizontal=True):
        for path, label, icon in WAYS_ON:
            if (frame.ROOT / menu.PAGES[path].file).exists():
                st.page_link(menu.PAGES[path].file, label=label, icon=icon, query_params=query)
        st.button(
            "Choose another area",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=here.desk.open_area,
            args=(here.dataset, None),
        )


def _list(dataset: Dataset, desk: Desk) -> None:
    text = st.text_input(
        "Your council, ward or area",
        key=_FIND,
        type="search",
        live=True,
        max_chars=60,
        placeholder="Council, ward, area or an old name",
    )
    if text and text.strip():
        found = find(dataset, text)
        st.html(f'<p role="status" class="lgr-note">{escape(answer(dataset, text, len(found)))}</p>')
        for item in found[:MOST]:
            _button(dataset, desk, item.area, f" – {item.by}" if item.by else "", item.council)
        if found:
            return
        show_blocks((councils_by_area(dataset),))
    for n, group in enumerate(start.groups(dataset)):
        with st.container(key=f"start_group_{n}", gap=None):
            st.html(f'<div class="lgr-view"><h2 class="lgr-group">{group.title}</h2></div>')
            with st.container(key=f"start_areas_{n}", horizontal=True, gap=None):
                for area in group.areas:
                    _button(dataset, desk, area)
            court = [area.name for area in group.areas if decisions.challenged(dataset, area.area_id)]
            if court:
                st.html(f'<p class="lgr-note">Challenged in court: {escape(joined(court))}.</p>')


def _button(dataset: Dataset, desk: Desk, area: Area, more: str = "", council: str = "") -> None:
    st.button(
        f"{area.name}{more}", key=f"start_area_{area.area_id}", type="tertiary", on_click=_open,
        args=(dataset, desk, area, council),
    )  # fmt: skip


def _open(dataset: Dataset, desk: Desk, area: Area, council: str) -> None:
    """An area, and the council of today by which it was found, which stays the reader's own on What it does."""
    remember_council(council)
    desk.open_area(dataset, area.area_id)
