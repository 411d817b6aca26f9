"""The evidence page on the screen: the tables to take away."""

from __future__ import annotations

import streamlit as st

from lgrdata.dataset import spreadsheet
from lgrdata.dataset.dataset import Dataset


def downloads(dataset: Dataset) -> None:
    """One chooser and one button: the file is made when it is asked for."""
    st.html('<div class="lgr-view" id="downloads"><h2>Take the data away</h2></div>')
    name = st.selectbox(
        "Table",
        spreadsheet.offered(dataset),
        format_func=spreadsheet.title,
        key="evidence_table",
        help="The first row names the columns as they stand in the dataset.",
    )
    if name:
        st.download_button(
            "Download as CSV",
            data=lambda: spreadsheet.table_csv(dataset, name),
            file_name=f"lgr-{name.replace('_', '-')}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
