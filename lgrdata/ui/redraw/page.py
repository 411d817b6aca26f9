"""The Redraw page: the painted map and its tools on the left, what the drawing does on the right."""

from __future__ import annotations

import streamlit as st

from lgrdata.all_effects.effects import Effects, work_out
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import MAX_COUNCILS, LgrError
from lgrdata.core.palette import colour_of
from lgrdata.core.text import as_markdown
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Para, Stats
from lgrdata.splits import edits
from lgrdata.splits.locked import Locks
from lgrdata.ui.compare.basket import add_button
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.empty import need_area
from lgrdata.ui.frame.show import show_blocks, show_picture
from lgrdata.ui.frame.theme import theme_now
from lgrdata.ui.redraw import drawing, more
from lgrdata.ui.redraw.drawing import Pencil, pencil
from lgrdata.ui.redraw.files import save_and_open
from lgrdata.views import redraw as view
from lgrdata.views.ruler import switching_ruler


def draw(dataset: Dataset, desk: Desk) -> None:
    """The whole page, for the scenario on the desk."""
    if desk.scenario is None:
        need_area(
            dataset, "Redraw the split", "redraw", "Its map opens here, to move districts or wards between councils."
        )
        return
    st.title("Redraw the split", anchor=False)
    tool = pencil(desk)
    _help()
    _toolbar(dataset, desk, tool)
    with st.container(key="redraw_columns"):
        left, right = st.columns([3, 2], gap="medium")
    with left:
        drawing.draw_map(dataset, desk)
    effects = effects_of(dataset, desk.scenario)
    with left:
        _checks(desk, tool)
        more.table(dataset, desk, tool)
        more.look(dataset, effects)
        more.stands(dataset, desk)
    with right:
        _facts(effects, desk)
    show_blocks((view.council_table(effects),))
    _since_start(dataset, desk, effects)


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


def _toolbar(dataset: Dataset, desk: Desk, tool: Pencil) -> None:
    with st.container(horizontal=True, key="redraw_tools"):
        st.button("Undo", on_click=desk.undo, disabled=not desk.past, shortcut="Ctrl+Z", icon=":material/undo:")
        st.button("Redo", on_click=desk.redo, disabled=not desk.future, shortcut="Ctrl+Shift+Z", icon=":material/redo:")
        st.button("Reset", on_click=_reset, args=(dataset, desk), help="Back to the split that drawing began with.")
        with st.popover("Councils"):
            _councils(desk, tool)
        with st.popover("Save, share, open"):
            save_and_open(dataset, desk)
        _wards(desk, tool)
        add_button(dataset, desk)


def _reset(dataset: Dataset, desk: Desk) -> None:
    if desk.scenario is None:
        return
    try:
        desk.change_split(dataset.split(desk.scenario.area_id, desk.scenario.start or "today"))
    except LgrError as fault:
        desk.say(f"{fault}.")


def colour_name(index: int) -> str:
    """The name of a colour as the map and the charts draw it."""
    return colour_of(index, "light").name


def _councils(desk: Desk, tool: Pencil) -> None:
    """Name, colour, lock and remove each council."""
    assert desk.scenario is not None
    split = desk.scenario.split
    for c, name in enumerate(split.names):
        first, second, third, fourth = st.columns([5, 3, 2, 2], vertical_alignment="bottom")
        typed = first.text_input(f"Name of council {c + 1}", name, max_chars=80, key=f"name_{desk.revision}_{c}")
        if typed != name:
            _try(desk, lambda c=c, typed=typed: drawing.rename(desk, tool, c, typed))
            st.rerun()
        now = drawing.colour(tool, split, c)
        shade = second.selectbox(
            f"Colour of council {c + 1}",
            range(MAX_COUNCILS),
            now,
            format_func=colour_name,
            key=f"colour_{desk.revision}_{c}_{now}",
        )
        if shade is not None and shade != now:
            drawing.recolour(desk, tool, c, shade)
            st.rerun()
        key = f"hold_{desk.revision}_{c}"
        # Set each time: the map, the address and the buttons below lock too.
        st.session_state[key] = name in desk.locks.councils
        kept = f"Keep {as_markdown(name)} as it is."
        third.checkbox("Lock", key=key, help=kept, on_change=_lock, args=(desk, name, key))
        fourth.button(
            "Remove",
            key=f"remove_{desk.revision}_{c}",
            disabled=split.count == 1,
            on_click=_try,
            args=(desk, lambda c=c: drawing.remove(desk, tool, c)),
            help="Its blocks go to the neighbour they border most.",
        )
    with st.container(horizontal=True):
        st.button(
            "Add a council",
            on_click=_try,
            args=(desk, lambda: drawing.add(desk, tool)),
            disabled=split.count >= MAX_COUNCILS,
        )
        st.button("Lock all", on_click=_lock_all, args=(desk, True))
        st.button("Unlock all", on_click=_lock_all, args=(desk, False))


