"""The visitor's theme, for drawings that cannot follow it by themselves."""

from __future__ import annotations

import streamlit as st

from lgrdata.palette import Theme


def theme_now() -> Theme:
    """'dark' where the visitor's browser shows the dark theme, else 'light'."""
    try:
        return "dark" if st.context.theme.type == "dark" else "light"
    except (AttributeError, RuntimeError):
        return "light"
