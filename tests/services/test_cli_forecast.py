"""`forecast` on the drawn dataset: tables for people, one JSON document, one line for bad input."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from lgrdata.cli.main import main


def first_area(db: Path) -> str:
    with sqlite3.connect(db) as conn:
        return str(conn.execute("SELECT area_id FROM area WHERE kind = 'invited' ORDER BY 1").fetchone()[0])


def test_json_holds_every_year_and_council(tiny_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    area = first_area(tiny_db)
    assert main(["forecast", area, "today", "--json", "--db", str(tiny_db)]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["area"] == area
    assert document["split"]["proposal"] == "today"
    assert (document["label"], document["status"]) == ("2018-based", "estimated")
    assert document["years"] == list(range(2024, 2044))
    for council in document["councils"]:
        assert len(council["residents"]["population_85_plus"]) == 20
        assert set(council["need"]) == {
            "adults_long_term_support",
            "children_looked_after",
            "children_in_need",
            "ehc_plans",
        }


def test_text_names_the_method(tiny_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forecast", first_area(tiny_db), "single", "--db", str(tiny_db)]) == 0
    out = capsys.readouterr().out
    assert "Residents 85+" in out
    assert "2018-based" in out


@pytest.mark.parametrize("split", ["no-such-split", "no-such-file.csv"])
def test_bad_input_is_one_line(split: str, tiny_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forecast", first_area(tiny_db), split, "--db", str(tiny_db)]) == 1
    err = capsys.readouterr().err
    assert split in err and err.count("\n") == 1
