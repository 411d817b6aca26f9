"""A 22nd area, added as data/README.md says: no number is frozen in a rule, and every page and file opens for it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from added import AREA, add
from streamlit.testing.v1 import AppTest

from export.cli import main as export
from export.site import pages as site_pages
from export.site.plan import plan
from lgrdata.cli.main import main
from lgrdata.dataset.dataset import Dataset
from lgrdata.keeping.check import check
from lgrdata.reading import db
from lgrdata.ui.frame.menu import PAGES


@pytest.fixture(scope="module")
def added(real_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real dataset with the area, its totals agreed, dumped and built by the commands."""
    data = tmp_path_factory.mktemp("added") / "data"
    shutil.copytree(db.ROOT / "data", data, ignore=shutil.ignore_patterns("lgr.db*", ".*"))
    path = Path(shutil.copy(real_db, data / "lgr.db"))
    with closing(sqlite3.connect(path)) as conn, conn:
        add(conn)
    command = ["--db", str(path)]
    assert main(["totals", "--take", "all", "--why", "With Newshire.", *command]) == 0
    assert main(["dump", *command]) == 0, "a rule is broken: a number frozen in it, or a table that it forgets"
    return path


@pytest.mark.slow
def test_every_rule_holds_and_every_page_and_file_opens(
    added: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(db.connect(added)) as conn:
        assert [str(fault) for fault in check(conn)] == []
        split = conn.execute("SELECT min(proposal_id) FROM drawing JOIN proposal USING (proposal_id) WHERE area_id = ?",
                             (AREA,)).fetchone()[0]  # fmt: skip
    capsys.readouterr()
    assert main(["areas", "--json", "--db", str(added)]) == 0
    assert len(json.loads(capsys.readouterr().out)["areas"]) == 22
    for command in (["effects", AREA, split], ["share", AREA, split], ["forecast", AREA, split],
                    ["options", AREA, "--councils", "2-2", "--rank", split]):  # fmt: skip
        assert main([*command, "--db", str(added)]) == 0, command
    for command in (["snapshot", AREA, split], ["pack", AREA, split], ["explorer", AREA, "--wards"]):
        file = tmp_path / f"{command[0]}{'.zip' if command[0] == 'pack' else '.html'}"
        assert export([*command, "-o", str(file), "--db", str(added)]) == 0, command
        assert file.stat().st_size > 10_000
    dataset = Dataset(added)
    for page in (page for group in plan(dataset, AREA) for page in group):
        assert b"Newshire" in site_pages.page(dataset, page) or page.kind not in ("area", "proposal", "place")
    monkeypatch.setenv("LGR_DB", str(added))
    for key, opened in PAGES.items():
        app = AppTest.from_file(str(db.ROOT / "app.py"), default_timeout=90)
        app.query_params["area"], app.query_params["split"] = AREA, split
        app.switch_page(opened.file).run()
        assert [e.value for e in (*app.exception, *app.error)] == [], key
