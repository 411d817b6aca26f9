"""`load`: a file in the Department's own layout changes nothing until accepted, and a wrong one is refused."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from drawn import Tiny

from lgrdata.cli.main import main
from lgrdata.core.models import LgrError
from lgrdata.keeping import intake
from lgrdata.keeping.check import check
from lgrdata.reading import db
from lgrdata.reading.queries import QUARTERLY, load_area
from lgrdata.views.figures.words import MISSING

HEAD = [
    *("time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code"),
    *("region_name", "old_la_code", "la_name", "new_la_code", "cla_group", "characteristic", "number", "percentage"),
]
GROUP = "Children looked after at 31 March"


def cla(tiny: Tiny, path: Path, year: str = "2026") -> list[list[str]]:
    """The drawn councils' children of the newest year, a tenth more, as the Department lays them out."""
    with closing(db.connect(tiny.db)) as conn:
        held = conn.execute(
            "SELECT place_code, value FROM figure WHERE measure_code = 'children_looked_after' ORDER BY 1"
        ).fetchall()
    rows = [HEAD]
    for place, value in held:
        common = [year, "Reporting year", "Local authority", "E92000001", "England", "", "", "", "", place, GROUP]
        rows.append([*common, "Total children", f"{value * 1.1:.0f}", "100"])
        rows.append([*common, "With 3 or more placements during the year", "c", "c"])
    write(path, rows)
    return rows


