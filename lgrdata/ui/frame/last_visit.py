"""Work that outlives a reload: stored in the visitor's own browser, put back by itself or offered, never kept here.

The page hands its browser a text to store (`splits/stored`). A new session of the same tab has it put back where the
address is of the same area; any other new session is offered what was there, and may forget it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import streamlit as st

from lgrdata.all_effects.of_scenario import mended
from lgrdata.core.models import LgrError
from lgrdata.core.text import as_markdown, one_line
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.splits import stored
from lgrdata.splits.stored import StoredVisit
from lgrdata.ui.frame.desk import COMPARED_NOTES, MOST_COMPARED, Desk, desk
from lgrdata.views import last_visit as view

_HELD, _KEY = "_last_visit", "last_visit"
_SCRIPT = (Path(__file__).parent / "last_visit.js").read_text(encoding="utf-8")
_mount = st.components.v2.component("lgr_last_visit", html="", js=_SCRIPT, isolate_styles=False)


@dataclass
class StoredState:
    """What this session knows of the browser's store."""

    session: str
    answered: bool = False
    """The browser said what it had stored."""
    offer: StoredVisit | None = None
    offered: str = ""
    """The text that is offered: read anew when it is brought back, on the dataset as it is then."""
    when: str = ""
    forget: int = 0
    text: str = ""
    """What the browser was last given to store; '' for nothing yet."""
    given: object = None
    """What that text was made of."""
    forgot: str = ""
    """The text that was forgotten: not stored again before something changes."""


def _state() -> StoredState:
    if _HELD not in st.session_state:
        st.session_state[_HELD] = StoredState(secrets.token_hex(4))
    return cast(StoredState, st.session_state[_HELD])


def offer_last_visit(dataset: Dataset) -> None:
    """At the head of a page: what the browser had stored before this visit, where it was not put back by itself."""
    state = _state()
    if state.offer is None:
        return
    with st.container(key="last_visit_offer", horizontal=True, vertical_alignment="center"):
        st.markdown(as_markdown(f"Stored in this browser: {view.told(dataset, state.offer)}"), width="stretch")
        st.button(
            f"Bring back what you had at {as_markdown(state.when)}", key="last_visit_back", type="primary",
            on_click=_bring_back,
        )  # fmt: skip
        st.button("Forget it", key="last_visit_forget", on_click=_forget_offer)


def store_visit() -> None:
    """Called by the frame once a page: gives the browser what to store, and takes what it had."""
    state, the_desk = _state(), desk()
    data = {
        "session": state.session,
        "answered": state.answered,
        "forget": state.forget,
        "text": _text(state, the_desk),
        "shared": state.offer is None,
    }
    _mount(key=_KEY, data=data, height=1, on_found_change=_found)


def _text(state: StoredState, the_desk: Desk) -> str:
    """What to store: nothing before there is something that the address alone would not bring back."""
    notes: dict[str, str] = st.session_state.get(COMPARED_NOTES, {})
    made_of = (the_desk.scenario, tuple(map(id, the_desk.compared)), the_desk.locks, len(notes))
    if state.given == made_of:
        return state.text
    state.given = made_of
    visit = StoredVisit(the_desk.scenario, tuple(the_desk.compared), notes, the_desk.locks)
    if not state.text and not _worth(the_desk):
        return ""
    text = stored.write(visit)
    if text != state.forgot:
        state.text, state.forgot = text, ""
    return state.text


def _worth(the_desk: Desk) -> bool:
    held = the_desk.scenario
    if the_desk.compared or the_desk.past:
        return True
    if held is None:
        return False
    said = (held.note, held.answers, held.register, held.hosting, held.partnerships, held.assumptions, held.bases)
    return any(said) or bool(the_desk.locks.councils or the_desk.locks.blocks)


def _found() -> None:
    """The browser's answer: once a session, and only for the one that asked."""
    state, told = _state(), st.session_state[_KEY].get("found")
    if not isinstance(told, Mapping) or told.get("session") != state.session or state.answered:
        return
    text = told.get("text")
    # Who had it forgotten before this answer came is not offered it.
    visit = _read(text) if isinstance(text, str) and not state.forget else None
    if visit is not None and not visit.empty and not (told.get("own") is True and _goes_on(visit)):
        state.offer, state.offered, state.when = visit, str(text), one_line(told.get("when"), 40) or "an earlier visit"
    # Last: what a newer act of the reader cuts short is done when the answer is told again.
    state.answered = True


def _read(text: str) -> StoredVisit | None:
    """What a stored text holds; None where it was altered, or fits the dataset no more."""
    try:
        dataset = current()
        visit = stored.read(dataset.conn, dataset.facts, text)
        return visit if visit.scenario is None else replace(visit, scenario=mended(dataset, visit.scenario)[0])
    except LgrError:
        return None


def _goes_on(visit: StoredVisit) -> bool:
    """Put back what this tab had, where its address is of the same area; the address has the say of what it holds."""
    the_desk = desk()
    now, had = the_desk.scenario, visit.scenario
    if had is None:
        _put_aside(the_desk, visit)
        return True
    if now is None or now.area_id != had.area_id:
        return False
    _put_aside(the_desk, visit)
    moved = had.of(now.split)
    the_desk.scenario = replace(now, note=had.note, answers=had.answers, register=had.register, hosting=moved.hosting)
    the_desk.revision += 1  # fields that show what was there before begin anew
    return True


def _bring_back() -> None:
    state, the_desk = _state(), desk()
    visit = _read(state.offered)
    if visit is not None:
        _put_aside(the_desk, visit)
    state.offer = None
    if visit is None:
        the_desk.say("What this browser stored no longer fits the dataset.")
        return
    if visit.scenario is not None:
        the_desk.change(visit.scenario)
        the_desk.locks = visit.locks
    the_desk.say("It is back as you had it; Undo shows what was open here before.")


def _put_aside(the_desk: Desk, visit: StoredVisit) -> None:
    # The session's state first: Streamlit may cut a callback short there, and nowhere after it.
    st.session_state[COMPARED_NOTES] = {**visit.notes, **st.session_state.get(COMPARED_NOTES, {})}
    compared = [*visit.compared, *(q for q in the_desk.compared if q not in visit.compared)]
    the_desk.compared = compared[:MOST_COMPARED]


def _forget_offer() -> None:
    """Have the browser forget what is offered, and store what this visit has in its place."""
    state = _state()
    state.offer, state.forget = None, state.forget + 1


def forget() -> None:
    """Have the browser forget all it stored; it stores again once something is changed."""
    _forget_offer()
    state = _state()
    state.forgot, state.text = state.text, ""


def forget_button() -> None:
    """For the page on privacy: empties the browser's store."""
    if st.button("Forget what this browser stored", key="last_visit_forget_all"):
        forget()
        st.rerun()
    if _state().forget:
        st.caption("It is forgotten. What you change from now on in this visit is stored anew.")
