"""Locks of a drawing: in the buttons, the boxes and the map alike, and in the address for whoever opens it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lgrdata.core.models import LgrError
from lgrdata.core.words import sentence
from lgrdata.dataset.dataset import current
from lgrdata.splits import edits, locked
from lgrdata.splits.locked import Locks
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.opened import Open
from lgrdata.ui.redraw import drawing
from lgrdata.ui.redraw.paint import Action

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
    data = current()
    split = data.split("surrey", "surrey-2ua")
    desk = Desk(Scenario(split), locks=Locks(frozenset({"West Surrey"}), frozenset({"E07000207"})))
    here = Open(data, desk)
    for code, name in (("E07000207", "Elmbridge"), ("E07000209", "Guildford")):
        drawing.give(here, code, name, 1 - int(split.authority[split.facts.authority_index[code]]))
        assert desk.scenario is not None and desk.scenario.split is split
        assert desk.messages[-1] == f"{name} is locked, so it stays where it is."
    drawing.give(here, "E07000215", "Tandridge", 1)
    assert desk.messages[-1] == "West Surrey is locked, so Tandridge stays where it is."
    desk.locks = desk.locks.council("West Surrey", False)
    drawing.give(here, "E07000215", "Tandridge", 1)
    assert desk.scenario.split != split and len(desk.messages) == 3


def test_a_divided_district_is_made_whole_in_the_council_in_hand_that_has_a_part_of_it() -> None:
    start = current().split("surrey", "surrey-2ua")
    facts = start.facts
    i = facts.authority_index["E07000207"]
    most, least = int(start.authority[i]), 1 - int(start.authority[i])
    parted = edits.add_council(edits.give(start, [facts.wards[int(facts.wards_of[i][0])].code], least))
    # One ward is a part; a third council has none, so that the largest part decides.
    for wanted, into in ((None, most), (most, most), (least, least), (2, most), (-1, most)):
        assert int(edits.make_whole(parted, "E07000207", wanted).authority[i]) == into, wanted


def test_undo_past_the_first_move_says_what_is_open_again() -> None:
    data = current()
    desk = Desk()
    for start in ("surrey-3ua", "surrey-2ua"):
        desk.open_split(data.split("surrey", start), start)
    desk.change_split(edits.give(data.split("surrey", "surrey-2ua"), ["E07000215"], 1))
    here = Open(data, desk)
    drawing.step_back(here)
    assert here.scenario.start == "surrey-2ua" and desk.messages == []  # a move of the reader's own
    drawing.step_back(here)
    assert desk.messages == ["Undo went past your moves: Three unitaries: East, North and West Surrey is open again."]
    drawing.step_back(here, forward=True)
    assert desk.messages[1] == "Redo went past your moves: Two unitaries: East Surrey and West Surrey is open again."


def test_what_is_locked_stays_through_reset_making_whole_and_removing() -> None:
    data = current()
    start = data.split("surrey", "surrey-2ua")
    facts = start.facts
    at = {c: int(start.authority[facts.authority_index[c]]) for c in ("E07000207", "E07000215")}
    ward = facts.wards[int(facts.wards_of[facts.authority_index["E07000207"]][0])].code
    moved = edits.give(edits.give(start, [ward], 1 - at["E07000207"]), ["E07000215"], 1 - at["E07000215"])
    # What is locked; what is said where it would not stay.
    cases = (
        (Locks(blocks=frozenset({"E07000215"})), ("reset", "remove"), "Tandridge is locked, so nothing was changed."),
        (Locks(blocks=frozenset({ward})), ("reset", "close"), "is locked, so nothing was changed."),
        (Locks(frozenset({start.names[0]})), ("reset", "close", "remove"), f"{start.names[0]} is locked, so nothing"),
    )
    for locks, acts, told in cases:
        for kind in acts:
            desk = Desk(Scenario(moved, start="surrey-2ua"), locks=locks)
            here, tool = Open(data, desk), drawing.DrawingState("surrey")
            if kind == "close":
                drawing.close(here, tool, "E07000207")
                said = desk.messages[-1]
            else:
                with pytest.raises(LgrError) as fault:
                    if kind == "reset":
                        drawing.act(here, tool, Action("accept", offer="reset"))
                    else:
                        drawing.remove(here, tool, 1 - at["E07000215"])
                said = sentence(fault.value.on_screen)
            assert told in said, (kind, said)
            assert desk.scenario is not None and desk.scenario.split is moved
    # Where nothing locked would move, each is done.
    desk = Desk(Scenario(moved, start="surrey-2ua"), locks=Locks(blocks=frozenset({"E07000209"})))
    drawing.act(Open(data, desk), drawing.DrawingState("surrey"), Action("accept", offer="reset"))
    assert desk.scenario is not None and desk.scenario.split == start


def test_a_lock_goes_with_its_council_and_a_locked_council_takes_nothing() -> None:
    data = current()
    desk = Desk(Scenario(data.split("surrey", "surrey-2ua")))
    here, tool = Open(data, desk), drawing.DrawingState("surrey")
    for _ in range(2):
        drawing.add(here, tool)
        assert desk.locks == Locks() and desk.scenario is not None
        desk.locks = desk.locks.council("Council 3", True)
        drawing.act(here, tool, Action("paint", ("E07000215",), 2))
        drawing.give(here, "E07000215", "Tandridge", 2)
        assert desk.scenario.split.population[2] == 0
        drawing.remove(here, tool, 2)
    assert desk.messages == ["Council 3 is locked, so Tandridge stays where it is."]
    # An act on a council that is gone by then is told, and does nothing.
    for gone in (Action("paint", ("E07000215",), 2), Action("lock_council", council=2, locked=True)):
        with pytest.raises(LgrError, match="no longer there"):
            drawing.act(here, tool, gone)
    # One left over from another drawing is not the new council's either.
    desk.locks = Locks(frozenset({"Council 3"}))
    drawing.add(here, tool)
    assert desk.locks == Locks()
