"""Rules about words: texts that must be there, closed lists, near misses of spelling, dates that cannot be."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from difflib import SequenceMatcher

from lgrdata.keeping.rules.base import Rule, sql
from lgrdata.reading.tables import SchemaTable, input_tables

# Text columns that may be empty, beside those whose default is that; every other says something.
MAY_BE_EMPTY = {
    "place_history": ("until",),
    "source": ("release", "released", "link", "note"),
    "area": ("stage_date",),
    "authority": ("rural_urban",),
    "figure": ("note",),
    "inspection": ("date",),
    "proposal": ("date", "boundary_change", "note"),
    "drawing_block": ("note",),
    "parameter": ("words",),
    "business_case": ("note",),
    "claim": ("year", "figure", "geography", "service", "link"),
    "care_service": ("spend_service", "counted_with"),
    "case_study": ("legal_basis", "numbers", "how_it_ended"),
}
_STANDS_FOR_NOTHING = "('-', '–', '?', 'nan', 'null', 'n/a', 'na', 'tbc', 'tbd', 'todo')"


def _key(table: SchemaTable) -> str:
    return " || ' ' || ".join(table.key)


def _texts(table: SchemaTable) -> Iterator[tuple[str, bool]]:
    """Text columns of words held in the table's CSV file, and whether each must say something."""
    led = {column for key in table.foreign_keys for column in key.columns}  # the rule of references reads these
    for column in table.csv_columns:
        if column.type == "TEXT" and column.name not in led:
            yield (
                column.name,
                not (column.nullable or column.blank) and column.name not in MAY_BE_EMPTY.get(table.name, ()),
            )


def _said(conn: sqlite3.Connection) -> Iterator[str]:
    for table in input_tables():
        for column in [column for column, needed in _texts(table) if needed]:
            query = f"SELECT {_key(table)} FROM {table.name} WHERE {column} = '' ORDER BY 1"
            yield from (f"{table.name} {row}: {column} is empty" for (row,) in conn.execute(query))


def _stand_ins(conn: sqlite3.Connection) -> Iterator[str]:
    for table in input_tables():
        for column, _ in _texts(table):
            query = f"SELECT {_key(table)}, {column} FROM {table.name} WHERE lower({column}) IN {_STANDS_FOR_NOTHING}"
            for row, text in conn.execute(query):
                yield f"{table.name} {row}: {column} is '{text}'"


_GRADES = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
_ILACS = "Inspection of children’s services (ILACS)"
_SIDES = (
    *("academic", "county-commissioned", "district-commissioned", "government", "independent"),
    *("unitary-city", "unitary-experience"),
)
LISTS: dict[tuple[str, str], tuple[str, ...]] = {
    ("claim", "side"): _SIDES,
    ("business_case", "side"): _SIDES,
    ("claim", "direction"): (
        *("little difference", "opportunity", "risk", "size does not matter", "smaller better"),
        "splitting costs more",
    ),
    ("claim", "status"): ("forecast", "opinion", "outturn", "published finding", "survey"),
    ("criterion", "display"): ("band", "check", "figures", "note"),
    ("inspection", "framework"): (_ILACS, "Area inspection of special educational needs and disabilities"),
    ("pupil_flow", "phase"): ("reception to year 6", "year 7 to year 11", "special schools, all years"),
    ("spend", "line"): (
        *("Employees", "Running Expenses", "Total Expenditure", "Sales, Fees and Charges", "Other Income"),
        *("Total Income", "Net Current Expenditure", "agency staff memorandum item"),
        "agency staff cost memorandum item",
    ),
    ("ward_census", "item"): (
        *("age 0-15", "age 16-24", "age 25-34", "age 35-49", "age 50-64", "age 65+", "disabled"),
        *("income deprived", "income deprived children", "income deprived older people"),
    ),
    ("authority", "region"): (
        *("North East", "North West", "Yorkshire and The Humber", "East Midlands", "West Midlands"),
        *("East of England", "London", "South East", "South West"),
    ),
}


