"""A page with the downloads alone, that counts how often a file is drawn."""

import streamlit as st

from lgrdata.dataset import Dataset
from lgrdata.scenario import Scenario
from lgrdata.ui.desk import desk
from lgrdata.ui.share import share_buttons

st.session_state["drawn"] = 0


def draw(_dataset: Dataset, _scenario: Scenario, _base: str) -> bytes:
    st.session_state["drawn"] += 1
    return b""


share_buttons(st.session_state["_dataset"], desk(), draw)
