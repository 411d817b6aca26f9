"""The national check on the project's own tables, and business cases beside the model."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from lgrdata.cli.main import main
from lgrdata.core.models import LENSES, LgrError
from lgrdata.costs.business_cases import NO_MAP, NOT_COMPARABLE, cases, distance
from lgrdata.costs.calibrate import amount, dearer_placements, in_equal_pieces, national
from lgrdata.costs.rates import rates
from lgrdata.reading.catalogue import load_assumptions
from lgrdata.reading.councils import County, counties, unitary_residents

ROOT = Path(__file__).resolve().parents[2]
NEEDED = (
    *("county", "authority", "area_authority", "resident", "parameter", "lens", "lens_value", "claim", "vintage"),
)


@pytest.fixture(scope="module")
def tables() -> Iterator[sqlite3.Connection]:
    """The project's committed tables that the national check reads, and no others."""
    conn = sqlite3.connect(":memory:")
    conn.executescript((ROOT / "lgrdata" / "reading" / "schema.sql").read_text(encoding="utf-8"))
    for name in NEEDED:
        with (ROOT / "data" / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            header = next(reader)
            # A number that may be missing is left empty in the tables; text that is empty stays so.
            kinds = {c[1]: (c[2], c[3]) for c in conn.execute(f"PRAGMA table_info({name})")}
            rows = [
                [None if v == "" and not kinds[h][1] else v for h, v in zip(header, row, strict=True)] for row in reader
            ]
        marks = ",".join("?" * len(header))
        conn.executemany(f"INSERT INTO {name} ({','.join(header)}) VALUES ({marks})", rows)
    yield conn
    conn.close()


def test_the_places_of_the_check(tables: sqlite3.Connection) -> None:
    found = counties(tables)
    assert len(found) == 21
    assert sum(c.districts for c in found) == 164
    assert len(unitary_residents(tables)) == 19
    assert next(c for c in found if c.name == "Hampshire").residents == 1_447_214  # ONS mid-2024


@pytest.mark.parametrize(
    ("claim", "check", "councils", "published", "modelled"),
    [
        ("ccn-2025-single", "five-year net", 21, 2900, 2900),
        ("ccn-2025-29", "five-year net", 29, 1800, 1790),
        ("ccn-2025-58-net", "five-year net", 58, -850, -840),
        ("ccn-2025-58-recurring", "yearly cost of splitting", 58, 501, 500),
        ("ccn-2025-29", "yearly cost of splitting", 29, 134, 158),
        ("ccn-2025-58-net", "one-off cost, without double running", 58, 660, 660),
        ("newton-unit-cost-small", "dearer placements, councils of 250,000 on average", None, 270, 275),
        ("newton-unit-cost-mid", "dearer placements, councils of 400,000 on average", None, 180, 196),
    ],
)
def test_the_national_check(
    tables: sqlite3.Connection, claim: str, check: str, councils: int | None, published: float, modelled: float
) -> None:
    """Each row comes out within 1% of what the model is known to give; the 18% miss stays a miss."""
    rows = [r for r in national(tables, load_assumptions(tables)) if (r.claim_id, r.check) == (claim, check)]
    assert len(rows) == 1
    row = rows[0]
    assert (row.councils, row.published) == (councils, published)
    assert row.modelled == pytest.approx(modelled, rel=0.01)
    assert row.difference == pytest.approx((row.modelled - published) / abs(published))
    assert row.paid_by and row.link


def test_a_county_in_equal_pieces() -> None:
    county = County("Drawn", 1_050_000, 6)
    assert in_equal_pieces(county, None).n_new == 1
    assert in_equal_pieces(county, 500_000).n_new == 2
    three = in_equal_pieces(county, 300_000)
    assert (three.n_old, three.n_new, three.populations) == (7, 3, (350_000,) * 3)
    assert in_equal_pieces(county, 2_000_000).n_new == 1


def test_dearer_placements_by_hand(tables: sqlite3.Connection) -> None:
    county = rates(load_assumptions(tables), "county")  # £2.2 for each 100,000 fewer, cap 1m
    # Today (0.6 x 0.6 + 0.2 x 0.2) / 0.8 = 500,000; at 250,000, 0.8m people x 2.5 x £2.2
    assert dearer_placements([600_000, 200_000], 250_000, county) == pytest.approx(4.4)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("+£2.9bn net over 5 years", 2900),
        ("−£850m net over 5 years", -850),
        ("-£65m a year", -65),
        ("one-off over £660m", 660),
        ("£1,250m", 1250),
    ],
)
def test_an_amount_is_read_from_a_claim_s_words(words: str, value: float) -> None:
    assert amount(words, "claim") == value