def _listed(conn: sqlite3.Connection) -> Iterator[str]:
    tables = {table.name: table for table in input_tables()}
    for (table, column), known in LISTS.items():
        query = f"SELECT {column}, count(*), min({_key(tables[table])}) FROM {table} GROUP BY 1 ORDER BY 1"
        for text, count, first in conn.execute(query):
            if text not in known:
                more = f" and {count - 1} more" if count > 1 else ""
                yield f"{table} {first}{more}: {column} is '{text}' (known: {', '.join(known)})"


_SURE = re.compile(r"(high|medium|low)\b.*|a convention")


def _sure(conn: sqlite3.Connection) -> Iterator[str]:
    for table in input_tables():
        if table.name in ("parameter", "business_case", "claim", "criterion", "case_study"):
            for row, text in conn.execute(f"SELECT {_key(table)}, confidence FROM {table.name}"):
                if not _SURE.fullmatch(text):
                    yield f"{table.name} {row}: '{text}'"


# Open lists: a new word is welcome, a misspelt old one is not.
_SPELT = (
    *(("source", "licence"), ("measure", "unit"), ("measure", "topic"), ("consideration", "theme")),
    *(("spend", "service"), ("claim", "paid_by")),
)
_DIFFERENT = {"Dental Services (included above within total public health)"}


