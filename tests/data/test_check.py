"""Rules: the real and the drawn data keep them all, and a broken one names its rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from drawn import Tiny

from lgrdata.cli.main import main
from lgrdata.keeping.check import check, notes, rules_for
from lgrdata.keeping.rules import ALL
from lgrdata.keeping.rules.form import is_date
from lgrdata.keeping.rules.places import pieces
from lgrdata.reading import db


@pytest.fixture
def tiny_conn(tiny_tables: Tiny) -> Iterator[sqlite3.Connection]:
    conn = sqlite3.connect(tiny_tables.db, isolation_level=None)
    yield conn
    conn.close()


def test_the_real_data_keep_every_rule(real_db: Path) -> None:
    with closing(db.connect(real_db)) as conn:
        assert rules_for(conn) == ALL
        assert [str(fault) for fault in check(conn)] == []


def test_the_drawn_data_keep_every_rule_but_those_about_england(tiny_db: Path) -> None:
    with closing(db.connect(tiny_db)) as conn:
        assert [str(fault) for fault in check(conn)] == []
        assert rules_for(conn) == tuple(rule for rule in ALL if not rule.england)


def test_rules_are_told_apart_by_key_and_are_sentences() -> None:
    assert len({rule.key for rule in ALL}) == len(ALL)
    for rule in ALL:
        assert rule.sentence.endswith(".") and (rule.sentence[0].isupper()), rule.key


# A change of the drawn data, the rule it breaks, and what the fault names.
BROKEN = {
    "schema": ("ALTER TABLE trust ADD COLUMN beds INTEGER", "table trust has a column that the schema lacks: beds"),
    "text": ("UPDATE trust SET name = 'One <b>hospital</b>'", "trust.name has an HTML tag"),
    "empty": ("UPDATE criterion SET parent_id = '' WHERE parent_id IS NULL", "criterion.parent_id in 6 rows"),
    "dates": ("UPDATE event SET date = '5 February 2025'", "event.date '5 February 2025'"),
    "links": ("UPDATE source SET link = 'see gov.uk' WHERE source_id = 'drawn'", "source drawn: 'see gov.uk'"),
    "changes": ("INSERT INTO data_change VALUES (3, '2025-02-01', 'x')", "change 3 where 2 should follow"),
    "authority-one-area": (
        "INSERT INTO area_authority VALUES ('nine', 'E07000901', 'member')",
        "E07000901 Squareshire A is a member of 2",
    ),
    "place-kind": ("UPDATE place SET kind = 'unitary' WHERE place_code = 'E07000901'", "E07000901 Squareshire A"),
    "ward-area": ("UPDATE ward SET area_km2 = 50 WHERE ward_code = 'E05901001'", "E07000901 Squareshire A 100 km2"),
    "neighbour-drawn": ("DELETE FROM neighbour WHERE a = 'E07000901' AND b = 'E07000902'", "E07000901 – E07000902"),
    "area-connected": ("DELETE FROM neighbour WHERE b = 'E07000904'", "squares: E07000904"),
    "ward-connected": (
        "DELETE FROM ward_neighbour WHERE 'E05901001' IN (a, b)",
        "E07000901: E05901001",
    ),
    "footprint-shares": (
        "UPDATE authority_footprint SET share = 0.5 WHERE authority_code = 'E07000901' AND kind = 'police'",
        "E07000901 Squareshire A police 0.5",
    ),
    "residents-ages": (
        "DELETE FROM resident WHERE authority_code = 'E07000901' AND age = 7",
        "E07000901 2,024 90 ages",
    ),
    "county-residents": (
        "UPDATE resident SET residents = 1001 WHERE authority_code = 'E07000901' AND age = 7",
        "E10000901 Squareshire population_0_17 80,000 districts 80,001",
    ),
    "former-parts": (
        "DELETE FROM former_county WHERE place_code = 'E08000901'; UPDATE former_county SET place_code = 'E07000901'"
        " WHERE place_code = 'E08000903'",
        "Old County 1 1 parts of 1 kinds; Old County 2 E07000901 Squareshire A district",
    ),
    "former-counts": (
        "DELETE FROM figure WHERE place_code = 'E08000902' AND measure_code = 'ehc_plans'",
        "Old County 1 E08000902 ehc_plans",
    ),
    "census-wards": ("DELETE FROM ward_census WHERE ward_code = 'E05901001'", "E05901001 Squareshire A 1"),
    "projection-whole": (
        "DELETE FROM projection WHERE authority_code = 'E07000901' AND year = 2043",
        "E07000901 125 rows of 130",
    ),
    "period": (
        "UPDATE figure SET period = '2023/24' WHERE place_code = 'E10000901' AND measure_code = 'dsg_balance'",
        "dsg_balance '2023/24' (1 figures, E10000901 the first)",
    ),
    "percent": (
        "UPDATE measure SET unit = '%', kind = 'rate' WHERE measure_code = 'imd'; UPDATE figure SET value = 120 "
        "WHERE measure_code = 'imd' AND place_code = 'E07000901'",
        "E07000901 imd 2025 120",
    ),
    "spend-total": (
        "UPDATE spend SET thousand = 9999 WHERE place_code = 'E07000901' AND service = 'Central services'",
        "E07000901 2024-25 Net Current Expenditure",
    ),
    "proposal-councils": (
        "UPDATE proposal SET councils = 3 WHERE proposal_id = 'squares-2ua'",
        "squares-2ua has 3 and lists 2",
    ),
    "partition": (
        "INSERT INTO composition VALUES ('squares-2ua', 'South', 'E07000901', 'whole')",
        "squares-2ua counts E07000901 twice",
    ),
    "drawing-whole": (
        "DELETE FROM drawing_block WHERE proposal_id = 'squares-2ua' AND block_code = 'E07000904'",
        "squares-2ua (exact) leaves out E07000904",
    ),
    "drawing-agrees": (
        "UPDATE drawing_block SET council = 'South' WHERE proposal_id = 'squares-2ua' AND block_code = 'E07000901'",
        "squares-2ua exact E07000901 South",
    ),
    "selected-one": (
        "UPDATE proposal SET status = 'selected', stage = 'decided' WHERE area_id = 'squares'",
        "squares squares-2ua and squares-parts",
    ),
    "claim-link": (
        "INSERT INTO claim_link SELECT claim_id, 'parameter', 'no_such' FROM claim LIMIT 1",
        "parameter no_such",
    ),
    "claim-service": (
        "UPDATE claim_service SET why = '' WHERE service_id = 'send'",
        "newton-hnb-deficit send",
    ),
    "lines-adults": (
        "UPDATE spend SET thousand = 1 WHERE place_code = 'E10000901' AND service LIKE 'Learning%'",
        "E10000901 2024-25 lines 100,001 total 160,000 summary 160,000",
    ),
    "lines-leaves": (
        "UPDATE share_line SET service = 'Adult Social Care' WHERE line_key = 'other'",
        "other Adult Social Care",
    ),
    "line-recommended": ("UPDATE line_basis SET standing = 'defensible' WHERE line_key = 'fire'", "fire recommends 0"),
    "basis-precedent": (
        "UPDATE line_basis SET source_id = 'newton-2025' WHERE line_key = 'fire' AND basis_key = 'residents'",
        "fire residents newton-2025",
    ),
    "case-ended": (
        "UPDATE case_study SET how_it_ended = '' WHERE outcome = 'ended'",
        "A case study that ended says how. Not so:",
    ),
}


@pytest.mark.parametrize("key", BROKEN)
def test_a_broken_rule_names_its_rows(key: str, tiny_conn: sqlite3.Connection) -> None:
    change, named = BROKEN[key]
    rules = [rule for rule in ALL if rule.key == key]
    assert check(tiny_conn, rules) == []
    tiny_conn.executescript(change)
    (fault,) = check(tiny_conn, rules)
    assert named in str(fault)


def test_a_record_that_falls_short_is_noted_and_is_no_fault(
    tiny_conn: sqlite3.Connection, tiny_tables: Tiny, capsys: pytest.CaptureFixture[str]
) -> None:
    before = notes(tiny_conn)
    # Three shire counties of two parts: every published count moved out of its range.
    tiny_conn.execute("UPDATE care_record SET published = high + 1 WHERE outcome = 'ehc_plans'")
    (said,) = [n for n in notes(tiny_conn) if n not in before and "range holds 0% of 6 parts" in n]
    assert said.startswith("Education, health and care plans, former shire counties")
    assert check(tiny_conn) == []
    assert main(["check", "--db", str(tiny_tables.db)]) == 0
    assert f"Note: {said}." in capsys.readouterr().out
    assert main(["check", "--json", "--db", str(tiny_tables.db)]) == 0
    assert said in json.loads(capsys.readouterr().out)["notes"]


def test_a_table_remade_without_its_rules_is_told(tiny_conn: sqlite3.Connection) -> None:
    tiny_conn.executescript(
        "CREATE TABLE copy AS SELECT * FROM trust; DROP TABLE trust; ALTER TABLE copy RENAME TO trust"
    )
    (fault,) = check(tiny_conn, [rule for rule in ALL if rule.key == "schema"])
    assert "table trust was remade without the schema's rules" in str(fault)


def test_many_rows_are_counted_and_all_are_held(tiny_conn: sqlite3.Connection) -> None:
    tiny_conn.execute("UPDATE figure SET period = 'in ' || period")
    (fault,) = check(tiny_conn, [rule for rule in ALL if rule.key == "period"])
    assert str(fault).endswith(f"; and {len(fault.rows) - 10} more")


def test_pieces_of_a_graph() -> None:
    assert pieces("abcde", [("a", "b"), ("b", "c"), ("d", "e")]) == [["a", "b", "c"], ["d", "e"]]
    assert pieces("ab", []) == [["a"], ["b"]]


@pytest.mark.parametrize("text", ["2025-02-05", "2025-02", "2025"])
def test_dates_that_are(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize("text", ["2025-02-30", "2025-13", "25", "5 Feb 2025", "", "2025-2-5", "1066"])
def test_dates_that_are_not(text: str) -> None:
    assert not is_date(text)