def write(path: Path, rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(rows)


def test_a_release_is_shown_first_and_written_when_accepted(
    tiny_tables: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cla.csv"
    rows = cla(tiny_tables, path)
    before = tiny_tables.db.read_bytes()
    command = ["load", "dfe-cla", str(path), "--db", str(tiny_tables.db)]
    assert main([*command, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["written"], shown["faults"], len(shown["councils"])) == (False, [], len(rows) // 2)
    assert all(c["now"] == pytest.approx(c["was"] * 1.1, abs=0.5) for c in shown["councils"])
    assert tiny_tables.db.read_bytes() == before

    assert main([*command, "--accept"]) == 0
    with closing(db.connect(tiny_tables.db)) as conn:
        assert check(conn) == []
        periods = conn.execute("SELECT DISTINCT period FROM figure WHERE measure_code = 'children_looked_after'")
        assert {row[0] for row in periods} == {"31 Mar 2025", "31 Mar 2026"}
        assert conn.execute("SELECT source_id, series, ends FROM release").fetchall() == [
            ("dfe-cla-2026", "dfe-cla", "2026-03-31")
        ]
    assert "dfe-cla-2026,dfe-cla," in (tiny_tables.data / "tables" / "release.csv").read_text("utf-8")
    # The same edition three times in one day: each revision has an id of its own.
    for released in ("2026-05-01", "2026-05-02"):
        assert main([*command, "--accept", "--released", released]) == 0, capsys.readouterr().err
    with closing(db.connect(tiny_tables.db)) as conn:
        ids = [row[0] for row in conn.execute("SELECT source_id FROM release ORDER BY source_id")]
    assert ids[1:] == [f"dfe-cla-2026-revised-{date.today().isoformat()}{more}" for more in ("", "-2")]


def test_a_wrong_file_is_refused_with_what_to_do(
    tiny_tables: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cla.csv"
    rows = cla(tiny_tables, path)

    def told(release: str = "dfe-cla", *more: str) -> str:
        assert main(["load", release, str(path), "--db", str(tiny_tables.db), "--accept", *more]) == 1
        return capsys.readouterr().err

    before = tiny_tables.db.read_bytes()
    write(path, rows[:-2])
    assert "is the file cut?" in told()
    write(path, [*rows[:-1], rows[-1][:5]])
    assert "5 fields of 14" in told()
    write(path, [*rows[:-2], [*rows[-2][:9], "E06000999", *rows[-2][10:]]])
    assert "codes of another vintage: E06000999" in told()
    write(path, [["value" if cell == "number" else cell for cell in rows[0]], *rows[1:]])
    assert "no column 'number'" in told()
    write(path, [rows[0], [*rows[1][:12], "about 40", "100"], *rows[2:]])
    assert "'about 40', neither a number nor one of c z x low" in told()
    write(path, [rows[0], [*rows[1][:12], "1,5", "100"], *rows[2:]])
    assert "'1,5', neither a number" in told()
    write(path, [*rows, rows[1]])
    assert "is given twice" in told()
    # Each symbol has its own reason: only what the publisher withholds is called withheld.
    reasons = {"c": "suppressed", "low": "suppressed", "z": "not applicable", "x": "not available"}
    with closing(db.connect(tiny_tables.db)) as conn:
        for symbol, status in reasons.items():
            write(path, [rows[0], [*rows[1][:12], symbol, "100"], *rows[2:]])
            (given,) = [f for f in intake.read(conn, "dfe-cla", path).figures if f.value is None]
            assert given.status == status and given.note
    assert set(MISSING) == {*reasons.values(), "not returned"}
    cla(tiny_tables, path, "2024")
    assert "31 Mar 2025 is held; take the newer edition" in told()
    cla(tiny_tables, path, "2027")
    assert "31 Mar 2026 follows 31 Mar 2025; load that first" in told()
    assert "known: dfe-cla, mhclg-hclic, mhclg-ro, nhs-icb, ons-mye, tidy" in told("dfe-cin")

    figure = ["E10000901", "children_looked_after", "31 Mar 2026", "x"]
    write(path, [["code", "measure", "period", "value"], figure])
    assert "lacks" in told("tidy")
    assert tiny_tables.db.read_bytes() == before


def test_what_no_sum_rests_on_prices_no_proposal(tiny_db: Path) -> None:
    with closing(db.connect(tiny_db)) as conn:
        facts = load_area(conn, "squares")
    assert {*facts.columns, *facts.upper_columns} <= intake.PRICED | {QUARTERLY}

    def brings(*measures: str) -> tuple[bool, bool]:
        found = intake.Intake("tidy", {}, tuple(intake.Figure("E07000901", m, "2026", 1.0, "") for m in measures), ())
        return found.relearns, found.reprices

    assert brings("homelessness_duties_owed", "rough_sleeping") == (False, False)
    assert brings("rough_sleeping", "council_tax_base") == (False, True)
    assert brings("rough_sleeping", "ehc_plans") == (True, True)


HCLIC = [
    "Organisation Identification Code",
    "Area Name",
    "Initial assessmentsTotal[note 2]",
    "Assessed as owed a dutyOwed a prevention or relief dutyTotal",
    "Assessed as owed a dutyThreatened with homelessness within 56 days, Prevention duty owed",
    "Assessed as owed a dutyThreatened with homelessness due to service of valid section 21 notice[note 3]",
    "Assessed as owed a dutyHomeless, Relief duty owed[note 4]",
    "No duty owedNot threatened with homelessness within 56 days",
    "No duty owedWithdrew application before assessment",
    "No duty owedNot eligible or no longer eligible",
    "Households in area(thousands)[note 5]",
]


def test_a_quarter_of_homelessness_is_read_in_its_own_layout(real_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "A1.csv"
    with closing(db.connect(real_db)) as conn:
        places = [
            row[0]
            for row in conn.execute(
                """SELECT DISTINCT place_code FROM figure JOIN place USING (place_code)
                   WHERE measure_code = 'homelessness_assessments' AND kind <> 'country' ORDER BY 1"""
            )
        ]
        rows = [[p, "A council", "1,210", "[c]", "40", "5", "60", "10", "5", "0", "61.5"] for p in places]
        n = len(places)
        england = ["E92000001", "ENGLAND", 1210 * n, "[c]", 40 * n, 5 * n, 60 * n, 10 * n, 5 * n, 0, 61.5 * n]
        wrong = [*england[:2], 1310 * n, *england[3:]]
        write(path, [["Table A1"], HCLIC, wrong, *rows])
        with pytest.raises(LgrError, match=f"councils add to {1210 * n:,}, and the file's total for England is"):
            intake.read(conn, "mhclg-hclic", path, "2026 Q1")
        write(path, [["Table A1"], HCLIC, england, *rows, ["[z]", "Rest of England", *["1"] * 9]])
        with pytest.raises(LgrError, match="add --period"):
            intake.read(conn, "mhclg-hclic", path)
        found = intake.read(conn, "mhclg-hclic", path, "2026 Q1")
    assert len(found.figures) == 6 * len(places) and found.periods == ("2026 Q1",)
    held = {f.measure: (f.value, f.note) for f in found.figures if f.place == "E07000207"}
    assert held["homelessness_assessments"] == (1210, "")
    assert held["homelessness_duties_owed"] == (None, "Withheld by the publisher, to protect people")
    assert held["households_thousand"] == (61.5, "")