def _lock(desk: Desk, name: str, key: str) -> None:
    desk.locks = desk.locks.council(name, bool(st.session_state[key]))


def _lock_all(desk: Desk, locked: bool) -> None:
    assert desk.scenario is not None
    desk.locks = Locks(frozenset(desk.scenario.split.names), desk.locks.blocks) if locked else Locks()


def _try(desk: Desk, change: object) -> None:
    try:
        change()  # type: ignore[operator]
    except LgrError as fault:
        desk.say(f"{str(fault)[:1].upper()}{str(fault)[1:]}.")


def _wards(desk: Desk, tool: Pencil) -> None:
    """Open districts by wards, one or all."""
    assert desk.scenario is not None
    facts = desk.scenario.split.facts
    can = {a.code: a.name for i, a in enumerate(facts.authorities) if facts.wards_counted[i]}
    with st.popover("Wards"):
        st.caption("Open a district to paint its wards. Figures for wards are estimates.")
        divided = {facts.authorities[i].code for i in desk.scenario.split.divided.nonzero()[0]}
        shown = sorted((tool.opened | divided) & set(can), key=can.__getitem__)
        chosen = st.multiselect(
            "Districts shown by wards",
            list(can),
            shown,
            format_func=can.__getitem__,
            key=f"wards_{desk.revision}_{'.'.join(shown)}",
        )
        if set(chosen) != set(shown):
            for code in set(shown) - set(chosen):
                drawing.close(desk, tool, code)
            tool.opened |= frozenset(chosen)
            st.rerun()
        left, right = st.columns(2)
        if left.button("All wards", disabled=set(shown) == set(can)):
            tool.opened = frozenset(can)
            st.rerun()
        if right.button("Make all whole", disabled=not shown):
            for code in shown:
                drawing.close(desk, tool, code)
            st.rerun()


def _checks(desk: Desk, tool: Pencil) -> None:
    """What to mind of the drawing, each with the button that mends it."""
    assert desk.scenario is not None
    split = desk.scenario.split
    for n, (sentence, mend) in enumerate(edits.mends(split)):
        left, right = st.columns([3, 2], vertical_alignment="center")
        left.markdown(f":material/info: {as_markdown(sentence)}")
        if mend is not None:
            right.button(
                as_markdown(mend.words),
                key=f"mend_{desk.revision}_{n}",
                on_click=lambda mend=mend: desk.change_split(edits.apply_mend(split, mend)),
            )


def _facts(effects: Effects, desk: Desk) -> None:
    assert desk.scenario is not None
    lens = desk.scenario.lens
    with st.container(key="redraw_figures"):
        show_blocks((Para(f"{view.headline(effects)} {view.opening(effects, lens)}"), Stats(view.stats(effects, lens))))
    show_blocks((view.money_table(effects),))
    ruler = switching_ruler(effects, lens, theme_now())
    if ruler is not None:
        show_picture(ruler)
    show_blocks(view.notes(effects))


def _since_start(dataset: Dataset, desk: Desk, effects: Effects) -> None:
    assert desk.scenario is not None
    start = desk.scenario.start
    if not start:
        return
    try:
        split = dataset.split(desk.scenario.area_id, start)
    except LgrError:
        return
    if split == desk.scenario.split:
        return
    titles = {p.proposal_id: p.title for p in dataset.proposals(desk.scenario.area_id)}
    name = titles.get(start, {"today": "today’s councils", "single": "one council"}.get(start, "the start"))
    before = work_out(split.facts, split, effects.assumptions)
    show_blocks(view.changed(before, effects, name))
