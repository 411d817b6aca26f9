"""`effects --json` for every proposal, and for drawn splits by whole authorities and by wards."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lgrdata.all_effects import as_json
from lgrdata.all_effects.effects import work_out
from lgrdata.cli.main import main
from lgrdata.core.models import OUTCOMES, LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits import blockfile, edits, splitcode
from lgrdata.splits.split import Split, make, single, today

GOLDEN = Path(__file__).parent / "golden"
TOP = {
    "area", "split", "councils", "costs", "boundary", "partnerships", "assumptions", "warnings", "sources", "made_with",
}  # fmt: skip
COUNCIL = {
    "name", "members", "population", "population_0_17", "population_18_64", "population_65_plus", "population_85_plus",
    "estimates", "homelessness_duties", "council_tax_base", "band_d_low", "band_d_high", "commuting_self_containment",
    "compactness", "icbs", "trusts",
}  # fmt: skip
COST = {
    "aggregation_saving", "disaggregation_cost", "purchasing_scale", "recurring_net", "one_off", "five_year_net",
    "npv_10", "payback_years", "switching_value", "one_off_low", "one_off_high",
}  # fmt: skip
BOUNDARY = {
    "pieces", "cut_borders", "cut_border_km", "commuting_crossing_share", "commuting_crossing_share_today",
    "migration_crossing_share", "icb_pairs", "icb_pairs_today",
}  # fmt: skip


@pytest.fixture(scope="module")
def data(real_db: Path) -> Dataset:
    return Dataset(real_db)


def told(data: Dataset, split: Split) -> dict[str, Any]:
    document = as_json.document(work_out(split.facts, split, data.assumptions))
    text = json.dumps(document, allow_nan=False)
    assert "NaN" not in text
    return document


def test_every_proposal_has_every_field(data: Dataset) -> None:
    without = []
    for proposal in data.proposals():
        facts = data.facts(proposal.area_id)
        try:
            split = data.split(proposal.area_id, proposal.proposal_id)
        except LgrError as fault:
            without.append((proposal.proposal_id, str(fault)))
            continue
        document = told(data, split)
        assert set(document) == TOP
        assert document["split"]["proposal"] == proposal.proposal_id
        assert document["split"]["basis"] in ("exact", "exact-parts", "nearest-whole")
        assert len(document["councils"]) == proposal.councils
        for council in document["councils"]:
            assert set(council) >= COUNCIL, proposal.proposal_id
            for outcome in OUTCOMES:
                e = council["estimates"][outcome]
                assert e["low"] <= e["value"] <= e["high"] and e["nominal"] == 0.8
        assert set(document["costs"]) == {"county", "middle", "district"}
        assert all(set(c) == COST for c in document["costs"].values())
        assert set(document["boundary"]) >= BOUNDARY
        assert sum(c["population"] for c in document["councils"]) == int(split.population.sum())
        taken = facts.population[(split.share.sum(axis=1) > 0)]
        assert sum(c["population"] for c in document["councils"]) == int(taken.sum())
        assert all(s["title"] and s["publisher"] for s in document["sources"])
    assert [p for p, _ in without] == ["kent-4d-4ua"]
    assert "map of “Option 4d: four unitaries" in without[0][1] and "kent-4d" not in without[0][1]


def test_counts_of_councils_add_to_the_published_count(data: Dataset) -> None:
    for area in ("surrey", "hampshire-solent", "lancashire", "oxfordshire"):
        facts = data.facts(area)
        for proposal in data.proposals(area):
            split = data.split(area, proposal.proposal_id)
            used = {int(facts.authority_upper[i]) for i in np.flatnonzero(split.share.sum(axis=1) > 0)}
            document = told(data, split)
            for o, outcome in enumerate(OUTCOMES):
                published = sum(facts.published[u, o] for u in used)
                total = sum(c["estimates"][outcome]["value"] for c in document["councils"])
                assert total == round(published), (proposal.proposal_id, outcome)


@pytest.mark.parametrize("area", ["surrey", "hampshire-solent", "sussex", "leicestershire-leicester-rutland"])
def test_today_costs_nothing_and_saves_nothing(data: Dataset, area: str) -> None:
    document = told(data, today(data.facts(area)))
    for cost in document["costs"].values():
        assert [cost[k] for k in sorted(COST - {"payback_years", "switching_value"})] == [0] * 9
    assert document["boundary"]["commuting_crossing_share"] == document["boundary"]["commuting_crossing_share_today"]


def test_moving_every_block_and_back_changes_nothing(data: Dataset) -> None:
    start = replace(data.split("surrey", "surrey-2ua"), proposal=None, basis="drawn")
    before = told(data, start)
    for authority in start.facts.authorities:
        home = int(start.authority[start.facts.authority_index[authority.code]])
        away = edits.give(start, [authority.code], 1 - home)
        back = edits.give(away, [authority.code], home)
        assert told(data, back) == before


def test_the_order_and_names_of_councils_change_nothing_else(data: Dataset) -> None:
    start = data.split("lancashire", "lancs-4ua")
    turned = start.renumbered([2, 0, 3, 1], ("W", "X", "Y", "Z"))
    a, b = told(data, start), told(data, turned)
    assert a["costs"] == b["costs"] and a["boundary"] == b["boundary"]
    of = [sorted((c["population"], json.dumps(c["estimates"])) for c in d["councils"]) for d in (a, b)]
    assert of[0] == of[1]
    assert a["split"]["code"] == b["split"]["code"]


def test_a_file_a_code_and_a_proposal_name_one_split(data: Dataset, tmp_path: Path, real_db: Path, capsys: Any) -> None:
    split = data.split("lancashire", "lancs-4ua-alt")
    file = tmp_path / "split.csv"
    file.write_text(blockfile.write(split), encoding="utf-8")
    documents = []
    for name in ("lancs-4ua-alt", splitcode.encode(split), str(file)):
        assert main(["effects", "lancashire", name, "--json", "--db", str(real_db)]) == 0
        documents.append(json.loads(capsys.readouterr().out))
    assert documents[0] == documents[1] == documents[2]


def test_bad_input_is_one_line_and_exit_one(data: Dataset, tmp_path: Path, real_db: Path, capsys: Any) -> None:
    codes = [a.code for a in data.facts("surrey").authorities]
    rows = "\n".join(f"{c},A" for c in codes)
    cases = {
        "unknown.csv": (f"code,council\n{rows}\nE07999999,A\n", "not an authority or ward of Surrey"),
        "twice.csv": (f"code,council\n{rows}\n{codes[0]},B\n", "given twice"),
        "short.csv": ("code,council\n" + "\n".join(f"{c},A" for c in codes[:-1]) + "\n", "leaves out"),
        "blank.csv": (f"code,council\n{rows.replace(',A', ',', 1)}\n", "has no council"),
        "empty.csv": ("", "is empty"),
        "binary.csv": ("\0\1\2", "not a text file"),
    }
    for name, (text, wanted) in cases.items():
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        assert main(["effects", "surrey", str(file), "--db", str(real_db)]) == 1, name
        out = capsys.readouterr()
        assert wanted in out.err and out.err.count("\n") == 1, (name, out.err)
        assert out.out == ""
    for split in ("no-such-proposal", "s1.000000.0", "s9.x", "lancs-4ua"):
        assert main(["effects", "surrey", split, "--db", str(real_db)]) == 1
        assert capsys.readouterr().err.count("\n") == 1


def test_files_of_a_spreadsheet_are_read(data: Dataset, tmp_path: Path) -> None:
    facts = data.facts("surrey")
    split = data.split("surrey", "surrey-2ua")
    plain = blockfile.write(split)
    rows = [line.split(",") for line in plain.splitlines()]
    semicolons = "\r\n".join(f"{c};{n} ;note" for c, n in rows) + "\r\n;;\r\n\r\n"
    for data_bytes in (
        b"\xef\xbb\xbf" + plain.encode(),
        semicolons.encode(),
        plain.replace(",", "\t").encode("utf-16"),
        plain.upper().replace("EAST SURREY", "East Surrey").encode(),
    ):
        assert blockfile.read(facts, data_bytes) == split


def test_an_unfinished_split_is_worked_out_as_far_as_it_goes(data: Dataset) -> None:
    facts = data.facts("surrey")
    few = make(facts, [(a.code, "A") for a in facts.authorities[:4]], ["A", "B"])
    document = told(data, few)
    assert len(document["councils"]) == 1
    assert any("in no council yet" in w for w in document["warnings"])
    assert any("The council called B has no places yet" in w for w in document["warnings"])
    nothing = make(facts, [], ["A"])
    assert told(data, nothing)["councils"] == []


def test_two_pieces_are_a_warning_not_an_error(data: Dataset) -> None:
    facts = data.facts("surrey")
    by_name = {a.name: a.code for a in facts.authorities}
    apart = {"Tandridge", "Surrey Heath"}
    split = make(facts, [(code, "Ends" if name in apart else "Middle") for name, code in by_name.items()])
    document = told(data, split)
    assert document["split"]["contiguous"] is False and document["split"]["joined_by_sea"] is False
    assert any("Ends is in two pieces" in w for w in document["warnings"])


def test_the_isle_of_wight_joins_by_sea_and_is_flagged(data: Dataset) -> None:
    facts = data.facts("hampshire-solent")
    document = told(data, single(facts))
    assert document["split"]["joined_by_sea"] is True
    assert any("joined only by sea" in w for w in document["warnings"])


@pytest.mark.parametrize("proposal", ["surrey-2ua", "hampshire-5ua-option1a", "leics-3ua-north-city-south"])
def test_golden_results_reviewed_by_eye(data: Dataset, proposal: str) -> None:
    found = data.split(next(p.area_id for p in data.proposals() if p.proposal_id == proposal), proposal)
    document = told(data, found)
    kept = {k: document[k] for k in ("area", "split", "costs", "boundary")}
    kept["councils"] = [
        {k: c[k] for k in ("name", "population", "estimates", "homelessness_duties", "band_d_low", "band_d_high")}
        for c in document["councils"]
    ]
    golden = json.loads((GOLDEN / f"{proposal}.json").read_text(encoding="utf-8"))
    assert _close(kept, golden) == []


def _close(found: Any, golden: Any, where: str = "") -> list[str]:
    """Where two documents differ; numbers by more than rounding's last digit."""
    if isinstance(golden, dict):
        return [f for k in golden for f in _close(found.get(k), golden[k], f"{where}.{k}")]
    if isinstance(golden, list):
        if len(found) != len(golden):
            return [f"{where}: {len(found)} entries, not {len(golden)}"]
        return [f for i, g in enumerate(golden) for f in _close(found[i], g, f"{where}[{i}]")]
    if isinstance(golden, float) and found is not None:
        return [] if math.isclose(found, golden, rel_tol=1e-4, abs_tol=0.011) else [f"{where}: {found}, not {golden}"]
    return [] if found == golden else [f"{where}: {found}, not {golden}"]
