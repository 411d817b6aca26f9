"""Counts of one's own on the screen: a template, an upload, what is done with it, and whether the file keeps it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lgrdata.core.models import LgrError
from lgrdata.core.share_facts import OWN
from lgrdata.core.text import as_markdown
from lgrdata.core.words import capital
from lgrdata.reading.tables import Faults
from lgrdata.shares.counts import OwnCounts, read_counts, template, use_counts
from lgrdata.shares.of_scenario import Shared
from lgrdata.splits.blockfile import MAX_BYTES
from lgrdata.ui.frame.opened import Open

_HELD, _TURN, _FAULTS = "_share_counts", "_share_counts_turn", "_share_counts_faults"
PRIVACY = (
    "Read: codes of districts or wards and a count for each; a file that looks like a list of people is refused whole."
    " Where it stays: in this visit’s memory on the server, on no disk, in no address, and in no file unless you say so"
    " below. How it goes: when you forget it here, or when the visit ends."
)


def held(here: Open) -> OwnCounts | None:
    """The counts of this visit for the area that is open."""
    area_id, own = st.session_state.get(_HELD, ("", None))
    return own if area_id == here.area_id else None


def panel(here: Open, shared: Shared) -> None:
    """Template, upload and what becomes of it; then the lines that counts of no measure are for."""
    st.html(
        '<div class="lgr-view"><h2>Use counts of your own</h2><p>People in care below today’s councils are estimated'
        " here. Your own counts, by district or by ward, take the estimate’s place, and are marked wherever they"
        f" show.</p><p>{PRIVACY}</p></div>"
    )
    given, area_id = shared.plain, here.area_id
    measures = [k for k in (*given.measures, OWN) if k in given.bases]
    left, right = st.columns(2, gap="large", vertical_alignment="bottom")
    with left:
        first = measures.index("children_looked_after") if "children_looked_after" in measures else 0
        wanted = st.selectbox(
            "What you have counts of", measures, index=first, key="share_counts_of",
            format_func=lambda k: "something else, for one line" if k == OWN else capital(given.bases[k].name),
        )  # fmt: skip
        st.download_button(
            "Template to fill in (CSV)", template(given, (wanted,)), f"{area_id}-counts.csv", "text/csv",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    with right, st.expander("Open a file of counts", icon=":material/upload_file:"):
        # Another key is another widget: what was uploaded to the old one goes with it.
        key = f"share_counts_{area_id}_{st.session_state.get(_TURN, 0)}"
        st.file_uploader(
            "Your counts (CSV or Excel)", type=["csv", "txt", "tsv", "xlsx"], key=key,
            max_upload_size=MAX_BYTES // 1_000_000, on_change=_read, args=(here, shared, key),
        )  # fmt: skip
    of, faults = st.session_state.get(_FAULTS, ("", []))
    for fault in faults if of == area_id else []:
        st.error(as_markdown(fault), icon=":material/error:")
    if held(here) is None and not here.scenario.counts:
        return
    _keep_or_forget(here)
    _which_line(here, shared)


def _read(here: Open, shared: Shared, key: str) -> None:
    upload = st.session_state.get(key)
    if upload is None:
        return
    faults: list[str] = []
    try:
        if upload.size > MAX_BYTES:
            raise LgrError(f"your file is {upload.size / 1e6:.1f} MB; give at most {MAX_BYTES / 1e6:.0f} MB")
        own = read_counts(shared.plain, upload.getvalue(), "your file")
        use_counts(shared.plain, own)
        st.session_state[_HELD] = (here.area_id, own)
        if here.scenario.counts:
            _keep(here, own)
    except LgrError as fault:
        faults = fault.faults if isinstance(fault, Faults) else [str(fault)]
    # They stand until another file is tried.
    st.session_state[_FAULTS] = (here.area_id, [f"{capital(f)}." for f in faults])
    # The file itself is not kept, whether it was read or refused.
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _keep_or_forget(here: Open) -> None:
    own = held(here)
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        st.session_state["share_counts_keep"] = bool(here.scenario.counts)
        st.checkbox(
            "Keep my counts in the scenario file and in the page to print or send",
            key="share_counts_keep", on_change=_toggled, args=(here, own),
        )  # fmt: skip
    with right:
        st.button("Forget my counts", on_click=_forget, args=(here,), key="share_counts_forget", width="stretch")


def _toggled(here: Open, own: OwnCounts | None) -> None:
    if st.session_state["share_counts_keep"]:
        if own is not None:
            _keep(here, own)
        return
    if own is None:  # they came with a scenario file: taken out of it, they stay for this visit
        st.session_state[_HELD] = (here.area_id, OwnCounts(here.scenario.counts))
    _keep(here, None)


def _keep(here: Open, own: OwnCounts | None) -> None:
    """In the scenario, or out of it; past drawings too, so that undo brings back no counts that were taken out."""
    values = {} if own is None else own.values
    here.desk.scenario = replace(here.scenario, counts=values)
    if own is None:
        here.desk.past = [replace(s, counts={}) for s in here.desk.past]
        here.desk.future = [replace(s, counts={}) for s in here.desk.future]


def _forget(here: Open) -> None:
    st.session_state.pop(_HELD, None)
    _keep(here, None)
    bases, against = (
        {k: v for k, v in chosen.items() if v != OWN} for chosen in (here.scenario.bases, here.scenario.against)
    )
    here.desk.scenario = replace(here.scenario, bases=bases, against=against)


def _which_line(here: Open, shared: Shared) -> None:
    """Counts of no measure are for one line: the user says which."""
    if shared.own is None or OWN not in shared.own.values:
        return
    names = {line.key: line.name for line in shared.plain.lines}
    st.session_state["share_counts_line"] = next((k for k, v in shared.bases.items() if v == OWN), None)

    def chosen() -> None:
        bases = {k: v for k, v in here.scenario.bases.items() if v != OWN}
        line = st.session_state["share_counts_line"]
        here.desk.change(replace(here.scenario, bases={**bases, line: OWN} if line else bases))

    st.selectbox(
        "The line that your counts are for", list(names), format_func=names.__getitem__, key="share_counts_line",
        index=None, placeholder="Choose a line", on_change=chosen,
    )  # fmt: skip
