"""Streamlit may end a callback where it touches the session while a newer act waits: it is done whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.runtime.state import SafeSessionState, SessionState, session_state_proxy

from lgrdata.dataset.dataset import Dataset, current
from lgrdata.splits import stored
from lgrdata.splits.edits import give
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.compare import basket
from lgrdata.ui.frame import bar, last_visit
from lgrdata.ui.frame.desk import COMPARED_NOTES, Desk, desk
from lgrdata.ui.frame.opened import Open
from lgrdata.ui.frame.own_council import remembered_council
from lgrdata.ui.redraw import files
from lgrdata.ui.start import page as start


class Cut(BaseException):
    """As Streamlit's own signal, no Exception."""


def cut_everywhere(
    monkeypatch: pytest.MonkeyPatch, begin: Callable[[], Callable[[], None]], stands: Callable[[], object]
) -> Iterator[tuple[object, object, object]]:
    """Before, cut short, whole: what stands after each place where an act can be cut, anew each time."""
    left = [10**9]

    def touched() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Cut

    for allowed in (10**9, *range(40)):
        state = SafeSessionState(SessionState(), touched)
        monkeypatch.setattr(session_state_proxy, "_mock_session_state", state)
        left[0] = 10**9
        act = begin()
        before = stands()
        left[0] = allowed
        try:
            act()
            ended = True
        except Cut:
            ended = False
        left[0] = 10**9
        if allowed == 10**9:
            whole = stands()
            continue
        yield before, stands(), whole
        if ended:
            return
    raise AssertionError("an act touches the session more than forty times")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario(current().split("surrey", "surrey-2ua"), note="as agreed")


def _open(dataset: Dataset, scenario: Scenario | None) -> Open:
    st.session_state["desk"] = Desk(scenario)
    return Open(dataset, desk())


def test_what_is_cut_short_is_done_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch, scenario: Scenario) -> None:
    dataset = current()
    other = replace(scenario, lens="county").of(dataset.split("surrey", "surrey-3ua"))
    visit = stored.StoredVisit(scenario, ({"area": "surrey", "split": "today"},), {"x": "a note"})
    surrey = next(a for a in dataset.areas if a.area_id == "surrey")

    def beside() -> Callable[[], None]:
        here = _open(dataset, scenario)
        return lambda: basket.add_beside(here, other)

    def compared() -> object:
        return [(q["split"], len(st.session_state.get(COMPARED_NOTES, {})) if q["split"] == "surrey-2ua" else 0)
                for q in desk().compared]  # fmt: skip

    def bring_back() -> Callable[[], None]:
        _open(dataset, None)
        state = last_visit._state()
        state.offer, state.offered = visit, stored.write(visit)
        return last_visit._bring_back

    def back() -> object:
        return last_visit._state().offer is None, len(desk().compared), desk().scenario is None

    def opening() -> Callable[[], None]:
        here = _open(dataset, None)
        return lambda: start._open(dataset, here.desk, surrey, "Elmbridge")

    def opened() -> object:
        return desk().scenario is not None and remembered_council()

    def uploading() -> Callable[[], None]:
        here = _open(dataset, scenario)
        st.session_state["upload_0"] = SimpleNamespace(name="list.csv", getvalue=lambda: b"code,council\n")
        return lambda: files._open_upload(here)

    def uploaded() -> object:
        emptied = st.session_state.get("_uploads", 0)
        return "kept" if not emptied or "_incoming_file" in st.session_state else "lost"

    wrong = [
        f"{begin.__name__}: {now} is neither {before} nor {whole}"
        for begin, stands in ((beside, compared), (bring_back, back), (opening, opened), (uploading, uploaded))
        for before, now, whole in cut_everywhere(monkeypatch, begin, stands)
        if now not in (before, whole)
    ]
    assert wrong == []


def test_a_chooser_that_says_again_what_it_showed_is_no_wish(
    monkeypatch: pytest.MonkeyPatch, scenario: Scenario
) -> None:
    """A run was cut between telling the chooser of the drawing and drawing it: the next act brings the old value."""
    state = SafeSessionState(SessionState(), lambda: None)
    monkeypatch.setattr(session_state_proxy, "_mock_session_state", state)
    dataset = current()
    drawn = scenario.of(give(scenario.split, ["E07000207"], 1))
    here = _open(dataset, drawn)
    for value, opened in (("surrey-2ua", drawn), ("surrey-3ua", None)):
        st.session_state["_frame_split_shown"], st.session_state["frame_split"] = "surrey-2ua", value
        bar._choose_split(dataset, False)
        assert (here.desk.scenario == drawn) is (opened is drawn)


def test_what_was_forgotten_before_the_browser_answered_is_not_put_back(
    monkeypatch: pytest.MonkeyPatch, scenario: Scenario
) -> None:
    text = stored.write(stored.StoredVisit(scenario, (), {}))
    for forgets, note in ((False, "as agreed"), (True, "")):
        state = SafeSessionState(SessionState(), lambda: None)
        monkeypatch.setattr(session_state_proxy, "_mock_session_state", state)
        here = _open(current(), replace(scenario, note=""))
        if forgets:
            last_visit.forget()
        told = {"session": last_visit._state().session, "own": True, "text": text}
        st.session_state[last_visit._KEY] = {"found": told}
        last_visit._found()
        assert here.desk.scenario is not None and here.desk.scenario.note == note
