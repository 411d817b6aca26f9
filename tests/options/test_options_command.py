"""`options AREA` speaks its contract, and refuses bad input in one line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from lgrdata.all_options.options import HEADLINE
from lgrdata.cli import main
from lgrdata.cli.options import councils_from
from lgrdata.core.models import LgrError

pytestmark = pytest.mark.usefixtures("real")


def told(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main.main(["options", *argv]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main.main(["options", *argv]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    return err


def test_json_keeps_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(told(capsys, "surrey", "--councils", "2-3", "--rank", "surrey-2ua", "--json"))
    assert (document["area"], document["blocks"]) == ("surrey", 11)
    assert document["counts"] == {"2": 43, "3": 334}
    assert document["seconds"] >= 0
    keys = [m["key"] for m in document["measures"]]
    assert set(HEADLINE) <= set(keys)
    for option in document["frontier"]:
        assert set(option) == {"code", "councils", *keys}
    rank = document["rank"]
    assert (rank["councils"], rank["of"], rank["proposal"]) == (2, 43, "surrey-2ua")
    assert isinstance(rank["dominated_by"], int)
    assert all(0 <= rank[k] <= 100 for k in keys)
    two = [o["code"] for o in document["frontier"] if o["councils"] == 2]
    assert (rank["code"] in two) == (rank["dominated_by"] == 0)


def test_plain_text_names_counts_what_nothing_beats_and_rank(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "Surrey", "--rank", "surrey-3ua", "--measures", "five_year_net,icb_pairs")
    assert "11 authorities that join by land and tidal water, not by sea" in out
    assert "334" in out and "beaten by none" in out
    assert "among 334 options with 3 councils" in out
    assert "Better is higher for five-year net, halfway and lower for pairs of council and NHS board." in out
    assert "−" in out and "£-" not in out


def test_ranking_a_split_with_extras_takes_them_in(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(told(capsys, "oxfordshire", "--rank", "single", "--json"))
    assert document["blocks"] == 5 and document["counts"]["1"] == 1
    wider = json.loads(told(capsys, "oxfordshire", "--extras", "--json"))
    assert wider["blocks"] == 6


def test_csv_holds_every_option(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    out = told(capsys, "suffolk", "--councils", "1-6", "--csv", str(path))
    assert "40 options are in" in out
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [r["councils"] for r in rows] == ["1"] + ["2"] * 12 + ["3"] * 18 + ["4"] * 8 + ["5"]
    assert len({r["code"] for r in rows}) == 40
    assert rows[0]["switching_value_middle"] == ""
    assert float(rows[1]["commuting_crossing"]) > 0
    assert list(tmp_path.iterdir()) == [path]


def test_groups_may_be_several_and_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--together", "Elmbridge,Spelthorne", "--together", "E07000209,Waverley", "--apart", "Elmbridge,Guildford",
             "--apart", "Tandridge,Runnymede")  # fmt: skip
    both = json.loads(told(capsys, "surrey", "--councils", "3", *asked, "--json"))
    one = json.loads(told(capsys, "surrey", "--councils", "3", *asked[:2], *asked[4:6], "--json"))
    assert 0 < both["counts"]["3"] < one["counts"]["3"] < 334
    assert both["filters"] == [
        "Elmbridge and Spelthorne in one council", "Guildford and Waverley in one council",
        "Elmbridge and Guildford in different councils", "Tandridge and Runnymede in different councils",
    ]  # fmt: skip
    plain = told(capsys, "surrey", "--councils", "3", *asked)
    assert all(f"  keeping to: {words}\n" in plain for words in both["filters"])


def test_bad_input_is_refused_in_a_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "1 to 6 councils, not 7" in refused(capsys, "surrey", "--councils", "5-7")
    assert "no measure “beauty”" in refused(capsys, "surrey", "--measures", "beauty")
    assert "no council under 900,000" in refused(capsys, "surrey", "--councils", "2", "--smallest", "900000")
    assert "did you mean" in refused(capsys, "surrey", "--together", "Elmbrige,Tandridge")
    assert "give two or more" in refused(capsys, "surrey", "--together", "Elmbridge")
    assert "give two or more" in refused(capsys, "surrey", "--apart", "Elmbridge,E07000207")
    assert "no NHS board" in refused(capsys, "surrey", "--whole-icb", "QXX")
    assert "the sea divides" in refused(capsys, "hampshire-solent", "--councils", "1")
    assert "atlantis" in refused(capsys, "atlantis")
    nowhere = tmp_path / "no-such-folder" / "x.csv"
    assert f"--csv {nowhere}: No such file" in refused(capsys, "suffolk", "--csv", str(nowhere))
    assert "is a folder" in refused(capsys, "suffolk", "--csv", str(tmp_path)) and list(tmp_path.iterdir()) == []
    seven = tmp_path / "seven.csv"
    codes = ["07", "08", "09", "10", "11", "12", "13", "14", "15", "16", "17"]
    seven.write_text("code,council\n" + "".join(f"E070002{c},{'ABCDEFG'[n % 7]}\n" for n, c in enumerate(codes)))
    said = refused(capsys, "surrey", "--councils", "2", "--rank", str(seven))
    assert "makes 7 councils; options are listed for 1 to 6" in said


@pytest.mark.parametrize(
    ("text", "numbers"), [("3", (3,)), ("2-4", (2, 3, 4)), ("5,2–3", (2, 3, 5)), (" 1 , 6", (1, 6))]
)
def test_numbers_of_councils_are_read(text: str, numbers: tuple[int, ...]) -> None:
    assert councils_from(text) == numbers


@pytest.mark.parametrize("text", ["", "two", "4-2", "2-", "-3", "2;3", "²"])
def test_numbers_of_councils_that_are_none(text: str) -> None:
    with pytest.raises(LgrError, match="give a number"):
        councils_from(text)
