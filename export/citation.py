"""What a reader may take of a table in a file without a script: its place, its cells as CSV, a line to cite it by."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from lgrdata.core.cells import csv_text
from lgrdata.page import html
from lgrdata.page.blocks import Table, plain

TAKE, TAKE_FILE = "Link, CSV, cite", "Link, cite"
IN_PACK = "Numbers: the pack’s workbook"
"""A file to send stays light: its CSV would weigh as much as its tables."""
WITH_ADDRESS = ' <a href="#reopen">Its address</a>'
BOM = "%EF%BB%BF"
"""By which a spreadsheet knows that the text is UTF-8."""
Take = Callable[[Table, str], str]
"""The fold below a table, which stands at an anchor."""


def nothing(_table: Table, _anchor: str) -> str:
    """No fold."""
    return ""


def taken(page: str, version: str, address: str = "", numbers: str = IN_PACK) -> Take:
    """Folds for the tables of a page, left out on paper. `address`: where the page lies; '' for a file to send, whose
    `numbers` are where it says.

    The CSV is text in the link itself, so that nothing is run or fetched for it.
    """

    def fold(table: Table, anchor: str) -> str:
        cite = f"LGR scenario explorer, {page}: “{table.caption}”. Data version {version}."
        cite += f" {address}#{anchor}" if address else ""
        name = TAKE if address else TAKE_FILE
        called = html.escape(f"{name}: {table.caption}")
        return (
            f'<details class="take"><summary aria-label="{called}">{name}</summary>'
            f'<p><a href="#{anchor}">Link</a> {_csv(table, cite) if address else numbers}</p>'
            f"<p>Cite: <span>{html.escape(cite)}</span>{'' if address else WITH_ADDRESS}</p></details>"
        )

    return fold


def _csv(table: Table, cite: str) -> str:
    data = re.sub(r'[%#"<>&\r\n\t]', lambda sign: quote(sign[0]), csv_of(table, cite))
    name = f"{html.slug(table.name)}.csv"
    return f'<a href="data:text/csv;charset=utf-8,{BOM}{data}" download="{name}">CSV of this table</a>'


def csv_of(table: Table, cite: str) -> str:
    """The table's cells as they are shown, then its note and how to cite it."""
    rows: list[list[str]] = [[plain(cell).replace("\xa0", " ").strip() for cell in row] for row in table.rows]
    note = [["Note", plain(table.note)]] if table.note else []
    return csv_text(table.head, [*rows, [], *note, ["Cite", cite]])
