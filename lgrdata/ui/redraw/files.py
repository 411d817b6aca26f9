"""Saving and opening on the Redraw page: links, scenario files, lists of districts and councils, name and note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import streamlit as st

from lgrdata.all_effects.of_scenario import kept_figures, mended
from lgrdata.core.models import LgrError
from lgrdata.core.text import one_line
from lgrdata.core.words import capital
from lgrdata.dataset.dataset import current
from lgrdata.page.html import slug
from lgrdata.splits import blockfile, scenario, splitcode
from lgrdata.splits.assignment.reader import Choices
from lgrdata.splits.naming import block_assignment, gives_places
from lgrdata.ui.frame.desk import desk_query
from lgrdata.ui.frame.opened import Open

MAX_MB = 5


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
    left, right = st.columns(2, vertical_alignment="bottom")
    left.text_input(
        "Column of the new council",
        key="upload_column",
        max_chars=80,
        placeholder="found by what is in it",
        help="Only for a table with two columns that could both be the new council.",
    )
    right.download_button(
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
        help="Places and their new councils (CSV, text, Excel or GeoJSON, in any layout), a scenario file or a"
        " snapshot saved from this tool.",
        on_change=_open_upload,
        args=(here,),
    )


def _open_upload(here: Open) -> None:
    """Take up an uploaded file whole, or say why not; the desk is as it was where it is refused."""
    given = st.session_state.get(f"upload_{st.session_state.get('_uploads', 0)}")
    st.session_state["_uploads"] = st.session_state.get("_uploads", 0) + 1
    if given is None or here.desk.scenario is None:
        return
    name = one_line(given.name, 80)
    try:
        if given.size > MAX_MB * 1_000_000:
            raise LgrError(f"{name} is {given.size / 1e6:.0f} MB; files of this tool are under {MAX_MB} MB")
        column = one_line(st.session_state.get("upload_column"), 80)
        open_file(Open(current(here.dataset.path), here.desk), name, given.getvalue(), column)
        here.desk.say(f"{name} is open.")
    except LgrError as fault:
        here.desk.say(f"The file was not opened: {fault.on_screen}.")


def open_file(here: Open, name: str, data: bytes, column: str = "") -> None:
    """Put what a file holds on the desk. LgrError, with a reason, where it cannot be read or is of no known area."""
    suffix = name.lower().rpartition(".")[2]
    if suffix in ("json", "html", "htm") and not (suffix == "json" and gives_places(data, name)):
        document = _document(data, name, lambda line: here.desk.say(f"{capital(line)}."))
        area_id = document.get("area")
        known = {a.area_id for a in here.dataset.areas}
        if not isinstance(area_id, str) or area_id not in known:
            raise LgrError(f"{name} is a scenario of “{one_line(area_id, 60)}”, which is not an area here")
        restored = scenario.restore(here.dataset.conn, here.dataset.facts(area_id), document, name)
        restored, left_out = mended(here.dataset, restored)
        here.desk.change(restored)
        for message in left_out:
            here.desk.say(message)
        return
    facts = here.dataset.facts(here.scenario.area_id)
    reading = block_assignment(here.dataset.conn, facts, data, name, Choices(column=column, unfinished=True))
    here.desk.open_split(reading.split, reading.split.proposal or here.scenario.start)
    for line in (*reading.warnings, *reading.notes):
        here.desk.say(f"{capital(line)}.")


def _document(data: bytes, name: str, told: Callable[[str], object]) -> dict[str, object]:
    if name.lower().endswith(".json"):
        return scenario.parse_document(data, name)
    from lgrdata.splits.snapshot_file import scenario_document

    return scenario_document(data, name, told=told)
