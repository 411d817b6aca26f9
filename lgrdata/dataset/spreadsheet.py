"""Tables of the dataset as CSV files made for spreadsheets."""

from __future__ import annotations

from lgrdata.core.cells import csv_text
from lgrdata.core.models import LgrError
from lgrdata.core.text import one_line
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading.table_rows import table_names, whole_table
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
    "care_record": "Estimates: former counties split as if only their total were known",
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
    "day_one_duty": "Duties of the first day",
    "delivery_fact": "Dividing a county: what happened elsewhere",
    "drawing": "Proposals: how sure each map is",
    "drawing_block": "Proposals: maps block by block",
    "event": "Events",
    "figure": "Published figures",
    "fit": "Estimates: how each count is estimated",
    "fit_coefficient": "Estimates: what each count grows with in forecasts",
    "fit_driver": "Estimates: what weighs a county’s parts",
    "flow": "Travel to work and moves between councils",
    "footprint": "Partners’ areas",
    "former_county": "Former counties that are several councils today",
    "glossary": "Words",
    "inspection": "Inspection grades",
    "lens": "Whose evidence",
    "lens_value": "Whose evidence: values",
    "line_basis": "Sharing out: the bases that fit a line",
    "measure": "Measures",
    "meta": "Version of the dataset",
    "model_paragraph": "Partnership models: paragraphs of the note",
    "neighbour": "Neighbouring councils",
    "parameter": "Assumptions",
    "partnership_model": "Partnership models",
    "place": "Places",
    "projection": "Projections of residents",
    "proposal": "Proposals",
    "proposal_council": "Proposals: their councils",
    "pupil_flow": "Pupils across borders",
    "resident": "Residents by single year of age",
    "service_model": "Care services: models that fit",
    "shape": "Boundaries: outlines",
    "share_basis": "Sharing out: bases",
    "share_line": "Sharing out: lines of spending",
    "shared_border": "Boundaries: shared lengths",
    "source": "Sources",
    "spend": "Spending by service",
    "topology": "Boundaries",
    "trust": "Hospital trusts",
    "vesting_day": "Vesting days",
    "ward": "Wards",
    "ward_census": "Census by ward: estimated",
    "ward_neighbour": "Neighbouring wards",
}
"""What each table of the dataset holds, in words."""


def offered(dataset: Dataset) -> list[str]:
    """Tables to take away, in the order of their words. Boundaries travel as TopoJSON files with the project."""
    left_out = {name for name, _ in FILE_COLUMNS} | {"shape"}
    held = dataset.read(table_names)
    names = [t.name for t in all_tables() if t.name in held and t.name not in left_out]
    return sorted(names, key=title)


def title(name: str) -> str:
    """What a table holds, in words."""
    return NAMES.get(name, name.replace("_", " ").capitalize())


def table_csv(dataset: Dataset, name: str) -> bytes:
    """A table of the dataset, UTF-8 with a byte order mark. LgrError where there is none of that name."""
    if name not in {t.name for t in all_tables()}:
        raise LgrError(f"the dataset has no table called “{one_line(name, 60)}”")
    columns, rows = whole_table(dataset.conn, name)
    return csv_text(columns, rows, "\r\n").encode("utf-8-sig")
