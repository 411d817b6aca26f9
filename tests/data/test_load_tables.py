"""`load mhclg-ro` and `load nhs-icb`: files as published move several tables together, or are refused."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from drawn import Tiny

from lgrdata.cli.main import main
from lgrdata.keeping.check import check
from lgrdata.reading import db

Row = list[object]
LINES = {
    "Employees": "(C1)",
    "Running Expenses": "(C2)",
    "Total Expenditure": "(C3 = C1 + C2)",
    "Sales, Fees and Charges": "(C4)",
    "Other Income": "(C5)",
    "Total Income": "(C6 = C4 + C5)",
    "Net Current Expenditure": "(C7 = C3 - C6)",
}
WORDS = {"RSX": "Service Expenditure Summary (RSX)", "RO3": "Social Care and Public Health (RO3)"}


def sheet(tiny: Tiny, form: str, year: str = "2025-26") -> list[Row]:
    """The drawn councils' outturn a tenth up, as the Ministry lays it out: the header in its seventh row."""
    with closing(db.connect(tiny.db)) as conn:
        rows = conn.execute("SELECT place_code, service, line, thousand FROM spend WHERE form = ?", (form,)).fetchall()
    columns = sorted({(service, line) for _, service, line, _ in rows})
    notes = {service: " [note 2]" if service.startswith("TOTAL ADULT") else "" for service, _ in columns}
    head = [f"{service}{notes[service]} - {line} {LINES[line]}" for service, line in columns]
    held = {(place, service, line): value for place, service, line, value in rows}
    title = f"Worksheet 2: Revenue Outturn (RO) {year}: {WORDS[form]} data"
    made: list[Row] = [[title], *[["Source: Ministry"]] * 5]
    made.append(["E-code", "ONS Code", "Local authority", "Notes", "Class", "Detailed Class", "Certification", *head])
    for place in sorted({row[0] for row in rows}):
        cells = [round(held.get((place, *column), 0) * 1.1) for column in columns]
        made.append(["E0000", place, "A council", "", "SC", "SC", "Y", *cells])
    made.append(
        [
            "Eng",
            "E92000001",
            "ENGLAND",
            "",
            "Eng",
            "Eng",
            "[Y]",
            *map(sum, zip(*[r[7:] for r in made[7:]], strict=True)),
        ]
    )
    made.append(["[Y]", "E10", "Shire Counties", "", "SC", "SC", "21", *["0"] * len(columns)])
    return made


