"""The painted map: a Streamlit component holding one inline SVG that answers a click before the server does.

What travels
    Script and geometry go to a browser once a session, as parcels named by their digest; after that a click costs
    a few kilobytes. A browser that lacks a parcel (a run was cut short, a server restarted) asks for it by name.

What comes back, and why no click is lost
    The browser paints at once and keeps each action, numbered, until the server has acknowledged its number; every
    message carries all actions not yet acknowledged. Streamlit may drop or merge messages when runs overlap, so the
    last one always tells the whole story, and numbers make a repeat harmless. The server answers with the assignment
    that stands and the last number it took; the browser shows that, with later actions on top.
    Streamlit also ends a callback at its next look into the session once a newer message waits. So a number counts as
    taken when its act is done, and not before: what was cut short is in the newer message too.

Actions, in the order they were made (`Action.type`)
    paint         give `codes` to council number `council` (−1: to nobody); one action a click or a drag
    lock          hold the block `codes[0]` where it is, or let it go (`locked`)
    lock_council  hold council `council` as it is, or let it go (`locked`)
    open          divide the authority `codes[0]` by wards
    close         make the authority `codes[0]` whole again
    undo, redo    one step through the history
    add           add a council
    accept        make the change that the document offers under the id `offer`, where it is still `offered` (each code
                  with its council)
A message may also hold `asks`, (code, council) whose preview the reader waits for, and `wrong`, which figures that the
browser worked out were not the server's. They are no actions and are not repeated.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import cache, lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

import streamlit as st

from lgrdata.core import palette
from lgrdata.engine.linked import engine_script
from lgrdata.pictures.maps.geometry import Geometry
from lgrdata.ui.redraw.paint.model import ACTIONS, WRONG, Action, ActionType, PaintEvent, PaintState

_HERE = Path(__file__).parent
_SCRIPTS = (
    "shapes", "words", "ledger", "view", "leaders", "labels", "zoom", "stroke", "pointer", "keys", "hover",
    "panel", "evidence", "answers", "ghosts", "local", "main",
)  # fmt: skip
_CSS = "paint.css"
MOST_OFFERED = 5000
"""Changes of one offer that a browser may send back; the largest area has fewer wards."""

_mount = st.components.v2.component(
    "lgr_painted_map", html="", js=(_HERE / "js" / "boot.js").read_text(encoding="utf-8"), isolate_styles=True
)


def paint_map(
    key: str,
    geometry: Geometry,
    state: PaintState,
    *,
    height: int = 520,
    above: int | None = None,
    dark: bool | None = None,
    on_event: Callable[[PaintEvent], None],
    sheet: str = "",
) -> None:
    """Draw the map, and beside it what `state.document` answers, and take what the reader did.

    `height` is the map's height in pixels (a narrow screen lowers it). With `above`, the pixels that stand over the map
    on the screen, it fills the window's height below them instead, with chips, figures and the line about a block.
    `dark` None follows the app's theme.
    Each event is handed to `on_event` *before* the script runs, so that everything above and below the map is drawn
    from the new state in the same run. It may look into the session before it acts, not amid an act.
    `sheet`, the area's as text (`lgrdata.engine.sheet`), lets the browser answer before the server does; "" where only
    the server can.
    """
    memory = _memory(key)
    memory["geometry"] = geometry
    memory["councils"] = len(state.councils)
    memory["on_event"] = on_event
    engine_id, engine = _engine()
    sheet_id = _name(sheet) if sheet else ""
    all_parcels = {engine_id: engine, geometry.digest: geometry.text, **({sheet_id: sheet} if sheet else {})}
    parcels = {i: t for i, t in all_parcels.items() if i not in memory["sent"]}
    memory["sent"].update(parcels)
    data = {
        "engine": engine_id,
        "geometry": geometry.digest,
        "sheet": sheet_id,
        "parcels": parcels,
        "ack": [memory["client"], memory["ack"]],
        "height": height,
        "above": above,
        "dark": dark,
        "state": state_for_browser(geometry, state),
    }
    _mount(key=key, data=data, on_event_change=partial(_receive, key))


def state_for_browser(geometry: Geometry, state: PaintState) -> dict[str, Any]:
    """The part of `data` that changes with every act: numbers by block position, to keep it small."""
    place = geometry.place
    return {
        "assignment": [state.assignment.get(b.code, -1) for b in geometry.blocks],
        "councils": [[c.name, c.colour, c.locked] for c in state.councils],
        "locked": sorted(place[c] for c in state.locked if c in place),
        "selected": state.selected,
        "revision": state.revision,
        "add": state.can_add,
        "undo": state.can_undo,
        "wards": state.can_open,
        "document": state.document,
        "offer": list(state.offer),
        "ask": state.ask_previews,
        "previews": list(state.previews),
    }


def _memory(key: str) -> MutableMapping[str, Any]:
    """What this session remembers of the map called `key`: its browser, the last number taken, parcels sent."""
    name = f"_paint_{key}"
    if name not in st.session_state:
        st.session_state[name] = {"client": "", "ack": 0, "sent": set(), "geometry": None, "councils": 0}
    return cast("MutableMapping[str, Any]", st.session_state[name])


def _receive(key: str) -> None:
    memory = _memory(key)
    payload = st.session_state[key].get("event")
    if not isinstance(payload, Mapping) or memory["geometry"] is None:
        return
    hand_over(memory, payload)


def hand_over(memory: MutableMapping[str, Any], payload: Mapping[str, Any]) -> None:
    """Each act of a message to the page, in order. One that fails is raised when all were handed over.

    It counts as taken all the same: else it would come, and fail, with every later message.
    """
    failed: Exception | None = None
    for event in take(memory, payload):
        try:
            memory["on_event"](event)
        except Exception as fault:
            failed = failed or fault
    if failed is not None:
        raise failed


def take(memory: MutableMapping[str, Any], payload: Mapping[str, Any]) -> Iterator[PaintEvent]:
    """What is new and well formed in a browser's message, one act at a time.

    `memory` (see `_memory`) is brought up to date as the caller comes back for the next: an act that was cut short is
    not counted as taken. Whatever a browser may send is either understood or left aside.
    """
    wanted = payload.get("want")
    if isinstance(wanted, list):
        memory["sent"].difference_update(w for w in wanted if isinstance(w, str))
    client = str(payload.get("client", ""))
    if client and client != memory["client"]:
        memory["client"], memory["ack"] = client, 0
    geometry, councils = cast(Geometry, memory["geometry"]), int(memory["councils"])
    selected = payload.get("selected")
    hand = selected if _is_council(selected, councils) else None
    told = payload.get("actions")
    for raw in told if isinstance(told, list) else []:
        seq = raw.get("seq") if isinstance(raw, Mapping) else None
        if not isinstance(seq, int) or isinstance(seq, bool) or seq <= memory["ack"]:
            continue
        action = _action(raw, geometry, councils)
        if action is not None:
            yield PaintEvent(action, hand)
        memory["ack"] = seq
    asks = _asked(payload.get("ask"), geometry, councils)
    listed = payload.get("wrong")
    wrong = WRONG & {w for w in listed if isinstance(w, str)} if isinstance(listed, list) else frozenset()
    if asks is not None or wrong:
        yield PaintEvent(None, hand, asks, tuple(sorted(wrong)))


def _action(raw: Mapping[str, Any], geometry: Geometry, councils: int) -> Action | None:
    kind = raw.get("type")
    if not isinstance(kind, str) or kind not in ACTIONS:
        return None
    listed = raw.get("codes")
    known = geometry.place.keys() | geometry.authorities
    codes = tuple(c for c in listed if isinstance(c, str) and c in known) if isinstance(listed, list) else ()
    council = raw.get("council")
    if kind in ("paint", "lock_council") and not (council == -1 or _is_council(council, councils)):
        return None
    if kind in ("paint", "lock", "open", "close") and not codes:
        return None
    number = council if isinstance(council, int) else None
    offer = raw.get("offer") if kind == "accept" else ""
    if not isinstance(offer, str) or len(offer) > 20:
        return None
    offered = _offered(raw.get("offered")) if kind == "accept" else None
    if kind == "accept" and offered is None:
        return None
    held = bool(raw.get("locked", False))
    return Action(cast("ActionType", kind), codes, number, held, int(raw["seq"]), offer, offered)


def _offered(raw: object) -> tuple[tuple[str, int], ...] | None:
    if not isinstance(raw, list) or len(raw) > MOST_OFFERED:
        return None
    pairs = [p for p in raw if isinstance(p, list) and len(p) == 2 and isinstance(p[0], str) and type(p[1]) is int]
    return tuple((p[0], p[1]) for p in pairs) if len(pairs) == len(raw) else None


def _asked(raw: object, geometry: Geometry, councils: int) -> tuple[str, int] | None:
    if not isinstance(raw, list) or len(raw) != 2 or not isinstance(raw[0], str):
        return None
    return (raw[0], int(raw[1])) if raw[0] in geometry.place and _is_council(raw[1], councils) else None


def _is_council(value: object, councils: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < councils


def engine_source() -> str:
    """The map's script: the palette, the style sheet and the parts of `js/` in order, as one ES module."""
    css = (_HERE / _CSS).read_text(encoding="utf-8")
    head = f"const PALETTE = {json.dumps(palette.as_json())};\nconst CSS = {json.dumps(css)};\n"
    return (
        engine_script() + head + "".join((_HERE / "js" / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS)
    )


@cache
def _engine() -> tuple[str, str]:
    text = engine_source()
    return _name(text), text


@lru_cache(maxsize=64)
def _name(text: str) -> str:
    """What a parcel goes by: the same text always has the same name."""
    return blake2b(text.encode(), digest_size=8).hexdigest()
