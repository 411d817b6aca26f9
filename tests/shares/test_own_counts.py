"""Counts of one's own: read, used in place of an estimate, or refused with every fault at once."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from shares.drawn_shares import county
from shares.test_share_by_hand import A, halves, line

from lgrdata.core.models import LgrError
from lgrdata.core.share_facts import OWN
from lgrdata.reading.tables import Faults
from lgrdata.shares.compare import against_estimate
from lgrdata.shares.counts import read_counts, template, use_counts
from lgrdata.shares.sentences import told
from lgrdata.shares.share import share_out
from lgrdata.splits.split import make

ROWS = [f"{code},{n}" for code, n in zip(A, (40, 30, 20, 10), strict=True)]


def csv_of(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_counts_take_the_place_of_the_estimate_and_the_difference_is_told() -> None:
    given = county()
    own = read_counts(given, csv_of("code,children_looked_after", *ROWS))
    used = use_counts(given, own)
    shared = share_out(used, halves(used))
    assert line(shared, "fostering").parts == (70, 30) and own.warnings == ()
    assert used.measures["children_looked_after"].own == {0} and not given.measures["children_looked_after"].own
    assert line(shared, "fostering").estimate is None, "a count is no estimate"
    assert [(d["name"], d["own"], d["estimate"]) for d in against_estimate(given, shared, own)] == [
        ("North", 0.7, 0.3),
        ("South", 0.3, 0.7),
    ]


def test_counts_for_a_line_are_used_for_that_line_alone() -> None:
    given = county()
    own = read_counts(given, csv_of("code;count", *(r.replace(",", ";") for r in ROWS)))
    used = use_counts(given, own)
    shared = share_out(used, halves(used), {"highways": "own_counts"})
    assert [line(shared, "highways").thousand(p) for p in line(shared, "highways").parts] == [7.4, 3.1]
    assert line(shared, "asylum").basis == "residents"
    assert line(shared, "asylum").unknown["own_counts"] == "your counts are not for this line"
    instead = "Asylum by residents, in place of own counts: "
    assert f"{instead}your counts are not for this line" in told(shared)
    assert f"{instead}none are given" in told(share_out(given, halves(given)))


def test_wards_may_be_counted_and_an_authority_is_then_their_sum() -> None:
    given = county()
    wards = [w.code for w in given.facts.wards if w.authority_code == A[3]]
    rows = [*ROWS[:3], *(f"{code},{n}" for code, n in zip(wards, (60, 0, 0, 50), strict=True))]
    used = use_counts(given, read_counts(given, csv_of("code,children_looked_after", *rows)))
    split = make(given.facts, {A[0]: "N", A[1]: "N", A[2]: "S", A[3]: "S", wards[0]: "N"})
    assert line(share_out(used, split), "fostering").parts == (65, 35)  # 40 + 30 + 60 of 200
    # Counted whole, a divided authority's count goes by residents.
    plain = use_counts(given, read_counts(given, csv_of("code,children_looked_after", *ROWS)))
    assert line(share_out(plain, split), "fostering").parts == (73, 27)  # 72.5, the odd half to the first
    for lacking, words in ((rows[:-1], "District 3 lacks one ward"), (ROWS[:3], "County lacks District 3")):
        with pytest.raises(Faults, match=words):
            use_counts(given, read_counts(given, csv_of("code,children_looked_after", *lacking)))
    with pytest.raises(Faults, match="District 3 has 10, its wards add to 110"):
        use_counts(given, read_counts(given, csv_of("code,children_looked_after", ROWS[3], *rows)))


def test_every_fault_of_a_file_is_told_at_once_with_its_line() -> None:
    given = county()
    bad = ["E07000990,-1", "E07000991,nan", "E07000992,many", "E07000992,3", "E99999999,4", "E07000993,", ",5"]
    with pytest.raises(Faults) as caught:
        read_counts(given, csv_of("code,count", *bad), "mine.csv")
    assert caught.value.faults == [
        "mine.csv, line 2: -1 is less than nothing",
        "mine.csv, line 3: 'nan' is no number",
        "mine.csv, line 4: 'many' is no number",
        "mine.csv, line 5: E07000992 is given twice (first on line 4)",
        "mine.csv, line 6: E99999999 is not an authority or ward of Drawn",
        "mine.csv, line 7: no count; write 0 where there is none",
        "mine.csv, line 8: no code",
    ]
    odd = [f'E07000990,"{text}"' for text in ("1,5", "1,2,3", "1_000", "\u0661\u0662")]
    for row in odd:
        with pytest.raises(Faults, match="is no number"):
            read_counts(given, csv_of("code,count", row))
    assert read_counts(given, csv_of("code,count", 'E07000990,"1,234"')).values == {OWN: {"E07000990": 1234}}
    for data, words in (
        (csv_of("code,hours", *ROWS), "column 'hours' is no measure"),
        (csv_of("code,count", ""), "has a heading and no counts below it"),
        (csv_of("code,equal", *ROWS), "column 'equal' is no measure"),
        (csv_of(*ROWS), "needs a heading with a column code"),
        (b"\n\n", "is empty"),
        (b"\x00\x01\x00", "not a text file"),
    ):
        with pytest.raises(LgrError, match=words):
            read_counts(given, data)


@pytest.mark.parametrize(
    "rows",
    [
        ("code,first name,count", "E07000990,Ann,1"),
        ("code,who,count", "E07000990,Ann Example,1"),
        ("code,name,count", "E07000990,Ann Example,1", 'E07000991,"Example, Bob",1'),
        ("code,DOB,count", "E07000990,,1"),
        ("code,when,count", "E07000990,02/03/2014,1"),
        ("code,x,count", "E07000990,2014-03-02,1"),
        ("code,x,count", "E07000990,943 476 5919,1"),
        ("code,count", "E07000990,9434765919"),
        ("code,x,count", "E07000990,QQ123456C,1"),
        ("code,case ref,count", "E07000990,1,1"),
        ("code,x,count", "E07000990,CS-20441,1"),
        ("code,x,count", "E07000990,ann@example.org,1"),
        ("code,x,count", "E07000990,AB1 2CD,1"),
        ("code,count", *["E07000990,1"] * 4, *["E07000991,1"] * 3),
    ],
)
def test_what_looks_like_people_is_refused_and_nothing_of_it_repeated(rows: tuple[str, ...]) -> None:
    with pytest.raises(LgrError, match="looks like a list of people") as caught:
        read_counts(county(), csv_of(*rows))
    said = str(caught.value)
    assert not any(word in said for word in ("Ann", "Bob", "2014", "943", "QQ", "20441", "AB1"))


def test_small_counts_are_warned_of_and_the_template_reads_back() -> None:
    given = county()
    own = read_counts(given, csv_of("code,count", f"{A[0]},4", f"{A[1]},0", f"{A[2]},5", f"{A[3]},1"))
    assert own.warnings == (
        "two counts under 5 (line 2 and 5): numbers this small may point at a person; do not publish them",
    )
    filled = template(given, ("children_looked_after",)).replace(",\n", ",7\n")
    assert read_counts(given, filled.encode()).values == {"children_looked_after": dict.fromkeys(A, 7.0)}
    assert template(given).splitlines()[0] == "code,name,count"


def test_a_workbook_is_read_by_its_first_sheet_of_codes_and_refused_for_people_on_any() -> None:
    def workbook(**tables: list[list[object]]) -> bytes:
        book, out = Workbook(), BytesIO()
        book.remove(book.worksheets[0])
        for title, rows in tables.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(out)
        return out.getvalue()

    given = county()
    counts: list[list[object]] = [["code", "children_looked_after"], *([code, n] for n, code in enumerate(A, 10))]
    own = read_counts(given, workbook(Notes=[["Made by the finance team"]], Counts=counts), "mine.xlsx")
    assert own.values == {"children_looked_after": {code: float(n) for n, code in enumerate(A, 10)}}
    people: list[list[object]] = [["Surname", "DOB"], ["Example", date(2014, 3, 2)]]
    with pytest.raises(LgrError, match="looks like a list of people") as caught:
        read_counts(given, workbook(Counts=counts, Sheet2=people), "mine.xlsx")
    assert "Example" not in str(caught.value) and "2014" not in str(caught.value)
    with pytest.raises(Faults, match="line 2: 'many' is no number"):
        read_counts(given, workbook(Counts=[["code", "count"], [A[0], "many"]]), "mine.xlsx")
    for data, words in ((workbook(Empty=[]), "is empty"), (b"PK\x03\x04 nothing", "not an Excel workbook")):
        with pytest.raises(LgrError, match=words):
            read_counts(given, data, "mine.xlsx")


def test_a_count_merged_over_several_places_is_the_count_of_none_of_them() -> None:
    book, out = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for row in (["code", "count"], [A[0], 120], [A[1], None], [A[2], None], [A[3], 5]):
        sheet.append(row)
    sheet.merge_cells("B2:B4")
    book.save(out)
    with pytest.raises(Faults) as told:
        read_counts(county(), out.getvalue(), "mine.xlsx")
    said = "its count is one merged cell with the row above; give each place its own"
    assert told.value.faults == [f"mine.xlsx, line {n}: {said}" for n in (3, 4)]
