"""A page in parts, one shown at a time: the address names the part."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def choose_part(label: str, parts: Mapping[str, str], page: str) -> str:
    """The part that the address asks for or the visitor chose; the address keeps it. Unknown parts are the first."""
    key, seen = f"{page}_part", f"_{page}_part_seen"
    asked, first = st.query_params.get("part", ""), next(iter(parts))
    if asked in parts and asked != st.session_state.get(seen):
        st.session_state[key] = asked
    elif st.session_state.get(key) not in parts:
        st.session_state[key] = st.session_state.get(seen) or first
    part: str | None = st.segmented_control(
        label,
        list(parts),
        format_func=parts.__getitem__,
        key=key,
        required=True,
        wrap=True,
        label_visibility="collapsed",
    )
    chosen = part if part is not None and part in parts else first
    st.session_state[seen] = chosen
    if asked != chosen:
        st.query_params["part"] = chosen
    return chosen
