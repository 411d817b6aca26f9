"""Saving and opening on the Redraw page: links, scenario files, lists of districts and councils, name and note."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import streamlit as st

from lgrdata.all_effects.of_scenario import kept_figures
from lgrdata.core.models import LgrError
from lgrdata.core.text import one_line
from lgrdata.page.html import slug
from lgrdata.splits import blockfile, scenario, splitcode
from lgrdata.splits.blockfile import MAX_BYTES
from lgrdata.ui.frame.desk import desk_query
from lgrdata.ui.frame.opened import Open
from lgrdata.ui.redraw import incoming

MAX_MB = MAX_BYTES // 1_000_000


def link(here: Open, path: str = "redraw") -> str:
    """The full address of the scenario on the desk."""
    address = urlsplit(str(st.context.url or ""))
    base = f"{address.scheme}://{address.netloc}" if address.netloc else ""
    return f"{base}/{path}?{urlencode(desk_query(here.dataset, here.desk))}"


def save_and_open(here: Open) -> None:
    """Name, note, link, downloads and an upload."""
    held = here.scenario
    name = st.text_input("Name", value=held.name, max_chars=scenario.MAX_NAME, key=f"name_{here.desk.revision}")
    note = st.text_area(
        "Note (kept in the scenario file and in exports)",
        value=held.note,
        max_chars=scenario.MAX_NOTE,
        key=f"note_{here.desk.revision}",
    )
    if (name, note) != (held.name, held.note):
        name, note = one_line(name, scenario.MAX_NAME), scenario.text_field(note, scenario.MAX_NOTE)
        here.desk.scenario = held = replace(held, name=name, note=note)
    st.caption("Link to this scenario. Anyone who opens it sees the same; notes are not in it.")
    st.code(link(here), language=None, wrap_lines=True)
    file = slug(held.name or held.split.proposal or splitcode.encode(held.split)[:24])
    left, right = st.columns(2)
    left.download_button(
        "Scenario file (JSON)",
        lambda: scenario.write(held, kept_figures(here.dataset, held)),
        f"{held.area_id}-{file}.json",
        "application/json",
        on_click="ignore",
        width="stretch",
    )
    right.download_button(
        "List of districts and councils (CSV)",
        blockfile.write(held.split),
        f"{held.area_id}-{file}.csv",
        "text/csv",
        on_click="ignore",
        width="stretch",
    )
    st.download_button(
        "Table to fill in (CSV)",
        blockfile.template(held.split.facts),
        f"{held.area_id}-to-fill-in.csv",
        "text/csv",
        on_click="ignore",
        width="stretch",
    )
    st.file_uploader(
        "Open a file",
        type=["csv", "txt", "tsv", "xlsx", "geojson", "json", "html", "htm"],
        key=f"upload_{st.session_state.get('_uploads', 0)}",
        max_upload_size=MAX_MB,
        help="Places and their new councils (CSV, text, Excel or GeoJSON, in any layout), a scenario file or a"
        " snapshot saved from this tool. What was understood is shown before anything is replaced.",
        on_change=_open_upload,
        args=(here,),
    )


def _open_upload(here: Open) -> None:
    """Show what an uploaded file holds, or say why not; the desk stays as it is until the reader uses the file."""
    turn = int(st.session_state.get("_uploads", 0))
    given = st.session_state.get(f"upload_{turn}")
    if given is not None and here.desk.scenario is not None:
        try:
            incoming.bring(one_line(given.name, 80), given.getvalue())
        except LgrError as fault:
            here.desk.say(f"The file was not opened: {fault.on_screen}.")
    # Last: the field is emptied once its file was taken, however often a newer act cuts this short before.
    st.session_state["_uploads"] = turn + 1
