"""`load ons-mye`: a workbook in the publisher's layout moves residents, labels, bases, totals and wards together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from drawn import Tiny
from openpyxl import Workbook

from lgrdata.cli.main import main
from lgrdata.keeping.check import check
from lgrdata.reading import db

Row = list[object]
HEAD: Row = ["Code", "Name", "Geography", "All ages", *range(91)]


def rows_of(tiny: Tiny) -> list[Row]:
    """The drawn councils with one more resident of each age from 20 on, their counties, the others, and England."""
    with closing(db.connect(tiny.db)) as conn:
        ages: dict[str, list[int]] = defaultdict(lambda: [0] * 91)
        counties = dict(conn.execute("SELECT authority_code, county_code FROM authority"))
        for code, age, n in conn.execute("SELECT authority_code, age, residents FROM resident"):
            ages[code][age] = n + (age >= 20)
        for code, county in counties.items():
            if county:
                ages[county] = [a + b for a, b in zip(ages[county], ages[code], strict=True)]
        for (code,) in conn.execute("SELECT DISTINCT place_code FROM figure WHERE measure_code = 'population_0_17'"):
            if code not in ages:
                ages[code] = [1000] * 91
    whole = [sum(own[age] for code, own in ages.items() if code[:3] != "E10") for age in range(91)]
    return [[code, "A council", "District", sum(own), *own] for code, own in {**ages, "E92000001": whole}.items()]


def write(path: Path, head: Row, rows: list[Row]) -> None:
    book = Workbook()
    book.active.title = "Contents"  # type: ignore[union-attr]
    sheet = book.create_sheet("MYE2 - Persons")
    for line in [["MYE2: Population estimates"], *[[]] * 6, head, *rows]:
        sheet.append(line)
    book.save(path)


@pytest.fixture
def told(tiny_tables: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def tell(head: Row, rows: list[Row], *more: str) -> str:
        path = tmp_path / "mye.xlsx"
        write(path, head, rows)
        command = ["load", "ons-mye", str(path), "--db", str(tiny_tables.db), "--accept"]
        code = main([*command, *(more or ("--period", "mid-2025"))])
        return capsys.readouterr().err if code else ""

    return tell


def test_a_new_year_of_residents_moves_everything_that_stands_on_it(
    tiny_tables: Tiny, told: Callable[..., str]
) -> None:
    rows = rows_of(tiny_tables)
    rows[0][0] = {"E07000901": "E07000801"}.get(str(rows[0][0]), rows[0][0])  # a code that it had before
    assert told(HEAD, rows) == ""
    with closing(db.connect(tiny_tables.db)) as conn:
        assert check(conn) == []
        one = lambda sql: conn.execute(sql).fetchone()[0]  # noqa: E731
        assert one("SELECT period FROM vintage WHERE what = 'residents'") == "mid-2025"
        assert one("SELECT group_concat(DISTINCT year) FROM resident") == "2025"
        assert one("SELECT sum(residents) FROM block_resident WHERE block_code = 'E07000901'") == 100_071
        wards = "SELECT sum(residents) FROM block_resident JOIN ward ON ward_code = block_code"
        assert one(f"{wards} WHERE authority_code = 'E07000901'") == 100_071
        assert one("SELECT count(DISTINCT period) FROM share_basis WHERE kind = 'residents'") == 1
        held = "SELECT value FROM figure WHERE place_code = 'E10000901' AND period = 'mid-2025' AND measure_code"
        assert one(f"{held} = 'population_85_plus'") == 4 * (4000 + 6)


def test_a_wrong_file_of_residents_is_refused_with_what_to_do(tiny_tables: Tiny, told: Callable[..., str]) -> None:
    rows, before = rows_of(tiny_tables), tiny_tables.db.read_bytes()
    named = {str(row[0]): row for row in rows}
    without = [row for row in rows if row[0] != "E07000902"]
    assert "lacks 1 of 13 councils held: E07000902; is it cut?" in told(HEAD, without)
    strange = [*without, ["E07000999", *named["E07000902"][1:]]]
    assert "codes of another vintage: E07000999" in told(HEAD, strange)
    less = [[*row[:3], int(str(row[3])) - 1, *row[4:]] if row[0] == "E07000902" else row for row in rows]
    assert "ages of E07000902 add to" in told(HEAD, less)
    county = [[*row[:3], int(str(row[3])) + 1, *row[4:94], int(str(row[94])) + 1] if row[0] == "E10000901" else row
              for row in rows]  # fmt: skip
    assert "districts of E10000901 add to" in told(HEAD, county)
    assert "the file's total for England is" in told(HEAD, [row for row in rows if row[0] != "E08000901"])
    assert "no column 'All ages'" in told([*HEAD[:3], "Everyone", *HEAD[4:]], rows)
    assert "mid-2025 follows mid-2024; load that first" in told(HEAD, rows, "--period", "mid-2026")
    assert "add --period, e.g. 'mid-2025'" in told(HEAD, rows, "--released", "2026-07-30")
    assert tiny_tables.db.read_bytes() == before
