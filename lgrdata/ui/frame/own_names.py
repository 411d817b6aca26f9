"""A proposal's own names for its councils, offered where its lines stand under others: never put in their place."""

from __future__ import annotations

import streamlit as st

from lgrdata.core.text import as_markdown
from lgrdata.core.words import capital
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.naming import own_names, own_names_note
from lgrdata.splits.split import Split
from lgrdata.ui.frame.desk import Desk


def offer_own_names(dataset: Dataset, desk: Desk) -> None:
    """A line that says what the proposal calls its councils, and a button that takes those names."""
    scenario = desk.scenario
    known = own_names(dataset.conn, scenario.split) if scenario is not None else None
    if scenario is None or known is None:
        return
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.caption(as_markdown(f"{capital(own_names_note(dataset.conn, scenario.split))}."))
    right.button("Use the proposal’s own names", key="own_names", on_click=_take, args=(desk, known), width="stretch")


def _take(desk: Desk, known: Split) -> None:
    if desk.scenario is not None and desk.scenario.split == known:
        desk.change(desk.scenario.under_names_of(known))
