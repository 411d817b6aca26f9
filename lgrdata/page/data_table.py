"""Tables as figures, not as words: for spreadsheets and other programs. What people read is `blocks.Table`."""

from __future__ import annotations

from dataclasses import dataclass

from lgrdata.core.cells import csv_text

Cell = str | int | float | None
"""None where a figure is not known, or does not apply."""


@dataclass(frozen=True)
class DataColumn:
    """A column; `unit` as people say it (£ thousand, months, share), '' for text and codes."""

    name: str
    unit: str = ""


@dataclass(frozen=True)
class DataTable:
    """A table of figures. `name` is a file's or a sheet's; `source_ids` are of the dataset."""

    name: str
    title: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    source_ids: tuple[str, ...] = ()
    row_sources: tuple[tuple[str, ...], ...] = ()
    """Of each row, where rows rest on different sources."""
    status: tuple[str, ...] = ()
    """What the figures of each row are: published, estimated, chosen …"""

    def __post_init__(self) -> None:
        wrong = [n for n, row in enumerate(self.rows, 1) if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"{self.name}: row {wrong[0]} has another number of cells than there are columns")
        for told in (self.row_sources, self.status):
            if told and len(told) != len(self.rows):
                raise ValueError(
                    f"{self.name}: sources or statuses of {len(told)} rows, and there are {len(self.rows)}"
                )

    @property
    def csv(self) -> str:
        """The table for a spreadsheet, units in the heading."""
        head = [f"{c.name} ({c.unit})" if c.unit else c.name for c in self.columns]
        return csv_text(head, self.rows)
