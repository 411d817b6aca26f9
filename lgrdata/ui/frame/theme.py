"""The visitor's theme, for drawings that cannot follow it by themselves."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from lgrdata.core.palette import Theme


def theme_now() -> Theme:
    """'dark' where the visitor's browser shows the dark theme, else 'light'."""
    try:
        return "dark" if st.context.theme.type == "dark" else "light"
    except (AttributeError, RuntimeError):
        return "light"


@cache
def page_style() -> str:
    """The style of pages with lists to choose from and tables side by side, as an HTML element."""
    return f"<style>{(Path(__file__).parent / 'lists.css').read_text(encoding='utf-8')}</style>"
