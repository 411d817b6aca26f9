"""Locks of a drawing: in the buttons, the boxes and the map alike, and in the address for whoever opens it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lgrdata.dataset.dataset import current
from lgrdata.splits import locked
from lgrdata.splits.locked import Locks
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.opened import Open
from lgrdata.ui.redraw import drawing

ROOT = Path(__file__).resolve().parents[2]


def test_locks_read_back_from_a_short_address_and_what_is_bad_is_told() -> None:
    split = current().split("surrey", "surrey-2ua")
    facts = split.facts
    every = frozenset(a.code for a in facts.authorities)
    locks = Locks(frozenset(split.names), every | {facts.wards[0].code})
    told = locked.text(locks, split)
    assert told.startswith("0.1.") and "7207" in told.split(".") and len(told) < 80
    messages: list[str] = []
    assert locked.read(told, split, messages) == locks and messages == []
    assert locked.read("1.nonsense.7207.9", split, messages) == Locks(
        frozenset({split.names[1]}), frozenset({"E07000207"})
    )
    assert messages == ["What the address locks was not all understood: nonsense, 9. The rest is locked."]
    messages.clear()
    assert locked.read("<b>", split, messages) == Locks() and messages[0].endswith("Nothing is locked.")
    renamed = locks.renamed(split.names[0], "New").councils
    assert renamed == {"New", split.names[1]}
    assert locked.text(Locks(frozenset({"Gone"}), frozenset({"E99"})), split) == ""


@pytest.fixture
def app() -> AppTest:
    """The Redraw page on a cold visit to an address that locks West Surrey and Elmbridge."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update({"area": "surrey", "split": "surrey-2ua", "lock": "1.7207"})
    app.run()
    app.switch_page("pages/redraw.py").run()
    return app


def boxes(app: AppTest) -> list[bool]:
    return [box.value for box in app.checkbox if box.label == "Lock"]


def press(app: AppTest, label: str) -> None:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def test_lock_all_and_unlock_all_hold_and_ride_in_the_address(app: AppTest) -> None:
    assert not app.exception and boxes(app) == [False, True]
    assert app.query_params["lock"] == "1.7207"
    press(app, "Lock all")
    assert boxes(app) == [True, True] and app.query_params["lock"] == "0.1.7207"
    app.run()
    assert boxes(app) == [True, True], "a further run must not write over the locks"
    next(box for box in app.checkbox if box.label == "Lock").uncheck().run()
    assert boxes(app) == [False, True] and app.query_params["lock"] == "1.7207"
    press(app, "Unlock all")
    assert boxes(app) == [False, False] and "lock" not in app.query_params
    # Back brings the address that was there before: its locks come back, and nothing else changes.
    desk = app.session_state["desk"]
    before = len(desk.past)
    app.query_params["lock"] = "0"
    app.run()
    assert boxes(app) == [True, False] and len(app.session_state["desk"].past) == before


def test_a_lock_that_is_not_understood_is_told_and_another_area_has_none(app: AppTest) -> None:
    app.query_params["lock"] = "0.abc"
    app.run()
    assert any("abc" in w.value for w in app.warning) and boxes(app) == [True, False]
    app.selectbox(key="frame_area").select("lancashire").run()
    assert "lock" not in app.query_params and not any(boxes(app))


def test_a_locked_district_stays_where_it_is_in_the_table_too() -> None:
    split = current().split("surrey", "surrey-2ua")
    desk = Desk(Scenario(split), locks=Locks(frozenset({"West Surrey"}), frozenset({"E07000207"})))
    for code, name in (("E07000207", "Elmbridge"), ("E07000209", "Guildford")):
        drawing.give(Open(current(), desk), code, name, 1 - int(split.authority[split.facts.authority_index[code]]))
        assert desk.scenario is not None and desk.scenario.split is split
        assert desk.messages[-1] == f"{name} is locked, so it stays where it is."
    drawing.give(Open(current(), desk), "E07000215", "Tandridge", 1)
    assert desk.scenario.split != split and len(desk.messages) == 2
