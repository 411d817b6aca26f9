"""The page of every option: what is asked above, the chart beside where yours stands, then lists and the search."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lgrdata.all_options.options import Options
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.compare.basket import add_button
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.frame import ROOT
from lgrdata.ui.frame.menu import PAGES
from lgrdata.ui.frame.opened import Open, opened
from lgrdata.ui.frame.show import closing, show, show_section
from lgrdata.ui.frame.theme import page_style, theme_now
from lgrdata.ui.options import by_wards, controls
from lgrdata.views.options.download import csv_of
from lgrdata.views.options.frontier import open_codes
from lgrdata.views.options.listing import OptionsQuery, frontier_of, judged_by, listing
from lgrdata.views.options.page import TITLE, view


def draw(dataset: Dataset, desk: Desk) -> None:
    """The whole page, for the scenario on the desk."""
    st.title(TITLE, anchor=False)
    st.html(page_style())
    here = opened(dataset, desk)
    if here is None:
        st.info(
            "Choose an area above, and every way to group its councils is listed here.", icon=":material/grid_view:"
        )
        return
    scenario = here.scenario
    controls.follow_split(scenario)
    asked = controls.asked_of(dataset, scenario, controls.settings())
    controls.choose_number(dataset, scenario, asked)
    controls.choose_filters(dataset, scenario, asked)
    made = view(
        dataset, scenario, asked.councils, asked.x, asked.y,
        judged=asked.judged, filters=asked.filters, ferries=asked.ferries, theme=theme_now(),
    )  # fmt: skip
    show(replace(made, sections=(), caveats=(), sources=()), title=False)
    sections = {s.anchor: s for s in made.sections}
    if "chart" in sections:
        left, right = st.columns([3, 2], gap="large")
        with left:
            controls.choose_axes(dataset, scenario, asked)
            show_section(sections.pop("chart"))
        with right:
            show_section(sections.pop("yours"))
            add_button(here, key="options_compare")
    rules = sections.pop("rules")
    for anchor, section in sections.items():
        show_section(section)
        if anchor == "frontier":
            _open_one(here, scenario, asked)
    _download(dataset, scenario, asked)
    by_wards.panel(here, asked.ferries)
    show_section(rules)
    closing(made)
    controls.keep_in_address()


def _open_one(here: Open, scenario: Scenario, asked: OptionsQuery) -> None:
    options = listing(here.dataset, scenario, asked)
    judged = judged_by(options, asked)
    rows = frontier_of(here.dataset, scenario, asked, [m.key for m in judged])
    codes = dict(open_codes(options, rows, judged))
    left, right, _ = st.columns([2, 2, 3], vertical_alignment="bottom")
    with left:
        chosen = st.selectbox("Open one of these", list(codes), key="options_open")
    with right:
        if st.button("Open on the map", key="options_open_it") and chosen:
            split = here.dataset.split(scenario.area_id, codes[chosen])
            here.desk.open_split(split, split.proposal or codes[chosen])
            st.switch_page(str(ROOT / PAGES["redraw"].file))


def _download(dataset: Dataset, scenario: Scenario, asked: OptionsQuery) -> None:
    try:
        options = listing(dataset, scenario, asked)
    except LgrError:
        return
    councils = asked.councils

    def made() -> bytes:
        held: Options = listing(dataset, scenario, asked)
        judged = [m.key for m in judged_by(held, asked)]
        return csv_of(held, frontier_of(dataset, scenario, asked, judged))

    st.download_button(
        f"Download these {len(options):,} options with every measure (CSV)" if len(options) > 1 else "Download (CSV)",
        made,
        file_name=f"options-{scenario.area_id}-{councils}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
