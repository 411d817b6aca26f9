"""A file that was uploaded: what was understood of it, shown before it takes the place of what is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from lgrdata.all_effects.of_scenario import mended
from lgrdata.core.models import LgrError
from lgrdata.core.text import as_markdown, one_line
from lgrdata.core.words import joined, sentence
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.page.blocks import Items, Para
from lgrdata.pictures import maps
from lgrdata.reading.tables import Faults
from lgrdata.splits import scenario
from lgrdata.splits.assignment.columns import ColumnError
from lgrdata.splits.assignment.decode import MAX_BYTES
from lgrdata.splits.assignment.reader import Choices, FileFaults, Reading
from lgrdata.splits.assignment.understood import TableFinding
from lgrdata.splits.naming import block_assignment, gives_places
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.opened import Open
from lgrdata.ui.frame.show import show_blocks
from lgrdata.ui.frame.theme import theme_now
from lgrdata.views import incoming as view

_FILE, _READ = "_incoming_file", "_incoming_read"
THIS = "the file"
"""What lines of a file's faults call it: its name stands above them."""
MAP_WIDTH = 300
MOST_FAULTS = 40


@dataclass(frozen=True)
class IncomingFile:
    """What was uploaded, and the columns that were chosen in it."""

    name: str
    data: bytes
    column: str = ""
    place: str = ""
    nobody: bool = True
    """Markers such as 0 or TBC leave a place with nobody."""


@dataclass(frozen=True)
class IncomingReading:
    """What a file holds: a scenario, or places with their councils, or faults; and what to say of it."""

    scenario: Scenario | None = None
    reading: Reading | None = None
    table: TableFinding | None = None
    said: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def bring(name: str, data: bytes) -> None:
    """Have a file shown; nothing is replaced yet. LgrError where it is too large."""
    if len(data) > MAX_BYTES:
        raise LgrError(f"{name} is {len(data) / 1e6:.1f} MB; a file to open here is under {MAX_BYTES / 1e6:.0f} MB")
    _show(IncomingFile(name, data))


def _show(file: IncomingFile | None) -> None:
    st.session_state.pop(_READ, None)
    if file is None:
        st.session_state.pop(_FILE, None)
    else:
        st.session_state[_FILE] = file


def read_file(dataset: Dataset, area_id: str, file: IncomingFile) -> IncomingReading:
    """What a file holds, for the area that is open; its faults where it cannot be used."""
    try:
        return _read(dataset, area_id, file)
    except LgrError as fault:
        table = fault.table if isinstance(fault, FileFaults | ColumnError) else None
        told = fault.faults if isinstance(fault, Faults) else [fault.on_screen]
        return IncomingReading(table=table, faults=tuple(told))


def _read(dataset: Dataset, area_id: str, file: IncomingFile) -> IncomingReading:
    suffix = file.name.lower().rpartition(".")[2]
    if suffix in ("json", "html", "htm") and not (suffix == "json" and gives_places(file.data, file.name)):
        said: list[str] = []
        document = _document(file, said)
        named = document.get("area")
        if not isinstance(named, str) or named not in {a.area_id for a in dataset.areas}:
            raise LgrError(f"{THIS} is a scenario of “{one_line(named, 60)}”, which is not an area here")
        held = scenario.restore(dataset.conn, dataset.facts(named), document, THIS)
        held, left_out = mended(dataset, held)
        return IncomingReading(scenario=held, said=(*said, *left_out))
    chosen = Choices(file.column, file.nobody, True, file.place)
    reading = block_assignment(dataset.conn, dataset.facts(area_id), file.data, THIS, chosen)
    notes = reading.notes if reading.table is None else reading.former
    return IncomingReading(reading=reading, table=reading.table, said=(*reading.warnings, *notes))


def _document(file: IncomingFile, said: list[str]) -> dict[str, object]:
    if file.name.lower().endswith(".json"):
        return scenario.parse_document(file.data, THIS)
    from lgrdata.splits.snapshot_file import scenario_document

    return scenario_document(file.data, THIS, told=said.append)


def take_up(here: Open, found: IncomingReading) -> None:
    """Put what a file holds on the desk; undo brings back what was there."""
    if found.scenario is not None:
        here.desk.change(found.scenario)
    elif found.reading is not None:
        split = found.reading.split
        here.desk.open_split(split, split.proposal or here.scenario.start)


def waiting() -> bool:
    """True while a file is shown that was not yet taken up."""
    return isinstance(st.session_state.get(_FILE), IncomingFile)


def offer(here: Open) -> None:
    """The file that waits, in a window over the page: what was understood, and whether to use it."""
    file = st.session_state.get(_FILE)
    if isinstance(file, IncomingFile):
        st.dialog(f"What was read in {as_markdown(file.name)}", width="medium", on_dismiss=_keep)(_window)(here)


