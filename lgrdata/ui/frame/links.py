"""What the browser does between pages: links without a new visit, focus, one step of Back a page, theme, names.

A plain link loads the page afresh, which begins a new session and loses notes and ticks: here the address is handed to
the app as Back does. The app first names a page and then fills in its address: here that is one entry of the history.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_SCRIPT = (Path(__file__).parent / "links.js").read_text(encoding="utf-8")
_mount = st.components.v2.component("lgr_soft_links", html="", js=_SCRIPT, isolate_styles=False)


def keep_visit(path: str, arrivals: int) -> None:
    """Called once by the frame, for every page, at `path`, after its heading; `arrivals` counts what was chosen."""
    _mount(key="soft_links", data={"path": path, "arrivals": arrivals}, height=1, on_theme_change=lambda: None)
