"""What is kept for one visitor's drawing is shown for that drawing alone: a warm cache gives what a cold one gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hostile import opened
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from export.parts import parts_of
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.all_options.options import Filters
from lgrdata.core.models import Partnership
from lgrdata.dataset.dataset import Dataset
from lgrdata.pictures.maps import split_map
from lgrdata.pictures.maps.flows import flow_map
from lgrdata.reading import db
from lgrdata.splits import splitcode
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split
from lgrdata.ui.redraw.drawing import geometry_of
from lgrdata.views.compare import page
from lgrdata.views.effects import page as effects
from lgrdata.views.options import page as options
from lgrdata.views.partnerships import page as partnerships

Made = Callable[[Dataset, Scenario], Any]


def _beside(dataset: Dataset, scenario: Scenario) -> Any:
    now = Scenario(dataset.split(scenario.area_id, "single"))
    return page.view(dataset, [scenario, now], ["Drawn", "One council"])


PAGES: dict[str, Made] = {
    "map": lambda d, s: split_map(d, s.split),
    "thumbnail": lambda d, s: split_map(d, s.split, thumbnail=True),
    "flows": lambda d, s: flow_map(d, s.split),
    "effects": lambda d, s: effects.view(d, s, effects_of(d, s)),
    "partnerships": lambda d, s: partnerships.view(d, s, effects_of(d, s)),
    "compare": _beside,
    "options": lambda d, s: options.view(d, s),
    "options left": lambda d, s: options.view(d, s, filters=Filters(smallest=1)),
    "snapshot": parts_of,
    "painted": lambda d, s: geometry_of(d, s.split, frozenset()),
}
"""Every page and picture that draws a scenario, and whatever is kept for them."""


def _otherwise(draw: st.DrawFn, one: Scenario) -> Scenario:
    """The same lines as another visitor may have them: councils in another order, under other names, or both."""
    split = one.split
    order = draw(st.permutations(range(split.count)))
    names = draw(st.sampled_from([split.names, tuple(split.names[order.index(c)] for c in range(split.count)), "new"]))
    called = tuple(f"Other {c}" for c in range(split.count)) if names == "new" else names
    moved = split.renumbered(order, called)
    marks = draw(st.sampled_from([(None, "drawn"), (split.proposal, split.basis)]))
    return replace(
        one,
        split=replace(moved, proposal=marks[0], basis=marks[1]),
        lens=draw(st.sampled_from(["county", "middle", "district"])),
        name=draw(st.sampled_from(["", "Mine"])),
        assumptions=draw(st.sampled_from([{}, {"county.delta": 1.0}, {"district.delta": 1.0}])),
        partnerships=draw(
            st.sampled_from([(), (Partnership("equipment", "lead_authority", tuple(range(split.count))),)])
        ),
    )


@settings(max_examples=12, derandomize=True, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_warm_cache_gives_what_a_cold_one_gives(tiny_db: Path, data: st.DataObject) -> None:
    warm, cold = opened(tiny_db), Dataset(tiny_db)
    area, proposal = data.draw(
        st.sampled_from([("squares", "squares-2ua"), ("squares", "squares-parts"), ("nine", "nine-3ua")])
    )
    first = Scenario(warm.split(area, proposal))
    second = _otherwise(data.draw, first)
    for one in (first, second):
        for make in PAGES.values():
            make(warm, one)
    again = replace(second, split=replace(second.split, facts=cold.facts(area)))
    for name, make in PAGES.items():
        assert make(warm, second) == make(cold, again), name
    cold.close()


def test_the_pages_above_reach_everything_that_is_kept(tiny_db: Path) -> None:
    dataset = Dataset(tiny_db)
    scenario = Scenario(dataset.split("squares", "squares-2ua"))
    for make in PAGES.values():
        make(dataset, scenario)
    named = {
        kind
        for path in (db.ROOT / "lgrdata").rglob("*.py")
        for kind in re.findall(r'\brecent\(\s*\w+,\s*"([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert {key[1] for key in dataset._kept if key[0] == "recent"} == named
    dataset.close()


def test_a_key_tells_apart_what_a_page_tells_apart(tiny_db: Path) -> None:
    dataset = opened(tiny_db)
    split = dataset.split("squares", "squares-2ua")
    swapped = split.renumbered([1, 0], split.names)
    assert swapped == split and splitcode.encode(swapped) == splitcode.encode(split) and swapped.names == split.names
    assert swapped.key != split.key
    assert replace(split, names=("A", "B")).key != split.key and replace(split, proposal=None).key != split.key
    other = replace(split, facts=replace(split.facts, version=(1,)))
    assert other.key != split.key and other.key.lasting == split.key.lasting
    one = Scenario(split)
    for changed in (
        replace(one, lens="county"), replace(one, name="Mine"), replace(one, assumptions={"county.delta": 1.0}),
        replace(one, partnerships=(Partnership("equipment", "lead_authority", (0, 1)),)), Scenario(swapped),
    ):  # fmt: skip
        assert changed.key != one.key
    assert replace(one, note="private").key == one.key  # what no kept page draws is kept by none


def test_neither_a_split_nor_a_scenario_is_a_key(tiny_db: Path) -> None:
    split: Split = opened(tiny_db).split("squares", "today")
    for thing in (split, Scenario(split)):
        with pytest.raises(TypeError, match="unhashable"):
            hash(thing)
