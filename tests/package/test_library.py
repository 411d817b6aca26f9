"""`import lgrdata`: what it gives is what the commands print, and its page is made from it and runs as it stands."""

from __future__ import annotations

import doctest
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

import lgrdata
from lgrdata.cli.main import main
from lgrdata.reading.db import ROOT

PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
FENCED = re.compile(r"```(python|pycon)\n(.*?)```", re.S)


@pytest.fixture(scope="module")
def data(real_db: Path) -> lgrdata.OpenDataset:
    return lgrdata.open_dataset(real_db)


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_library", ROOT / "docs" / "make_library.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_the_page_is_made_from_the_docstrings() -> None:
    assert _maker().text() == PAGE, "run python docs/make_library.py"


def test_every_example_of_the_page_says_what_it_says_there(real_db: Path) -> None:
    examples = "\n".join(block for kind, block in FENCED.findall(PAGE) if kind == "pycon")
    found = doctest.DocTestParser().get_doctest(examples, {}, "library.md", None, 0)
    said: list[str] = []
    failed, tried = doctest.DocTestRunner().run(found, out=said.append)
    assert failed == 0 and tried > 15, "".join(said)


def test_two_splits_of_norfolk_are_priced_and_drawn_in_ten_lines(
    real_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example,) = (block for kind, block in FENCED.findall(PAGE) if kind == "python")
    assert len([line for line in example.splitlines() if line]) <= 10
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(example, "library.md", "exec"), names)
    costs = names["costs"]
    assert isinstance(costs, pd.DataFrame)
    assert list(costs["split"].unique()) == ["norfolk-2ua", "norfolk-3ua"] and len(costs) == 6
    assert costs.attrs["units"]["five_year_net_gbp_m"] == "£ million", "tables that stack keep their units"
    drawn = (tmp_path / "norfolk.svg").read_text(encoding="utf-8")
    assert "norfolk-3ua" in drawn and "£ million; below zero is a cost" in drawn


def test_results_are_the_documents_of_the_commands(
    data: lgrdata.OpenDataset, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def printed(*words: str) -> str:
        assert main([*words, "--json", "--db", str(data.path)]) == 0
        return capsys.readouterr().out.removesuffix("\n")

    whole, wards = data.split("surrey", "surrey-2ua"), data.split("derbyshire-derby", "derbyshire-b1-2ua")
    assert data.areas.to_json() == printed("areas")
    assert data.proposals("Surrey").to_json() == printed("proposals", "surrey")
    for split in (whole, wards):
        assert lgrdata.effects(split).to_json() == printed("effects", split.area, split.label)
        assert lgrdata.forecast(split).to_json() == printed("forecast", split.area, split.label)
    file = tmp_path / "drawn.csv"
    file.write_text(wards.to_csv(), encoding="utf-8")
    assert lgrdata.effects(data.split(wards.area, file)).to_json() == printed("effects", wards.area, str(file))
    command = json.loads(printed("options", "surrey", "--councils", "2,3", "--rank", "surrey-2ua"))
    assert lgrdata.rank(whole).to_dict() == command.pop("rank")
    options = lgrdata.options("surrey", councils=(2, 3), dataset=data)
    assert {**options.to_dict(), "seconds": 0} == {**command, "seconds": 0}
    assert len(options.to_frame()) == len(options) == 377
    on = options.to_frame().query("on_frontier")
    assert list(on["code"]) == [row["code"] for row in options.to_dict()["frontier"]]


def test_tables_say_what_the_documents_say(data: lgrdata.OpenDataset) -> None:
    effects = lgrdata.effects(data.split("surrey", "surrey-2ua"))
    document, units = effects.to_dict(), effects.to_frame().attrs["units"]
    councils, costs = effects.to_frame().set_index("council"), effects.to_frame("costs").set_index("lens")
    for council in document["councils"]:
        row = councils.loc[council["name"]]
        assert row["population"] == council["population"]
        adults = council["estimates"]["adults_long_term_support"]
        assert row["adults_long_term_support_low"] == adults["low"]
        assert row["adults_long_term_support"] == adults["value"]
    assert units["adults_long_term_support_high"] == "people"
    assert costs.loc["county", "one_off_gbp_m"] == document["costs"]["county"]["one_off"]
    assert costs.loc["county", "switching_value"] == document["costs"]["county"]["switching_value"]
    assert effects.to_frame("boundary").at[0, "cut_border_km"] == document["boundary"]["cut_border_km"]
    assert set(effects.to_frame("members")["part"]) == {"whole"}
    for table in ("councils", "costs", "boundary"):
        frame = effects.to_frame(table)
        bare = [c for c in frame.select_dtypes("number") if c not in frame.attrs["units"]]
        assert bare == [], f"{table}: a number without its unit"
    changed = lgrdata.effects(effects.split, assumptions={"county.delta": 9.0}).to_dict()
    assert changed["assumptions"] == {"county.delta": 9.0}
    assert changed["costs"]["county"] != document["costs"]["county"]


def test_a_split_of_something_else_is_told_in_a_line(data: lgrdata.OpenDataset) -> None:
    for ask in (
        lambda: data.split("surrey", "surrey-9ua"),
        lambda: data.split("sury", "today"),
        lambda: data.split("surrey", {"E07000148": "North"}),
        lambda: lgrdata.effects("surrey-2ua"),  # type: ignore[arg-type]
        lambda: lgrdata.open_dataset(data.path.with_name("gone.db")),
    ):
        with pytest.raises(lgrdata.LgrError) as fault:
            ask()
        assert "\n" not in str(fault.value) and len(str(fault.value)) > 20


def test_the_door_opens_on_plain_python_and_loads_nothing_before_it_is_asked() -> None:
    code = "import sys, lgrdata, lgrdata.start; print(len(lgrdata.__all__), [m for m in sys.modules if 'numpy' in m])"
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == [str(len(lgrdata.__all__)), "[]"], done.stderr
    assert set(lgrdata.__all__) <= set(dir(lgrdata))
    assert all(getattr(lgrdata, name).__doc__ for name in lgrdata.__all__)
    assert not hasattr(lgrdata, "no_such_name")
