"""`effects --json` of a scenario file with partnerships: what they are, what they leave, what returns."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lgrdata.cli.main import main
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.scenario import Scenario, as_dict


@pytest.fixture
def told(real_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    """The document for Norfolk in three councils (or another split) with these partnerships."""

    def call(*chosen: dict[str, Any], split: str = "norfolk-3ua", **changed: float) -> dict[str, Any]:
        data = Dataset(real_db)
        document = as_dict(Scenario(data.split("norfolk", split)))
        data.close()
        members = document["councils"]
        document["partnerships"] = [{"members": members, **one} for one in chosen]
        file = tmp_path / "with.json"
        file.write_text(json.dumps(document | {"assumptions": changed}), encoding="utf-8")
        assert main(["effects", "norfolk", str(file), "--json", "--db", str(real_db)]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return call


def test_what_is_not_covered_and_what_returns(told: Callable[..., dict[str, Any]]) -> None:
    whole = told({"service": "out_of_hours", "model": "hosted_service", "effect": 0.5, "coverage": 0.5})
    names = [c["name"] for c in whole["councils"]]
    assert whole["partnerships"] == [
        {"service": "out_of_hours", "model": "hosted_service", "members": names, "beyond": [], "effect": 0.5,
         "coverage": 0.5}
    ]  # fmt: skip
    text = " ".join(whole["warnings"])
    assert "by assumption 25.0% of what splitting it costs is avoided, and the rest is left" in text
    assert "18 services are in no partnership" in text
    saved = whole["costs"]["middle"]["recurring_net"] - told()["costs"]["middle"]["recurring_net"]
    assert f"if hosted service ends, £{saved:.2f} million a year comes back under the halfway figures" in text
    assert "taking it apart costs money again" in text
    some = told({"service": "out_of_hours", "model": "hosted_service", "members": names[:2]})
    assert any(f"{names[2]} is in no partnership for it" in w for w in some["warnings"])
    bought = told({"service": "children_placements", "model": "rcc", "effect": 1.0})
    assert any("80% of its placements are bought together" in w for w in bought["warnings"])


def test_a_trust_is_not_counted_and_one_council_has_nothing_to_share(told: Callable[..., dict[str, Any]]) -> None:
    trust = told({"service": "out_of_hours", "model": "independent_trust", "effect": 1.0}, exit_hazard=0.2)
    assert any("not offered and not counted" in w for w in trust["warnings"])
    assert trust["assumptions"] == {"exit_hazard": 0.2} and trust["costs"] == told()["costs"]
    single = told({"service": "out_of_hours", "model": "hosted_service", "beyond": ["Suffolk"]}, split="single")
    assert "The split parts no county, so partnerships change nothing." in single["warnings"]
    assert not any("partnership" in w for w in told()["warnings"])
