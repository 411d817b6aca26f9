"""Block and scenario files as `effects` takes them: nothing of theirs is lost unseen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lgrdata.cli.main import main
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits import blockfile
from lgrdata.splits.assignment.reader import Choices
from lgrdata.splits.naming import block_assignment
from lgrdata.splits.split import make

ROWS = [("E07000901", "Left"), ("E07000902", "Left"), ("E07000903", "Right"), ("E07000904", "Right")]  # squares-2ua
Told = tuple[int, dict[str, Any], str]


@pytest.fixture
def effects(tiny_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """`effects squares FILE --json` for a file of this name and content."""

    def call(name: str, content: str) -> Told:
        path = tmp_path / name
        path.write_bytes(content.encode())
        code = main(["effects", "squares", str(path), "--json", "--db", str(tiny_db)])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else {}, err

    return call


def _csv(rows: list[tuple[str, str]], end: str = "\n") -> str:
    return "".join(f"{','.join(row)}{end}" for row in [("code", "council"), *rows])


def _scenario(**changed: Any) -> str:
    document = {
        "format": "lgr-scenario", "version": 1, "area": "squares", "councils": ["Left", "Right"], "blocks": dict(ROWS),
    }  # fmt: skip
    return json.dumps(document | changed)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_keeps_its_names_and_is_known_for_the_proposal_it_equals(effects: Any, end: str) -> None:
    code, found, err = effects("mine.csv", _csv(ROWS[::-1], end))
    assert (code, err, found["split"]["proposal"], found["split"]["basis"]) == (0, "", "squares-2ua", "exact")
    assert [c["name"] for c in found["councils"]] == ["Right", "Left"]
    code, again, _ = effects("mine.json", _scenario(proposal="squares-2ua"))
    assert (code, again["split"]) == (0, found["split"])
    assert [c["name"] for c in again["councils"]] == ["Left", "Right"]
    assert effects("drawn.json", _scenario())[1]["split"] == again["split"]  # known by its lines, whatever a file says


def test_names_that_are_alike_are_pointed_out(effects: Any) -> None:
    alike = [(code, "North" if council == "Left" else "north") for code, council in ROWS]
    code, found, _ = effects("alike.csv", _csv(alike))
    assert code == 0 and any("North and north are taken for one council" in w for w in found["warnings"])
    assert len(found["councils"]) == 1


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("long.csv", _csv([("E07000901", "x" * 200_000)]), "characters long"),
        ("twice.json", _scenario().replace('"area"', '"area": "nine", "area"'), "“area” twice"),
        ("blocks.json", _scenario().replace('"E07000902"', '"E07000901"'), "“E07000901” twice"),
        ("many.json", _scenario(councils=[f"C{n}" for n in range(12)]), "14 councils are named"),
    ],
)
def test_what_would_be_lost_is_refused(effects: Any, name: str, content: str, wanted: str) -> None:
    code, found, err = effects(name, content)
    assert (code, found, len(err.splitlines())) == (1, {}, 1) and wanted in err


def test_a_file_of_another_area_is_answered_with_its_name(tiny_db: Path, effects: Any) -> None:
    """By codes and by names, in a command and in the app; a file that this area has a share in keeps its own faults."""
    data = Dataset(tiny_db)
    other = next(a for a in data.areas if a.area_id != "squares" and len(data.facts(a.area_id).authorities) > 2)
    facts = data.facts(other.area_id)
    for rows in ([(a.code, "N") for a in facts.authorities], [(a.name, "N") for a in facts.authorities]):
        code, _, err = effects("mine.csv", _csv(rows))
        assert code == 1 and f"mine.csv gives places of {other.name}, not of Squareshire" in err, err
        assert f"say {other.area_id} in place of squares" in err
        with pytest.raises(LgrError, match="choose that area first"):
            block_assignment(data.conn, data.facts("squares"), _csv(rows).encode(), "f", Choices(unfinished=True))
        assert "not of Squareshire:" not in effects("mixed.csv", _csv([*ROWS, *rows]))[2]
    assert "not of Squareshire:" not in effects("none.csv", _csv([(f"E0700080{n}", "N") for n in range(4, 9)]))[2]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "'=x", "''@x", "-1", "+ x", "'tis", "plain"])
def test_names_that_a_spreadsheet_would_run_come_back_as_they_were(tiny_db: Path, name: str) -> None:
    facts = Dataset(tiny_db).facts("squares")
    text = blockfile.write(make(facts, [(code, name if council == "Left" else "Right") for code, council in ROWS]))
    cells = [row.partition(",")[2].strip('"') for row in text.splitlines()[1:]]
    assert not any(cell[0] in "=+-@" for cell in cells if not cell.startswith("-1"))  # a number stays one
    assert blockfile.read(facts, text.encode()).names == (name, "Right")
