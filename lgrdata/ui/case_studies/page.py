"""The case studies page on the screen: search, filters, the list, and one case opened from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from lgrdata.core.text import as_markdown
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import Library, library
from lgrdata.partnerships.search import CaseFilter, find
from lgrdata.ui.frame.parts import choose_part
from lgrdata.ui.frame.show import closing, show, show_section
from lgrdata.views import case_studies as view


def draw(dataset: Dataset) -> None:
    """The page: one case where the address names it, else the list."""
    lib = library(dataset)
    slug = st.query_params.get("case", "")
    if slug in lib.cases:
        st.button("All case studies", icon=":material/arrow_back:", on_click=_close)
        show(view.view(dataset, slug=slug))
        return
    if slug:
        _close()
        named = as_markdown(slug[:60])
        st.warning(f"There is no case study “{named}”; the whole list is shown.", icon=":material/info:")
    head = st.container()
    part = choose_part("Part of the page", view.PARTS, "case_studies")
    wanted = _filters(dataset, lib) if part == "cases" else CaseFilter()
    shown = view.view(dataset, wanted, part)
    with head:
        show(replace(shown, sections=(), caveats=(), sources=()))
    for section in shown.sections:
        show_section(section)
    closing(shown)


def _filters(dataset: Dataset, lib: Library) -> CaseFilter:
    search, opening = st.columns([3, 2])
    text = search.text_input(
        "Search the case studies", key="case_text", max_chars=200, placeholder="night duty, adoption …"
    )
    columns = st.columns(5)
    services = {s.service_id: s.name for s in lib.services.values()}
    models = {m.model_id: f"{m.name}: not offered" if m.excluded else m.name for m in lib.models.values()}
    paragraphs = {p.paragraph: f"{p.paragraph} {p.title}" for p in lib.considerations.values()}
    wanted = CaseFilter(
        text.strip(),
        _one(columns[0], "Service", services, "case_service"),
        _one(columns[1], "Way to work together", models, "case_model"),
        _one(columns[2], "Paragraph of the note", paragraphs, "case_paragraph"),
        _one(columns[3], "Kind", view.KINDS, "case_kind"),
        _one(columns[4], "Outcome", view.OUTCOMES, "case_outcome"),
    )
    found = {c.slug: c.title for c in find(dataset, wanted)}
    if st.session_state.get("case_open") not in found:
        st.session_state["case_open"] = None
    opening.selectbox(
        "Open a case study",
        list(found),
        format_func=found.__getitem__,
        index=None,
        placeholder=f"{len(found)} to choose from",
        key="case_open",
        on_change=_open,
    )
    return wanted


def _one(column: object, label: str, options: Mapping[str, str], key: str) -> str:
    chosen = column.selectbox(  # type: ignore[attr-defined]
        label, list(options), format_func=options.__getitem__, index=None, placeholder="All", key=key
    )
    return str(chosen or "")


def _open() -> None:
    chosen = st.session_state.get("case_open")
    if chosen:
        st.query_params["case"] = chosen


def _close() -> None:
    st.session_state["case_open"] = None
    st.query_params["part"] = "cases"
    if "case" in st.query_params:
        del st.query_params["case"]
