"""What a browser stores of a visit: it comes back whole, holds no counts of one's own, and is never trusted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lgrdata.core.models import LgrError
from lgrdata.core.share_facts import OWN
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits import stored
from lgrdata.splits.locked import Locks
from lgrdata.splits.plans import DutyEntry
from lgrdata.splits.scenario import Answer, Scenario
from lgrdata.views import last_visit

COUNTED = 71_717_171.0


def _visit(data: Dataset) -> stored.StoredVisit:
    split = data.split("squares", "squares-2ua")
    held = Scenario(
        split, lens="county", name="Ours", note="Ask.\nTwice.", answers={"3.5": Answer(True, "yes")},
        bases={"a": OWN, "b": "residents"}, counts={"children_looked_after": {"E07000901": COUNTED}},
        register={"dass": DutyEntry(post="director", note="soon")},
    )  # fmt: skip
    query = {"area": "squares", "split": "squares-2ua", "name": "Other"}
    return stored.StoredVisit(held, (query,), {"squares-2ua": "noted"}, Locks(frozenset({split.names[0]})))


def test_a_visit_comes_back_without_counts_of_one_s_own(tiny_db: Path) -> None:
    data = Dataset(tiny_db)
    visit = _visit(data)
    text = stored.write(visit)
    assert "71717171" not in text and OWN not in json.loads(text)["scenario"].get("bases", {}).values()
    again = stored.read(data.conn, data.facts, text)
    assert again.scenario is not None and visit.scenario is not None
    assert stored.write(again) == text and again.scenario.counts == {} and again.scenario.bases == {"b": "residents"}
    for field in ("note", "name", "lens", "answers", "register"):
        assert getattr(again.scenario, field) == getattr(visit.scenario, field)
    assert (again.compared, again.notes, again.locks) == (visit.compared, visit.notes, visit.locks)
    said = last_visit.told(data, again)
    assert "“Ours”, with a note, one consideration answered" in said and said.endswith("compare and one lock.")


def test_what_was_altered_or_belongs_elsewhere_is_not_taken_up(tiny_db: Path) -> None:
    data = Dataset(tiny_db)
    text = stored.write(_visit(data))
    bad = [
        "", "[]", "nonsense", '{"format":"lgr-visit"}', text[:-20], text.replace("Twice", "Thrice"), "[" * 50_000,
        text.replace('"area":"squares"', '"area":"nowhere"'), "x" * (stored.MAX_TEXT + 1),
    ]  # fmt: skip
    for held in bad:
        with pytest.raises(LgrError):
            stored.read(data.conn, data.facts, held)
    odd = {"format": "lgr-visit", "version": 1, "compared": [3, {"area": 5, "evil": "x"}, {"area": "a"}] * 9,
           "notes": {"a": 3, "b": "x" * 9999}, "scenario": None, "lock": {}}  # fmt: skip
    read = stored.read(data.conn, data.facts, json.dumps(odd))
    assert read.scenario is None and read.compared == ({"area": "a"},) * 4
    assert read.notes["a"] == "" and len(read.notes["b"]) == 4000
