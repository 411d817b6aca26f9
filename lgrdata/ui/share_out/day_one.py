"""The register of the first day on the screen: one duty at a time, with its post, state, day and note."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from lgrdata.core.text import one_line, text_field
from lgrdata.page.blocks import Section
from lgrdata.partnerships.day_one import OwnedDuty
from lgrdata.partnerships.hosting import HostingPlan
from lgrdata.splits.plans import FIRST_DAY, LAST_DAY, MAX_POST, MAX_WORDS, STATES, DutyEntry
from lgrdata.splits.posts import like_a_name
from lgrdata.ui.frame.opened import Open
from lgrdata.ui.frame.show import show_blocks, show_section
from lgrdata.views.share.day_one import MARKS

_REFUSED = "_day_one_refused"


def panel(here: Open, plan: HostingPlan, section: Section) -> None:
    """Progress, the editor, then the register."""
    show_section(replace(section, blocks=()))
    rows = {o.duty.duty_id: o for o in plan.register.rows}
    if rows:
        _steady("day_one_duty", list(rows))
        chosen = st.selectbox(
            "Duty", list(rows), key="day_one_duty",
            format_func=lambda k: f"{MARKS[rows[k].state]} {rows[k].duty.name}",
        )  # fmt: skip
        _entry(here, plan, rows[chosen])
    show_blocks(section.blocks)


def _steady(key: str, options: list[str]) -> None:
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]


def _entry(here: Open, plan: HostingPlan, o: OwnedDuty) -> None:
    split, entry, stem = plan.board.effects.split, o.entry, f"day_one_{here.area_id}_{o.duty.duty_id}"

    def keep(**said: object) -> None:
        now = replace(here.scenario.register.get(o.duty.duty_id, DutyEntry()), **said)  # type: ignore[arg-type]
        rest = {k: e for k, e in here.scenario.register.items() if k != o.duty.duty_id}
        # Like ticks and notes it changes no split, so it is no step to undo.
        here.desk.scenario = replace(
            here.scenario, register=rest if now == DutyEntry() else {**rest, o.duty.duty_id: now}
        )

    def post_given() -> None:
        post = one_line(st.session_state[f"{stem}_post"], MAX_POST)
        places = [*split.names, *(a.name for a in split.facts.authorities), *split.facts.upper_names]
        refused = like_a_name(post, [*places, split.facts.area.name])
        st.session_state[_REFUSED] = o.duty.duty_id if refused else ""
        if refused:
            st.session_state[f"{stem}_post"] = entry.post
        else:
            keep(post=post)

    one, two, three = st.columns([4, 2, 2], gap="medium")
    with one:
        st.session_state[f"{stem}_post"] = entry.post
        st.text_input(
            "Post that owns it, never a person’s name", key=f"{stem}_post", max_chars=MAX_POST,
            placeholder=f"for example: {o.duty.usual_post}", on_change=post_given,
        )  # fmt: skip
    with two:
        options = ["", *STATES]
        st.session_state[f"{stem}_state"] = entry.state or ""
        st.selectbox(
            "State", options, key=f"{stem}_state",
            format_func=lambda s: f"{MARKS[s]} {s}" if s else f"not chosen yet ({o.state})",
            on_change=lambda: keep(state=st.session_state[f"{stem}_state"] or None),
        )  # fmt: skip
    with three:
        due: date | None = date.fromisoformat(entry.due) if entry.due else None
        st.session_state[f"{stem}_due"] = due
        st.date_input(
            "Ready by", min_value=FIRST_DAY, max_value=LAST_DAY, format="DD/MM/YYYY", key=f"{stem}_due",
            on_change=lambda: keep(due=d.isoformat() if (d := st.session_state[f"{stem}_due"]) else ""),
        )  # fmt: skip
    if st.session_state.get(_REFUSED) == o.duty.duty_id:
        st.error(
            "That reads like a person’s name, so it was not kept. Give the post, such as “director of adult social"
            " services”; words of a post that are not known here can be written in small letters.",
            icon=":material/error:",
        )
    st.session_state[f"{stem}_note"] = entry.note
    st.text_input(
        "Note", key=f"{stem}_note", max_chars=MAX_WORDS,
        on_change=lambda: keep(note=text_field(st.session_state[f"{stem}_note"], MAX_WORDS)),
    )  # fmt: skip
    st.caption("Kept in this visit and in what “Print or share” saves, not in the address.")
