"""The frame round every page: navigation, the shared controls, messages and the footer.

Each page calls `page(...)` first. On a cold visit to a page's own address the server runs that page's file alone;
`page` then registers the navigation and asks for one more run, in which app.py draws the frame.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from lgrdata.core.models import LgrError
from lgrdata.core.text import as_markdown
from lgrdata.dataset.dataset import Dataset, DatasetChanged, current
from lgrdata.keeping import fresh
from lgrdata.page.html import escape
from lgrdata.pictures.mark import MARK
from lgrdata.reading.db import trouble
from lgrdata.ui.frame import bar, watch
from lgrdata.ui.frame.desk import Desk, desk, read_address, write_address
from lgrdata.ui.frame.last_visit import offer_last_visit, store_visit
from lgrdata.ui.frame.links import keep_visit
from lgrdata.ui.frame.menu import PAGES
from lgrdata.ui.frame.own_names import offer_own_names
from lgrdata.ui.frame.share import DrawComparison, DrawSnapshot, share_buttons
from lgrdata.views.credits import CREDITS
from lgrdata.views.privacy import report_address

ROOT = Path(__file__).resolve().parents[3]
NAME = "LGR scenario explorer"


_RUNNING = "_frame_running"
_REPEATED = "_frame_repeated"
MOST_REPEATED = 20


def _navigation() -> object:
    pages = [
        st.Page(
            str(ROOT / p.file),
            title=p.title,
            url_path=path or None,
            default=path == "",
            visibility="visible" if p.shown else "hidden",
        )
        for path, p in PAGES.items()
        if (ROOT / p.file).exists()
    ]
    return st.navigation(pages, position="top")


def run(
    draw_snapshot: DrawSnapshot | None = None,
    draw_comparison: DrawComparison | None = None,
    draw_pack: DrawSnapshot | None = None,
    draw_sheet: DrawSnapshot | None = None,
) -> None:
    """Draw the frame and the page asked for. Called by app.py on each run.

    `draw_snapshot` makes the page to print or send, `draw_comparison` that of several splits; they are handed in
    because this layer does not know the exports.
    """
    st.set_page_config(page_title=NAME, page_icon=MARK, layout="wide", initial_sidebar_state="collapsed")
    st.logo(MARK)
    chosen = _navigation()
    with watch.run(str(chosen.url_path)) as seen:  # type: ignore[attr-defined]
        _draw(chosen, seen, draw_snapshot, draw_comparison, draw_pack, draw_sheet)


def _draw(
    chosen: object, seen: watch.PageRun, draw_snapshot: DrawSnapshot | None, draw_comparison: DrawComparison | None,
    draw_pack: DrawSnapshot | None, draw_sheet: DrawSnapshot | None,
) -> None:  # fmt: skip
    st.session_state[_RUNNING] = True
    try:
        st.html(_style())
        dataset = _dataset()
        if dataset is None:
            seen.fault(LgrError("the dataset cannot be opened; the health address logs why"))
            return
        st.session_state["_dataset"] = dataset
        seen.version = dataset.version
        try:
            desk().renew(dataset)
            read_address(dataset)
            desk().recognise(dataset)
            st.set_page_config(page_title=_title(str(chosen.url_path)))  # type: ignore[attr-defined]
            bar.draw(dataset, str(chosen.url_path))  # type: ignore[attr-defined]
            _messages()
            offer_last_visit(dataset)
            offer_own_names(dataset, desk())
            desk().side_by_side = ()
            chosen.run()  # type: ignore[attr-defined]
            if draw_snapshot is not None:
                share_buttons(dataset, desk(), draw_snapshot, draw_comparison, pack=draw_pack, sheet=draw_sheet)
            keep_visit(str(chosen.url_path), desk().arrivals, dataset.version)  # type: ignore[attr-defined]
            store_visit()
            write_address(dataset)
            dataset.refuse_changed()
            st.session_state[_REPEATED] = 0
        except DatasetChanged:
            _repeat()
        except LgrError as fault:
            seen.fault(fault)
            _refuse(fault)
        except sqlite3.Error as fault:
            seen.fault(fault)
            _refuse(trouble(dataset.path.name, fault))
        _footer(dataset)
    finally:
        st.session_state[_RUNNING] = False


def _title(path: str) -> str:
    """The title of the browser's tab: page, area, tool."""
    scenario = desk().scenario
    area = [scenario.split.facts.area.name] if scenario else []
    return " – ".join([PAGES[path].title, *area, NAME])


def _repeat() -> None:
    """Make the page again from the dataset as it is now; give up, in words, where it never stands still."""
    st.session_state[_REPEATED] = st.session_state.get(_REPEATED, 0) + 1
    if st.session_state[_REPEATED] <= MOST_REPEATED:
        st.rerun()
    st.session_state[_REPEATED] = 0
    _refuse(LgrError("the dataset is being changed without a pause; wait a moment, then reload"))


def _refuse(fault: LgrError) -> None:
    st.error(f"This page cannot be shown: {as_markdown(str(fault))}", icon=":material/error:")


def page() -> tuple[Dataset, Desk]:
    """The dataset and the visitor's desk, for a page's first line; sets up the frame on a cold visit."""
    if not st.session_state.get(_RUNNING):
        _navigation()
        st.rerun()
    return st.session_state["_dataset"], desk()


def address_of(path: str, query: dict[str, str]) -> str:
    """A relative address inside the app."""
    return f"{path or '.'}?{urlencode(query)}" if query else path or "."


@cache
def _style() -> str:
    return f"<style>{(Path(__file__).parent / 'style.css').read_text(encoding='utf-8')}</style>"


@st.cache_resource(show_spinner="Building the dataset from its tables …")
def _made_ready() -> fresh.Freshness:
    found = fresh.ensure()
    if found.message:
        # For who runs the server: nothing that a visitor has is touched by it.
        watch.line("dataset", state=found.state, message=found.message)
    return found


def _dataset() -> Dataset | None:
    ready = _made_ready()
    if not ready.usable:
        st.title("The dataset cannot be opened")
        st.error(as_markdown(ready.message), icon=":material/error:")
        _made_ready.clear()
        return None
    try:
        return current()
    except LgrError as fault:
        st.title("The dataset cannot be opened")
        st.error(as_markdown(str(fault)), icon=":material/error:")
        _made_ready.clear()
        return None


def _messages() -> None:
    the_desk = desk()
    for message in the_desk.messages:
        st.warning(as_markdown(message), icon=":material/info:")
    the_desk.messages = []


def _footer(dataset: Dataset) -> None:
    query, where = desk().shown, report_address()
    report = f'<a href="{escape(where)}" target="_blank">Report a wrong figure</a>' if where else ""
    st.html(
        '<footer class="lgr-foot">'
        f"<span>Data version {dataset.version}</span>"
        f'<a href="{address_of("evidence", {**query, "part": "unknown"})}#unknown" target="_self">What is not known</a>'
        f'<a href="{address_of("evidence", query)}" target="_self">Sources and methods</a>'
        f'<a href="{address_of("accessibility", query)}" target="_self">Accessibility</a>'
        f'<a href="{address_of("privacy", query)}" target="_self">Privacy</a>{report}'
        f"<span>{CREDITS}</span></footer>"
    )
