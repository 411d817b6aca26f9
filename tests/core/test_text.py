"""What counts as a number in a file that a person or a publisher wrote."""

from __future__ import annotations

from lgrdata.core.text import number_in
from lgrdata.core.words import inside


def test_a_number_is_plain_digits_with_thousands_grouped_rightly_or_not_at_all() -> None:
    good = {"0": 0, "12": 12, "1,203,000": 1203000, " 1,234.5 ": 1234.5, "-3": -3, ".5": 0.5, "2.": 2, "1e3": 1000}
    assert {text: number_in(text) for text in good} == good
    other = ("nan", "inf", "", "1e999", "--1", "1_000", "1 000", "\u0661\u0662", "\u00b2")
    for text in ("1,5", "1,2,3", "12,34", "1234,567", "0,123", *other):
        assert number_in(text) is None, text


def test_a_text_after_a_colon_keeps_the_letters_of_months_and_names() -> None:
    wanted = {"March 2025": "March 2025", "November": "November", "After five years": "after five years", "": "",
              "PwC national average": "PwC national average", "Interim, March 2025": "interim, March 2025",
              "Net, PwC": "net, PwC", "2025": "2025"}  # fmt: skip
    assert {text: inside(text) for text in wanted} == wanted
