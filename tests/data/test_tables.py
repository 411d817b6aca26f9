"""Reading and writing tables, residents of blocks, opening the database, and what Datasette shows."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from drawn import Tiny
from hypothesis import given
from hypothesis import strategies as st

from lgrdata.core.models import LgrError
from lgrdata.keeping.build import build
from lgrdata.keeping.residents import ward_bands
from lgrdata.reading import db
from lgrdata.reading.tables import SchemaColumn, all_tables, csv_text, field, input_tables, parser, table_named

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"))


# ------------------------------------------------------------------ cells
@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda value: value != 0 or str(value) == "0.0"))
def test_a_real_survives_its_field(value: float) -> None:
    text = field(value)
    assert parser(SchemaColumn("x", "REAL", False))(text) == value
    assert not text.endswith(".0")


@given(st.integers(-(10**17), 10**17))
def test_an_integer_survives_its_field(value: int) -> None:
    assert parser(SchemaColumn("x", "INTEGER", False))(field(value)) == value


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_text_survives_its_file(rows: list[tuple[str, str]]) -> None:
    written = csv_text(table_named("trust"), rows)
    assert [tuple(row) for row in csv.reader(io.StringIO(written, newline=""))][1:] == rows


@pytest.mark.parametrize("text", ["1,000", "about 5", "nan", "inf", "1e5x", "0x1", " 1", "1_0", "--1"])
def test_what_is_no_number_is_refused(text: str) -> None:
    for kind in ("REAL", "INTEGER"):
        with pytest.raises(ValueError, match="number"):
            parser(SchemaColumn("x", kind, True))(text)


def test_an_empty_field_is_null_or_an_empty_text() -> None:
    assert parser(SchemaColumn("x", "TEXT", True))("") is None
    assert parser(SchemaColumn("x", "TEXT", False))("") == ""
    assert parser(SchemaColumn("x", "REAL", True))("") is None
    with pytest.raises(ValueError, match="not an empty field"):
        parser(SchemaColumn("x", "INTEGER", False))("")


def test_the_schema_tells_input_from_derived() -> None:
    derived = [table.name for table in all_tables() if table.derived]
    assert derived[:2] == ["meta", "shape"] and "block_resident" in derived
    assert {"source", "figure", "data_change"} <= {table.name for table in input_tables()}
    assert table_named("topology").csv_names == ("topology_id", "source_id")
    assert table_named("figure").key == ("place_code", "measure_code", "period")


def test_wards_follow_the_census_of_each_age_group() -> None:
    """Ward x holds all the young and a quarter of the rest; those aged 16 and 17 follow the group 16 to 24."""
    groups = ("age 16-24", "age 25-34", "age 35-49", "age 50-64", "age 65+")
    census = {
        "x": {"age 0-15": 100.0, **dict.fromkeys(groups, 25.0)},
        "y": {"age 0-15": 0.0, **dict.fromkeys(groups, 75.0)},
    }
    by_age = {10: 80, 17: 40, 20: 100, 30: 40, 40: 40, 60: 40, 70: 8, 80: 4, 90: 4}
    assert ward_bands(by_age, census) == {
        "x": {"0-17": 90, "18-24": 25, "25-64": 30, "65-74": 2, "75-84": 1, "85+": 1},
        "y": {"0-17": 30, "18-24": 75, "25-64": 90, "65-74": 6, "75-84": 3, "85+": 3},
    }


def test_real_wards_add_exactly_and_west_berkshire_has_none(real_db: Path) -> None:
    query = """SELECT authority_code, band, sum(w.residents), a.residents FROM block_resident w
               JOIN ward ON ward_code = w.block_code
               JOIN block_resident a ON a.block_code = authority_code AND a.band = w.band
               GROUP BY authority_code, w.band"""
    with closing(db.connect(real_db)) as conn:
        rows = conn.execute(query.replace("band, sum", "w.band, sum")).fetchall()
    assert len(rows) == 183 * 6
    assert all(wards == authority for _, _, wards, authority in rows)
    assert "E06000037" not in {code for code, *_ in rows}


# ------------------------------------------------------------------ opening
def test_a_connection_cannot_write(tiny_db: Path) -> None:
    with closing(db.connect(tiny_db)) as conn, pytest.raises(sqlite3.OperationalError, match="readonly"):
        conn.execute("DELETE FROM area")


def test_what_cannot_be_opened_is_told(tmp_path: Path, tiny_tables: Tiny) -> None:
    (tmp_path / "text.db").write_text("hello, this is not a database at all")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE a (b)").connection.close()
    for path, words in (
        (tmp_path / "no.db", "no such dataset; run `python -m lgrdata build`"),
        (tmp_path, "is a folder"),
        (tmp_path / "text.db", "not an SQLite database"),
        (tmp_path / "other.db", "not a dataset of this project"),
    ):
        with pytest.raises(LgrError, match=words):
            db.connect(path)
    (tmp_path / "cut.db").write_bytes(tiny_tables.db.read_bytes()[:5000])
    with pytest.raises(LgrError, match=r"cut short, .* bytes are missing"):
        db.connect(tmp_path / "cut.db")


@pytest.mark.parametrize(("version", "words"), [("0", "it is older"), ("99", "update this program")])
def test_another_schema_version_is_told(version: str, words: str, tiny_tables: Tiny) -> None:
    with closing(sqlite3.connect(tiny_tables.db)) as conn, conn:
        conn.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (version,))
    with pytest.raises(LgrError, match=words):
        db.connect(tiny_tables.db)


def test_the_environment_names_another_dataset(monkeypatch: pytest.MonkeyPatch, tiny_db: Path) -> None:
    monkeypatch.setenv("LGR_DB", str(tiny_db))
    assert db.default_path() == tiny_db
    monkeypatch.setenv("LGR_DB", " ")
    assert db.default_path() == db.ROOT / "data" / "lgr.db"


def test_a_fingerprint_follows_the_file(tiny_tables: Tiny) -> None:
    before = db.fingerprint(tiny_tables.db)
    build(tiny_tables.data, tiny_tables.db)
    assert db.fingerprint(tiny_tables.db) != before


# ------------------------------------------------------------------ Datasette
def test_datasette_has_words_and_a_licence_for_every_table() -> None:
    metadata = json.loads((db.ROOT / "data" / "metadata.json").read_text(encoding="utf-8"))
    tables = metadata["databases"]["lgr"]["tables"]
    assert set(tables) == {table.name for table in all_tables()}
    for name, words in tables.items():
        assert words["title"] and words["description"].endswith(".") and words["license"], name
    assert metadata["title"] and metadata["license_url"].startswith("https://")
    for name, told in tables.items():
        # Where a table's licence is not the dataset's, its source is not either: the browser would show the dataset's.
        assert (told["license"] == metadata["license"]) != ("source" in told), name
