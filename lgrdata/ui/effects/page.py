"""The effects page laid out: opening and figures, contents, assumptions, then the sections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import streamlit as st

from lgrdata.dataset.dataset import Dataset
from lgrdata.page import html
from lgrdata.page.blocks import Link, View
from lgrdata.ui.compare.basket import add_button
from lgrdata.ui.effects.assumptions import assumptions_editor
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.empty import need_area
from lgrdata.ui.frame.opened import opened
from lgrdata.ui.frame.show import closing, resolver, show, show_section
from lgrdata.ui.frame.theme import theme_now
from lgrdata.views.effects import page


def draw(dataset: Dataset, desk: Desk) -> None:
    """The whole page, for the scenario on the desk; asks for an area where there is none."""
    here = opened(dataset, desk)
    if here is None:
        told = "Then see what a split of it would do to care, cost and boundaries."
        need_area(dataset, "What it does", "effects", told)
        return
    found = page.view(dataset, here.scenario, here.effects(), theme=theme_now())

    def tools() -> None:
        add_button(here)
        assumptions_editor(here)

    show_effects(found, page.contents(found), tools)


def show_effects(found: View, contents: tuple[Link, ...], editor: Callable[[], None]) -> None:
    """The view with links to its sections and the editor between the opening and the first section."""
    st.html(_style())
    show(replace(found, sections=(), caveats=(), sources=()))
    resolve = resolver()
    links = "".join(f"<li>{html.rich(link, resolve)}</li>" for link in contents)
    st.html(f'<nav class="lgr-view lgr-contents" aria-label="On this page"><ul>{links}</ul></nav>')
    editor()
    for section in found.sections:
        show_section(section)
    closing(found)


@cache
def _style() -> str:
    return f"<style>{(Path(__file__).parent / 'effects.css').read_text(encoding='utf-8')}</style>"
