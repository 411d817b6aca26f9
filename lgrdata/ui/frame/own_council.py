"""The council of today that the reader came for, kept through a visit: what it means for is told of it first."""

from __future__ import annotations

import streamlit as st

_KEPT = "own_council"


def remember_council(meant: str) -> None:
    """Keep the name or code of the council searched or chosen; '' where an area was opened without one."""
    st.session_state[_KEPT] = meant


def remembered_council() -> str:
    """What was kept last, '' before anything was."""
    return str(st.session_state.get(_KEPT, ""))
