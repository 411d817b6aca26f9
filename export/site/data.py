"""The site's downloads: every table as CSV, each proposal's block assignment, the dataset itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lgrdata.core.cells import csv_text
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading.table_rows import table_names, whole_table
from lgrdata.splits import blockfile
from lgrdata.splits.split import Split

ZIPPED_OVER = 1_000_000
"""Bytes over which a table goes out zipped."""

TABLES_README = """Every table of the dataset as CSV (UTF-8), one file a table; tables over 1 MB are zipped.
A text that a spreadsheet would run as a formula has an apostrophe before it. An empty cell is a figure that is not
held: its status says why. Where each figure comes from is in source.csv. The same tables are in lgr.db.
"""

BLOCKS_README = """Each proposal whose map is known as a list of districts and councils: a row for each authority or
ward, with the council that it would be in. Redistricting tools and this tool's upload read these files. A ward's row
overrides its authority's. Maps drawn by wards stand in for the line proposed: drawing.csv says how sure each is.
"""

_EPOCH = (1980, 1, 1, 0, 0, 0)


def table_csv(dataset: Dataset, table: str) -> bytes:
    """A table as CSV in the order of its key; text that a spreadsheet would run is defused. KeyError if unknown."""
    return csv_text(*whole_table(dataset.conn, table)).encode()


def table_files(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """Each table as a file: CSV, or CSV in a zip where it is large."""
    for table in dataset.read(table_names):
        content = table_csv(dataset, table)
        if len(content) > ZIPPED_OVER:
            yield f"downloads/tables/{table}.csv.zip", zipped(f"{table}.csv", content)
        else:
            yield f"downloads/tables/{table}.csv", content


def zipped(name: str, content: bytes) -> bytes:
    """One file in a zip; the same content gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()


def blocks_csv(split: Split) -> bytes:
    """A split's block assignment, council names defused as text."""
    return blockfile.write(split).encode()


def block_files(dataset: Dataset, only: str = "") -> Iterator[tuple[str, bytes]]:
    """The block assignment of each proposal whose map is known, of one area or of all."""
    for proposal in dataset.proposals(only or None):
        try:
            split = dataset.split(proposal.area_id, proposal.proposal_id)
        except LgrError:
            continue
        yield f"downloads/blocks/{proposal.proposal_id}.csv", blocks_csv(split)
