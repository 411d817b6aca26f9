"""Saving and opening on the Redraw page: links, scenario files, block assignment files, name and note."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import streamlit as st

from lgrdata.all_effects.of_scenario import mended
from lgrdata.core.models import LgrError
from lgrdata.core.text import one_line
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.page.html import slug
from lgrdata.splits import blockfile, scenario, splitcode
from lgrdata.splits.naming import block_assignment
from lgrdata.ui.frame.desk import Desk, desk_query

MAX_MB = 2


def link(dataset: Dataset, desk: Desk, path: str = "redraw") -> str:
    """The full address of the scenario on the desk."""
    assert desk.scenario is not None
    here = urlsplit(str(st.context.url or ""))
    base = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return f"{base}/{path}?{urlencode(desk_query(dataset, desk))}"


def save_and_open(dataset: Dataset, desk: Desk) -> None:
    """Name, note, link, downloads and an upload."""
    assert desk.scenario is not None
    held = desk.scenario
    name = st.text_input("Name", value=held.name, max_chars=scenario.MAX_NAME, key=f"name_{desk.revision}")
    note = st.text_area(
        "Note (kept in the scenario file and in exports)",
        value=held.note,
        max_chars=scenario.MAX_NOTE,
        key=f"note_{desk.revision}",
    )
    if (name, note) != (held.name, held.note):
        name, note = one_line(name, scenario.MAX_NAME), scenario.text_field(note, scenario.MAX_NOTE)
        desk.scenario = held = replace(held, name=name, note=note)
    st.caption("Link to this scenario. Anyone who opens it sees the same; notes are not in it.")
    st.code(link(dataset, desk), language=None, wrap_lines=True)
    file = slug(held.name or held.split.proposal or splitcode.encode(held.split)[:24])
    left, right = st.columns(2)
    left.download_button(
        "Scenario file (JSON)",
        scenario.write(held),
        f"{held.area_id}-{file}.json",
        "application/json",
        on_click="ignore",
        width="stretch",
    )
    right.download_button(
        "Block assignment (CSV)",
        blockfile.write(held.split),
        f"{held.area_id}-{file}.csv",
        "text/csv",
        on_click="ignore",
        width="stretch",
    )
    st.file_uploader(
        "Open a file",
        type=["csv", "txt", "json", "html", "htm"],
        key=f"upload_{st.session_state.get('_uploads', 0)}",
        help="A block assignment file (code,council), a scenario file or a snapshot saved from this tool.",
        on_change=_open_upload,
        args=(dataset, desk),
    )


def _open_upload(dataset: Dataset, desk: Desk) -> None:
    """Take up an uploaded file whole, or say why not; the desk is as it was where it is refused."""
    given = st.session_state.get(f"upload_{st.session_state.get('_uploads', 0)}")
    st.session_state["_uploads"] = st.session_state.get("_uploads", 0) + 1
    if given is None or desk.scenario is None:
        return
    name = one_line(given.name, 80)
    try:
        if given.size > MAX_MB * 1_000_000:
            raise LgrError(f"{name} is {given.size / 1e6:.0f} MB; files of this tool are under {MAX_MB} MB")
        open_file(current(dataset.path), desk, name, given.getvalue())
        desk.say(f"{name} is open.")
    except LgrError as fault:
        desk.say(f"The file was not opened: {fault}.")


def open_file(dataset: Dataset, desk: Desk, name: str, data: bytes) -> None:
    """Put what a file holds on the desk. LgrError, with a reason, where it cannot be read or is of no known area."""
    assert desk.scenario is not None
    suffix = name.lower().rpartition(".")[2]
    if suffix in ("json", "html", "htm"):
        document = _document(data, name)
        area_id = document.get("area")
        known = {a.area_id for a in dataset.areas}
        if not isinstance(area_id, str) or area_id not in known:
            raise LgrError(f"{name} is a scenario of “{one_line(area_id, 60)}”, which is not an area here")
        opened, left_out = mended(dataset, scenario.restore(dataset.conn, dataset.facts(area_id), document, name))
        desk.change(opened)
        for message in left_out:
            desk.say(message)
        return
    facts = dataset.facts(desk.scenario.area_id)
    split = block_assignment(dataset.conn, facts, data, name)
    desk.open_split(split, split.proposal or desk.scenario.start)


def _document(data: bytes, name: str) -> dict[str, object]:
    if name.lower().endswith(".json"):
        return scenario.parse_document(data, name)
    from lgrdata.splits.snapshot_file import scenario_document

    return scenario_document(data, name)
