"""Results say what made them; a file of another model or dataset opens, says so, and sets its figures beside now's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lgrdata.all_effects import as_json
from lgrdata.all_effects.made_with import figures
from lgrdata.all_effects.of_scenario import effects_of, kept_figures, mended
from lgrdata.core.models import MODEL_VERSION
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.scenario import Scenario, checksum, parse_document, restore, write


@pytest.fixture(scope="module")
def data(tiny_db: Path) -> Dataset:
    return Dataset(tiny_db)


def _opened(data: Dataset, document: dict[str, object], *, seal: bool = True) -> Scenario:
    document.pop("checksum", None)
    text = json.dumps({**document, "checksum": checksum(document)} if seal else document)
    return restore(data.conn, data.facts("squares"), parse_document(text.encode()))


def _document(data: Dataset, **changed: object) -> dict[str, object]:
    held = Scenario(data.split("squares", "squares-2ua"))
    found: dict[str, object] = json.loads(write(held, kept_figures(data, held)))
    return {k: v for k, v in {**found, **changed}.items() if v is not None}


def test_every_result_says_what_made_it(data: Dataset) -> None:
    now = {"dataset": data.version, "model": MODEL_VERSION}
    effects = effects_of(data, Scenario(data.split("squares", "squares-2ua")))
    assert as_json.document(effects)["made_with"] == now
    document = _document(data)
    assert document["made_with"] == now and document["figures"] == figures(effects.costs)
    assert effects_of(data, _opened(data, document)).remarks == ()


def test_a_file_of_an_older_model_sets_its_figures_beside_those_of_now(data: Dataset) -> None:
    now = effects_of(data, Scenario(data.split("squares", "squares-2ua"))).costs
    kept = figures(now)
    kept["middle"]["recurring_net"] -= 5
    old = _document(data, made_with={"dataset": "ancient", "model": "1"}, figures=kept)
    (said,) = effects_of(data, _opened(data, old)).remarks
    before, after = round(kept["middle"]["recurring_net"]), round(now["middle"].recurring_net)
    assert f"saved with model 1 (now {MODEL_VERSION}), dataset ancient (now {data.version})" in said
    assert said.endswith(f"; as saved, halfway: net a year {_plus(before)}, now {_plus(after)}")
    assert said in effects_of(data, _opened(data, old)).warnings


def _plus(value: int) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}£{abs(value)}m"


def test_a_file_from_before_versions_were_kept_opens_and_says_so(data: Dataset) -> None:
    old = _document(data, made_with=None, figures=None)
    (said,) = effects_of(data, _opened(data, old)).remarks
    assert "saved with model 1 (now 2)" in said and "holds none of its own" in said
    # One made by hand, unsealed, was made by no version.
    assert effects_of(data, _opened(data, dict(old), seal=False)).remarks == ()


def test_once_opened_on_a_page_it_is_said_once(data: Dataset) -> None:
    old = _opened(data, _document(data, made_with={"dataset": "", "model": "1"}))
    scenario, messages = mended(data, old)
    assert len(messages) == 1 and "come out the same to the nearest £1m" in messages[0]
    assert effects_of(data, scenario).remarks == () and json.loads(write(scenario))["made_with"]["model"] == "2"


@pytest.mark.parametrize("held", [7, "x", {"middle": 3}, {"middle": {"one_off": "x", "five_year_net": 1e300}}])
def test_kept_figures_that_are_none_are_left_out(data: Dataset, held: object) -> None:
    assert _opened(data, _document(data, figures=held)).saved_figures == {}
