"""What is said of a file before it is used: its columns and why, rows left out, other columns to choose."""

from __future__ import annotations

from pathlib import Path

import pytest

from lgrdata.core.models import Partnership
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Fold, Items, plain
from lgrdata.splits.assignment.columns import ColumnError
from lgrdata.splits.assignment.reader import Choices, FileFaults, read
from lgrdata.splits.assignment.understood import TableFinding
from lgrdata.splits.scenario import Answer, Scenario
from lgrdata.views import incoming

A, B, C, D = (f"E0700090{n}" for n in range(1, 5))
TABLE = f"Two options,,,\nplace,code,first,second\nSquareshire A,{A},N,East\n{B},{B},N,West\nx,{C},S,East\nTotal,,2,3\n"


def _said(table: TableFinding | None) -> tuple[list[str], list[str]]:
    """The sentences on columns, and the rows left out."""
    assert table is not None
    items, *folds = incoming.how_read(table, "Squareshire")
    assert isinstance(items, Items)
    left = [plain(i) for f in folds if isinstance(f, Fold) for b in f.blocks if isinstance(b, Items) for i in b.items]
    return [plain(i) for i in items.items], left


def test_columns_rows_and_choices_are_told(tiny_db: Path) -> None:
    facts = Dataset(tiny_db).facts("squares")
    with pytest.raises(ColumnError) as asked:
        read(facts, TABLE.encode(), "f", Choices(unfinished=True))
    table = asked.value.table
    assert table.council_choices == ("first", "second") and "say which" in asked.value.on_screen
    assert "--column" not in asked.value.on_screen
    reading = read(facts, TABLE.encode(), "f", Choices(column="second", unfinished=True))
    said, left = _said(reading.table)
    assert said == [
        "Places: column “code”. All its entries name a district or ward of Squareshire by its code.",
        "New council: column “second”. It holds two different names: “East” and “West”.",
        "Not used: “place” and “first”.",
    ]
    assert left == ["Line 1, title: Two options", "Line 6, total: Total, 2, 3"]
    assert incoming.council_table(reading.split).rows[0][:2] == ("East", "2")
    assert incoming.council_table(reading.split).rows[-1][0] == "In no council yet: one place"


def test_another_column_of_places_is_one_choice_away(tiny_db: Path) -> None:
    facts = Dataset(tiny_db).facts("squares")
    text = f"was,now,council\n{A},{B},N\n{B},{A},N\n{C},{D},S\n{D},{C},N\n"
    first = read(facts, text.encode(), "f", Choices(column="council"))
    assert first.table is not None and set(first.table.place_choices) == {"was", "now"}
    chosen = {p: read(facts, text.encode(), "f", Choices("council", place=p)) for p in ("was", "now")}
    by = {p: dict(r.split.block_assignment()) for p, r in chosen.items()}
    assert by["was"] == {A: "N", B: "N", C: "S", D: "N"} and by["now"] == {A: "N", B: "N", C: "N", D: "S"}
    with pytest.raises(FileFaults) as told:
        read(facts, f"code,council\n{A},N\nE07000999,S\n".encode(), "f", Choices(unfinished=True))
    assert _said(told.value.table)[0][0].startswith("Places: column “code”. 1 of its 2 entries names a district")


def test_a_scenario_says_what_it_brings(tiny_db: Path) -> None:
    data = Dataset(tiny_db)
    split = data.split("squares", "squares-2ua")
    full = Scenario(
        split, note="x", partnerships=(Partnership("s", "m", (0, 1)),), answers={"3.5": Answer(True), "3.6": Answer()}
    )
    assert incoming.holds(full) == ("a note", "one partnership", "one consideration answered")
    assert incoming.holds(Scenario(split)) == ()
    assert incoming.beside(split, split) == "It divides the area as what you have open does."
