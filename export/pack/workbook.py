"""Every table of a scenario as an Excel workbook: a sheet each, numbers as numbers, and nothing that runs."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from export import decision
from export.pack.data_sheets import data_tables
from export.pack.figures import FigureTable, ShownFigure, figures, tables_in
from export.pack.packed import repacked
from export.parts import SnapshotParts
from export.text import clean
from lgrdata.core.cells import safe_cell
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Table, plain
from lgrdata.page.data_table import DataTable
from lgrdata.splits.scenario import Scenario

STATUS = {
    "decision": "as in the annex: a range marks an estimate, money is modelled",
    "map": "published: residents",
    "proposal": "as recorded",
    "money": "modelled; published cases as printed",
    "districts": "published, or worked out from published figures",
    "share-hosting": "chosen by the maker; money is modelled",
    "first-day": "chosen by the maker of the scenario",
    "services": "published, or worked out from published figures",
    "cost": "modelled; published cases as printed",
    "boundary": "counted from published flows and registers",
    "forecast": "projected",
    "share": "worked out from published spending",
    "fact-sheets": "published or worked out; money is modelled",
    "partnerships": "judged from case studies; money is modelled",
    "notes": "written by the maker of the scenario",
    "assumptions": "changed by the maker of the scenario",
}
"""What the figures of a part are, where a row shows no range."""
SHOWN = {"£m a year": "#,##0.0000", "share": "0.0%"}
"""How the figures of a unit are shown; others with the digits that they have."""
RANGED = "estimated or modelled, with its range"
A4 = 9
"""The number of the paper in the format."""
WORKED_OUT, IN_ROW = "worked out from the sheet Sources", "named in the row, or in the sheet Sources"
ADDED = ("Source", "Date", "Status")


def workbook(dataset: Dataset, scenario: Scenario, found: SnapshotParts, title: str, made: date) -> bytes:
    """The file. The same input gives the same bytes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, "LGR scenario explorer"
    held = [("decision", t) for s in decision.sections(dataset, scenario) for t in tables_in(s.blocks)]
    held += [(part.anchor, t) for part in found.parts for s in part.sections for t in tables_in(s.blocks)]
    data = data_tables(dataset, scenario)
    names = _names([*(t.name for _, t in held), *(t.name for t in data)])
    told = list(zip(names, [*(t.caption for _, t in held), *(t.title for t in data)], strict=True))
    rests = [dataset.sources[i] for t in data for ids in (t.source_ids, *t.row_sources) for i in ids]
    named = {s.source_id: s for s in (*found.sources, *decision.sources(dataset, scenario), *rests)}
    sources = [named[i] for i in sorted(named)]
    _sheet(book, "Notes", (title,), _notes(dataset, found, title, made, told), (100,))
    _sheet(
        book, "Sources", ("Source", "Publisher", "Edition", "Released", "Licence", "Address"),
        [(s.title, s.publisher, s.release, _day(s.released), s.licence, s.link or "") for s in sources],
        (60, 30, 20, 12, 30, 60),
    )  # fmt: skip
    for name, (part, table) in zip(names, held, strict=False):
        known = figures(table)
        _sheet(book, name, _headed(known.head), _rows(dataset, part, table, known), _widths(known), table.caption)
    for name, figures_ in zip(names[len(held) :], data, strict=True):
        head = tuple(c.name if c.unit in ("", "date") else f"{c.name}, {c.unit}" for c in figures_.columns)
        rows = list(_data_rows(dataset, figures_))
        longest = [max(len(_said(row[i])) for row in rows if len(row) > 1) for i in range(len(head))]
        _sheet(book, name, _headed(head), rows, _wide(longest), figures_.title)
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue(), made)


def _headed(head: Sequence[str]) -> tuple[str, ...]:
    """A table's headings and those of source, date and status, none of them twice."""
    return (*(f"{h} (as shown)" if h in ADDED else h for h in head), *ADDED)


def _rows(dataset: Dataset, part: str, table: Table, known: FigureTable) -> Iterable[Sequence[object]]:
    """The rows of a table with source, date and status."""
    named = [dataset.sources[i] for i in dict.fromkeys(table.source_ids) if i in dataset.sources]
    source = "; ".join(s.title for s in named) or (IN_ROW if part in ("decision", "proposal") else WORKED_OUT)
    newest = max((s.released for s in named), default="")
    for row, ranged in zip(known.rows, known.ranged, strict=True):
        yield (*row, source, _day(newest) if newest else dataset.version, RANGED if ranged else STATUS.get(part, "–"))
    if table.note:
        yield ()
        yield (f"Note: {plain(table.note)}",)


