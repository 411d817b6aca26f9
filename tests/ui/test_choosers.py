"""The line of choosers offers what it can open, told apart by its first words."""

from __future__ import annotations

from lgrdata.dataset.dataset import current
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.bar import split_options


def test_every_split_that_is_offered_opens_and_begins_with_its_title() -> None:
    dataset = current()
    for area in dataset.areas:
        offered = split_options(dataset, Scenario(dataset.split(area.area_id, "today")))
        for key in offered:
            dataset.split(area.area_id, key)
        known = {p.proposal_id: p for p in dataset.proposals(area.area_id)}
        for key, words in offered.items():
            assert key not in known or words.startswith(known[key].title), words
        assert [k for k in known if k not in offered] == (["kent-4d-4ua"] if area.area_id == "kent-medway" else [])
