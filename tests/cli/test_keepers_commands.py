"""The commands of the dataset: plain text, JSON, exit codes, one line a fault and never a traceback."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from drawn import Tiny

from lgrdata.cli.main import main
from lgrdata.reading import db


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_areas(capsys: pytest.CaptureFixture[str], tiny_db: Path) -> None:
    code, out, err = run(capsys, "areas", "--db", str(tiny_db))
    assert (code, err) == (0, "")
    assert "squares" in out and "1 + 4 + 0" in out and "400,000" in out and "2 areas." in out
    code, out, _ = run(capsys, "areas", "--json", "--db", str(tiny_db))
    areas = json.loads(out)["areas"]
    assert [(area["area_id"], area["residents"], area["unitaries"]) for area in areas] == [
        ("nine", 900_000, 1),
        ("squares", 400_000, 0),
    ]


def test_the_real_areas_are_21(capsys: pytest.CaptureFixture[str], real_db: Path) -> None:
    _, out, _ = run(capsys, "areas", "--json", "--db", str(real_db))
    found = json.loads(out)
    assert len(found["areas"]) == 21 and [area["area_id"] for area in found["combined"]] == ["sussex"]


@pytest.mark.parametrize("given", ["squares", "Squareshire", "SQUARES "])
def test_proposals_of_an_area(given: str, capsys: pytest.CaptureFixture[str], tiny_db: Path) -> None:
    code, out, _ = run(capsys, "proposals", given, "--json", "--db", str(tiny_db))
    found = json.loads(out)
    assert code == 0 and found["area"] == "squares"
    assert [(row["proposal_id"], row["status"], row["confidence"]) for row in found["proposals"]] == [
        ("squares-2ua", "unknown", "documented"),
        ("squares-parts", "unknown", "documented"),
    ]
    code, out, _ = run(capsys, "proposals", "--db", str(tiny_db))
    assert "nine-unknown" in out and "4 proposals." in out


def test_a_wrong_area_lists_near_ones(capsys: pytest.CaptureFixture[str], tiny_db: Path) -> None:
    code, out, err = run(capsys, "proposals", "sqares", "--db", str(tiny_db))
    assert (code, out, err) == (1, "", "no area 'sqares'; did you mean squares?\n")
    code, _, err = run(capsys, "proposals", "atlantis", "--db", str(tiny_db))
    assert (code, err) == (1, "no area 'atlantis'; known: nine, squares\n")


def test_a_name_in_several_areas_is_not_called_unknown(capsys: pytest.CaptureFixture[str], tiny_tables: Tiny) -> None:
    with closing(sqlite3.connect(tiny_tables.db)) as conn, conn:
        conn.execute("INSERT INTO proposal_council VALUES ('nine-3ua', 'North', 9)")
    code, _, err = run(capsys, "effects", "North", "single", "--db", str(tiny_tables.db))
    assert (code, err) == (1, "“North” is in more than one area: Ninefields (nine) and Squareshire (squares)\n")


def test_a_wrong_database_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("hello")
    for name in ("no.db", "text.db"):
        for command in ("areas", "proposals", "check", "dump"):
            code, out, err = run(capsys, command, "--db", str(tmp_path / name))
            assert (code, out) == (1, "") and err.count("\n") == 1 and name in err


def test_a_damaged_database_is_one_line(capsys: pytest.CaptureFixture[str], tiny_tables: Tiny) -> None:
    content = bytearray(tiny_tables.db.read_bytes())
    content[200_000:] = b"\xff" * (len(content) - 200_000)
    tiny_tables.db.write_bytes(content)
    code, _, err = run(capsys, "areas", "--db", str(tiny_tables.db))
    assert code == 1 and err.count("\n") == 1 and "python -m lgrdata build" in err


@pytest.mark.parametrize("words", [(), ("nonsense",), ("build", "--nonsense"), ("proposals", "a", "b")])
def test_wrong_usage_is_exit_2(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_build_check_dump(capsys: pytest.CaptureFixture[str], tiny_tables: Tiny) -> None:
    named = ("--db", str(tiny_tables.db))
    code, out, _ = run(capsys, "build", "--json", *named)
    report = json.loads(out)
    assert code == 0 and report["rows"]["authority"] == 13 and report["data_version"].endswith(" 2025-01-01")
    code, out, err = run(capsys, "check", *named)
    assert (code, err) == (0, "") and out.endswith("rules, no fault.\n")
    code, out, _ = run(capsys, "dump", *named)
    assert (code, out) == (0, "Nothing to dump: the tables hold all that the database holds.\n")


def test_faults_go_to_stderr_and_json_to_stdout(capsys: pytest.CaptureFixture[str], tiny_tables: Tiny) -> None:
    with closing(sqlite3.connect(tiny_tables.db)) as conn, conn:
        conn.execute("DELETE FROM composition WHERE proposal_id = 'nine-3ua' AND authority_code = 'E07000915'")
    code, out, err = run(capsys, "check", "--json", "--db", str(tiny_tables.db))
    faults = json.loads(out)["faults"]
    assert code == 1 and "Traceback" not in err
    assert err.count("\n") == len(faults)
    assert {"rule": "partition", "rows": ["nine-3ua leaves out E07000915"]}.items() <= faults[0].items()
    code, out, err = run(capsys, "dump", "--db", str(tiny_tables.db))
    assert code == 1 and out == "" and err.endswith("dump all the same with --force.\n")
    code, out, err = run(capsys, "dump", "--force", "--db", str(tiny_tables.db))
    assert code == 0 and "composition.csv" in out


def test_a_dump_updates_what_is_derived(capsys: pytest.CaptureFixture[str], tiny_tables: Tiny) -> None:
    with closing(sqlite3.connect(tiny_tables.db)) as conn, conn:
        conn.execute("INSERT INTO data_change VALUES (2, '2025-06-30', 'Changed.')")
    assert run(capsys, "dump", "--db", str(tiny_tables.db))[0] == 0
    with closing(db.connect(tiny_tables.db)) as conn:
        assert db.meta(conn)["data_version"].endswith(" 2025-06-30")


def test_dump_refuses_to_undo_newer_tables(capsys: pytest.CaptureFixture[str], tiny_tables: Tiny) -> None:
    path = tiny_tables.data / "tables" / "trust.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("One", "Another"), encoding="utf-8")
    code, _, err = run(capsys, "dump", "--db", str(tiny_tables.db))
    assert code == 1 and "a dump would undo their changes" in err
    assert "Another" in path.read_text(encoding="utf-8")


def test_broken_tables_are_one_line_a_fault(capsys: pytest.CaptureFixture[str], tiny_tables: Tiny) -> None:
    (tiny_tables.data / "tables" / "trust.csv").write_text("trust_code,name\nT1\nT2,Two,2\n", encoding="utf-8")
    code, out, err = run(capsys, "build", "--db", str(tiny_tables.db))
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "data/tables/trust.csv line 2: 1 field where the header has 2",
        "data/tables/trust.csv line 3: 3 fields where the header has 2",
    ]


def test_a_reader_that_leaves_is_no_error(tiny_db: Path) -> None:
    command = f"'{sys.executable}' -m lgrdata proposals --json --db '{tiny_db}' | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=db.ROOT, capture_output=True, text=True, env=dict(os.environ))
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "{\n")


def test_totals_are_agreed_anew_with_a_reason_only(capsys: pytest.CaptureFixture[str], tiny_tables: Tiny) -> None:
    path = str(tiny_tables.db)
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("DELETE FROM total")
        conn.execute("INSERT INTO total VALUES ('areas', 'areas invited', '', 'all', 'is', 5, 'drawn', 'As drawn.')")
        conn.execute("INSERT INTO total VALUES ('odd', 'no such measure', '', 'all', 'is', 5, 'drawn', '')")
    code, out, _ = run(capsys, "totals", "--json", "--db", path)
    told = {row["total_id"]: (row["wanted"], row["held"]) for row in json.loads(out)["totals"]}
    assert (code, told) == (0, {"areas": ("5", 2.0), "odd": ("5", None)})
    code, _, err = run(capsys, "totals", "--take", "areas", "--db", path)
    assert code == 1 and "--take needs --why" in err
    code, _, err = run(capsys, "totals", "--take", "odd", "--why", "No.", "--db", path)
    assert code == 1 and "there are: areas" in err
    assert run(capsys, "totals", "--take", "areas", "--why", "Two are drawn.", "--db", path)[0] == 0
    with closing(db.connect(tiny_tables.db)) as conn:
        row = conn.execute("SELECT value, note FROM total WHERE total_id = 'areas'").fetchone()
    assert row == (2.0, "As drawn. Two are drawn.")
