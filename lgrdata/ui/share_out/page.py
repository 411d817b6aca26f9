"""The share-out laid out: sentence and bars beside the lines with their choosers, then one part at a time."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lgrdata.dataset.dataset import Dataset
from lgrdata.page import html
from lgrdata.page.blocks import Callout, Fold, View, plain
from lgrdata.partnerships.board import board
from lgrdata.partnerships.hosting import HostingPlan, plan_of
from lgrdata.shares.of_scenario import Shared, shared_of
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.empty import need_area
from lgrdata.ui.frame.opened import Open, opened
from lgrdata.ui.frame.parts import choose_part
from lgrdata.ui.frame.share import share_here
from lgrdata.ui.frame.show import closing, show, show_blocks, show_section
from lgrdata.ui.frame.theme import theme_now
from lgrdata.ui.share_out import choosers, counts, day_one, hosting
from lgrdata.views.share import day_one as day_one_view
from lgrdata.views.share import hosting as hosting_view
from lgrdata.views.share import tables
from lgrdata.views.share.page import PARTS, TITLE, view
from lgrdata.views.share.words import not_a_budget

OPENING = (5, 8)
"""Widths of the sentence with its bars, and of the lines beside them."""
SECTIONS = {
    "lines": (),
    "apart": ("share-apart",),
    "sides": ("share-sides",),
    "position": ("share-opening",),
    "hosting": (),
    "day_one": (),
    "counts": ("share-own",),
    "all": ("share-lines",),
}


def draw(dataset: Dataset, desk: Desk) -> None:
    """The whole page, for the scenario on the desk; asks for an area where there is none."""
    here = opened(dataset, desk)
    if here is None:
        need_area(
            dataset, TITLE, "share", "Then see how a county’s spending could be divided, and what is argued over."
        )
        return
    shared = shared_of(dataset, here.scenario, counts.held(here))
    if shared.out is None or not shared.out.divided:
        show(view(shared, theme=theme_now()))
        return
    council = choosers.spoken_of(here, shared)
    made = view(shared, theme=theme_now(), council=council)
    opening = st.empty()
    part = choose_part("Part of the page", PARTS, "share")
    with opening.container():
        _opening(here, shared, made, part, council)
    _part(here, shared, made, part)
    rest = tuple(w for w in made.warnings if w not in shared.minded_as_said)
    if rest:
        show_blocks((Fold(f"What to mind ({len(rest)})", tuple(Callout("note", w) for w in rest)),))
    closing(made)


def _opening(here: Open, shared: Shared, made: View, part: str, council: int) -> None:
    """The sentence; on the first part with the bars, and beside them the lines that hold the argument."""
    sections = {s.anchor: s for s in made.sections}
    first, beside = (html.words(plain(sentence)) for sentence in made.lede[:2])
    # What was chosen or counted, and could not be used or must be minded, is told where it is seen.
    minded = tuple(Callout("note", w) for w in shared.minded_as_said)
    with st.container(key="share_opening"):
        if part != "lines":
            st.title(TITLE, anchor=False)
            st.html(f'<div class="lgr-view"><p class="lgr-headline">{first}</p></div>')
            show_blocks(minded)
            return
        left, right = st.columns(OPENING, gap="large")
        with left:
            with st.container(horizontal=True, vertical_alignment="bottom", key="share_whose"):
                st.title(TITLE, anchor=False, width="content")
                choosers.whose(here, shared)
            st.html(f'<div class="lgr-view"><p class="lgr-headline">{first}</p><p>{beside}</p></div>')
            show_blocks(sections["share-bars"].blocks)
        with right:
            show_section(replace(sections["share-argument"], title=choosers.first_title(shared), blocks=()))
            choosers.first_lines(here, shared)
            if shared.out is not None:
                kind = html.words(not_a_budget(shared.out, council, dated=False))
                st.html(f'<div class="lgr-view"><p class="lgr-note">{kind}</p></div>')
            show_blocks(minded)
            with st.container(horizontal=True, key="share_next_steps"):
                st.button(
                    "Two sides: where they differ", type="primary", on_click=_to_sides, args=(here, shared),
                    key="share_next",
                )  # fmt: skip
                st.button("Use our own counts", on_click=_go_to, args=("counts",), key="share_own_counts")
                share_here()
                choosers.reset(here, shared)


def _go_to(part: str) -> None:
    st.session_state["share_part"] = part


def _to_sides(here: Open, shared: Shared) -> None:
    choosers.begin_sides(here, shared)
    _go_to("sides")


def _part(here: Open, shared: Shared, made: View, part: str) -> None:
    sections = {s.anchor: s for s in made.sections}
    wanted = [sections[anchor] for anchor in SECTIONS[part] if anchor in sections]
    if part == "lines":
        st.html('<div class="lgr-view"><h2>The other lines</h2></div>')
        choosers.more_lines(here, shared)
        show_blocks(tuple(b for b in sections["share-argument"].blocks if isinstance(b, Fold)))
    elif part in ("apart", "sides"):
        # The choosers stand between what a section says and its tables.
        (section,) = wanted
        show_section(replace(section, blocks=()))
        (choosers.beside_care if part == "apart" else choosers.two_sides)(here, shared)
        show_blocks(section.blocks)
        return
    elif part == "counts":
        counts.panel(here, shared)
    elif part == "hosting":
        plan = _plan(here, shared)
        hosting.panel(here, plan, hosting_view.hosting(plan, theme_now()))
    elif part == "day_one":
        plan = _plan(here, shared)
        day_one.panel(here, plan, day_one_view.day_one(plan))
    for section in wanted:
        show_section(section)
    if part == "all" and shared.out is not None:
        st.download_button(
            "Every line as a table (CSV)", tables.lines(shared.out).csv, f"{here.area_id}-share-out.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key="share_lines_csv",
        )  # fmt: skip


def _plan(here: Open, shared: Shared) -> HostingPlan:
    return plan_of(here.dataset, board(here.dataset, here.effects(), here.scenario), shared)
