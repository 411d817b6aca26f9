"""`share` on the real data: exact to the outturn, by whole authorities and wards; a plain answer to what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lgrdata.cli.main import main
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading.shares import load_shares

# MHCLG Revenue Outturn 2024-25, net current expenditure, £ thousand, read off the publisher's tables by hand.
OUTTURN = {
    "lancashire": {
        "Children's social care - Children Looked After of which residential care": 105_819,
        "Children's social care - Children Looked After of which fostering services": 15_721,
        "Children's social care - Children Looked After of which asylum seeking children who are looked after": 1_777,
        "Children's social care - Children Looked After of which other": 49_148,
        "Assistive equipment and technology": -752,
        "Public Health": 97_641,
    },
    "surrey": {
        "Children's social care - Children Looked After of which residential care": 40_666,
        "Children's social care - Children Looked After of which fostering services": 22_632,
        "Children's social care - Asylum Seekers": 0,
        "Public Health": 45_676,
    },
}
TOTALS = {
    "lancashire": {"adults": 584_501, "children": 291_482, "all": 2_476_155},
    "surrey": {"adults": 549_958, "children": 252_261, "all": 1_980_851},
}


def run(capsys: pytest.CaptureFixture[str], db: Path, *words: str) -> tuple[int, str, list[str]]:
    code = main(["share", *words, "--db", str(db)])
    told = capsys.readouterr()
    return code, told.out, told.err.splitlines()


def document(capsys: pytest.CaptureFixture[str], db: Path, *words: str) -> dict[str, Any]:
    code, out, err = run(capsys, db, *words, "--json")
    assert (code, err) == (0, [])
    found: dict[str, Any] = json.loads(out)
    return found


def exact(doc: dict[str, Any]) -> None:
    """Every line's councils add to it and lie between their low and high."""
    for line in doc["lines"]:
        assert round(sum(c["thousand"] for c in line["councils"]), 2) == line["thousand"], line["line"]
        assert all(c["low"] <= c["thousand"] <= c["high"] for c in line["councils"]), line["line"]
        assert line["moves"] == pytest.approx(max(c["high"] - c["low"] for c in line["councils"]))
        assert sum(b["recommended"] for b in line["bases"]) == 1 and all(b["reason"] for b in line["bases"])
    for total in doc["totals"].values():
        assert round(sum(c["thousand"] for c in total["councils"]), 2) == total["thousand"]


