"""The Redraw page: the painted map with what the drawing does beside it, and tables and files below."""

from __future__ import annotations

import streamlit as st

from lgrdata.all_effects.effects import Effects
from lgrdata.core.models import MAX_COUNCILS, LgrError
from lgrdata.core.palette import colour_of
from lgrdata.core.text import as_markdown
from lgrdata.core.words import sentence
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Fold
from lgrdata.splits.locked import Locks
from lgrdata.ui.compare.basket import add_button
from lgrdata.ui.frame import bar
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.empty import need_area
from lgrdata.ui.frame.opened import Open, opened
from lgrdata.ui.frame.show import show_blocks
from lgrdata.ui.redraw import drawing, incoming, more
from lgrdata.ui.redraw.drawing import DrawingState, pencil
from lgrdata.ui.redraw.files import save_and_open
from lgrdata.views import evidence_bar
from lgrdata.views import redraw as view


def draw(dataset: Dataset, desk: Desk) -> None:
    """The whole page, for the scenario on the desk."""
    here = opened(dataset, desk)
    if here is None:
        need_area(
            dataset, "Redraw the split", "redraw", "Its map opens here, to move districts or wards between councils."
        )
        return
    tool = pencil(here)
    with bar.tools():
        _toolbar(here, tool)
    effects = here.effects()
    with st.container(key="redraw_desk"):
        st.title(as_markdown(f"Redraw {here.scenario.split.facts.area.name}"), anchor=False)
        drawing.draw_map(here, effects)
    with st.container(horizontal=True, key="redraw_more"):
        add_button(here)
    found = evidence_bar.finding(dataset, effects)
    money = (Fold("Money by whose evidence, side by side", (evidence_bar.table(effects, found),)),) if found else ()
    show_blocks((*money, view.council_table(effects)))
    _since_start(here, effects)
    more.table(here, tool)
    more.look(dataset, effects)
    more.stands(here)
    incoming.offer(here)


def _toolbar(here: Open, tool: DrawingState) -> None:
    desk = here.desk
    with st.container(key="redraw_icons", horizontal=True, wrap=False, gap="xxsmall", width="content"):
        st.button(
            "Undo",
            on_click=drawing.step_back,
            args=(here,),
            disabled=not desk.past,
            shortcut="Ctrl+Z",
            icon=":material/undo:",
        )
        st.button(
            "Redo", on_click=drawing.step_back, args=(here,), kwargs={"forward": True}, disabled=not desk.future,
            shortcut="Ctrl+Shift+Z", icon=":material/redo:",
        )  # fmt: skip
    start = drawing.start_of(here)
    st.button(
        "Reset",
        on_click=drawing.outline,
        args=(tool, "reset"),
        disabled=start is None or start[0] == here.scenario.split,
        help="Shows on the map what would go back to the split that drawing began with; nothing changes before you"
        " accept it.",
    )
    with st.popover("Councils"):
        _councils(here, tool)
    _wards(here, tool)
    if incoming.waiting():
        st.button("Save", disabled=True, key="save_closed")  # what hangs below it would lie over the window
    else:
        with st.popover("Save"):
            save_and_open(here)


def colour_name(index: int) -> str:
    """The name of a colour as the map and the charts draw it."""
    return colour_of(index, "light").name


def _councils(here: Open, tool: DrawingState) -> None:
    """Name, colour, lock and remove each council."""
    split = here.scenario.split
    for c, name in enumerate(split.names):
        first, second, third, fourth = st.columns([5, 3, 2, 2], vertical_alignment="bottom")
        typed = first.text_input(f"Name of council {c + 1}", name, max_chars=80, key=f"name_{here.desk.revision}_{c}")
        if typed != name:
            _try(here, lambda c=c, typed=typed: drawing.rename(here, tool, c, typed))
            st.rerun()
        now = drawing.colour(tool, split, c)
        shade = second.selectbox(
            f"Colour of council {c + 1}",
            range(MAX_COUNCILS),
            now,
            format_func=colour_name,
            key=f"colour_{here.desk.revision}_{c}_{now}",
        )
        if shade is not None and shade != now:
            drawing.recolour(here, tool, c, shade)
            st.rerun()
        key = f"hold_{here.desk.revision}_{c}"
        # Set each time: the map, the address and the buttons below lock too.
        st.session_state[key] = name in here.desk.locks.councils
        kept = f"Keep {as_markdown(name)} as it is."
        third.checkbox("Lock", key=key, help=kept, on_change=_lock, args=(here, name, key))
        fourth.button(
            "Remove",
            key=f"remove_{here.desk.revision}_{c}",
            disabled=split.count == 1,
            on_click=_try,
            args=(here, lambda c=c: drawing.remove(here, tool, c)),
            help="Its blocks go to the neighbour they border most.",
        )
    with st.container(horizontal=True):
        st.button(
            "Add a council",
            on_click=_try,
            args=(here, lambda: drawing.add(here, tool)),
            disabled=split.count >= MAX_COUNCILS,
        )
        st.button("Lock all", on_click=_lock_all, args=(here, True))
        st.button("Unlock all", on_click=_lock_all, args=(here, False))


def _lock(here: Open, name: str, key: str) -> None:
    here.desk.locks = here.desk.locks.council(name, bool(st.session_state[key]))


def _lock_all(here: Open, locked: bool) -> None:
    here.desk.locks = Locks(frozenset(here.scenario.split.names), here.desk.locks.blocks) if locked else Locks()


def _try(here: Open, change: object) -> None:
    try:
        change()  # type: ignore[operator]
    except LgrError as fault:
        here.desk.say(sentence(fault.on_screen))


def _wards(here: Open, tool: DrawingState) -> None:
    """Open districts by wards, one or all."""
    facts = here.scenario.split.facts
    can = {a.code: a.name for i, a in enumerate(facts.authorities) if facts.wards_counted[i]}
    with st.popover("Wards"):
        st.caption("Open a district to paint its wards. Figures for wards are estimates.")
        divided = {facts.authorities[i].code for i in here.scenario.split.divided.nonzero()[0]}
        shown = sorted((tool.opened | divided) & set(can), key=can.__getitem__)
        chosen = st.multiselect(
            "Districts shown by wards",
            list(can),
            shown,
            format_func=can.__getitem__,
            key=f"wards_{here.desk.revision}_{'.'.join(shown)}",
        )
        if set(chosen) != set(shown):
            for code in set(shown) - set(chosen):
                drawing.close(here, tool, code)
            tool.opened |= frozenset(chosen)
            st.rerun()
        left, right = st.columns(2)
        if left.button("All wards", disabled=set(shown) == set(can)):
            tool.opened = frozenset(can)
            st.rerun()
        if right.button("Make all whole", disabled=not shown):
            for code in shown:
                drawing.close(here, tool, code)
            st.rerun()


def _since_start(here: Open, effects: Effects) -> None:
    start = drawing.start_of(here)
    if not here.scenario.start or start is None or start[0] == here.scenario.split:
        return
    split, name = start
    show_blocks(view.changed(drawing.beside(effects, split), effects, name))
