"""The effects page laid out: opening and figures, contents, assumptions, then the sections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import streamlit as st

from lgrdata import markup
from lgrdata.ui.show import closing, resolver, show, show_section
from lgrdata.views.base import Link, View


def show_effects(found: View, contents: tuple[Link, ...], editor: Callable[[], None]) -> None:
    """The view with links to its sections and the editor between the opening and the first section."""
    st.html(_style())
    show(replace(found, sections=(), caveats=(), sources=()))
    resolve = resolver()
    links = "".join(f"<li>{markup.rich(link, resolve)}</li>" for link in contents)
    st.html(f'<nav class="lgr-view lgr-contents" aria-label="On this page"><ul>{links}</ul></nav>')
    editor()
    for section in found.sections:
        show_section(section)
    closing(found)


@cache
def _style() -> str:
    return f"<style>{(Path(__file__).parent / 'effects.css').read_text(encoding='utf-8')}</style>"
