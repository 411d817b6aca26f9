"""Tables of the dataset as CSV files made for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading.tables import FILE_COLUMNS, all_tables

NAMES: dict[str, str] = {
    "area": "Areas",
    "area_authority": "Areas: their councils of today",
    "authority": "Districts and unitaries of today",
    "authority_footprint": "Councils and partners’ areas: shares",
    "authority_trust": "Councils and hospital trusts: estimated shares",
    "block_estimate": "People in care by district and ward: estimates",
    "block_resident": "Residents by district and ward",
    "business_case": "Published business cases",
    "care_service": "Care services",
    "case_model": "Case studies: partnership models",
    "case_paragraph": "Case studies: paragraphs of the note",
    "case_service": "Case studies: services",
    "case_study": "Case studies",
    "claim": "What each side says",
    "claim_contest": "What each side says: what contests what",
    "claim_link": "What each side says: what it bears on",
    "claim_service": "What each side says: services it speaks of",
    "composition": "Proposals: members of each council",
    "consideration": "Government’s considerations, in our words",
    "county": "County councils of today",
    "criterion": "The six criteria",
    "data_change": "Changes of the dataset",
    "drawing": "Proposals: how sure each map is",
    "drawing_block": "Proposals: maps block by block",
    "event": "Events",
    "figure": "Published figures",
    "fit": "Estimates: how each count is estimated",
    "fit_coefficient": "Estimates: rates found",
    "fit_residual": "Estimates: each council left out in turn",
    "flow": "Travel to work and moves between councils",
    "footprint": "Partners’ areas",
    "glossary": "Words",
    "inspection": "Inspection grades",
    "lens": "Lenses",
    "lens_value": "Lenses: values",
    "measure": "Measures",
    "meta": "Version of the dataset",
    "model_paragraph": "Partnership models: paragraphs of the note",
    "neighbour": "Neighbouring councils",
    "parameter": "Assumptions",
    "partnership_model": "Partnership models",
    "place": "Places",
    "projection": "Projections of residents, 2018-based",
    "proposal": "Proposals",
    "proposal_council": "Proposals: their councils",
    "pupil_flow": "Pupils across borders",
    "resident": "Residents by single year of age",
    "service_model": "Care services: models that fit",
    "shape": "Boundaries: outlines",
    "shared_border": "Boundaries: shared lengths",
    "source": "Sources",
    "spend": "Spending by service",
    "topology": "Boundaries",
    "trust": "Hospital trusts",
    "ward": "Wards",
    "ward_census": "Census by ward: estimated",
    "ward_neighbour": "Neighbouring wards",
}
"""What each table of the dataset holds, in words."""

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def offered(dataset: Dataset) -> list[str]:
    """Tables to take away, in the order of their words. Boundaries travel as TopoJSON files with the project."""
    left_out = {name for name, _ in FILE_COLUMNS} | {"shape"}
    held = {str(r[0]) for r in dataset.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    names = [t.name for t in all_tables() if t.name in held and t.name not in left_out]
    return sorted(names, key=title)


def title(name: str) -> str:
    """What a table holds, in words."""
    return NAMES.get(name, name.replace("_", " ").capitalize())


def table_csv(dataset: Dataset, name: str) -> bytes:
    """A table of the dataset, UTF-8 with a byte order mark. LgrError where there is none of that name."""
    table = next((t for t in all_tables() if t.name == name), None)
    if table is None:
        raise LgrError(f"the dataset has no table called “{name[:60]}”")
    columns = [c.name for c in table.columns]
    listed = ", ".join(f'"{c}"' for c in columns)
    order = ", ".join(f'"{k}"' for k in table.key) or "1"
    rows = dataset.conn.execute(f'SELECT {listed} FROM "{name}" ORDER BY {order}')
    return csv_bytes(columns, rows)


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as a spreadsheet reads them without running anything; a missing value is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(h) for h in head])
    writer.writerows([safe(v) for v in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def safe(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe; numbers stay."""
    if isinstance(value, str) and value.startswith(_STARTS_FORMULA) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return "" if value is None else value
