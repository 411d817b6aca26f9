"""Names belong to the blocks they were given with: a proposal is recognised by its lines, its names are offered."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hostile import opened

from export.snapshot import snapshot
from lgrdata.cli.main import main
from lgrdata.core.models import Partnership
from lgrdata.splits import address, blockfile
from lgrdata.splits.naming import block_assignment, own_names, own_names_note
from lgrdata.splits.scenario import Scenario, parse_document, restore, write
from lgrdata.splits.snapshot_file import scenario_document
from lgrdata.splits.split import Split

NORTH = ("E07000901", "E07000902")
SWAPPED = {"E07000901": "South", "E07000902": "South", "E07000903": "North", "E07000904": "North"}
"""The lines of `squares-2ua`, whose North is the first two; here the names are the other way round."""


@pytest.fixture
def swapped(tiny_db: Path) -> Scenario:
    """The proposal's lines under its own two names swapped, with a partnership of what is called North alone."""
    split = opened(tiny_db).split("squares", "squares-2ua")
    mine = replace(split.renumbered([1, 0], split.names), proposal=split.proposal, basis=split.basis)
    return Scenario(mine, partnerships=(Partnership("equipment", "lead_authority", (0,), ("E10000030",)),))


def _held(split: Split) -> dict[str, str]:
    return dict(split.block_assignment())


def test_every_way_in_keeps_swapped_names_on_their_blocks(tiny_db: Path, swapped: Scenario) -> None:
    data = opened(tiny_db)
    facts = data.facts("squares")
    assert _held(swapped.split) == SWAPPED
    document = parse_document(write(swapped).encode())
    bare = {k: document[k] for k in ("format", "version", "area", "councils", "blocks")}
    page = snapshot(data, replace(swapped, partnerships=()), made=date(2026, 5, 1))
    query = address.to_query(swapped, data.conn)
    by_address, messages = address.from_query(data.conn, data.facts, query)
    assert by_address is not None and messages == [] and query["split"] != "squares-2ua"
    ways = {
        "block file": block_assignment(data.conn, facts, blockfile.write(swapped.split).encode(), "mine.csv").split,
        "scenario file": restore(data.conn, facts, document).split,
        "scenario by hand": restore(data.conn, facts, bare).split,
        "snapshot": restore(data.conn, facts, scenario_document(page)).split,
        "address": by_address.split,
    }
    for way, split in ways.items():
        assert _held(split) == SWAPPED, way
        assert (split.proposal, split.basis) == ("squares-2ua", "exact"), way
        offered = own_names(data.conn, split)
        assert offered is not None and _held(offered) == _held(data.split("squares", "squares-2ua")), way
    assert by_address.split.key == swapped.split.key and by_address.partnerships == swapped.partnerships
    assert restore(data.conn, facts, document).partnerships == swapped.partnerships
    assert "North (Squareshire A and 1 more) and South (Squareshire C and 1 more)" in own_names_note(data.conn, split)


def test_a_code_alone_takes_the_proposals_names_and_has_nothing_to_be_offered(tiny_db: Path) -> None:
    data = opened(tiny_db)
    split = data.split("squares", "squares-2ua")
    again, _ = address.from_query(data.conn, data.facts, {"area": "squares", "split": address.splitcode.encode(split)})
    assert again is not None and again.split.key == split.key
    assert own_names(data.conn, split) is None and own_names_note(data.conn, split) == ""
    # An order of its own is no other name.
    assert own_names(data.conn, replace(split, names=split.names[::-1]).renumbered([1, 0], split.names)) is None


def test_taking_the_proposals_names_moves_no_place_and_no_partnership(tiny_db: Path, swapped: Scenario) -> None:
    data = opened(tiny_db)
    known = own_names(data.conn, swapped.split)
    assert known is not None
    after = swapped.under_names_of(known)
    assert after.split == swapped.split and after.split.key == data.split("squares", "squares-2ua").key
    # Its partner is the council of the last two blocks: called North before, South now.
    assert [after.split.names[m] for m in after.partnerships[0].members] == ["South"]


def test_partnerships_follow_their_councils_when_one_before_them_goes(tiny_db: Path) -> None:
    from lgrdata.splits.edits import remove_council

    split = opened(tiny_db).split("nine", "nine-3ua")
    ends = Partnership("equipment", "lead_authority", (0, 2))
    gone = Partnership("equipment", "joint_committee", (0, 1))
    before = Scenario(split, partnerships=(ends, gone))
    after = before.of(remove_council(split, 1))
    assert [[after.split.names[m] for m in p.members] for p in after.partnerships] == [["Top", "Bottom"]]


def test_a_drawing_is_known_without_being_opened_anew(tiny_db: Path) -> None:
    data = opened(tiny_db)
    drawn = replace(data.split("squares", "squares-2ua"), names=("A", "B"), proposal=None, basis="drawn")
    known = data.recognised(drawn)
    assert (known.proposal, known.basis, known.names) == ("squares-2ua", "exact", ("A", "B"))
    today = data.split("squares", "today")
    assert data.recognised(replace(today, proposal=None)).proposal != "today"


def test_the_command_offers_and_does_not_substitute(
    tiny_db: Path, tmp_path: Path, swapped: Scenario, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(blockfile.write(swapped.split), encoding="utf-8")
    assert main(["effects", "squares", str(path), "--json", "--db", str(tiny_db)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["split"]["proposal"] == "squares-2ua"
    members = {c["name"]: tuple(m["code"] for m in c["members"]) for c in found["councils"]}
    assert members["South"] == NORTH
    assert len(found["read"]) == 1 and "names its councils otherwise" in found["read"][0]
    assert main(["effects", "squares", "squares-2ua", "--json", "--db", str(tiny_db)]) == 0
    assert "read" not in json.loads(capsys.readouterr().out)
