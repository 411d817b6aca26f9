"""docs/running.md and docs/contributing.md name what is there."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from replica import ROOT

RUNNING = ROOT / "docs" / "running.md"
REFRESHED = (
    "figure", "flow", "resident", "projection", "spend", "inspection", "ward_census", "pupil_flow",
    "authority_trust", "authority_footprint", "topology", "neighbour",
)  # fmt: skip
"""Tables filled from statistical releases."""


def _calendar() -> dict[str, set[str]]:
    """Tables by source, as the calendar says."""
    part = RUNNING.read_text(encoding="utf-8").split("\n## Keeping the data\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in part.splitlines() if line.startswith("|")][2:]
    names = re.compile(r"`([\w-]+)`")
    return {source: set(names.findall(row[2])) for row in rows for source in names.findall(row[1])}


def test_the_calendar_lists_every_release_that_fills_a_table(real_db: Path) -> None:
    used: dict[str, set[str]] = {}
    conn = sqlite3.connect(f"{real_db.as_uri()}?mode=ro", uri=True)
    for table in REFRESHED:
        for (source,) in conn.execute(f"SELECT DISTINCT source_id FROM {table}"):
            used.setdefault(source, set()).add(table)
    known = {source for (source,) in conn.execute("SELECT source_id FROM source")}
    conn.close()
    calendar = _calendar()
    assert calendar.keys() <= known
    missing = {source: tables for source, tables in used.items() if not tables <= calendar.get(source, set())}
    assert missing == {}, "docs/running.md: the calendar of releases lacks these"


@pytest.mark.parametrize("name", ["running.md", "contributing.md"])
def test_files_the_docs_name_are_there(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    named = set(re.findall(r"\b((?:tests|docs|lgrdata|data|export|pages)/[\w./@*-]*[\w*])", text))
    built = {"data/lgr.db"}
    gone = [n for n in sorted(named - built) if not list(ROOT.glob(n)) and not re.search(r"\.py:\d+", n)]
    assert gone == []
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
