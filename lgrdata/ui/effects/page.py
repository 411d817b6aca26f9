"""The effects page laid out: the answer beside the map in one screenful, then tabs, then one council of today."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from lgrdata.core.text import as_markdown
from lgrdata.dataset.dataset import Dataset
from lgrdata.page import html
from lgrdata.page.blocks import Callout, Picture, Section, View
from lgrdata.splits.assignment.places import authority_meant
from lgrdata.ui.compare.basket import add_button
from lgrdata.ui.effects.assumptions import assumptions_editor
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.empty import need_area
from lgrdata.ui.frame.opened import Open, opened
from lgrdata.ui.frame.own_council import remember_council, remembered_council
from lgrdata.ui.frame.share import share_here
from lgrdata.ui.frame.show import closing, resolver, show_blocks, show_picture, show_section
from lgrdata.ui.frame.theme import theme_now
from lgrdata.views.effects import district, page

TABS = {"services": "Care", "cost": "Money", "boundary": "Boundary", "forecast": "Future", "council": "Each council"}
"""By a section's anchor, or how it begins."""
_DISTRICT, _SEEN = "effects_district", "_effects_district_seen"


def draw(dataset: Dataset, desk: Desk) -> None:
    """The whole page, for the scenario on the desk; asks for an area where there is none."""
    here = opened(dataset, desk)
    if here is None:
        told = "Then see what a split of it would do to care, cost and boundaries."
        need_area(dataset, "What it does", "effects", told)
        return
    found = page.view(dataset, here.scenario, here.effects(), theme=theme_now())
    st.html(_style())
    st.title(as_markdown(found.title), anchor=False)
    of = {s.anchor: s for s in found.sections}
    marked = _marked(here) if "districts" in of else ""
    _first(here, found, of, marked)
    _anchor("to-mind")
    show_blocks(tuple(Callout("note", warning) for warning in found.warnings))
    if "services" in of:
        _tabs(here, found)
        _one_district(here, of["districts"])
    closing(found)


def _first(here: Open, found: View, of: dict[str, Section], marked: str) -> None:
    """Map on the left, the council of today that was chosen outlined; sentences, money and next steps on the right."""
    with st.container(key="effects_first"):
        left, right = st.columns([5, 7], gap="medium")
        with left:
            _anchor("map")
            for block in of["map"].blocks:
                if isinstance(block, Picture):
                    show_picture(page.map_of(here.dataset, here.scenario.split, theme_now(), marked), "stretch")
        with right:
            lead = "".join(f"<p>{html.rich(sentence, resolver())}</p>" for sentence in found.lede)
            st.html(f'<div class="lgr-view" id="in-short"><div class="lgr-lead">{lead}</div></div>')
            if "money" in of:
                _anchor("money")
                for block in of["money"].blocks:
                    if isinstance(block, Picture):
                        show_picture(block)
            with st.container(key="effects_tools", horizontal=True, gap="small"):
                add_button(here)
                share_here()


def _anchor(name: str) -> None:
    st.html(f'<div class="lgr-view" id="{name}"></div>')


def _tabs(here: Open, found: View) -> None:
    with st.container(key="lgr_tabs"):
        tabs = st.tabs(list(TABS.values()))
    for (start, _), tab in zip(TABS.items(), tabs, strict=True):
        with tab:
            for section in found.sections:
                if section.anchor.split("-")[0] == start:
                    show_section(section)
            if start == "cost":
                assumptions_editor(here)


def _one_district(here: Open, table: Section) -> None:
    """What it means for one council of today, chosen here; the same for all in a table."""
    effects = here.effects()
    names = {effects.facts.authorities[i].code: i for i in district.authorities(effects)}
    with st.container(key="effects_district_row", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.html('<div class="lgr-view" id="one-district"><h2>What it means for</h2></div>', width="content")
        code = st.selectbox(
            "Council of today",
            list(names),
            format_func=lambda c: effects.facts.authorities[names[c]].name,
            key=_DISTRICT,
            label_visibility="collapsed",
            width=260,
        )
    if st.session_state[_DISTRICT] != authority_meant(effects.facts, remembered_council()):
        remember_council(code)
    if code != next(iter(names)) or st.query_params.get("district"):
        st.query_params["district"] = st.session_state[_SEEN] = code
    said = "".join(f"<li>{html.escape(s)}</li>" for s in district.sentences(effects, names[code]))
    st.html(f'<div class="lgr-view" id="one-district-told"><ul>{said}</ul></div>')
    mine = district.wards(here.dataset, effects, names[code])
    _anchor(table.anchor)
    show_blocks((*([mine] if mine else []), *(b for b in table.blocks if b != mine)))


def _marked(here: Open) -> str:
    """The code of the council of today that the visitor chose or asked for; '' before one was."""
    codes = [here.effects().facts.authorities[i].code for i in district.authorities(here.effects())]
    _asked_for(here, codes)
    own = authority_meant(here.scenario.split.facts, remembered_council())
    chosen: str = st.session_state[_DISTRICT]
    return chosen if st.query_params.get("district") or chosen in (own, *codes[1:]) else ""


def _asked_for(here: Open, names: Sequence[str]) -> None:
    """The council of today that the address asks for, by any name or code of it, where that is new."""
    asked = str(st.query_params.get("district", ""))
    if asked and asked != st.session_state.get(_SEEN):
        meant = authority_meant(here.scenario.split.facts, asked)
        if meant in names:
            st.session_state[_DISTRICT] = meant
        else:
            st.info(
                "The address asks for a council that is not in this area; another is shown.", icon=":material/info:"
            )
        st.session_state[_SEEN] = asked
    if st.session_state.get(_DISTRICT) not in names:
        own = authority_meant(here.scenario.split.facts, remembered_council())
        st.session_state[_DISTRICT] = own if own in names else names[0]


@cache
def _style() -> str:
    return f"<style>{(Path(__file__).parent / 'effects.css').read_text(encoding='utf-8')}</style>"
