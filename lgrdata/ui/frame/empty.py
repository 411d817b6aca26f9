"""What a page says before an area is chosen."""

from __future__ import annotations

import streamlit as st

from lgrdata.dataset.dataset import Dataset
from lgrdata.page.html import escape
from lgrdata.ui.frame.frame import address_of


def need_area(dataset: Dataset, title: str, path: str, what: str = "") -> None:
    """The page's title, that an area is needed, and a link to this page (at `path`) for each area."""
    st.title(title, anchor=False)
    st.html(f'<div class="lgr-view lgr-lead"><p>Choose an area first. {escape(what)}</p></div>')
    links = "".join(
        f'<li><a href="{escape(address_of(path, {"area": a.area_id}))}" target="_self">{escape(a.name)}</a></li>'
        for a in dataset.areas
    )
    st.html(f'<nav class="lgr-view" aria-label="Areas"><ul class="lgr-areas">{links}</ul></nav>')