def _alike(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 2 or re.sub(r"\d", "", one) == re.sub(r"\d", "", other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() > 0.9 and matcher.quick_ratio() > 0.9 and matcher.ratio() > 0.9


def _near_misses(conn: sqlite3.Connection) -> Iterator[str]:
    for table, column in _SPELT:
        counts = dict(conn.execute(f"SELECT {column}, count(*) FROM {table} GROUP BY 1 ORDER BY 2, 1").fetchall())
        words = [word for word in counts if word not in _DIFFERENT]
        for i, rare in enumerate(words):
            for usual in words[i + 1 :]:
                if _alike(rare, usual):
                    yield f"{table}.{column} '{rare}' ({counts[rare]} rows), elsewhere '{usual}'"


# A year of grace, since the change itself may be noted last; a slip of a digit is off by more.
_NEWEST = "(SELECT date(max(date), '+1 year') FROM data_change)"
_YEAR = """year NOT GLOB '[12][90][0-9][0-9]' AND year NOT GLOB '[12][90][0-9][0-9]-[0-9][0-9]'
           AND year NOT GLOB '[12][90][0-9][0-9]-[12][90][0-9][0-9]'"""

RULES: tuple[Rule, ...] = (
    Rule("said", "Every text says something, but for the few that may be empty.", _said),
    Rule("stand-in", "A missing text is left empty: no dash, question mark, nan, n/a, TBC or TODO for it.", _stand_ins),
    Rule(
        "listed",
        "A word of a closed list (side, direction, phase, line, region ...) is one of it.",
        _listed,
        england=True,
    ),
    Rule("sureness", "How sure something is begins with high, medium or low, or is a convention.", _sure),
    Rule("near-miss", "A licence, unit, topic, theme or service is not spelt in two ways.", _near_misses),
    sql(
        "inspection-listed",
        "An inspection's judgement and grade are of its framework.",
        f"""SELECT place_code, judgement, date, grade FROM inspection WHERE CASE framework WHEN '{_ILACS}'
            THEN grade NOT IN {_GRADES} OR judgement NOT IN ('Overall effectiveness',
              'The experiences and progress of care leavers', 'The experiences and progress of children in care',
              'The experiences and progress of children who need help and protection',
              'The impact of leaders on social work practice with children and families')
            ELSE judgement <> 'Outcome' OR grade NOT IN
              ('Inconsistent', 'Typically positive', 'Widespread or systemic failings') END""",
        england=True,
    ),
    sql(
        "rural-urban",
        "An authority's class is Urban or rural as the Office for National Statistics words it, unless an extra's.",
        """SELECT authority_code, name, '''' || rural_urban || '''' FROM authority JOIN area_authority
           USING (authority_code) WHERE NOT (role = 'extra' AND rural_urban = '') AND
           (rural_urban NOT LIKE '%: Majority nearer to a major town or city'
            AND rural_urban NOT LIKE '%: Majority further from a major town or city'
            OR substr(rural_urban, 1, instr(rural_urban, ':') - 1)
            NOT IN ('Urban', 'Intermediate urban', 'Intermediate rural', 'Majority rural'))""",
        england=True,
    ),
    sql(
        "not-ahead",
        "Releases, proposals, decisions and figures are no more than a year later than the newest data_change.",
        f"""SELECT 'source', source_id, '''' || released || '''' FROM source WHERE released > {_NEWEST}
            UNION ALL SELECT 'area', area_id, '''' || stage_date || '''' FROM area WHERE stage_date > {_NEWEST}
            UNION ALL SELECT 'proposal', proposal_id, '''' || date || '''' FROM proposal WHERE date > {_NEWEST}
            UNION ALL SELECT 'inspection', place_code, '''' || date || '''' FROM inspection WHERE date > {_NEWEST}
            UNION ALL SELECT 'claim', claim_id, '''' || year || '''' FROM claim WHERE year > {_NEWEST}
            UNION ALL SELECT DISTINCT 'measure', measure_code, '''' || period || '''' FROM figure
            WHERE period GLOB '20[0-9][0-9]*' AND substr(period, 1, 4) > {_NEWEST}""",
        england=True,
    ),
    sql(
        "change-date",
        "A change of the data is dated within two years of the newest source.",
        """SELECT 'change', change_id, date FROM data_change
           WHERE date > (SELECT date(max(released), '+2 years') FROM source WHERE length(released) = 10)""",
    ),
    sql(
        "event-when",
        "An event is dated from 2020 to five years after the newest data_change, and an id that has a date has its.",
        """SELECT event_id, date FROM event WHERE date < '2020'
           OR date > (SELECT date(max(date), '+5 years') FROM data_change)
           OR (event_id GLOB '*-[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' AND event_id NOT LIKE '%' || date)""",
    ),
    sql(
        "event-area",
        "An event whose id begins with an area is of that area.",
        """SELECT event_id, event.area_id FROM event JOIN area ON event_id LIKE area.area_id || '-%'
           WHERE event.area_id IS NOT area.area_id AND NOT (event.area_id LIKE area.area_id || '-%')""",
    ),
    sql(
        "event-each",
        "Every invited area has an event.",
        """SELECT area_id FROM area WHERE kind = 'invited' AND area_id NOT IN
           (SELECT area_id FROM event WHERE area_id IS NOT NULL)""",
        england=True,
    ),
    sql(
        "year-form",
        "A year of an assumption or claim reads 2025, 2025-26 or 2011-2025; a case study names a year.",
        f"""SELECT 'parameter', parameter_key, '''' || year || '''' FROM parameter WHERE {_YEAR}
            UNION ALL SELECT 'claim', claim_id, '''' || year || '''' FROM claim WHERE year <> '' AND {_YEAR}
            UNION ALL SELECT 'case study', case_slug, '''' || years || '''' FROM case_study
            WHERE years NOT GLOB '*[12][90][0-9][0-9]*'""",
    ),
    sql(
        "source-official",
        "A source of figures has an open licence and a link.",
        """SELECT source_id, licence, link FROM source WHERE (licence NOT LIKE 'Open %' OR link = '')
           AND publisher <> 'LGR scenario explorer' AND source_id IN (SELECT source_id FROM figure UNION
           SELECT source_id FROM spend UNION SELECT source_id FROM flow UNION SELECT source_id FROM resident UNION
           SELECT source_id FROM projection UNION SELECT source_id FROM ward_census UNION
           SELECT source_id FROM inspection)""",
        england=True,
    ),
)