def _data_rows(dataset: Dataset, table: DataTable) -> Iterable[Sequence[object]]:
    """The rows of a table of figures, with source, date and status."""
    for n, row in enumerate(table.rows):
        cells = [_figure(value, c.unit) for value, c in zip(row, table.columns, strict=True)]
        ids = table.row_sources[n] if table.row_sources else table.source_ids
        named = [dataset.sources[i] for i in dict.fromkeys(ids) if i in dataset.sources]
        newest = max((s.released for s in named), default="") or dataset.version
        source = "; ".join(s.title for s in named) or WORKED_OUT
        yield (*cells, source, _day(newest), table.status[n] if table.status else "–")
    if table.note:
        yield ()
        yield (f"Note: {table.note}",)


def _figure(value: object, unit: str) -> object:
    """A value as its cell: numbers with the digits they have, days as days, what is not known empty."""
    if isinstance(value, int | float):
        body = SHOWN.get(unit, "#,##0" if value == round(value) else "#,##0.00")
        return ShownFigure(value, f'{body};"−"{body};{body}')
    return "" if value is None else _day(value) if unit == "date" and isinstance(value, str) else value


def _day(text: str) -> object:
    """A whole date as one, anything else as it is written."""
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text


def _notes(
    dataset: Dataset, found: SnapshotParts, title: str, made: date, sheets: Iterable[tuple[str, str]]
) -> Iterable[Sequence[object]]:
    """What the workbook is, what its figures are, what it does not tell, and which sheet holds what."""
    yield (f"Made on {made.isoformat()} from data version {dataset.version}. Not an official document.",)
    yield ("Every table is here, also those that the page in this pack leaves out. A range has three columns.",)
    yield ("The last sheets, with units in their headings, are not rounded: they hold what those figures rest on.",)
    yield ("People in care below today’s councils are estimates: no count of them is published.",)
    for line in (*found.warnings, *(plain(c) for p in found.parts if p.anchor == "not-told" for c in p.caveats)):
        yield (line,)
    yield ()
    for name, caption in sheets:
        yield (f"{name}: {caption}",)


def _names(wanted: Sequence[str]) -> list[str]:
    """Names of sheets: at most 31 letters, none twice."""
    out: list[str] = []
    for name in wanted:
        base, n = re.sub(r"[\[\]:*?/\\']", " ", name)[:31], 2
        held = base
        while held.casefold() in {o.casefold() for o in out} | {"notes", "sources", "history"}:
            held, n = f"{base[:28]} {n}", n + 1
        out.append(held)
    return out


def _widths(known: FigureTable) -> tuple[float, ...]:
    """Widths that show what is short whole; long texts wrap."""
    longest = [
        max([len(_said(row[i])) for row in known.rows if i < len(row)], default=0) for i in range(len(known.head))
    ]
    return _wide(longest)


def _wide(longest: Sequence[int]) -> tuple[float, ...]:
    return (*(float(min(max(n + 2, 10), 44)) for n in longest), 40.0, 21.0, 34.0)


def _said(cell: object) -> str:
    return f"{cell.value:,.2f}" if isinstance(cell, ShownFigure) else str(cell)


def _sheet(
    book: Any,
    name: str,
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    widths: Sequence[float],
    caption: str = "",
) -> None:
    """A sheet: its caption, its headings, which stay in view, and its rows."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = book.create_sheet(name)
    for i, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(i)].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.page_setup.paperSize = A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    above = 2 if caption else 1
    sheet.freeze_panes = f"A{above + 1}"
    bold, wrapped = Font(name="Calibri", size=11, bold=True), Alignment(wrap_text=True, vertical="top")
    top = Alignment(horizontal="right", vertical="top", indent=1)  # clear of the text in the next column

    def cell(value: object, strong: bool = False, wrap: bool = True) -> Any:
        if isinstance(value, ShownFigure):
            made = WriteOnlyCell(sheet, value.value)
            made.number_format, made.alignment = value.shown, top
        elif isinstance(value, date):
            made = WriteOnlyCell(sheet, value)
            made.number_format, made.alignment = "yyyy-mm-dd", top
        else:
            made = WriteOnlyCell(sheet, clean(safe_cell(str(value))))
            made.data_type = "s"  # never a formula
            if wrap:
                made.alignment = wrapped
        if strong:
            made.font = bold
        return made

    at = 1
    if caption:
        sheet.append([cell(caption, True, False)])
        at += 1
    for n, row in enumerate([head, *rows], start=at):
        alone = len(row) == 1  # a note, which may run on to the right
        lines = [math.ceil(len(str(v)) / w) for v, w in zip(row, widths, strict=False) if isinstance(v, str)]
        if not alone and max(lines, default=1) > 1:
            sheet.row_dimensions[n].height = 15.0 * max(lines)
        sheet.append([cell(value, n == at, not alone) for value in row])
