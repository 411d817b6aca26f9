"""England as a map to choose an area from: links inside one drawing, for mouse, touch and keyboard alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from lgrdata.dataset.dataset import Dataset
from lgrdata.ui.start.england.geometry import england
from lgrdata.views import start

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "lgr_england",
    html="",
    css=(_HERE / "england.css").read_text(encoding="utf-8"),
    js=(_HERE / "england.js").read_text(encoding="utf-8"),
    isolate_styles=True,
)

HELP = "Choose an area. With the keyboard: Tab to the map, arrow keys from area to area, Enter to choose."

KEY = {
    "decided": "Decided, or understood to be",
    "awaiting": "Decision awaited",
    "unknown": "No source names what was chosen",
}


def england_map(key: str, dataset: Dataset, chosen: str | None, on_choose: Callable[[str], None]) -> None:
    """Draw the map; `on_choose` gets the slug of the area chosen, before the script runs again."""
    shapes = england(dataset)
    groups = start.groups(dataset)
    areas = {a.area_id: a for g in groups for a in g.areas}
    count = Counter[str](a.stage for a in areas.values())
    data = shapes.as_data() | {
        "label": "Map of England: the areas, to choose from",
        "key_label": "Key to the map",
        "help": HELP,
        "stages": [[stage, f"{said} ({n})"] for stage, said in KEY.items() if (n := count[stage])]
        + [["rest", "Not among the areas"]],
        "chosen": chosen or "",
        "areas": [
            [area_id, path, x, y, areas[area_id].name, start.short_name(areas[area_id]), areas[area_id].stage,
             start.stage_words(dataset, areas[area_id])]
            for area_id, path, x, y in shapes.areas
            if area_id in areas
        ],
    }  # fmt: skip
    _mount(key=key, data=data, on_chosen_change=partial(_receive, key, frozenset(areas), on_choose))


def _receive(key: str, known: frozenset[str], on_choose: Callable[[str], None]) -> None:
    area_id = st.session_state[key].get("chosen")
    if isinstance(area_id, str) and area_id in known:
        on_choose(area_id)
