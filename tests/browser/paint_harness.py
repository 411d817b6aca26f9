"""A small Streamlit app around the painted map, as the Redraw page uses it; the tests drive it in a browser.

Query: map=grid | AREA | AREA:wards, councils=N, slow=SECONDS (each run takes so long),
busy=SECONDS (so long before the session is looked into for an act, as on a busy machine), ask=1 (previews on request),
height=PIXELS, dark=1.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict

import paint_maps
import streamlit as st

from lgrdata.pictures.maps.geometry import Geometry
from lgrdata.ui.redraw.paint import PaintCouncil, PaintEvent, PaintState, paint_map
from lgrdata.views.desk_document import DeskDifference, DeskPreview

st.set_page_config(layout="wide", page_title="Painted map")
NAMES = ["East Drawn", "West Drawn", '<b>Mid</b> & "North"', "South", "Coast", "Downs", "Weald", "Vale"]


@st.cache_resource
def geometry_of(name: str, opened: str) -> Geometry:
    if name == "grid":
        base = paint_maps.grid()
        return paint_maps.opened(base, opened) if opened else base
    area, _, layer = name.partition(":")
    return paint_maps.real(area, layer or "authorities")


query, memory = st.query_params, st.session_state.setdefault("drawn", {})
busy = float(query.get("busy", 0))
if not memory:
    first = geometry_of(query.get("map", "grid"), "")
    count = int(query.get("councils", 2))
    spread = {b.code: min(count - 1, int(count * (b.label[0] - first.view[0]) / first.view[2])) for b in first.blocks}
    memory.update(
        history=[spread], at=0, locked=frozenset(), held=[False] * count, opened="", log=[], asked=None, n=count
    )


def apply(event: PaintEvent) -> None:
    time.sleep(busy)
    memory = st.session_state["drawn"]
    if (action := event.action) is not None:
        memory["log"].append([action.type, list(action.codes), action.council])
        now = memory["history"][memory["at"]]
        if action.type == "paint":
            step = {**now, **dict.fromkeys(action.codes, action.council)}
            memory["history"] = [*memory["history"][: memory["at"] + 1], step]
            memory["at"] += 1
        elif action.type == "undo":
            memory["at"] = max(0, memory["at"] - 1)
        elif action.type == "redo":
            memory["at"] = min(len(memory["history"]) - 1, memory["at"] + 1)
        elif action.type == "lock":
            memory["locked"] = memory["locked"] ^ {action.codes[0]}
        elif action.type == "lock_council":
            memory["held"][action.council] = action.locked
        elif action.type == "open":
            memory["opened"] = action.codes[0]
            whole = now[action.codes[0]]
            memory["history"] = [{**now, **{f"{action.codes[0]}{k}": whole for k in range(4)}}]
            memory["at"] = 0
        elif action.type == "close":
            memory["opened"] = ""
        elif action.type == "add" and memory["n"] < 8:
            memory["n"] += 1
            memory["held"].append(False)
    if event.selected is not None:
        memory["selected"] = event.selected
    if event.asks:
        memory["asked"] = event.asks


geometry = geometry_of(query.get("map", "grid"), memory["opened"])
standing = memory["history"][memory["at"]]
previews = ()
if memory["asked"]:
    code, council = memory["asked"]
    sizes = tuple(1000 * (c + 1) for c in range(memory["n"]))
    change = DeskDifference((), (0,) * memory["n"], {"county": 1.6, "middle": 1.6, "district": 1.6}, (0.1, 0.132))
    previews = (asdict(DeskPreview(code, council, change, sizes)),)
hidden = st.toggle("Hide the map")
time.sleep(float(query.get("slow", 0)))
if not hidden:
    paint_map(
        "map",
        geometry,
        PaintState(
            standing,
            tuple(PaintCouncil(NAMES[i], i, memory["held"][i]) for i in range(memory["n"])),
            memory["locked"],
            memory.get("selected", 0),
            revision=memory["at"],
            can_add=memory["n"] < 8,
            can_undo=memory["at"] > 0,
            can_open=query.get("map", "grid") == "grid",
            ask_previews=query.get("ask") == "1",
            previews=previews,
        ),
        height=int(query.get("height", 520)),
        dark=True if query.get("dark") == "1" else None,
        on_event=apply,
    )
st.button("Elsewhere on the page")
shown = {b.code: standing.get(b.code, -1) for b in geometry.blocks}
st.code(json.dumps({"standing": shown, "log": memory["log"][-80:], "steps": memory["at"]}), language=None)
