"""The board: who is affected, what fits, what a partnership changes by itself, how long it lasts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import LENSES, OUTCOMES, Partnership
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.partnerships.arrangement import suggested
from lgrdata.partnerships.board import Board, Exit, board, people_of
from lgrdata.partnerships.footprint import footprints
from lgrdata.splits.address import default_split
from lgrdata.splits.scenario import Scenario
from lgrdata.views.partnerships.rows import OF_ROWS, choices, foot, left, result
from lgrdata.views.partnerships.words import fine

ALL = (0, 1, 2)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return current()


def _board(dataset: Dataset, *chosen: Partnership, area: str = "norfolk", split: str = "norfolk-3ua") -> Board:
    scenario = Scenario(dataset.split(area, split), partnerships=chosen)
    return board(dataset, effects_of(dataset, scenario), scenario)


def test_every_service_is_on_the_board_with_models_in_order(dataset: Dataset) -> None:
    made = _board(dataset)
    assert [r.service.position for r in made.rows] == list(range(1, 20))
    for r in made.rows:
        assert [f.model.model_id for f in r.fits] == [m for m, _ in made.library.fits[r.service.service_id]]
        assert all(f.why and f.reason for f in r.fits)


def test_hosting_is_suggested_first_and_the_trust_never(dataset: Dataset) -> None:
    standing = {(r.service.service_id, f.model.model_id): f.standing for r in _board(dataset).rows for f in r.fits}
    assert standing["equipment", "hosted_service"] == "suggested"
    assert standing["leadership", "hosted_service"] == "possible"  # cover: the law asks for both directors in each
    assert standing["leadership", "shared_director"] == "with care"
    assert standing["leadership", "independent_trust"] == "not offered"
    assert standing["out_of_hours", "lead_authority"] == "suggested"  # a rare duty
    assert standing["equipment", "lead_authority"] == "possible"  # no council is small


def test_one_way_is_suggested_for_a_service_and_it_is_what_one_press_takes(dataset: Dataset) -> None:
    for split in ("norfolk-3ua", "norfolk-2ua"):
        made = _board(dataset, split=split)
        taken = {p.service_id: p.model_id for p in suggested(made)}
        for row in made.rows:
            named = [key for key, told in choices(row).items() if told.endswith("(suggested)")]
            assert named == [taken[row.service.service_id]]
        # No partnership gives two councils one leadership: a host is cover until both directors are appointed.
        assert taken["leadership"] == "strategic_alliance"
        assert choices(made.row("leadership"))["hosted_service"].startswith("Hosted service, as cover until each")


def test_people_outside_a_partnership(dataset: Dataset) -> None:
    row = _board(dataset, Partnership("commissioning", "joint_commissioning", (0, 1))).row("commissioning")
    assert row.covered == {0, 1}
    left = dict(row.people)[2]
    assert left is not None and row.uncovered_people == left and left.low < left.value < left.high
    everyone = row.all_people
    assert everyone is not None and everyone.low == everyone.value == everyone.high == 12745  # published for Norfolk


def test_people_of_part_of_a_county_have_a_range(dataset: Dataset) -> None:
    made = _board(dataset)
    part = people_of(made.effects, (0, 1), "children_looked_after")
    assert part is not None and part.low < part.value < part.high
    assert people_of(made.effects, (), "children_looked_after") is None
    assert people_of(made.effects, ALL, "") is None


def test_alone_and_together(dataset: Dataset) -> None:
    """On different services duplication avoided adds up; each has the low and high of its assumption."""
    made = _board(
        dataset,
        Partnership("out_of_hours", "hosted_service", ALL),
        Partnership("safeguarding_boards", "joint_board", ALL),
    )
    for lens in LENSES:
        assert sum(c.alone[lens].value for c in made.chosen) == pytest.approx(made.avoided[lens])
        assert all(c.alone[lens].low < c.alone[lens].value < c.alone[lens].high for c in made.chosen)
    first = made.chosen[0]
    assert first.alone["county"].low / first.alone["county"].value == pytest.approx(0.2 / 0.5)
    for lens, cost in made.effects.costs.items():
        assert made.unmitigated[lens] == pytest.approx(
            cost.disaggregation_cost + cost.purchasing_scale - made.avoided[lens]
        )


def test_buying_saves_nothing_where_a_lens_sees_no_dearer_placements(dataset: Dataset) -> None:
    made = _board(dataset, Partnership("children_placements", "rcc", ALL, ("E10000029",)))
    assert made.chosen[0].alone["district"].value == 0
    assert made.chosen[0].alone["county"].value > made.chosen[0].alone["middle"].value > 0


def test_expected_life_is_one_over_the_hazard(dataset: Dataset) -> None:
    x = _board(dataset).exit
    assert x.years == pytest.approx(1 / 0.06)
    assert (x.years_low, x.years_high) == (pytest.approx(1 / 0.15), pytest.approx(50))
    assert x.any_within(5, 3) == pytest.approx(1 - 0.94**15)
    assert Exit(0.0, float("inf"), 1, 1).any_within(10, 5) == 0


def test_need_by_footprint_adds_partners_beyond(dataset: Dataset) -> None:
    inside = _board(dataset, Partnership("children_placements", "rcc", ALL))
    wide = _board(dataset, Partnership("children_placements", "rcc", ALL, ("E10000029",)))
    (near,), (far,) = footprints(dataset, inside), footprints(dataset, wide)
    facts = dataset.facts("suffolk")
    suffolk = float(facts.published[facts.upper_codes.index("E10000029")][OUTCOMES.index("children_looked_after")])
    assert near.need[0] is not None and far.need[0] is not None
    assert far.need[0].value == pytest.approx(near.need[0].value + suffolk)
    assert all(e is not None and e.low < e.value < e.high for e in far.need[1:])
    elsewhere = _board(dataset, Partnership("children_placements", "rcc", ALL, ("E08000003",)))
    (row,) = footprints(dataset, elsewhere)
    assert [t.name for t in row.left_out] == ["Manchester"] and row.need == near.need


def test_board_of_every_area_stands(dataset: Dataset) -> None:
    """Every council of an area's opening split may host commissioning; it counts where a county is parted."""
    for area in (a.area_id for a in dataset.areas):
        scenario = Scenario(default_split(dataset.conn, dataset.facts(area)))
        used = tuple(int(c) for c in scenario.split.in_use)
        scenario = replace(scenario, partnerships=(Partnership("commissioning", "hosted_service", used),))
        made = board(dataset, effects_of(dataset, scenario), scenario)
        assert made.is_split == bool(made.counted)
        for lens, value in made.avoided.items():
            assert (value > 0) == (made.is_split and made.effects.costs[lens].disaggregation_cost > 0)


