"""The evidence page on the screen: a chooser of parts, and the tables to take away."""

from __future__ import annotations

import streamlit as st

from lgrdata import tabular
from lgrdata.dataset import Dataset
from lgrdata.views.evidence import PARTS

_KEY = "evidence_part"
_SEEN = "_evidence_part_seen"


def choose_part() -> str:
    """The part asked for by the address, or chosen here; the address keeps it."""
    asked = st.query_params.get("part", "")
    if asked in PARTS and asked != st.session_state.get(_SEEN):
        st.session_state[_KEY] = asked
    elif st.session_state.get(_KEY) not in PARTS:
        st.session_state[_KEY] = st.session_state.get(_SEEN) or next(iter(PARTS))
    part = st.segmented_control(
        "Part of the evidence",
        list(PARTS),
        format_func=PARTS.__getitem__,
        key=_KEY,
        required=True,
        wrap=True,
        label_visibility="collapsed",
    )
    chosen = part if part in PARTS else next(iter(PARTS))
    st.session_state[_SEEN] = chosen
    if asked != chosen:
        st.query_params["part"] = chosen
    return chosen


def downloads(dataset: Dataset) -> None:
    """One chooser and one button: the file is made when it is asked for."""
    st.html('<div class="lgr-view" id="downloads"><h2>Take the data away</h2></div>')
    name = st.selectbox(
        "Table",
        tabular.offered(dataset),
        format_func=tabular.title,
        key="evidence_table",
        help="The first row names the columns as they stand in the dataset.",
    )
    if name:
        st.download_button(
            "Download as CSV",
            data=lambda: tabular.table_csv(dataset, name),
            file_name=f"lgr-{name.replace('_', '-')}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
