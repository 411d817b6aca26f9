"""Brings a reader who followed a link to a row or paragraph to that very place.

The browser looks for the place before the server has sent it; this looks again once the page is drawn.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_SCRIPT = (Path(__file__).parent / "anchor.js").read_text(encoding="utf-8")
_mount = st.components.v2.component("lgr_anchor", html="", js=_SCRIPT, isolate_styles=False)


def go_to_anchor() -> None:
    """Call last on a page whose rows and paragraphs are link targets."""
    _mount(key="anchor", height=1)