@pytest.fixture
def told(tiny_tables: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a `load --accept` of tables, by their files' names, says on stderr; '' where it was written."""

    def tell(release: str, **files: list[Row]) -> str:
        paths = []
        for name, rows in files.items():
            path = tmp_path / f"{name}.csv"
            with path.open("w", newline="", encoding="utf-8-sig") as file:
                csv.writer(file).writerows(rows)
            paths.append(str(path))
        code = main(["load", release, *paths, "--db", str(tiny_tables.db), "--accept"])
        return capsys.readouterr().err if code else ""

    return tell


def test_a_year_of_outturn_moves_both_forms_together(tiny_tables: Tiny, told: Callable[..., str]) -> None:
    rsx, ro3 = sheet(tiny_tables, "RSX"), sheet(tiny_tables, "RO3")
    before = tiny_tables.db.read_bytes()
    at = len(rsx) - 4  # a council
    assert "RO3 is not among the files" in told("mhclg-ro", rsx=rsx)
    assert "give RSX and RO3 of one year" in told("mhclg-ro", rsx=rsx, ro3=sheet(tiny_tables, "RO3", "2026-27"))
    older = [sheet(tiny_tables, form, "2023-24") for form in WORDS]
    assert "2023-24, and 2024-25 is held; take the newer" in told("mhclg-ro", rsx=older[0], ro3=older[1])
    later = [sheet(tiny_tables, form, "2026-27") for form in WORDS]
    assert "2025-26 follows 2024-25; load that first" in told("mhclg-ro", rsx=later[0], ro3=later[1])
    assert "lacks 1 of" in told("mhclg-ro", rsx=[*rsx[:at], *rsx[at + 1 :]], ro3=ro3)
    assert "the file is cut" in told("mhclg-ro", rsx=[*rsx[:at], rsx[at][:9]], ro3=ro3)
    strange = [*rsx[:at], [*rsx[at][:1], "E07000999", *rsx[at][2:]], *rsx[at + 1 :]]
    assert "codes of another vintage: E07000999" in told("mhclg-ro", rsx=strange, ro3=ro3)
    wrong = [*rsx[:at], [*rsx[at][:7], *[int(str(c)) + 90_000 for c in rsx[at][7:]]], *rsx[at + 1 :]]
    assert "and the file's row for England is" in told("mhclg-ro", rsx=wrong, ro3=ro3)
    assert "no row of England (E92000001) after the councils" in told("mhclg-ro", rsx=rsx[:-2], ro3=ro3)
    renamed = [*rsx[:6], [str(c).replace("Adult", "Grown-up") for c in rsx[6]], *rsx[7:]]
    assert "columns held are not there: 'Adult Social Care - " in told("mhclg-ro", rsx=renamed, ro3=ro3)
    assert "no sheet says 'Revenue Outturn (RO)'" in told("mhclg-ro", rsx=rsx[6:], ro3=ro3)
    for slip in ("about 40", "1,5", "1_000"):
        odd = [*rsx[:at], [*rsx[at][:7], slip, *rsx[at][8:]], *rsx[at + 1 :]]
        assert f"has '{slip}', neither a number nor [x]" in told("mhclg-ro", rsx=odd, ro3=ro3)
    assert tiny_tables.db.read_bytes() == before

    rsx[at][7:] = ["[x]"] * len(rsx[at][7:])  # a council that made no return
    assert told("mhclg-ro", rsx=rsx, ro3=ro3) == ""
    with closing(db.connect(tiny_tables.db)) as conn:
        assert check(conn) == []
        newest = "FROM spend WHERE year = '2025-26' AND line = 'Net Current Expenditure'"
        adult = "line = 'Net Current Expenditure' AND form = 'RO3' AND service = 'TOTAL ADULT SOCIAL CARE'"
        query = f"SELECT sum(thousand) FROM spend WHERE {adult} GROUP BY year ORDER BY year"
        (old,), (new,) = conn.execute(query).fetchall()
        assert new == pytest.approx(old * 1.1)
        status = f"SELECT group_concat(DISTINCT status) {newest} AND form = 'RSX' AND place_code = ?"
        assert conn.execute(status, (rsx[at][1],)).fetchone() == ("not returned",)


BOARD_HEAD: Row = [
    *("LSOA21CD", "LSOA21NM", "SICBL27CD", "SICBL27CDH", "SICBL27NM", "ICB27CD", "ICB27CDH", "ICB27NM"),
    *("NHSER27CD", "NHSER27CDH", "NHSER27NM", "LAD27CD", "LAD27NM", "ObjectId"),
]


def lookup(tiny: Tiny, head: Row = BOARD_HEAD) -> list[Row]:
    """Ten small areas of each drawn authority, three of A of squares in the South Board; the rest elsewhere."""
    with closing(db.connect(tiny.db)) as conn:
        codes = [row[0] for row in conn.execute("SELECT authority_code FROM authority ORDER BY 1")]
    rows = [head]
    for n in range(33_755):
        place = codes[n // 10] if n < 10 * len(codes) else "E09000002"
        south = place == "E07000901" and n % 10 < 3
        board = ("E54000902", "QS", "South Board") if south else ("E54000901", "QN", "North Board")
        rows.append([f"E01{n:06d}", "", "", "", "", *board, "", "", "", place, "", n])
    return rows


def test_boards_move_with_the_year_that_sums_start_from(tiny_tables: Tiny, told: Callable[..., str]) -> None:
    rows, before = lookup(tiny_tables), tiny_tables.db.read_bytes()
    assert "33,754 small areas, and England has 33,755; is the file cut?" in told("nhs-icb", icb=rows[:-1])
    other = [[*row[:11], "E07000888" if row[11] == "E07000901" else row[11], *row[12:]] for row in rows]
    assert "codes of another vintage: E07000901" in told("nhs-icb", icb=other)
    renamed = [str(c).replace("ICB27NM", "ICB27 name") if c == "ICB27NM" else c for c in BOARD_HEAD]
    assert "no column ICB27NM; the file has LSOA21CD" in told("nhs-icb", icb=[renamed, *rows[1:]])
    older = [str(c).replace("27", "24") for c in BOARD_HEAD]
    assert "is held; take the newer edition" in told("nhs-icb", icb=[older, *rows[1:]])
    assert "is one file, and 2 were given" in told("nhs-icb", icb=rows[:2], more=rows[:2])
    assert tiny_tables.db.read_bytes() == before

    assert told("nhs-icb", icb=rows) == ""
    with closing(db.connect(tiny_tables.db)) as conn:
        assert check(conn) == []
        assert conn.execute("SELECT period FROM vintage WHERE what = 'boards'").fetchone() == ("2027",)
        shares = """SELECT footprint_code, share, status FROM authority_footprint
                    WHERE kind = 'icb 2027' AND authority_code = ?"""
        assert conn.execute(f"{shares} ORDER BY 1", ("E07000901",)).fetchall() == [
            ("E54000901", 0.7, "derived"),
            ("E54000902", 0.3, "derived"),
        ]
        assert conn.execute(shares, ("E07000902",)).fetchall() == [("E54000901", 1.0, "published")]


def test_a_file_of_another_kind_says_what_to_do(
    tiny_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "RSX.ods"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("content.xml", "<office/>")
    for release in ("mhclg-ro", "mhclg-hclic", "ons-mye", "nhs-icb", "dfe-cla", "tidy"):
        assert main(["load", release, str(path), "--period", "2026", "--db", str(tiny_db)]) == 1
        assert "RSX.ods: an OpenDocument file (.ods); open it, save as .xlsx, and load that" in capsys.readouterr().err
    for raw, said in (
        (b"\xd0\xcf\x11\xe0old", "an old Excel workbook (.xls)"),
        (b" <!DOCTYPE html><p>", "a page, not a table"),
    ):
        path.write_bytes(raw)
        assert main(["load", "dfe-cla", str(path), "--db", str(tiny_db)]) == 1
        assert f"RSX.ods: {said}" in capsys.readouterr().err