@pytest.mark.parametrize(("area", "split"), [("lancashire", "lancs-4ua"), ("surrey", "surrey-2ua")])
def test_the_countys_lines_are_the_outturn_line_by_line(
    area: str, split: str, real_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doc = document(capsys, real_db, area, split)
    exact(doc)
    county = {line["line"]: line["thousand"] for line in doc["lines"] if "of" not in line}
    assert len(county) == 39
    for name, thousand in OUTTURN[area].items():
        assert county[name] == thousand
    assert {k: doc["totals"][k]["thousand"] for k in TOTALS[area]} == TOTALS[area]
    moves = [line["moves"] for line in doc["lines"] if "of" not in line]
    assert moves == sorted(moves, reverse=True) and moves[0] > 0
    assert doc["vesting_day"] == ("2027-04-01" if area == "surrey" else "2028-04-01")
    held = {s["id"] for s in doc["sources"]}
    assert {b["source"] for line in doc["lines"] for b in line["bases"]} <= held
    assert sum(p["tax_base_share"] for p in doc["position"]) == pytest.approx(1, abs=2e-4)


def test_every_basis_of_the_dataset_is_counted_as_it_says(real_db: Path) -> None:
    data = Dataset(real_db)
    given = load_shares(data.conn, data.facts("oxfordshire"))
    data.close()
    counted = {k: b for k, b in given.bases.items() if b.kind not in ("rule", "own counts")}
    assert set(counted) == set(given.measures)
    for key, basis in counted.items():
        assert (basis.by_ward == "not held") == (given.measures[key].by_ward is None), key


def test_unitaries_wards_two_counties_and_a_council_from_outside(
    real_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lancashire = document(capsys, real_db, "lancashire", "lancs-4ua")
    # Each council needs both directors: Blackpool's and Blackburn's come along, the county's serve all four.
    posts = {p["name"]: p["directors"] for p in lancashire["position"]}
    assert {n: d["today_whole"] for n, d in posts.items() if d["today_whole"]} == {
        "Fylde Coast": ["Blackpool"], "East Lancashire": ["Blackburn with Darwen"],
    }  # fmt: skip
    assert all((d["adults"], d["children"], d["today_part"]) == (1, 1, ["Lancashire"]) for d in posts.values())
    assert {line.get("of") for line in lancashire["lines"]} == {None, "E06000008", "E06000009"}
    assert all(len(line["councils"]) == 1 for line in lancashire["lines"] if "of" in line)
    wards = document(capsys, real_db, "hampshire-solent", "hampshire-5ua-option1a")
    exact(wards)
    assert any("New Forest" in w and "residents stand in" in w for w in wards["warnings"])
    assert "E06000046" not in {line.get("of") for line in wards["lines"]}, "the Isle of Wight carries on"
    sussex = document(capsys, real_db, "sussex", "sussex-5ua-brighton")
    exact(sussex)
    assert {line["of"] for line in sussex["lines"]} == {"E10000011", "E10000032", "E06000043"}
    oxford = document(capsys, real_db, "oxfordshire", "oxon-2ua")
    exact(oxford)
    assert {line.get("of") for line in oxford["lines"]} == {None, "E06000037"}
    essex = document(capsys, real_db, "essex-southend-thurrock", "essex-5ua")
    (housing,) = (x for x in essex["lines"] if x["key"] == "housing" and "of" not in x)
    (gone,) = (b for b in housing["bases"] if b["unavailable"])
    assert gone["key"] == "homelessness_duties" and "Epping Forest" in gone["unavailable"]
    assert housing["basis"] == "adults_long_term_support"


def test_a_split_that_divides_nothing_leaves_every_line_whole(
    real_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for area, split in (("surrey", "today"), ("sussex", "single")):
        doc = document(capsys, real_db, area, split)
        exact(doc)
        assert doc["divides"] is False and doc["warnings"][0].startswith("This split divides no council's care")
        assert all(len(line["councils"]) == 1 and line["moves"] == 0 for line in doc["lines"])
    code, out, err = run(capsys, real_db, "surrey", "single")
    assert (code, err) == (0, []) and "Woking’s debt was reported as £2.1 billion." in out


def test_a_basis_is_chosen_by_line_and_counts_replace_an_estimate(
    real_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = document(capsys, real_db, "surrey", "surrey-2ua")
    codes = [m["code"] for m in json_effects_members(real_db, capsys)]
    path = tmp_path / "mine.csv"
    path.write_text("code,children_looked_after\n" + "".join(f"{c},{n}\n" for n, c in enumerate(codes, 1)))
    own = document(
        capsys, real_db, "surrey", "surrey-2ua", "--counts", str(path), "--basis", "Highways and transport=land"
    )
    exact(own)
    line = {x["key"]: x for x in own["lines"]}
    assert line["highways"]["basis"] == "land_hectares"
    assert next(b["own_counts"] for b in line["children_residential"]["bases"]) is True
    before = {x["key"]: x["councils"] for x in plain["lines"]}
    assert line["children_residential"]["councils"] != before["children_residential"]
    assert line["children_family_support"]["councils"] == before["children_family_support"]
    assert {c["measure"] for c in own["counts"]} == {"children_looked_after"}
    assert any("under 5" in w for w in own["warnings"])


def json_effects_members(db: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert main(["effects", "surrey", "single", "--json", "--db", str(db)]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["councils"][0]["members"]
    return found


def test_what_is_wrong_is_one_line_each_and_exit_1(
    real_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("code,surname,count\nE07000207,Example,1\n")
    bad = tmp_path / "bad.csv"
    bad.write_text("code,count\nE07000207,-3\nE99999999,4\n")
    count = tmp_path / "count.csv"
    count.write_text("code,count\nE07000207,30\n")
    here = ("surrey", "surrey-2ua")
    cases: list[tuple[tuple[str, ...], list[str]]] = [
        ((*here, "--basis", "roads=land", "--basis", "highways=moon"), ["no line 'roads'", "no basis 'moon'"]),
        ((*here, "--basis", "highways=own_counts"), ["no counts of your own are given"]),
        ((*here, "--counts", str(people)), ["looks like a list of people"]),
        ((*here, "--counts", str(bad)), ["less than nothing", "is not an authority or ward of Surrey"]),
        ((*here, "--counts", str(count)), ["say which line its counts are for"]),
        ((*here, "--counts", str(count), "--basis", "highways=own_counts"), ["Surrey lacks"]),
        ((*here, "--counts", str(tmp_path / "none.csv")), ["No such file"]),
        (("essex-southend-thurrock", "essex-5ua", "--basis", "housing=homelessness_duties"), ["Epping Forest"]),
        (("surrey", "no-such-split"), ["no-such-split"]),
    ]
    for words, told in cases:
        code, out, err = run(capsys, real_db, *words)
        assert (code, out, len(err)) == (1, "", len(told)), (words, err)
        assert all(part in line for part, line in zip(told, err, strict=True)), err
