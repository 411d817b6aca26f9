"""The Redraw page: the painted map and its tools on the left, what the drawing does on the right."""

from __future__ import annotations

import streamlit as st

from lgrdata.all_effects.effects import Effects, work_out
from lgrdata.core.models import MAX_COUNCILS, LgrError
from lgrdata.core.palette import colour_of
from lgrdata.core.text import as_markdown
from lgrdata.core.words import sentence
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Para, Stats
from lgrdata.splits import edits
from lgrdata.splits.locked import Locks
from lgrdata.ui.compare.basket import add_button
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.empty import need_area
from lgrdata.ui.frame.opened import Open, opened
from lgrdata.ui.frame.show import show_blocks, show_picture
from lgrdata.ui.frame.theme import theme_now
from lgrdata.ui.redraw import drawing, more
from lgrdata.ui.redraw.drawing import Pencil, pencil
from lgrdata.ui.redraw.files import save_and_open
from lgrdata.views import redraw as view
from lgrdata.views.ruler import break_even_ruler


def draw(dataset: Dataset, desk: Desk) -> None:
    """The whole page, for the scenario on the desk."""
    here = opened(dataset, desk)
    if here is None:
        need_area(
            dataset, "Redraw the split", "redraw", "Its map opens here, to move districts or wards between councils."
        )
        return
    st.title("Redraw the split", anchor=False)
    tool = pencil(here)
    _help()
    _toolbar(here, tool)
    with st.container(key="redraw_columns"):
        left, right = st.columns([3, 2], gap="medium")
    with left:
        drawing.draw_map(here)
    effects = here.effects()
    with left:
        _checks(here, tool)
        more.table(here, tool)
        more.look(dataset, effects)
        more.stands(here)
    with right:
        _facts(effects, here)
    show_blocks((view.council_table(effects),))
    _since_start(here, effects)


def _help() -> None:
    if st.session_state.get("_help_read"):
        return
    left, right = st.columns([8, 1], vertical_alignment="center")
    left.markdown(
        "Choose a council at the map’s edge, then click a district to give it to that council. "
        "Keys: arrows move, 1 to 8 choose a council, Enter gives."
    )
    if right.button("Got it", key="help_read"):
        st.session_state["_help_read"] = True
        st.rerun()


def _toolbar(here: Open, tool: Pencil) -> None:
    with st.container(horizontal=True, key="redraw_tools"):
        st.button(
            "Undo", on_click=here.desk.undo, disabled=not here.desk.past, shortcut="Ctrl+Z", icon=":material/undo:"
        )
        st.button(
            "Redo",
            on_click=here.desk.redo,
            disabled=not here.desk.future,
            shortcut="Ctrl+Shift+Z",
            icon=":material/redo:",
        )
        st.button("Reset", on_click=_reset, args=(here,), help="Back to the split that drawing began with.")
        with st.popover("Councils"):
            _councils(here, tool)
        with st.popover("Save, share, open"):
            save_and_open(here)
        _wards(here, tool)
        add_button(here)


def _reset(here: Open) -> None:
    if here.desk.scenario is None:
        return
    try:
        here.desk.change_split(here.dataset.split(here.scenario.area_id, here.scenario.start or "today"))
    except LgrError as fault:
        here.desk.say(sentence(fault.on_screen))


def colour_name(index: int) -> str:
    """The name of a colour as the map and the charts draw it."""
    return colour_of(index, "light").name


def _councils(here: Open, tool: Pencil) -> None:
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


def _wards(here: Open, tool: Pencil) -> None:
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


def _checks(here: Open, tool: Pencil) -> None:
    """What to mind of the drawing, each with the button that mends it."""
    split = here.scenario.split
    for n, (said, mend) in enumerate(edits.mends(split)):
        left, right = st.columns([3, 2], vertical_alignment="center")
        left.markdown(f":material/info: {as_markdown(said)}")
        if mend is not None:
            right.button(
                as_markdown(mend.words),
                key=f"mend_{here.desk.revision}_{n}",
                on_click=lambda mend=mend: here.desk.change_split(edits.apply_mend(split, mend)),
            )


def _facts(effects: Effects, here: Open) -> None:
    lens = here.scenario.lens
    with st.container(key="redraw_figures"):
        show_blocks((Para(f"{view.headline(effects)} {view.opening(effects, lens)}"), Stats(view.stats(effects, lens))))
    show_blocks((view.money_table(effects),))
    ruler = break_even_ruler(effects, theme_now())
    if ruler is not None:
        show_picture(ruler)
    show_blocks(view.notes(effects))


def _since_start(here: Open, effects: Effects) -> None:
    start = here.scenario.start
    if not start:
        return
    try:
        split = here.dataset.split(here.scenario.area_id, start)
    except LgrError:
        return
    if split == here.scenario.split:
        return
    titles = {p.proposal_id: p.title for p in here.dataset.proposals(here.scenario.area_id)}
    name = titles.get(start, {"today": "today’s councils", "single": "one council"}.get(start, "the start"))
    before = work_out(split.facts, split, effects.assumptions)
    show_blocks(view.changed(before, effects, name))
