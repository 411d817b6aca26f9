"""The line of choosers under the menu: area, split and evidence, what the page adds, and the way to the next page.

One line on every width: where it is too long, it scrolls sideways.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lgrdata.all_effects.of_scenario import assumptions_of
from lgrdata.core.lens_words import words_of
from lgrdata.core.models import LENSES, LgrError
from lgrdata.core.words import sentence
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.reading import catalogue
from lgrdata.splits import splitcode
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.copy_link import copy_link
from lgrdata.ui.frame.desk import desk, desk_query
from lgrdata.ui.frame.menu import NEXT, PAGES

ROOT = Path(__file__).resolve().parents[3]
_TOOLS = "_frame_tools"


def draw(dataset: Dataset, path: str) -> None:
    """Area, split and evidence, chosen once for every page; then the page's own tools, the link and the next page."""
    with st.container(key="frame_bar", horizontal=True, wrap=False, gap="xsmall", vertical_alignment="center"):
        _choosers(dataset, 180 if path == "redraw" else 270, outlined=path == "redraw")
        st.session_state[_TOOLS] = st.container(
            key="frame_tools", horizontal=True, wrap=False, gap="xsmall", width="content", vertical_alignment="center"
        )
        if desk().scenario is not None:
            copy_link()
        onward, words = NEXT[path]
        with st.container(key="frame_next", width="content"):
            st.page_link(
                str(ROOT / PAGES[onward].file),
                label=words,
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params=desk_query(dataset, desk()),
            )


def tools() -> DeltaGenerator:
    """Where a page puts its own tools: on the line, between the choosers and the next page."""
    return cast(DeltaGenerator, st.session_state[_TOOLS])


def _choosers(dataset: Dataset, width: int, *, outlined: bool) -> None:
    """`width`: of the area's chooser; the desk's own tools leave it less.

    `outlined`: whether another split is first shown over a drawing that was changed, on the page that has its map.
    """
    the_desk = desk()
    scenario = the_desk.scenario
    areas = {a.area_id: a.name for a in dataset.areas}
    st.session_state["frame_area"] = scenario.area_id if scenario else None
    st.selectbox(
        "Area",
        list(areas),
        format_func=areas.__getitem__,
        key="frame_area",
        placeholder="Choose an area",
        index=None,
        on_change=_choose_area,
        args=(dataset,),
        label_visibility="collapsed",
        width=width,
    )
    _note_shown("frame_area")
    if scenario is None:
        return
    options = split_options(dataset, scenario)
    chosen = _chosen_split(scenario, options)
    drawn = chosen not in options
    if drawn:
        options = {chosen: drawing_name(dataset, scenario), **options}
    st.session_state["frame_split"] = chosen
    st.session_state["frame_lens"] = scenario.lens
    st.selectbox(
        "Split",
        list(options),
        format_func=lambda key: options.get(key, key),
        key="frame_split",
        on_change=_choose_split,
        args=(dataset, outlined and drawn),
        label_visibility="collapsed",
        width=250,
    )
    _note_shown("frame_split")
    called = words_of(assumptions_of(dataset, scenario), partnered=bool(scenario.partnerships))
    st.selectbox(
        "Evidence: whose figures price the split",
        LENSES,
        format_func=lambda lens: called[lens].chosen,
        key="frame_lens",
        on_change=_choose_lens,
        label_visibility="collapsed",
        width=175,
    )
    _note_shown("frame_lens")


def split_options(dataset: Dataset, scenario: Scenario) -> dict[str, str]:
    """What can be opened, by key; a proposal whose map is not known is told of on the area's card instead."""
    out, drawn = {}, dataset.read(catalogue.drawn_proposals)
    for p in dataset.proposals(scenario.area_id):
        mark = {"selected": "chosen", "rejected": "not taken forward"}.get(p.status, "")
        if p.status == "selected" and p.confidence != "documented":
            mark += ", it is inferred"
        # What tells it from the others stands first: the chooser, closed, may show no more.
        if p.proposal_id in drawn:
            out[p.proposal_id] = f"{p.title} – {mark}" if mark else p.title
    return {**out, "today": "Today's councils", "single": "One council for the whole area"}


def _chosen_split(scenario: Scenario, options: dict[str, str]) -> str:
    proposal = scenario.split.proposal
    return proposal if proposal in options else splitcode.encode(scenario.split)


def drawing_name(dataset: Dataset, scenario: Scenario) -> str:
    """What a drawing is called wherever it is chosen: its own name, or that of the proposal it was redrawn from."""
    titles = {p.proposal_id: p.title for p in dataset.proposals(scenario.area_id)}
    # The mark stands first: the end of a long title may not be seen.
    return scenario.name or (f"Redrawn: {titles[scenario.start]}" if scenario.start in titles else "Your drawing")


def _note_shown(key: str) -> None:
    st.session_state[f"_{key}_shown"] = st.session_state[key]


def _is_wish(key: str) -> bool:
    """Whether a chooser was set to something else than it showed.

    An act that overtakes an answer brings what the chooser showed before it, which is no wish to go back there.
    """
    return bool(st.session_state[key] != st.session_state.get(f"_{key}_shown"))


def _choose_area(dataset: Dataset) -> None:
    if not _is_wish("frame_area"):
        return
    try:
        # The page may have been drawn from a file that is another by now.
        desk().open_area(current(dataset.path), st.session_state["frame_area"])
    except LgrError as fault:
        desk().say(sentence(fault.on_screen))


def _choose_split(dataset: Dataset, outlined: bool) -> None:
    the_desk, wanted = desk(), st.session_state["frame_split"]
    if the_desk.scenario is None or not _is_wish("frame_split"):
        return
    try:
        split = current(dataset.path).split(the_desk.scenario.area_id, wanted)
    except LgrError as fault:
        the_desk.say(sentence(fault.on_screen))
        return
    if outlined:
        the_desk.consider(wanted)
        return
    the_desk.open_split(split, wanted)
    the_desk.arrivals += 1


def _choose_lens() -> None:
    the_desk = desk()
    if the_desk.scenario is not None and _is_wish("frame_lens"):
        the_desk.scenario = replace(the_desk.scenario, lens=st.session_state["frame_lens"])
