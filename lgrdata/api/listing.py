"""Areas and proposals as rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lgrdata.api.tables import Result, frame
from lgrdata.cli.lists import areas_document, proposals_document

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class ListResult(Result):
    """Rows of the dataset, each a dict: count them, loop over them, take one by its number."""

    key: str
    document: dict[str, Any]

    def __repr__(self) -> str:
        return f"<{len(self)} {self.key}>"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __getitem__(self, number: int) -> dict[str, Any]:
        return self.rows[number]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows, in the order that the command prints them."""
        rows: list[dict[str, Any]] = self.document[self.key]
        return rows

    def to_dict(self) -> dict[str, Any]:
        """The document of `areas --json` or `proposals --json`."""
        return self.document

    def to_frame(self) -> pd.DataFrame:
        """One row an area or proposal."""
        return frame(self.rows, {"residents": "residents"})


def areas(conn: sqlite3.Connection) -> ListResult:
    """The invited areas; the document holds the combined one too."""
    return ListResult("areas", areas_document(conn))


def proposals(conn: sqlite3.Connection, area_id: str | None) -> ListResult:
    """The proposals of an area, or all."""
    return ListResult("proposals", proposals_document(conn, area_id))
