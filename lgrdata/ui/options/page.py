"""The page of every option: the answer, what is asked, then the chart, the lists and the search, one at a time."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lgrdata.all_options.nearest import NearestOption
from lgrdata.all_options.options import Options
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Picture, Section
from lgrdata.page.html import escape
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.compare.basket import add_beside
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.frame import ROOT
from lgrdata.ui.frame.menu import PAGES
from lgrdata.ui.frame.opened import Open, opened
from lgrdata.ui.frame.parts import choose_part
from lgrdata.ui.frame.show import closing, show_blocks, show_section
from lgrdata.ui.frame.theme import page_style, theme_now
from lgrdata.ui.options import by_wards, controls
from lgrdata.views import evidence_bar
from lgrdata.views.options import answer
from lgrdata.views.options.download import csv_of
from lgrdata.views.options.frontier import open_codes
from lgrdata.views.options.listing import OptionsQuery, frontier_of, judged_by, listing, name_of
from lgrdata.views.options.page import TITLE, view

PARTS = {
    "chart": "Chart",
    "yours": "Where yours stands",
    "list": "Options that nothing beats",
    "wards": "Search by wards",
    "rules": "What counts as an option",
}
"""Parts of the page, one shown at a time below the answer."""

SHOWN_IN = {"yours": ("yours", "nearer"), "list": ("frontier",), "rules": ("rules",)}
"""The view's sections that a part shows as they are."""


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
    made = view(
        dataset, scenario, asked.councils, asked.x, asked.y,
        judged=asked.judged, filters=asked.filters, ferries=asked.ferries, theme=theme_now(),
    )  # fmt: skip
    sections = {s.anchor: s for s in made.sections}
    told = [str(lede) for lede in made.lede[1:]] if "chart" in sections else [str(lede) for lede in made.lede]
    _answer(here, asked, sections, told)
    part = choose_part("Part of the page", PARTS, "options")
    if part == "chart" and "chart" in sections:
        controls.choose_axes(dataset, scenario, asked)
        show_blocks(sections["chart"].blocks)
    elif part == "wards":
        by_wards.panel(here, asked.ferries)
    else:
        if part == "yours":
            show_blocks(evidence_bar.blocks(dataset, here.effects(), theme_now()))
        for anchor in SHOWN_IN.get(part, ()):
            if anchor in sections:
                show_section(sections[anchor])
        if part == "list" and "frontier" in sections:
            _open_one(here, scenario, asked)
            _download(dataset, scenario, asked)
    closing(made)
    controls.keep_in_address()


def _answer(here: Open, asked: OptionsQuery, sections: dict[str, Section], told: list[str]) -> None:
    """What was found, in words and small maps, beside what was asked."""
    found = sections.get("answer")
    pictures = [b for b in found.blocks if isinstance(b, Picture)] if found else []
    left, right = st.columns([3, 2], gap="large") if pictures else (st.container(), None)
    with left:
        lines = [str(found.lede)] if found else [str(s.lede) for s in (sections.get("yours"),) if s]
        st.html(f'<div class="lgr-view lgr-lead">{"".join(f"<p>{escape(line)}</p>" for line in (*told, *lines))}</div>')
        if found:
            show_blocks(tuple(b for b in found.blocks if not isinstance(b, Picture)))
        controls.choose(here.dataset, here.scenario, asked)
    if right is not None:
        with right:
            for picture in pictures:
                st.image(picture.svg, alt=picture.alt, width=picture.width)
            with st.container(horizontal=True):
                if st.button("Open the change on the map", key="options_change", type="primary"):
                    _open_change(here, asked)
                st.button(
                    "Add both to compare", icon=":material/add:", key="options_compare",
                    on_click=_compare_change, args=(here, asked), help="Your split and the split with this change",
                )  # fmt: skip


def _change(here: Open, asked: OptionsQuery) -> NearestOption | None:
    options = listing(here.dataset, here.scenario, asked)
    first = answer.one_change(answer.nearest(options, here.scenario.split, judged_by(options, asked)))
    return first[1] if first is not None else None


def _open_change(here: Open, asked: OptionsQuery) -> None:
    if (near := _change(here, asked)) is not None:
        by_wards.open_found(here, answer.changed(here.scenario.split, near))


def _compare_change(here: Open, asked: OptionsQuery) -> None:
    if (near := _change(here, asked)) is not None:
        scenario = here.scenario
        name = answer.changed_name(name_of(here.dataset, scenario), scenario.split, near)
        add_beside(here, replace(scenario.of(answer.changed(scenario.split, near)), name=name))


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
