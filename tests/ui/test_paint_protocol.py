"""What the painted map takes from a browser: each action once, in order, and nothing that makes no sense."""

from __future__ import annotations

from typing import Any

import pytest

from lgrdata.pictures.maps.geometry import Block, Geometry
from lgrdata.ui.redraw.paint import PaintCouncil, PaintEvent, PaintState
from lgrdata.ui.redraw.paint.component import engine_source, hand_over, state_for_browser, take

SQUARE = "M0,0h1v1h-1Z"
GEOMETRY = Geometry(
    "Drawn",
    (
        Block("A", "Ashby", SQUARE, (0.5, 0.5), residents=10),
        Block("B1", "Barrow North", "M1,0h1v1h-1Z", (1.5, 0.5), kind="ward", authority="B"),
    ),
    (0, 0, 2, 1),
)


def memory() -> dict[str, Any]:
    return {"client": "", "ack": 0, "sent": {"x"}, "geometry": GEOMETRY, "councils": 2}


def paint(seq: int, codes: list[Any], council: Any) -> dict[str, Any]:
    return {"seq": seq, "type": "paint", "codes": codes, "council": council}


def test_a_repeated_message_is_taken_once() -> None:
    m = memory()
    first = {"client": "c", "actions": [paint(1, ["A"], 1), paint(2, ["B1"], 0)], "selected": 0}
    events = list(take(m, first))
    assert [(e.action.codes, e.action.council) for e in events if e.action] == [(("A",), 1), (("B1",), 0)]
    assert {e.selected for e in events} == {0}
    assert list(take(m, first)) == []
    again = {"client": "c", "actions": [*first["actions"], paint(3, ["A"], -1)]}
    assert [(e.action.seq, e.action.council) for e in take(m, again) if e.action] == [(3, -1)]


def test_an_act_that_was_cut_short_is_taken_when_it_comes_again() -> None:
    """Streamlit ends a callback at its look into the session once a newer message waits."""
    m, drawn = memory(), []
    told = {"client": "c", "actions": [paint(1, ["A"], 1), paint(2, ["B1"], 0), paint(3, ["A"], 0)]}
    with pytest.raises(InterruptedError):
        for event in take(m, told):
            if event.action and event.action.seq == 2:
                raise InterruptedError
            drawn.append(event.action and event.action.seq)
    drawn += [event.action and event.action.seq for event in take(m, told)]
    assert drawn == [1, 2, 3] and m["ack"] == 3


def test_an_act_that_fails_is_told_once_and_the_next_is_taken() -> None:
    drawn: list[int] = []

    def on_event(event: PaintEvent) -> None:
        assert event.action is not None
        drawn.append(event.action.seq)
        if event.action.seq == 1:
            raise ZeroDivisionError

    m = memory() | {"on_event": on_event}
    told = {"client": "c", "actions": [paint(1, ["A"], 1), paint(2, ["B1"], 0)]}
    with pytest.raises(ZeroDivisionError):
        hand_over(m, told)
    hand_over(m, told)
    assert drawn == [1, 2]


def test_a_new_browser_begins_its_own_numbers() -> None:
    m = memory()
    list(take(m, {"client": "c", "actions": [paint(7, ["A"], 1)]}))
    assert len(list(take(m, {"client": "d", "actions": [paint(1, ["A"], 0)]}))) == 1
    assert (m["client"], m["ack"]) == ("d", 1)


@pytest.mark.parametrize(
    "action",
    [
        paint(1, ["Z"], 0), paint(1, [], 0), paint(1, ["A"], 2), paint(1, ["A"], -2), paint(1, ["A"], "0"),
        paint(1, ["A"], True), paint(1, [{"A": 1}], 0), {"seq": 1, "type": "drop"}, {"seq": "1", "type": "undo"},
        {"seq": True, "type": "undo"}, {"seq": 1, "type": "accept"}, {"seq": 1, "type": "accept", "offer": "x" * 99},
        {"seq": 1, "type": "accept", "offer": "better"},
        {"seq": 1, "type": "accept", "offer": "better", "offered": [["A"]]},
        {"seq": 1, "type": "accept", "offer": "better", "offered": [["A", True]]},
        {"seq": 1, "type": "lock"}, {"seq": 1, "type": "lock_council", "council": 9},
        {"seq": 1, "type": ["undo"]}, "undo", None,
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_aside(action: Any) -> None:
    assert list(take(memory(), {"client": "c", "actions": [action]})) == []


@pytest.mark.parametrize("payload", [{}, {"actions": 3}, {"client": None, "want": "x", "ask": ["A"]}])
def test_odd_messages_do_nothing(payload: dict[str, Any]) -> None:
    assert list(take(memory(), payload)) == []


def test_what_a_browser_says_of_its_own_figures_is_of_a_fixed_list() -> None:
    (event,) = take(memory(), {"client": "c", "wrong": ["residents", "county one_off", "Jane's council", 3, ["x"]]})
    assert event.wrong == ("county one_off", "residents")
    assert list(take(memory(), {"client": "c", "wrong": ["Jane's council"]})) == []


def test_authorities_of_wards_may_be_made_whole() -> None:
    (event,) = take(memory(), {"client": "c", "actions": [{"seq": 1, "type": "close", "codes": ["B"]}]})
    assert event.action and event.action.codes == ("B",)


def test_a_missing_parcel_is_sent_again() -> None:
    m = memory()
    assert list(take(m, {"client": "", "want": ["x"]})) == []
    assert m["sent"] == set()


def test_the_state_is_by_position_and_names_ride_as_they_are() -> None:
    state = PaintState({"B1": 1}, (PaintCouncil("<i>", 0), PaintCouncil("West", 3, True)), frozenset({"B1", "gone"}))
    sent = state_for_browser(GEOMETRY, state)
    assert sent["assignment"] == [-1, 1]
    assert sent["locked"] == [1]
    assert sent["councils"] == [["<i>", 0, False], ["West", 3, True]]


def test_a_geometry_is_named_by_its_content() -> None:
    same = Geometry(GEOMETRY.title, GEOMETRY.blocks, GEOMETRY.view)
    other = Geometry("Other", GEOMETRY.blocks, GEOMETRY.view)
    assert same.digest == GEOMETRY.digest != other.digest


def test_the_script_never_writes_html_from_text() -> None:
    source = engine_source()
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert way not in source
    assert "http://" not in source.replace("http://www.w3.org/2000/svg", "") and "https://" not in source
