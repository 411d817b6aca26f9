"""The comparison's page: which splits, their maps side by side, then the tables."""

from __future__ import annotations

import streamlit as st

from lgrdata.core import words
from lgrdata.core.models import LgrError
from lgrdata.core.text import as_markdown
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Callout, Columns, Section, plain
from lgrdata.page.html import escape
from lgrdata.ui.compare import basket
from lgrdata.ui.frame.desk import MOST_COMPARED, Desk
from lgrdata.ui.frame.empty import need_area
from lgrdata.ui.frame.opened import Open, opened
from lgrdata.ui.frame.show import closing, show_blocks, show_section
from lgrdata.ui.frame.theme import page_style, theme_now
from lgrdata.views.compare.page import FEWEST, view


def draw(dataset: Dataset, desk: Desk) -> None:
    """The whole page, for the area on the desk."""
    here = opened(dataset, desk)
    if here is None:
        need_area(dataset, "Compare", "compare", "Then choose two to four of its splits to see side by side.")
        return
    st.html(page_style())
    known, elsewhere = basket.choices(here)
    columns = _chosen(here, known)
    if elsewhere:
        st.caption(
            f"{words.capital(words.counted(elsewhere, 'scenario'))} you put aside"
            f" {'is' if elsewhere == 1 else 'are'} of another area: only splits of one area can be compared."
        )
    if len(columns) < FEWEST:
        st.info("Choose at least two splits to see them side by side.", icon=":material/compare:")
        return
    try:
        made = view(dataset, [c.scenario for c in columns], [c.name for c in columns], theme_now(), small=True)
    except LgrError as fault:
        st.error(as_markdown(words.sentence(fault.on_screen)), icon=":material/error:")
        return
    here.desk.side_by_side = tuple(c.scenario for c in columns)
    maps, short, *rest = made.sections
    show_blocks(tuple(Callout("note", warning) for warning in made.warnings))
    _side_by_side(maps, plain(short.lede))
    with st.container(key="lgr_compared"):
        show_blocks(short.blocks)
        for section in rest:
            with st.expander(section.title):
                show_section(section)
    closing(made)


def _chosen(here: Open, known: dict[str, basket.ComparedColumn]) -> list[basket.ComparedColumn]:
    """The columns chosen: those of the address where it changed, else those held; at first the desk and a proposal."""
    area_id = here.scenario.area_id
    address = st.query_params.get(basket.KEY, "")
    held: dict[str, list[str]] = st.session_state.setdefault("compare_chosen", {})
    extra: dict[str, basket.ComparedColumn] = st.session_state.setdefault("compare_extra", {})
    if address and address != st.session_state.get("compare_shown"):
        columns, messages = basket.from_address(here.dataset, here.scenario, known, address)
        for message in messages:
            st.warning(as_markdown(message), icon=":material/info:")
        if columns:
            held[area_id] = [c.key for c in columns]
            extra.update({c.key: c for c in columns if c.key not in known})
    every = {**{k: c for k, c in extra.items() if c.scenario.area_id == area_id}, **known}
    keys = [k for k in held.get(area_id, _first(here, known)) if k in every]
    st.session_state["compare_pick"] = keys
    head, left, right = st.columns([2, 8, 2], vertical_alignment="center")
    with head:
        st.title("Compare", anchor=False)
    with left:
        st.multiselect(
            "Splits to compare: the others are measured against the first",
            list(every),
            format_func=lambda key: every[key].name if key in every else "Not of this area",
            key="compare_pick",
            wrap=True,
            max_selections=MOST_COMPARED,
            placeholder="Choose two to four",
            label_visibility="collapsed",
            on_change=_take,
            args=(area_id,),
        )
    with right:
        mine = basket.key_of(here)
        st.button(
            "Add your split", icon=":material/add:", key="compare_mine",
            disabled=mine in keys or len(keys) >= MOST_COMPARED, on_click=_add, args=(area_id, keys, mine),
        )  # fmt: skip
    if area_id not in held and len(keys) > 1 and not any(every[k].aside for k in keys):
        st.caption(
            f"Beside your split stands the first other one: {as_markdown(every[keys[1]].name)}. Choose any above."
        )
    basket.keep_in_address(keys)
    st.session_state["compare_shown"] = "~".join(keys)
    return [every[k] for k in keys]


def _first(here: Open, known: dict[str, basket.ComparedColumn]) -> list[str]:
    """What to open with: what was put aside, else the split on the desk and the first others."""
    aside = [k for k, c in known.items() if c.aside]
    mine = list(known)[-1] if known else ""
    desk = here.scenario
    # The visitor's own split comes with the visitor's partnerships, which a proposal's column has not.
    now = [
        k for k, c in known.items() if c.scenario.split == desk.split and c.scenario.partnerships == desk.partnerships
    ]
    others = [k for k in known if k not in ("today", "single")] + ["today"]
    wanted = [*aside, *(now[:1] or [mine]), *others]
    return list(dict.fromkeys(wanted))[: max(FEWEST, min(len(aside), MOST_COMPARED))]


def _take(area_id: str) -> None:
    st.session_state["compare_chosen"][area_id] = list(st.session_state["compare_pick"])


def _add(area_id: str, keys: list[str], mine: str) -> None:
    st.session_state["compare_chosen"][area_id] = [*keys, mine]


def _side_by_side(maps: Section, told: str) -> None:
    """The answer, and the map of each split in the column that its figures stand in below."""
    sides = [side for block in maps.blocks if isinstance(block, Columns) for side in block.columns]
    with st.container(key="lgr_compared_maps"):
        first, *others = st.columns([28, *[72 / len(sides)] * len(sides)] if sides else 1, gap="small")
        with first:
            st.html(f'<div class="lgr-view lgr-lead"><p>{escape(told)}</p></div>')
            if not sides:
                st.caption(as_markdown(str(maps.lede)))
        for column, (_, blocks) in zip(others, sides, strict=True):
            with column:
                show_blocks(blocks)
