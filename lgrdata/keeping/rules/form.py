"""Rules about form: the schema as it should be, references that lead somewhere, text and dates that read well."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date

from lgrdata.keeping.build import SEARCHED, unknown_objects
from lgrdata.keeping.load import broken_references
from lgrdata.keeping.rules.base import Rule, sql
from lgrdata.reading.tables import FILE_COLUMNS, SchemaTable, all_tables, field, input_tables

# ------------------------------------------------------------------ schema
_COLUMNS = 'SELECT name, type, "notnull", pk FROM pragma_table_info(?)'


def _plain(text: str) -> str:
    return " ".join(re.sub(r"--[^\n]*", "", text).replace('"', "").split())


def _schema(conn: sqlite3.Connection) -> Iterator[str]:
    held = dict(conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall())
    for table in all_tables():
        if table.name not in held:
            yield f"table {table.name} is missing"
        elif _plain(held[table.name]) != _plain(table.sql):
            yield _changed(conn, table)
    for thing in unknown_objects(conn):
        yield f"{thing} is not of the schema (a misspelt name? `sqlite-utils drop-table` removes a table)"


def _changed(conn: sqlite3.Connection, table: SchemaTable) -> str:
    columns = {row[0] for row in conn.execute(_COLUMNS, (table.name,))}
    extra = sorted(columns - set(table.column_names))
    if extra:
        return f"table {table.name} has a column that the schema lacks: {', '.join(extra)}"
    lost = [name for name in table.column_names if name not in columns]
    if lost:
        return f"table {table.name} has lost column {', '.join(lost)}"
    return f"table {table.name} was remade without the schema's rules (STRICT, NOT NULL, CHECK, keys)"


def _references(conn: sqlite3.Connection) -> Iterator[str]:
    for table in input_tables():
        for key, values in broken_references(conn, table):
            named = ", ".join(f"{column} '{field(value)}'" for column, value in zip(key.columns, values, strict=True))
            yield f"{table.name}: {named} is not in {key.parent}"


def _integrity(conn: sqlite3.Connection) -> Iterator[str]:
    for (line,) in conn.execute("PRAGMA integrity_check(50)"):
        if line != "ok":
            yield line


def _searchable(conn: sqlite3.Connection) -> Iterator[str]:
    for table in SEARCHED:
        query = f"""SELECT count(*) FROM {table} WHERE rowid NOT IN (SELECT id FROM {table}_fts_docsize)
                    UNION ALL SELECT count(*) FROM {table}_fts_docsize WHERE id NOT IN (SELECT rowid FROM {table})"""
        if any(count for (count,) in conn.execute(query)):
            yield f"{table} (`sqlite-utils rebuild-fts data/lgr.db {table}` mends it)"


# ------------------------------------------------------------------ text
_BAD_TEXT = (
    (re.compile("[\u00a0\u00ad\u2007\u202f\u2060]"), "a no-break space or soft hyphen"),
    (re.compile("[\u0300-\u036f]"), "an accent apart from its letter"),
    (re.compile("\n"), "a line break"),
    (re.compile("  "), "two blanks together"),
    (re.compile(r"\b(?:TODO|FIXME|XXX|[Ll]orem ipsum)\b"), "words to be replaced"),
    (re.compile(r"\]\(https?:|\*\*"), "a mark of Markdown"),
    (re.compile(r"(?<![/=&?])\b[A-Za-z]+\?(?:s|t|re|ve|ll) "), "a question mark for an apostrophe"),
    (re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]"), "a control character"),
    (re.compile("[\u200b-\u200f\u2028\u2029\ufeff\ufffd]"), "an invisible or broken character"),
    (re.compile("Ã[\x80-\xbf]|â€|Â[£ ]"), "text in the wrong encoding"),
    (re.compile(r"</?[a-zA-Z][^<>]*>|<!--"), "an HTML tag"),
    (re.compile(r"&(?:[a-z]{2,8}|#x?[0-9a-fA-F]+);"), "an HTML entity"),
    (re.compile(r"^\s|\s$"), "blanks at an end"),
)


def _text_columns(table: SchemaTable) -> Iterator[str]:
    led = {column for key in table.foreign_keys for column in key.columns}
    for column in table.columns:
        if column.type == "TEXT" and column.name not in led and (table.name, column.name) not in FILE_COLUMNS:
            yield column.name


def _text(conn: sqlite3.Connection) -> Iterator[str]:
    for table in input_tables():
        for column in _text_columns(table):
            for (text,) in conn.execute(f"SELECT DISTINCT {column} FROM {table.name} WHERE {column} <> ''"):
                for pattern, what in _BAD_TEXT:
                    if pattern.search(text):
                        yield f"{table.name}.{column} has {what}: '{text[:60]}'"


def _empty(conn: sqlite3.Connection) -> Iterator[str]:
    for table in input_tables():
        for column in table.columns:
            if column.type == "TEXT" and column.nullable:
                count = conn.execute(f"SELECT count(*) FROM {table.name} WHERE {column.name} = ''").fetchone()[0]
                if count:
                    yield f"{table.name}.{column.name} in {count} rows"


# ------------------------------------------------------------------ dates, links, ids
DATES = {
    ("source", "released"): "may be empty",
    ("area", "stage_date"): "may be empty",
    ("proposal", "date"): "may be empty",
    ("event", "date"): "",
    ("delivery_fact", "date"): "",
    ("vesting_day", "date"): "whole",
    ("place_history", "until"): "may be empty",
    ("inspection", "date"): "may be empty",
    ("data_change", "date"): "whole",
}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def is_date(text: str, *, whole: bool = False) -> bool:
    """True for YYYY-MM-DD that exists, from 1970 to 2039, or unless `whole` YYYY-MM or YYYY."""
    match = _DATE.fullmatch(text)
    if not match or (whole and not match[3]) or not 1970 <= int(match[1]) < 2040:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def _dates(conn: sqlite3.Connection) -> Iterator[str]:
    for (table, column), how in DATES.items():
        for (text,) in conn.execute(f"SELECT DISTINCT {column} FROM {table} ORDER BY 1"):
            if not is_date(text, whole=how == "whole") and not (text == "" and how == "may be empty"):
                yield f"{table}.{column} '{text}'"


_LINK = re.compile(r"https?://[^\s/]+\.[^\s/.]+(?:[/?#]\S*)?")


def _links(conn: sqlite3.Connection) -> Iterator[str]:
    for table, key in (("source", "source_id"), ("claim", "claim_id")):
        for name, link in conn.execute(f"SELECT {key}, link FROM {table} WHERE link <> '' ORDER BY 1"):
            if not _LINK.fullmatch(link):
                yield f"{table} {name}: '{link}'"


_IDS = (
    *(("source", "source_id"), ("proposal", "proposal_id"), ("event", "event_id"), ("claim", "claim_id")),
    *(("case_study", "case_slug"), ("measure", "measure_code"), ("parameter", "parameter_key")),
    *(("partnership_model", "model_id"), ("care_service", "service_id"), ("delivery_fact", "fact_id")),
    *(("share_basis", "basis_key"), ("share_line", "line_key"), ("day_one_duty", "duty_id")),
)


def _ids(conn: sqlite3.Connection) -> Iterator[str]:
    for table, key in _IDS:
        for (name,) in conn.execute(f"SELECT {key} FROM {table} WHERE {key} GLOB '*[^a-z0-9_-]*' OR {key} = ''"):
            yield f"{table} '{name}'"


def _change_order(conn: sqlite3.Connection) -> Iterable[str]:
    before = ""
    for number, (change, day) in enumerate(conn.execute("SELECT change_id, date FROM data_change ORDER BY 1"), 1):
        if change != number:
            yield f"change {change} where {number} should follow"
            return
        if day < before:
            yield f"change {change} is dated {day}, before the one above it"
        before = day


RULES: tuple[Rule, ...] = (
    Rule("schema", "The database has the tables and columns of schema.sql, and no others.", _schema),
    Rule("sound", "The database file is sound, and every value keeps its table's types and checks.", _integrity),
    Rule("references", "Every code and id that a row names is a row of the table it belongs to.", _references),
    Rule("search", "Search covers every row of the tables that can be searched.", _searchable),
    Rule(
        "text",
        "Text is plain: no control characters, HTML, broken characters, double blanks or blanks at its ends.",
        _text,
    ),
    Rule("empty", "A text that may be missing is NULL, never empty.", _empty),
    Rule("dates", "Dates are YYYY-MM-DD, or YYYY-MM or YYYY where the day is not known.", _dates),
    Rule("links", "A link is one web address.", _links),
    Rule("ids", "Ids are small letters, digits, hyphens and underscores.", _ids),
    Rule("changes", "Changes of the data are numbered 1, 2, 3 ... in order of date.", _change_order),
    sql(
        "source-repeated",
        "A source is listed once.",
        """SELECT group_concat(source_id, ' = ') FROM source GROUP BY title, publisher, release, released, link
           HAVING count(*) > 1""",
    ),
)
