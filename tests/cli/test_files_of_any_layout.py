"""Tables as other tools and people write them: what is in the columns decides, and nothing is guessed."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from random import Random
from time import process_time

import pytest
from openpyxl import Workbook

from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits import blockfile, edits
from lgrdata.splits.assignment.reader import Choices, FileFaults, Reading, read
from lgrdata.splits.split import make

A, B, C, D = (f"E0700090{n}" for n in range(1, 5))
NORTH_SOUTH = {A: "North", B: "North", C: "South", D: "South"}
NAMES = {code: f"Squareshire {letter}" for code, letter in zip((A, B, C, D), "ABCD", strict=True)}


@pytest.fixture
def given(tiny_db: Path):  # type: ignore[no-untyped-def]
    """A file of the squares as it is read."""
    facts = Dataset(tiny_db).facts("squares")

    def call(content: str | bytes, **said: object) -> Reading:
        data = content.encode() if isinstance(content, str) else content
        return read(facts, data, "mine.csv", Choices(**said))  # type: ignore[arg-type]

    return call


def _held(reading: Reading) -> dict[str, str]:
    return dict(reading.split.block_assignment())


def _workbook(rows: list[list[object]]) -> bytes:
    """A workbook with one sheet that says nothing, and one of these cells from its third row on."""
    book = Workbook()
    book.active.title = "About"  # type: ignore[union-attr]
    sheet = book.create_sheet("Split")
    for n, row in enumerate(rows, start=3):
        for i, value in enumerate(row, start=1):
            sheet.cell(n, i, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_within_bounds(given) -> None:  # type: ignore[no-untyped-def]
    numbered = [["code", "no"], *([code, 1.0 if council == "North" else 2] for code, council in NORTH_SOUTH.items())]
    assert set(_held(given(_workbook(numbered))).values()) == {"1", "2"}
    faults = {
        "holds over 25 MB once unpacked": _packed({"xl/workbook.xml": b" " * 26_000_000}),
        "over 60,000 cells": _workbook([["x"] * 90] * 700),
        "not an Excel workbook .*save it as one": _packed({"word/document.xml": b"<x/>"}),
        "not an Excel workbook that can be read": _packed({"xl/workbook.xml": b"<workbook"}),
    }
    whole = _workbook(numbered)
    faults["not an Excel workbook that can be read"] = whole[: len(whole) // 2]
    for wanted, data in faults.items():
        with pytest.raises(LgrError, match=f"^mine.csv .*{wanted}" if "not" not in wanted else wanted):
            given(data)
    formulas = _workbook([["code", "council"], *([code, f'="{council}"'] for code, council in NORTH_SOUTH.items())])
    spare = _workbook([["code", "council", "n"], *([code, council, "=1+1"] for code, council in NORTH_SOUTH.items())])
    assert _held(given(spare)) == NORTH_SOUTH
    page = b"<html><table><tr><td>E07000901</td><td>North</td></tr></table></html>"
    for wanted, data in {
        "holds four formulas without their results: open it in Excel": formulas,
        "is a zip with files in it; unpack it": _packed({"mine.csv": b"code,council"}),
        "is a web page inside, whatever its name; open it in a spreadsheet": page,
    }.items():
        with pytest.raises(LgrError, match=f"^mine.csv {wanted}"):
            given(data)
    # In the app, where a place may be with nobody yet, what reads as blank is told too.
    half = _workbook([["code", "council"], [A, "North"], [B, "North"], [C, "South"], [D, '="South"']])
    assert any("holds one formula without its result" in w for w in given(half, unfinished=True).warnings)
    with pytest.raises(LgrError, match="holds four formulas without"):
        given(formulas, unfinished=True)
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "'
        + b"a" * 9999
        + b'">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 99) for n in range(9))
        + b"]><w>&j;</w>"
    )
    parts = {
        i.filename: zipfile.ZipFile(io.BytesIO(whole)).read(i) for i in zipfile.ZipFile(io.BytesIO(whole)).infolist()
    }
    with pytest.raises(LgrError, match="not an Excel workbook that can be read"):
        given(_packed({**parts, "xl/sharedStrings.xml": bomb, "xl/workbook.xml": bomb}))


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in parts.items():
            held.writestr(name, content)
    return out.getvalue()


def test_layouts_of_other_tools_are_one_split(given) -> None:  # type: ignore[no-untyped-def]
    rows = list(NORTH_SOUTH.items())
    named = [(NAMES[code], council) for code, council in rows]

    def table(head: str, body: list[tuple[str, ...]], mark: str = ",") -> str:
        return "\n".join([head, *(mark.join(row) for row in body)]) + "\n"

    files: dict[str, str | bytes] = {
        "other headings": table("GEOID20,District", rows),
        "no heading": table("", rows),
        "sep line": "sep=;\r\n" + table("code;council", rows, ";"),
        "names": table("name|new council", named, "|"),
        "offices": table("authority\tcouncil", [(f"{n.upper()} Borough  Council", c) for n, c in named], "\t"),
        "excel text": table("code,council", [(f'="{code}"', c) for code, c in rows]),
        "title, total, notes": "Two councils for Squareshire\n\n"
        + table("code,residents,council", [(code, f"{n}00000", c) for n, (code, c) in enumerate(rows, 1)])
        + 'Total,"1,000,000",\n"Source: drawn, for tests"\n',
        "columns of today": table(
            "code,name,county,council", [(code, NAMES[code], "Squareshire", c) for code, c in rows]
        ),
        "number beside": table("code,no,unitary", [(code, "12"[c == "South"], c) for code, c in rows]),
        "members in a cell": f'council,members\nNorth,"{NAMES[A]}; {B}"\nSouth,"{C}\n{NAMES[D]}"\n',
        "a column a council": f"North;South\n{A};{C}\n{NAMES[B]};{D}\n",
        "mapping": json.dumps({"assignment": {code: [c] for code, c in rows}}),
        "workbook": _workbook([["Two councils"], ["Place", "Council"], *map(list, named)]),
        "former codes": table("code,council", [("E07000801", "North"), *rows[1:2], ("E07000803", "South"),
                                               ("E07000813", "South"), ("Old Dee", "South")]),
        "first name repeated": table("code,council", [*rows, rows[0]]),
        "headings again": table("code,council", [*rows[:2], ("code", "council"), *rows[2:]]),
        "a row of the county": table("code,council", [("E10000901", "Squareshire"), *rows]),
        "markdown": table("| place | council |", [("|---|---|",), *((f"| {n} | {c} |",) for n, c in named)]),
        "words": "\n".join(f"- {n}: {c}" for n, c in named),
        "arrows": "\n".join(f"{n} -> {c}" for n, c in named),
        "codes and blanks": "\n".join(f"{code}   {c}" for code, c in rows),
        "members in words": f"North: {NAMES[A]}, {NAMES[B]}\nSouth: {NAMES[C]}, {D}.",
        "under headings": f"North\n{NAMES[A]}\n{B}\n\nSouth:\n* {NAMES[C]}\n* {NAMES[D]}\n",
        "marks": table("place,North,South", [(n, *(("x", "") if c == "North" else ("", "x"))) for n, c in named]),
        "noughts and ones": table("place,North,South", [(n, *("10" if c == "North" else "01")) for n, c in named]),
        "on its side": ",".join(NAMES.values()) + "\n" + ",".join(NORTH_SOUTH.values()),
        "in groups": f"council,place\nSouth,{C}\n,{D}\nNorth,{A}\n,{B}\n",
        "smart quotes": "\n".join(f"“{n}”,“{c}”" for n, c in named),
        "lists by council": json.dumps({"North": [A, B], "South": [C, NAMES[D]]}),
        "a plan": json.dumps({"plan": {"assignment": dict(rows)}}),
        "records": json.dumps([{"id": n, "code": code, "council": c} for n, (code, c) in enumerate(rows)]),
        "records a line": "\n".join(json.dumps({"code": code, "council": c}) for code, c in rows),
        "wards": table("ward,authority,council", [(f"E05{code[-3:]}00{n}", code, c) for code, c in rows
                                                  for n in range(1, 5)]),
    }  # fmt: skip
    for kind, content in files.items():
        assert _held(given(content)) == NORTH_SOUTH, kind
    plain = table("code,name,council", [(code, NAMES[code], c) for code, c in rows])
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
        assert _held(given(plain.encode(encoding))) == NORTH_SOUTH, encoding
    said = given(files["title, total, notes"]).notes
    assert said == ("three rows left out: title (line 1), total (line 8), footnote (line 9)",)
    assert given(files["other headings"]).notes == ("column District read as the new council",)
    assert sum("is read as" in note for note in given(files["former codes"]).notes) == 4


def test_a_mapping_that_gives_a_place_twice_is_refused(given) -> None:  # type: ignore[no-untyped-def]
    pairs = ", ".join(f'"{code}": "{council}"' for code, council in [*NORTH_SOUTH.items(), (A, "South")])
    for text in (f"{{{pairs}}}", f'{{"assignment": {{{pairs}}}}}'):
        with pytest.raises(LgrError, match=f"^mine.csv gives “{A}” twice; keep one"):
            given(text)


def test_a_council_without_a_place_is_said_and_the_others_are_read(given) -> None:  # type: ignore[no-untyped-def]
    lists = {"North": [A, B], "West": [], "South": [C, D]}
    for held in (lists, dict(sorted(lists.items(), reverse=True))):
        reading = given(json.dumps(held))
        assert _held(reading) == NORTH_SOUTH and len(reading.notes) == 1
        assert "West has no place (line" in reading.notes[0]
    with pytest.raises(LgrError, match=f"{D} has no council"):
        given(json.dumps({A: ["North"], B: ["North"], C: ["South"], D: []}))


def test_a_column_without_a_heading_is_called_by_its_number_once(given) -> None:  # type: ignore[no-untyped-def]
    words = "\n".join(f"{NAMES[code]}: {council}" for code, council in NORTH_SOUTH.items())
    assert given(words).notes == ("column 2 read as the new council",)


def test_a_workbook_is_read_as_it_is_seen(given) -> None:  # type: ignore[no-untyped-def]
    """Sheets, columns and rows in sight before hidden ones; a merged cell stands in each of its rows."""
    book = Workbook()
    other = book.active
    assert other is not None
    for row in (["place", "council"], *([code, "x"] for code in NORTH_SOUTH)):
        other.append(row)
    other.sheet_state = "hidden"
    sheet = book.create_sheet("Split")
    for cells in (["place", "old", "council"], [A, "1", "North"], [B, "2", None], [C, "1", "South"], [D, "2", None]):
        sheet.append(cells)
    sheet.append([A, "1", "South"])
    sheet.merge_cells("C2:C3")
    sheet.merge_cells("C4:C5")
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[6].hidden = True
    book.active = 1
    out = io.BytesIO()
    book.save(out)
    reading = given(out.getvalue())
    assert _held(reading) == NORTH_SOUTH
    assert any("hidden, and a row in sight says otherwise (line 6)" in note for note in reading.notes)


def test_merged_cells_of_a_workbook_are_filled_within_its_bounds(given) -> None:  # type: ignore[no-untyped-def]
    """Each cell that is filled counts as one that is read, and tags are looked through once."""
    book, out = Workbook(), io.BytesIO()
    for n in range(4000):
        book.worksheets[0].append([f"x{n}"])
    book.save(out)
    parts = {i: zipfile.ZipFile(out).read(i) for i in zipfile.ZipFile(out).namelist()}
    path = "xl/worksheets/sheet1.xml"

    def after(text: bytes) -> bytes:
        return _packed({**parts, path: parts[path].replace(b"</sheetData>", b"</sheetData>" + text)})

    over = b"<mergeCells>" + b'<mergeCell ref="A1:A4000"/>' * 5000 + b"</mergeCells>"
    for data, said in (
        (after(over), "over 60,000 cells"),
        (after(b"<!--" + b"<mergeCell <row <col " * 30_000 + b"-->"), "names no place"),
    ):
        began = process_time()
        with pytest.raises(LgrError, match=f"^mine.csv .*{said}"):
            given(data)
        assert process_time() - began < 4, said


def test_a_list_filled_in_by_half_is_no_list_in_groups(given) -> None:  # type: ignore[no-untyped-def]
    """Blank rows are filled down where the places stand in groups, and it is said; a list in order lacks councils."""
    said = "rows without a council were taken to belong to the council named above them: two rows"
    grouped = given(f"council,place\nSouth,{C}\n,{D}\nNorth,{A}\n,{B}\nTotal,\n")
    assert said in grouped.notes and said in grouped.former and _held(grouped) == NORTH_SOUTH
    begun = f"council,name,code\nNorth,{NAMES[A]},{A}\nSouth,{NAMES[B]},{B}\n,{NAMES[C]},{C}\n,{NAMES[D]},{D}\n"
    with pytest.raises(FileFaults, match=f"line 4: {C} has no council; mine.csv, line 5: {D} has no council"):
        given(begun)
    assert given(begun, unfinished=True).split.left_out == (C, D)


def test_marks_are_councils_where_each_place_has_one(given) -> None:  # type: ignore[no-untyped-def]
    """Facts about places and plans side by side are asked about, and the columns of marks are named."""

    def table(head: str, *cells: str) -> str:
        return "\n".join([f"name,{head}", *(f"{NAMES[k]},{c}" for k, c in zip(NORTH_SOUTH, cells, strict=True))])

    one_each = "Our two councils,,\n" + table("North,South", "x,", "x,", ",x", ",x")
    assert _held(given(one_each)) == NORTH_SOUTH
    assert given(one_each).notes == (
        "columns North and South read as the new councils, each of the places marked in it;"
        " one row left out: title (line 1)",
    )
    with pytest.raises(FileFaults, match="line 3: Squareshire B has no council"):
        given(table("North,South", "x,", ",", ",x", ",x"))
    for asked in (table("coastal,urban", "yes,no", "yes,no", "no,yes", "no,no"),
                  table("coastal,urban", "1,0", "0,1", "1,1", "0,1")):  # fmt: skip
        with pytest.raises(LgrError, match="“coastal” and “urban” could each be the new council"):
            given(asked)
    chosen = given(table("first,second", "yes,no", "yes,no", "no,yes", "no,yes"), column="first")
    assert chosen.split.names == ("yes", "no") and chosen.notes == ("column first read as the new council",)


def test_what_is_nearly_right_is_asked_about(given) -> None:  # type: ignore[no-untyped-def]
    asked = given(f"code,council\n{A},Eastern\n{B},Eastern\n{C},Easten\n{D},North 2\n").warnings
    assert asked == ("“Easten” (one place) and “Eastern” are read as two councils: is one of them misspelt?",)
    for first, second in (("North 1", "North 2"), ("Area A", "Area B"), ("East Kent", "West Kent")):
        assert given(f"code,council\n{A},{first}\n{B},{first}\n{C},{second}\n{D},{second}\n").warnings == ()
    with pytest.raises(FileFaults, match=r"line 2: Squareshire AA is not .*is Squareshire A"):
        given(f"name,council\nSquareshire AA,North\nSquareshire B,North\n{C},South\n{D},South\n")
    with pytest.raises(FileFaults, match=f"line 6: {A} is given twice .first on line 2., to North and to South"):
        given("code,council\n" + "".join(f"{k},{v}\n" for k, v in NORTH_SOUTH.items()) + f"{A},South\n")
    for data, said in ((b"%PDF-1.4\nx", "is a PDF"), (b"\xd0\xcf\x11\xe0" + bytes(600), "old Office file")):
        with pytest.raises(LgrError, match=f"{said}.*save it as an Excel workbook"):
            given(data)


def test_rows_columns_and_delimiters_in_any_order_are_one_split(given) -> None:  # type: ignore[no-untyped-def]
    rng = Random(20)
    for _ in range(60):
        columns = [["what", *(NORTH_SOUTH[c] for c in NORTH_SOUTH)], ["x", *NORTH_SOUTH], ["y", *NAMES.values()],
                   ["people", *("250100", "251000", "260007", "90000")]]  # fmt: skip
        rng.shuffle(columns)
        head, *rows = zip(*columns, strict=True)
        rng.shuffle(rows)
        mark = rng.choice(",;\t|")
        assert _held(given("\n".join(mark.join(row) for row in [head, *rows]))) == NORTH_SOUTH


def test_two_columns_that_could_be_the_council_are_asked_about(given) -> None:  # type: ignore[no-untyped-def]
    text = f"code,first,second\n{A},N,East\n{B},N,West\n{C},S,East\n{D},S,West\n"
    with pytest.raises(LgrError, match=r"“first” and “second” could each be the new council.*--column"):
        given(text)
    assert _held(given(text, column="FIRST")) == {A: "N", B: "N", C: "S", D: "S"}
    with pytest.raises(LgrError, match="has no column “third”"):
        given(text, column="third")


def test_markers_of_nobody_leave_a_drawing_unfinished(given) -> None:  # type: ignore[no-untyped-def]
    for marker in ("0", "-1", "NA", "n/a", "#N/A", "ZZ", "None", "Unassigned", "TBC"):
        text = f"geoid,district\n{A},1\n{B},{marker}\n{C},2\n{D},2\n"
        reading = given(text)
        assert (reading.split.left_out, _held(reading)) == ((B,), {A: "1", C: "2", D: "2"}), marker
        assert len(reading.warnings) == 1 and f"“{marker}” is read as in no council yet" in reading.warnings[0]
        assert _held(given(text, nobody=False))[B] == marker
    for blank in (f"code,council\n{A},N\n{B},\n{C},S\n{D},S\n", f"code,council\n{A},N\n{C},S\n{D},S\n"):
        with pytest.raises(LgrError, match=f"{B} has no council|leaves out Squareshire B"):
            given(blank)
        assert given(blank, unfinished=True).split.left_out == (B,)


def test_names_alike_are_one_council(given) -> None:  # type: ignore[no-untyped-def]
    for first, second in (("King’s", "King's"), ("East & West", "east and west"), ("North-East", "north east"),
                          ("01", "1"), ("A  B", "a b")):  # fmt: skip
        reading = given(f"code,council\n{A},{first}\n{B},{first}\n{C},{second}\n{D},Other\n")
        assert reading.split.names == (first.replace("  ", " "), "Other")
        assert any("are taken for one council" in w for w in reading.warnings)


def test_own_files_always_reopen(tiny_db: Path) -> None:
    facts = Dataset(tiny_db).facts("squares")
    for names in (("North", "South"), ("North", "north"), ("0", "None"), ("unassigned", "x"), ("Squareshire A", "B")):
        whole = make(facts, dict(zip((A, B, C, D), (*names, *names), strict=True)))
        for split in (whole, edits.give(whole, [B], -1), edits.give(whole, ["E05902004"], -1)):
            again = blockfile.read(facts, blockfile.write(split).encode())
            assert again == split and again.left_out == split.left_out
            assert dict(again.block_assignment()) == dict(split.block_assignment())


def test_every_fault_is_listed_with_its_line(given) -> None:  # type: ignore[no-untyped-def]
    text = f"code,council\n{A},North\n{A},South\nE07000999,South\nSquareshire BB,South\nE07000803,x\n{D},\n"
    with pytest.raises(FileFaults) as told:
        given(text)
    assert [f.partition(": ")[0] for f in told.value.faults] == [f"mine.csv, line {n}" for n in (3, 4, 5, 6, 7)]
    assert "given twice (first on line 2)" in told.value.faults[0]
    assert "is Squareshire B (E07000902) meant?" in told.value.faults[2]
    assert "C East, the rest of it, is not given" in told.value.faults[3]
    with pytest.raises(FileFaults, match="are one today, Squareshire C"):
        given(f"code,council\n{A},x\n{B},x\n{D},x\nE07000803,x\nE07000813,y\n")


def test_the_table_to_fill_in_opens_with_districts_alone_or_with_wards(given, tiny_db: Path) -> None:  # type: ignore[no-untyped-def]
    text = blockfile.template(Dataset(tiny_db).facts("squares"))
    rows = [line.split(",") for line in text.splitlines()]
    assert rows[0] == ["code", "name", "authority today", "council today", "new council"] and len(rows) == 1 + 4 + 16
    assert rows[1][:4] == [A, "Squareshire A", "Squareshire A", "Squareshire"]

    def filled(**wards: str) -> str:
        return "\n".join(",".join([*r[:4], NORTH_SOUTH.get(r[0], wards.get(r[0], r[4]))]) for r in rows)

    whole = given(filled())
    assert _held(whole) == NORTH_SOUTH and whole.warnings == ()
    assert _held(given(filled(E05902004="South"))) == NORTH_SOUTH | {"E05902004": "South"}
    # By wards alone: the authority's own row stays blank where each of its wards is given, and only there.
    own = [r[0] for r in rows if r[2] == "Squareshire A" and r[0] != A]
    wards = {w: "South" if n else "North" for n, w in enumerate(own)}
    parted = filled(**wards).replace("Squareshire A,Squareshire,North", "Squareshire A,Squareshire,", 1)
    assert _held(given(parted)) == NORTH_SOUTH | {A: "South", own[0]: "North"}
    with pytest.raises(FileFaults, match=f"{A} has no council"):
        given("\n".join(line for line in parted.splitlines() if not line.startswith(own[-1])))
    lone = filled().replace("Squareshire A,Squareshire,North", "Squareshire A,Squareshire,", 1)
    with pytest.raises(LgrError, match=f"line 2: {A} has no council"):
        given(lone)


def test_a_row_cut_short_is_read_and_a_cell_too_long_is_told(given) -> None:  # type: ignore[no-untyped-def]
    lines = ["n,council,code", f"1,South,{C}", f"2,,{D}", f"3,North,{A}", f"4,,{B}"]
    assert _held(given("\n".join([*lines, "end"]))) == NORTH_SOUTH
    before = csv.field_size_limit(10**9)  # as other packages leave it, for the whole process
    try:
        with pytest.raises(LgrError, match=r"^mine\.csv .*over 100,000 characters long"):
            given("\n".join([*lines, f"5,{'x' * 100_001},{A}"]))
    finally:
        csv.field_size_limit(before)


def test_arrows_and_quotes_after_a_blank_are_no_part_of_a_name(given) -> None:  # type: ignore[no-untyped-def]
    named = {code: "North, East" if council == "North" else council for code, council in NORTH_SOUTH.items()}
    quoted = "\n".join(["code, council", *(f'{code}, "{council}"' for code, council in named.items())])
    assert _held(given(quoted)) == named
    arrows = "\n".join(f"{NAMES[code]} => {council}" for code, council in NORTH_SOUTH.items())
    assert _held(given(arrows)) == NORTH_SOUTH
