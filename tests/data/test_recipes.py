"""The examples of data/README.md, each run as written against a copy of the dataset."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lgrdata.keeping.check import check
from lgrdata.keeping.rules import ALL
from lgrdata.reading import db

README = (db.ROOT / "data" / "README.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def real_copy(real_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A copy of the real database, open to write; each test rolls its change back."""
    path = shutil.copy(real_db, tmp_path_factory.mktemp("real") / "lgr.db")
    conn = sqlite3.connect(path, isolation_level=None)
    yield conn
    conn.close()


def run(project: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run shell lines in a copy of the project, with this Python's commands first."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("LGR_DB", None)
    shell = ["bash", "-euo", "pipefail", "-c", script]
    return subprocess.run(shell, cwd=project, env=environment, capture_output=True, text=True, check=False)


def recipe(title: str) -> str:
    """The shell lines of a section."""
    blocks = re.findall(r"^```bash\n(.*?)^```", SECTIONS[title], re.MULTILINE | re.DOTALL)
    assert blocks, f"{title}: no example"
    return "\n".join(blocks)


def rows(project: Path, query: str) -> list[tuple[object, ...]]:
    conn = db.connect(project / "data" / "lgr.db")
    try:
        return conn.execute(query).fetchall()
    finally:
        conn.close()


def test_every_edit_recipe_passes_check_and_is_dumped(real_project: Path) -> None:
    for title in (
        "Record a ministerial decision",
        "Record a challenge in court, and its end",
        "Load a new year of a measure from a CSV",
        "Change what sums start from, or a total that must hold",
        "Add a proposal with its composition",
        "Add a proposal split by wards",
        "Add a measure",
        "Correct a parameter",
        "Change how a line of spending may be shared",
        "Add a case study",
    ):
        done = run(real_project, recipe(title))
        assert done.returncode == 0, f"{title}: {done.stderr}"
    dumped = run(real_project, "python -m lgrdata dump")  # which checks every rule first
    assert dumped.returncode == 0, dumped.stderr
    tables = real_project / "data" / "tables"
    changed = {Path(line).relative_to(tables).as_posix() for line in dumped.stdout.splitlines()}
    assert changed == {
        *("area.csv", "case_model.csv", "case_paragraph.csv", "case_service.csv", "case_study.csv", "composition.csv"),
        *("data_change.csv", "drawing.csv", "drawing_block.csv", "event.csv", "line_basis.csv"),
        "parameter.csv",
        *(
            "proposal.csv",
            "proposal_council.csv",
            "release.csv",
            "source.csv",
            "total.csv",
            f"figure/{topic_of(real_project)}.csv",
            "figure/adult_care.csv",
            "measure.csv",
        ),
    }
    assert "kent-3a-3ua" in (tables / "proposal.csv").read_text(encoding="utf-8")
    assert rows(real_project, "SELECT status, stage FROM proposal WHERE proposal_id = 'kent-3a-3ua'") == [
        ("selected", "decided")
    ]
    loaded = "SELECT status, count(*), sum(value) FROM figure WHERE measure_code = 'dsg_balance' AND period = '2024-25'"
    before = "SELECT count(*) FROM figure WHERE measure_code = 'dsg_balance' AND period = '2023-24'"
    count = rows(real_project, before)[0][0]
    assert isinstance(count, int)
    assert rows(real_project, loaded + " GROUP BY status ORDER BY status") == [
        ("not returned", count - 1, None),
        ("published", 1, 1234000.0),
    ]
    assert rows(real_project, "SELECT value FROM meta WHERE key = 'data_version'")[0][0].endswith(" 2026-12-01")  # type: ignore[union-attr]
    search = run(real_project, recipe("Search case studies and claims").splitlines()[0])
    assert "example-joint-team" in search.stdout, "a case study added is found at once"


def topic_of(project: Path) -> object:
    return rows(project, "SELECT topic FROM measure WHERE measure_code = 'dsg_balance'")[0][0]


@pytest.mark.slow
def test_search_finds_case_studies_and_claims(real_project: Path) -> None:
    done = run(real_project, recipe("Search case studies and claims"))
    assert done.returncode == 0, done.stderr
    assert '"case_slug"' in done.stdout and '"claim_id"' in done.stdout


# A slip, the rule that catches it, and what the rule says.
SLIPS = {
    "wrong code": (
        "UPDATE figure SET place_code = 'E07000999' WHERE place_code = 'E10000030' AND measure_code = 'dsg_balance'",
        "references",
        "Every code and id that a row names is a row of the table it belongs to. "
        "Not so: figure: place_code 'E07000999' is not in place",
    ),
    "district left out": (
        "DELETE FROM composition WHERE proposal_id = 'surrey-2ua' AND authority_code = 'E07000207'",
        "partition",
        "Not so: surrey-2ua leaves out E07000207",
    ),
    "council left out of a new year": (
        """INSERT INTO figure SELECT place_code, measure_code, '2024-25', value, status, source_id, note
           FROM figure WHERE measure_code = 'dsg_balance' AND place_code <> 'E10000030'""",
        "left-out-since",
        "Not so: dsg_balance 2024-25 lacks E10000030",
    ),
    "missing source": (
        "UPDATE figure SET source_id = 'dfe-2027' WHERE place_code = 'E10000030' AND measure_code = 'dsg_balance'",
        "references",
        "figure: source_id 'dfe-2027' is not in source",
    ),
    "misspelt table": (
        "CREATE TABLE figures (place_code TEXT, value INTEGER)",
        "schema",
        "Not so: table figures is not of the schema",
    ),
    "residents that do not add up": (
        "UPDATE resident SET residents = residents + 1 WHERE authority_code = 'E07000084' AND age = 40",
        "totals",
        "residents-hampshire: residents mid-2024 (E10000014): 1,447,215, where the table total has 1,447,214",
    ),
    "one neighbour forgotten": (
        "DELETE FROM neighbour WHERE a = 'E07000207' AND b = 'E07000210'",
        "neighbour-drawn",
        "Not so: E07000207 – E07000210",
    ),
    "wrong unit": (
        """UPDATE figure SET value = value * 1000 WHERE place_code = 'E07000207'
           AND measure_code = 'band_d_all_precepts' AND period = '2026-27'""",
        "jump",
        "(a slip of units?). Not so: E07000207 band_d_all_precepts",
    ),
    "decision without a proposal": (
        "UPDATE area SET stage = 'decided', stage_date = '2026-07-16' WHERE area_id = 'kent-medway'",
        "decision-proposal",
        "Not so: kent-medway decided",
    ),
    "lens outside its range": (
        "UPDATE parameter SET high = 10 WHERE parameter_key = 'disagg_per_resident'",
        "lens-range",
        "Not so: county delta 14.8 outside 2 to 10",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_by_its_rule(slip: str, real_copy: sqlite3.Connection) -> None:
    change, key, line = SLIPS[slip]
    rules = [rule for rule in ALL if rule.key == key]
    assert check(real_copy, rules) == []
    real_copy.execute("BEGIN")
    try:
        real_copy.execute(change)
        faults = [str(fault) for fault in check(real_copy, rules)]
    finally:
        real_copy.execute("ROLLBACK")
    assert len(faults) == 1 and line in faults[0]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            "UPDATE figure SET value = 'about 40' WHERE place_code = 'E10000030' AND measure_code = 'dsg_balance'",
            "cannot store TEXT value in REAL column figure.value",
        ),
        ("UPDATE figure SET source_id = NULL WHERE measure_code = 'dsg_balance'", "NOT NULL constraint failed"),
        ("UPDATE area SET stage = 'maybe' WHERE area_id = 'surrey'", "CHECK constraint failed: stage IN"),
        (
            "UPDATE figure SET value = NULL WHERE place_code = 'E10000030' AND measure_code = 'dsg_balance'",
            "CHECK constraint failed",
        ),
    ],
)
def test_the_schema_refuses_wrong_values_at_once(change: str, line: str, real_copy: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=line):
        real_copy.execute(change)


def test_dump_refuses_while_a_rule_is_broken(real_project: Path) -> None:
    before = {path: path.read_bytes() for path in (real_project / "data" / "tables").rglob("*.csv")}
    done = run(
        real_project,
        "sqlite-utils data/lgr.db \"DELETE FROM composition WHERE authority_code = 'E07000207'\" && "
        "python -m lgrdata dump",
    )
    assert done.returncode == 1
    assert "surrey-2ua leaves out E07000207" in done.stderr and "Nothing was dumped" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in (real_project / "data" / "tables").rglob("*.csv")} == before
