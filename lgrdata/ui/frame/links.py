"""What the browser does between pages: links without a new visit, focus, one step of Back a page, theme, names, tables.

A plain link loads the page afresh, which begins a new session and loses notes and ticks: here the address is handed to
the app as Back does. The app first names a page and then fills in its address: here that is one entry of the history.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_SCRIPT = "".join((Path(__file__).parent / f).read_text(encoding="utf-8") for f in ("tables.js", "links.js"))
_mount = st.components.v2.component("lgr_soft_links", html="", js=_SCRIPT, isolate_styles=False)


def keep_visit(path: str, arrivals: int, version: str) -> None:
    """Called once by the frame, for every page, at `path`, after its heading; `arrivals` counts what was chosen.

    `version` of the dataset is told where a table is cited.
    """
    data = {"path": path, "arrivals": arrivals, "version": version}
    _mount(key="soft_links", data=data, height=1, on_theme_change=lambda: None)
