"""Print or share: the scenario on the desk as one file to send or print, a scenario file, a list of districts.

The file to send is drawn when the button is pressed, not before. What draws it is handed in by the page: this layer
does not know the exports.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lgrdata.all_effects.of_scenario import kept_figures
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.html import slug
from lgrdata.splits import blockfile, scenario, splitcode
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.menu import PAGES

DrawSnapshot = Callable[[Dataset, Scenario, str], bytes]
"""Draws a scenario as one file; the third argument is the app's address, or ''."""


_SLOT = "_share_slot"

DrawComparison = Callable[[Dataset, Sequence[Scenario], str], bytes]
"""Draws two to four scenarios of an area side by side as one file."""


def share_buttons(
    dataset: Dataset, desk: Desk, draw: DrawSnapshot, compare: DrawComparison | None = None, key: str = "share",
    pack: DrawSnapshot | None = None, sheet: DrawSnapshot | None = None,
) -> None:  # fmt: skip
    """Downloads of the scenario on the desk and of what is compared, folded under a line; none without a scenario."""
    held = desk.scenario
    if held is None:
        return
    name, base = file_stem(held), app_address(str(st.context.url or ""))
    with _place():
        st.caption(
            "The decision sheet is two pages to decide on, then its sources. The page to print or send opens with that"
            " sheet; an annex on all that the split does and what you filled in makes it about 15 to 40 pages. Each is"
            " one file that opens without this tool, a network or a script. Opened here again, it restores the scenario"
            " as the scenario file does. The list holds each district or ward with its council."
        )
        beside = desk.side_by_side
        if compare is not None and beside:
            drawn = compare
            st.download_button(
                "Comparison to print or send (HTML)",
                lambda: drawn(dataset, beside, base),
                f"{held.area_id}-compared.html",
                "text/html",
                key=f"{key}_compared",
                on_click="ignore",
                type="primary",
            )
            st.caption("The columns above, with their maps and tables. The files below hold your split alone.")
        if pack is not None:
            bundle = pack
            st.download_button(
                "Committee pack (ZIP)",
                lambda: bundle(dataset, held, base),
                f"{name}.zip",
                "application/zip",
                key=f"{key}_pack",
                on_click="ignore",
                icon=":material/folder_zip:",
                help="The page, a Word decision sheet, an Excel workbook of every table, GeoJSON of the new councils,"
                " the map and the evidence bar as pictures, and a PDF where a browser is at hand. Takes a few seconds.",
            )
        # In a row that breaks where it is too long, so that no name of a file is cut.
        with st.container(horizontal=True, gap="small"):
            if sheet is not None:
                alone = sheet
                st.download_button(
                    "Decision sheet, two pages (HTML)",
                    lambda: alone(dataset, held, base),
                    f"{name}-decision-sheet.html",
                    "text/html",
                    key=f"{key}_sheet",
                    on_click="ignore",
                    type="secondary" if beside else "primary",
                    help="To decide on, without the annex: at most two pages in print, then the sources.",
                )
            st.download_button(
                "Page to print or send (HTML)",
                lambda: draw(dataset, held, base),
                f"{name}.html",
                "text/html",
                key=f"{key}_html",
                on_click="ignore",
                type="secondary" if beside or sheet is not None else "primary",
            )
            st.download_button(
                "Scenario file (JSON)",
                lambda: scenario.write(held, kept_figures(dataset, held)),
                f"{name}.json",
                "application/json",
                key=f"{key}_json",
                on_click="ignore",
            )
            st.download_button(
                "List of districts and councils (CSV)",
                lambda: blockfile.write(held.split),
                f"{name}.csv",
                "text/csv",
                key=f"{key}_csv",
                on_click="ignore",
            )


def share_here() -> None:
    """Have the downloads stand in a button where this is called, and not at the page's end."""
    st.session_state[_SLOT] = st.container(width="content")


def _place() -> DeltaGenerator:
    slot = st.session_state.pop(_SLOT, None)
    if slot is None:
        return st.expander("Print or share", icon=":material/print:")
    return cast(DeltaGenerator, slot.popover("Print or share", icon=":material/print:"))


def file_stem(held: Scenario) -> str:
    """A file's name without its ending: area, then the scenario's name, proposal or code; safe on any system."""
    split = held.split
    return f"{held.area_id}-{slug(held.name or split.proposal or splitcode.encode(split)[:24])}"


def app_address(url: str) -> str:
    """The app's own address from a page's; '' where it is no address that others could open."""
    here = urlsplit(url)
    host = here.hostname or ""
    if here.scheme not in ("http", "https") or host in ("", "localhost", "0.0.0.0", "::1") or host.startswith("127."):
        return ""
    path = here.path.rstrip("/")
    head, _, last = path.rpartition("/")
    return f"{here.scheme}://{here.netloc}{head if last in PAGES else path}"
