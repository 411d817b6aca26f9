"""The examples of data/README.md, each run as written against a copy of the dataset."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from drawn import Tiny
from sqlite_utils.cli import cli

from lgrdata.cli.main import main
from lgrdata.reading import db

README = (db.ROOT / "data" / "README.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL))
IN_A_SHELL = "Load a new year of a measure from a CSV"
"""The one section that is run by bash: each start of `sqlite-utils` takes as long as all that it does."""


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


def commands(script: str) -> Iterator[tuple[list[str], str]]:
    """The commands of shell lines, each as its words and what it reads: quotes, here-documents, comments as in bash."""
    lines = iter(script.splitlines())
    for line in lines:
        words = None
        while words is None:
            try:
                words = shlex.split(line, comments=True)
            except ValueError:  # a quote is still open
                line += "\n" + next(lines)
        ends = next((word[2:] for word in words if word.startswith("<<")), "")
        given = "\n".join(iter(lambda: next(lines), ends)) if ends else ""
        if words:
            yield [word for word in words if not word.startswith("<<")], given


def follow(script: str) -> None:
    """Run the `sqlite-utils` lines of a recipe, in this process."""
    for (program, *words), given in commands(script):
        assert program == "sqlite-utils", program
        done = CliRunner().invoke(cli, words, input=given)
        assert done.exit_code == 0, f"{words}: {done.output} {done.exception}"


def rows(project: Path, query: str) -> list[tuple[object, ...]]:
    conn = db.connect(project / "data" / "lgr.db")
    try:
        return conn.execute(query).fetchall()
    finally:
        conn.close()


@pytest.mark.slow
def test_every_edit_recipe_passes_check_and_is_dumped(
    real_project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(real_project)
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
        if title == IN_A_SHELL:
            done = run(real_project, recipe(title))
            assert done.returncode == 0, f"{title}: {done.stderr}"
        else:
            follow(recipe(title))
    tables = real_project / "data" / "tables"
    # It checks every rule first; what a build makes of tables is another test's.
    assert main(["dump", "--no-build", "--db", str(real_project / "data" / "lgr.db")]) == 0
    changed = {Path(line).relative_to(tables).as_posix() for line in capsys.readouterr().out.splitlines()}
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
    (words, _), *_ = commands(recipe("Search case studies and claims"))
    assert "example-joint-team" in CliRunner().invoke(cli, words[1:]).output, "a case study added is found at once"


def topic_of(project: Path) -> object:
    return rows(project, "SELECT topic FROM measure WHERE measure_code = 'dsg_balance'")[0][0]


@pytest.mark.slow
def test_search_finds_case_studies_and_claims(real_project: Path) -> None:
    done = run(real_project, recipe("Search case studies and claims"))
    assert done.returncode == 0, done.stderr
    assert '"case_slug"' in done.stdout and '"claim_id"' in done.stdout


def test_dump_refuses_while_a_rule_is_broken(tiny_tables: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in (tiny_tables.data / "tables").rglob("*.csv")}
    follow(f"sqlite-utils {tiny_tables.db} \"DELETE FROM composition WHERE authority_code = 'E07000901'\"")
    assert main(["dump", "--db", str(tiny_tables.db)]) == 1
    told = capsys.readouterr().err
    assert "squares-2ua leaves out E07000901" in told and "Nothing was dumped" in told and "Traceback" not in told
    assert {path: path.read_bytes() for path in (tiny_tables.data / "tables").rglob("*.csv")} == before
