"""A page with the downloads alone, that counts how often a file is drawn."""

import streamlit as st

from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.desk import desk
from lgrdata.ui.frame.share import share_buttons

st.session_state["drawn"] = 0


def draw(_dataset: Dataset, _scenario: Scenario, _base: str) -> bytes:
    st.session_state["drawn"] += 1
    return b""


share_buttons(st.session_state["_dataset"], desk(), draw)
