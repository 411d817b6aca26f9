"""Below the painted map: a table to draw in, a deck to look at, and where the split stands, each when asked for."""

from __future__ import annotations

import streamlit as st

from lgrdata.all_effects.effects import Effects
from lgrdata.core.models import LgrError
from lgrdata.core.words import sentence
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Items, Link, Para
from lgrdata.pictures import decks
from lgrdata.ui.frame.opened import Open
from lgrdata.ui.frame.show import show_blocks, show_picture
from lgrdata.ui.frame.theme import theme_now
from lgrdata.ui.redraw import drawing
from lgrdata.ui.redraw.drawing import DrawingState
from lgrdata.views.options import listing, place

LAYERS: dict[decks.LayerName, str] = {
    "councils": "Councils",
    "flows": "Commuters who cross, as arcs",
    "adults": "Adults in long-term support, as height",
    "children": "Looked-after children, as height",
}


def table(here: Open, tool: DrawingState) -> None:
    """The map as a table with a council chooser each, for those who do not paint."""
    if not st.toggle("Draw in a table instead", key="redraw_table"):
        return
    split = here.scenario.split
    geometry = drawing.geometry_of(here.dataset, split, tool.opened)
    now = drawing.assignment(split, geometry)
    names = ["no council", *(f"{c + 1} {n}" for c, n in enumerate(split.names))]
    rows = [
        {
            "Block": f"{b.name} ({b.authority_name})" if b.kind == "ward" else b.name,
            "Residents": b.residents,
            "Council": names[now[b.code] + 1],
        }
        for b in geometry.blocks
    ]
    edited = st.data_editor(
        rows,
        column_config={
            "Block": st.column_config.TextColumn("District or ward"),
            "Residents": st.column_config.NumberColumn("Residents", format="localized"),
            "Council": st.column_config.SelectboxColumn("Council", options=names, required=True),
        },
        disabled=["Block", "Residents"],
        hide_index=True,
        width="stretch",
        key=f"table_{here.desk.revision}",
        alt="Each district or ward with its residents and the council it is given to",
    )
    for block, row in zip(geometry.blocks, edited, strict=True):
        wanted = names.index(str(row["Council"])) - 1
        if wanted != now[block.code]:
            drawing.give(here, block.code, block.name, wanted)
            st.rerun()


def look(dataset: Dataset, effects: Effects) -> None:
    """The split as a deck to turn and tilt, with its drawn twin and table."""
    if not st.toggle("Look at it in three dimensions", key="redraw_look"):
        return
    layer = st.segmented_control(
        "Show", list(LAYERS), default="flows", required=True, format_func=LAYERS.__getitem__, key="redraw_layer"
    )
    if layer is None:
        return
    twin = decks.deck_twin(dataset, effects, layer, theme_now())
    st.pydeck_chart(decks.split_deck(dataset, effects, layer, theme_now()), height=420, alt=twin.alt)
    with st.expander("The same as a drawing and a table"):
        show_picture(twin)


def stands(here: Open) -> None:
    """Where the split stands among every option with as many councils, in sentences."""
    if not st.toggle("Where it stands among every option", key="redraw_stands"):
        return
    scenario = here.scenario
    asked = listing.OptionsQuery(listing.number_for(scenario))
    try:
        options = listing.listing(here.dataset, scenario, asked)
    except LgrError as fault:
        show_blocks((Para(sentence(fault.on_screen)),))
        return
    found = place.ranked(options, scenario.split, listing.judged_by(options, asked))
    if isinstance(found, str):
        show_blocks((Para(found),))
        return
    more = Link("Every option", "page", "options")
    told = tuple(s.sentence for s in found.standings if s.measure.key in asked.judged)
    note = (Para(found.note),) if found.note else ()
    show_blocks((Para((found.sentence, " ", more)), Items(told), *note))