def test_the_foot_of_the_board_says_what_its_figures_are(dataset: Dataset) -> None:
    lens = "county"
    for made in (_board(dataset), _board(dataset, Partnership("out_of_hours", "hosted_service", ALL))):
        made = replace(made, scenario=replace(made.scenario, lens=lens))
        left = next(s for s in result(made) if s.label == "Cost left a year")
        cost, avoided = made.effects.costs[lens], made.avoided[lens]
        assert left.value == f"£{made.unmitigated[lens]:.1f}m"
        whole, split = cost.disaggregation_cost + cost.purchasing_scale, cost.disaggregation_cost
        assert left.note.startswith(f"of £{whole:.1f}m: £{split:.1f}m for splitting all services, ")
        assert (result(made)[1].value == "no partnership is chosen") == (avoided == 0)
        # The rows, the services without one and placements make what is left.
        (_, here), (_, other), (_, placed), (_, together) = foot(made)
        parts = [float(v.strip("£m")) if v.endswith("m") else float(v.strip("£").replace(",", "")) / 1e6
                 for v in (here, other, placed, together)]  # fmt: skip
        assert parts[3] == pytest.approx(made.unmitigated[lens], abs=0.006)
        assert sum(parts[:3]) == pytest.approx(parts[3], abs=0.02)
        assert made.effects.costs_with_partnerships[lens].partnership_run == 0 and "Nothing is counted" in OF_ROWS


def test_a_row_says_what_its_way_leaves_and_where_it_changes_no_money(dataset: Dataset) -> None:
    """A step of tens of thousands is seen; a way that has no sum, or acts on placements, says so."""
    alone = _board(dataset)
    assert left(alone, alone.row("out_of_hours")) == f"{fine(alone.row('out_of_hours').cost['middle'])} a year"
    hosted = _board(dataset, Partnership("out_of_hours", "hosted_service", ALL))
    row = hosted.row("out_of_hours")
    assert left(hosted, row) == f"{fine(row.left['middle'])} left of {fine(row.cost['middle'])}"
    assert row.left["middle"] == pytest.approx(0.9 * row.cost["middle"])  # half of a fifth is avoided
    for service, way, told in (
        ("leadership", "strategic_alliance", "changes no money here"),
        ("commissioning", "joint_commissioning", "acts on placements"),
    ):
        made = _board(dataset, Partnership(service, way, ALL))
        assert left(made, made.row(service)).endswith(f"left; {told}")
    assert [fine(v) for v in (0.304, 0.004, 1.347, -0.02)] == ["£300,000", "under £10,000", "£1.35m", "−£20,000"]