def _keep() -> None:
    _show(None)


def _window(here: Open) -> None:
    file = st.session_state.get(_FILE)
    if not isinstance(file, IncomingFile):
        return
    found = _found(here, file)
    able = found.scenario is not None or found.reading is not None
    table = found.table
    if not able and table is not None and table.council < 0 and len(table.council_choices) > 1:
        st.warning("Two columns or more could be the new council. Choose one below.", icon=":material/help:")
        _columns(here, file, table)
        _buttons(here, found, able)
        return
    if not able:
        _faults(found)
    _buttons(here, found, able)
    if able:
        _content(here, found)
    if table is not None:
        _columns(here, file, table)
    if not file.nobody or (found.reading is not None and found.reading.nobody):
        st.checkbox(
            "Read 0, TBC and the like as names of councils", value=not file.nobody, key="incoming_nobody",
            on_change=_choose_nobody,
        )  # fmt: skip
    if found.said:
        show_blocks((Items(tuple(sentence(line) for line in found.said)),))


def _found(here: Open, file: IncomingFile) -> IncomingReading:
    """Read once for each choice and dataset."""
    dataset = current(here.dataset.path)
    key = (file, here.area_id, dataset.fingerprint)
    held = st.session_state.get(_READ)
    if held is None or held[0] != key:
        held = st.session_state[_READ] = (key, read_file(dataset, here.area_id, file))
    found: IncomingReading = held[1]
    return found


def _faults(found: IncomingReading) -> None:
    """Every fault with its line in the file."""
    st.error("The file cannot be used as it is.", icon=":material/error:")
    rest = len(found.faults) - MOST_FAULTS
    last = (f"And {rest} more.",) if rest > 0 else ()
    show_blocks((Items((*(sentence(f) for f in found.faults[:MOST_FAULTS]), *last)),))


def _buttons(here: Open, found: IncomingReading, able: bool) -> None:
    with st.container(horizontal=True, key="incoming_buttons"):
        if able and st.button("Use this split", type="primary", key="incoming_use"):
            file = st.session_state[_FILE]
            take_up(here, found)
            here.desk.say(f"{file.name} is open; Undo brings back what you had.")
            _show(None)
            st.rerun()
        if st.button("Keep mine", key="incoming_keep"):
            _show(None)
            st.rerun()


def _content(here: Open, found: IncomingReading) -> None:
    """The map, the councils, what else comes with it."""
    split = found.scenario.split if found.scenario is not None else found.reading.split if found.reading else None
    if split is None:
        return
    stands = view.beside(here.scenario.split, split)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        try:
            drawn = maps.split_map(here.dataset, split, width=MAP_WIDTH, theme=theme_now())
            st.image(drawn.svg, alt=drawn.alt, width="stretch")
        except LgrError:
            st.caption("No map: the boundaries are not held here.")
    with right:
        show_blocks(((Para(stands),) if stands else ()) + (view.council_table(split),))
        if found.scenario is not None:
            held = view.holds(found.scenario)
            if held:
                st.caption(f"With {joined(held)}.")


def _columns(here: Open, file: IncomingFile, table: TableFinding) -> None:
    """Which columns were read as what, each with the others that could be it, one click away."""
    st.html('<div class="lgr-view"><h3>How it was read</h3></div>')
    show_blocks(view.how_read(table, here.scenario.split.facts.area.name))
    for label, key, options, now in (
        ("Column of the places", "place", table.place_choices, file.place or _title(table, table.places)),
        ("Column of the new council", "column", table.council_choices, file.column or _title(table, (table.council,))),
    ):
        if len(options) < 2 and not (options and table.council < 0 and key == "column"):
            continue
        at = options.index(now) if now in options else None
        widget = f"incoming_{key}"
        if st.session_state.get(widget) not in options:
            st.session_state.pop(widget, None)
        st.radio(
            label, options, index=at, key=widget, horizontal=True, format_func=as_markdown,
            on_change=_choose, args=(key, widget),
        )  # fmt: skip


def _title(table: TableFinding, columns: tuple[int, ...]) -> str:
    return table.columns[columns[0]].title if columns and 0 <= columns[0] < len(table.columns) else ""


def _choose(key: str, widget: str) -> None:
    file, chosen = st.session_state.get(_FILE), st.session_state.get(widget)
    if isinstance(file, IncomingFile) and isinstance(chosen, str):
        _show(replace(file, place=chosen) if key == "place" else replace(file, column=chosen))


def _choose_nobody() -> None:
    file = st.session_state.get(_FILE)
    if isinstance(file, IncomingFile):
        _show(replace(file, nobody=not st.session_state["incoming_nobody"]))
