"""Hosts, ends and shares of cost on the screen: set for one service that is run together, or for all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from lgrdata.core.models import Partnership
from lgrdata.core.text import text_field
from lgrdata.core.words import capital, counted, day
from lgrdata.page.blocks import Section
from lgrdata.partnerships.hosting import Hosted, HostingPlan
from lgrdata.splits.plans import FIRST_DAY, LAST_DAY, MAX_WORDS, Hosting, key_of
from lgrdata.ui.frame.opened import Open
from lgrdata.ui.frame.show import show_blocks, show_section
from lgrdata.views.share.hosting import last_day

T = TypeVar("T")
HOSTED = "hosted_service"
MONTHS = (6, 12, 18, 24, 36, 48, 60, 72)
ALL, NO_END, ANOTHER = "all", "", "another day"
NOBODY = -1


def panel(here: Open, plan: HostingPlan, section: Section) -> None:
    """The finding, the editor, then all that follows from it."""
    show_section(replace(section, blocks=()))
    if plan.board.is_split:
        if plan.rows:
            _editor(here, plan)
        else:
            _begin(here, plan)
    show_blocks(section.blocks)


def _begin(here: Open, plan: HostingPlan) -> None:
    """Hosting for every service that it fits, to change from there."""
    fits = [
        r.service.service_id for r in plan.apart if any(f.model.model_id == HOSTED for f in r.fits)
    ]  # fmt: skip
    holders = tuple(sorted({c for county in plan.board.counties for c in county.councils}))

    def begin() -> None:
        added = tuple(Partnership(s, HOSTED, holders) for s in fits)
        here.desk.change(replace(here.scenario, partnerships=(*here.scenario.partnerships, *added)))

    if fits:
        label = f"Begin with hosting for {counted(len(fits), 'service')}, then change it"
        st.button(label, key="hosting_begin", on_click=begin, icon=":material/handshake:")


def _editor(here: Open, plan: HostingPlan) -> None:
    """One service, or all: who hosts it, how its cost is shared, the last day, and what comes back."""
    rows = {f"{h.chosen.service.service_id} {h.chosen.model.model_id}": h for h in plan.rows}
    options = [*([ALL] if len(rows) > 1 else []), *rows]
    key = f"hosting_{here.area_id}_of"
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]
    all_name = f"all {len(rows)} that are run together"
    chosen = st.selectbox(
        "Set for", options, key=key,
        format_func=lambda k: all_name if k == ALL else f"{rows[k].name}: {rows[k].chosen.model.name.lower()}",
    )  # fmt: skip
    fields(here, plan, list(plan.rows) if chosen == ALL else [rows[chosen]], chosen)


def fields(here: Open, plan: HostingPlan, mine: Sequence[Hosted], name: str) -> None:
    """The four fields for these partnerships; each shows what they have in common."""
    split, needs = plan.board.effects.split, any(h.needs_host for h in mine)
    stem = f"hosting_{here.area_id}_{name}_{hash(split.key)}"
    common = Hosting(
        _one([h.said.host for h in mine], None),
        _one([h.said.shared_by for h in mine], ""),
        _one([h.said.ends for h in mine], ""),
        _one([h.said.returns for h in mine], ""),
    )
    keys = [key_of(h.chosen.partnership) for h in mine]

    def keep(**said: object) -> None:
        now = {k: replace(here.scenario.hosting.get(k, Hosting()), **said) for k in keys}  # type: ignore[arg-type]
        here.desk.change(replace(here.scenario, hosting={**here.scenario.hosting, **now}))

    one, two, three = st.columns(3, gap="medium")
    with one:
        members = sorted({m for h in mine for m in h.chosen.members})
        hosts = [NOBODY, *members]
        host_key = f"{stem}_host"
        st.session_state[host_key] = common.host if common.host in members else NOBODY
        st.selectbox(
            "Host", hosts, key=host_key, disabled=not needs,
            format_func=lambda c: ("not chosen yet" if needs else "none needed") if c == NOBODY else split.names[c],
            on_change=lambda: keep(host=None if (c := st.session_state[host_key]) == NOBODY else c),
        )  # fmt: skip
    with two:
        bases = ["", *plan.bases]
        basis_key = f"{stem}_basis"
        st.session_state[basis_key] = common.shared_by if common.shared_by in bases else ""
        st.selectbox(
            "Cost shared by", bases, key=basis_key, disabled=not needs,
            format_func=lambda k: capital(plan.bases[k]) if k else "not chosen yet",
            on_change=lambda: keep(shared_by=st.session_state[basis_key]),
        )  # fmt: skip
    with three:
        _end(plan, stem, common.ends, keep)
    text_key = f"{stem}_returns"
    st.session_state[text_key] = common.returns
    st.text_input(
        "What comes back when it ends: staff, systems, contracts, buildings", key=text_key, max_chars=MAX_WORDS,
        on_change=lambda: keep(returns=text_field(st.session_state[text_key], MAX_WORDS)),
    )  # fmt: skip
    st.caption("Kept in this visit and in what “Print or share” saves, not in the address.")


def _one(values: Sequence[T], else_: T) -> T:
    """What all have in common; something else where they differ."""
    return values[0] if all(v == values[0] for v in values) else else_


def _end(plan: HostingPlan, stem: str, ends: str, keep: Callable[..., None]) -> None:
    days: Mapping[str, int] = {last_day(plan.vesting, m): m for m in MONTHS} if plan.vesting else {}
    options = [NO_END, *days, *([ends] if ends and ends not in days else []), ANOTHER]
    key, day_key = f"{stem}_ends", f"{stem}_day"
    if st.session_state.get(key) != ANOTHER:
        st.session_state[key] = ends

    def name(k: str) -> str:
        if k in (NO_END, ANOTHER):
            return "no end set" if k == NO_END else "another day"
        return f"{day(k)} ({days[k]} months)" if k in days else day(k)

    def chosen() -> None:
        if st.session_state[key] != ANOTHER:
            keep(ends=st.session_state[key])

    def picked() -> None:
        value = st.session_state[day_key]
        st.session_state.pop(key, None)
        keep(ends=value.isoformat() if value else "")

    st.selectbox("Last day", options, key=key, format_func=name, on_change=chosen)
    if st.session_state[key] == ANOTHER:
        st.date_input(
            "The last day of hosting", value=None, min_value=FIRST_DAY, max_value=LAST_DAY, format="DD/MM/YYYY",
            key=day_key, on_change=picked,
        )  # fmt: skip
