"""Cells that a spreadsheet reads as the text they are."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from lgrdata.core.cells import csv_text, plain_cell, safe_cell

RUN = ("=1+1", "+SUM(A1)", "-A1", "-1-1", "@x", "-cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "  =1", "\t=1", "\tx",
       "\u00a0=1", "\n=1", "'=1", "＝1+1", "-３")  # fmt: skip
"""What some spreadsheet runs; the third from the end would lose its own apostrophe when it is read back."""
STAY = ("-1", "+3%", "−12", "-1,234.5", "+1.5e3", "-.5", "-£3", "1e-5", "E07000207", "East Surrey", "minus", "a=b", "")


def test_by_hand() -> None:
    for text in RUN:
        assert safe_cell(text) == f"'{text}"
    for text in STAY:
        assert safe_cell(text) == text
    assert safe_cell("\r=1") == safe_cell("\x00=1") == "'=1", "what a spreadsheet overlooks hides nothing"
    assert [safe_cell(v) for v in (None, 0, -3.5, True)] == ["", "0", "-3.5", "True"]
    assert csv_text(["=a", "b"], [(None, "x,y"), (0, -0.5)], "\r\n") == '\'=a,b\r\n,"x,y"\r\n0,-0.5\r\n'


@given(st.lists(st.lists(st.text() | st.text("='+-@1a \t\n\r"), min_size=2, max_size=2), max_size=5))
def test_no_text_makes_a_formula_breaks_a_row_or_is_lost(rows: list[list[str]]) -> None:
    read_back = list(csv.reader(io.StringIO(csv_text(("a", "b"), rows), newline="")))
    assert [len(row) for row in read_back] == [2] * (len(rows) + 1)
    for row, given_row in zip(read_back[1:], rows, strict=True):
        for cell, text in zip(row, given_row, strict=True):
            assert not cell.startswith(("=", "@", "\t")) and "\x00" not in cell
            dropped = {c for c in text if (c < " " and c not in "\t\n") or c == "\x7f" or "\ud800" <= c <= "\udfff"}
            assert plain_cell(cell) == "".join(c for c in text if c not in dropped)