def test_a_claim_without_an_amount_is_named() -> None:
    with pytest.raises(LgrError, match="ccn-1"):
        amount("large", "ccn-1")


@pytest.mark.parametrize(
    ("modelled", "value", "low", "high", "far"),
    [
        (10, 12, None, None, -2),
        (10, 12, 5, 20, -2),
        (10, None, 5, 20, 0),
        (3, None, 5, 20, -2),
        (25, None, 5, 20, 5),
        (25, None, 5, None, 0),
        (3, None, None, 20, 0),
    ],
)
def test_the_distance_to_a_published_figure(
    modelled: float, value: float | None, low: float | None, high: float | None, far: float
) -> None:
    assert distance(modelled, value, low, high) == far


def test_business_cases_stand_beside_every_lens(tiny_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(tiny_db.read_bytes())
    with sqlite3.connect(path) as conn:
        source = conn.execute("SELECT source_id FROM source LIMIT 1").fetchone()[0]
        rows = [
            (1, "squares", "squares-2ua", "recurring net saving", 5.0),
            (2, "squares", "squares-2ua", "other", 7.0),
            (3, "nine", None, "one-off cost", 9.0),
            (4, "nine", "nine-unknown", "one-off cost", 9.0),
        ]
        conn.execute("DELETE FROM business_case")
        conn.executemany(
            "INSERT INTO business_case VALUES (?, ?, ?, 'Drawn', 2, ?, '£m', ?, NULL, NULL, '2025', 'A', 'both',"
            " 'high', '', '" + source + "')",
            rows,
        )
        found = cases(conn, load_assumptions(conn))
    first, other, no_proposal, no_map = found
    assert set(first.modelled) == set(LENSES)
    # County lens: 4.73 x 3 saved, 14.8 x 0.4 for splitting, 2.2 x 2 x 0.2 x 2 for buying.
    assert first.modelled["county"] == pytest.approx(4.73 * 3 - 14.8 * 0.4 - 1.76)
    assert first.distance["county"] == pytest.approx(first.modelled["county"] - 5)
    assert (other.modelled, other.why_not) == ({}, NOT_COMPARABLE)
    assert (no_proposal.modelled, no_proposal.why_not) == ({}, NO_MAP)
    assert no_map.modelled == {} and "not known" in no_map.why_not


def test_the_command_prints_both_tables(tiny_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", "--db", str(tiny_db)]) == 0
    text = capsys.readouterr().out
    assert "five-year net" in text and "published" in text and "district" in text
    assert main(["calibrate", "--json", "--db", str(tiny_db)]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [c["claim"] for c in document["checks"]][:3] == ["ccn-2025-single", "ccn-2025-29", "ccn-2025-58-net"]
    assert document["checks"][0]["published"] == 2900


def test_a_dataset_without_the_claims_says_so(
    tiny_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(tiny_db.read_bytes())
    with sqlite3.connect(path) as conn:
        conn.execute("DELETE FROM claim WHERE claim_id = 'ccn-2025-29'")
    assert main(["calibrate", "--db", str(path)]) == 1
    fault = capsys.readouterr().err
    assert "ccn-2025-29" in fault and len(fault.splitlines()) == 1
