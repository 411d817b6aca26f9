"""The share-out laid out: the sentence beside the bars, then one part at a time, choosers in the rows."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Callout, Fold, View
from lgrdata.partnerships.board import board
from lgrdata.partnerships.hosting import HostingPlan, plan_of
from lgrdata.shares.of_scenario import Shared, shared_of
from lgrdata.ui.frame.anchor import go_to_anchor
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.empty import need_area
from lgrdata.ui.frame.opened import Open, opened
from lgrdata.ui.frame.parts import choose_part
from lgrdata.ui.frame.show import closing, show, show_blocks, show_section
from lgrdata.ui.frame.theme import theme_now
from lgrdata.ui.share_out import choosers, counts, day_one, hosting
from lgrdata.views.share import day_one as day_one_view
from lgrdata.views.share import hosting as hosting_view
from lgrdata.views.share import tables
from lgrdata.views.share.page import PARTS, TITLE, view

SECTIONS = {
    "lines": ("share-argument", "share-apart"),
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
    made = view(shared, theme=theme_now())
    if shared.out is None or not shared.out.divided:
        show(made)
        return
    _opening(made)
    part = choose_part("Part of the page", PARTS, "share")
    _part(here, shared, made, part)
    if made.warnings:
        show_blocks((Fold(f"What to mind ({len(made.warnings)})", tuple(Callout("note", w) for w in made.warnings)),))
    closing(made)
    go_to_anchor()


def _opening(made: View) -> None:
    """The sentence with its figures, beside the bars."""
    left, right = st.columns([5, 6], gap="large")
    with left:
        show(replace(made, sections=(), caveats=(), sources=(), warnings=()))
        st.button("Two sides: where do they differ?", type="primary", on_click=_go_to_sides, key="share_next")
    with right:
        (chart,) = next(s for s in made.sections if s.anchor == "share-bars").blocks
        show_blocks((chart,))


def _go_to_sides() -> None:
    st.session_state["share_part"] = "sides"


def _part(here: Open, shared: Shared, made: View, part: str) -> None:
    sections = {s.anchor: s for s in made.sections}
    wanted = [sections[anchor] for anchor in SECTIONS[part] if anchor in sections]
    if part == "lines":
        # On the screen the lines stand as rows with choosers, in place of the export's table.
        show_section(replace(wanted[0], blocks=()))
        choosers.lines(here, shared)
        wanted = wanted[1:]
    elif part == "sides":
        show_section(replace(wanted[0], blocks=()))
        choosers.two_sides(here, shared)
        show_blocks(wanted[0].blocks)
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
