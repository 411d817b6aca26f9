"""What the page says of hosting and the first day: no gaps in its words, and the same figures as tables of numbers."""

from __future__ import annotations

from pathlib import Path

from view_words import faults, text_of

from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import Partnership
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Callout, Chart, Fold, Section, View, plain
from lgrdata.partnerships.board import board
from lgrdata.partnerships.hosting import HostingPlan, plan_of
from lgrdata.shares.of_scenario import shared_of
from lgrdata.splits.plans import DutyEntry, Hosting
from lgrdata.splits.scenario import Scenario
from lgrdata.views.share import tables
from lgrdata.views.share.day_one import day_one
from lgrdata.views.share.hosting import hosting

AREAS = {
    "lancashire": "lancs-4ua",
    "surrey": "surrey-2ua",
    "hampshire-solent": "single",
    "sussex": "sussex-5ua-brighton",
}


def planned(data: Dataset, scenario: Scenario) -> HostingPlan:
    return plan_of(data, board(data, effects_of(data, scenario), scenario), shared_of(data, scenario))


def test_hosting_and_the_first_day_read_well_wherever_and_however_much_is_said(real_db: Path) -> None:
    data = Dataset(real_db)
    for area, proposal in AREAS.items():
        split = data.split(area, proposal)
        services = ("equipment", "out_of_hours", "data", "children_placements", "front_doors", "send")
        chosen = tuple(Partnership(s, "data_sharing" if s == "data" else "hosted_service", (0, 1)) for s in services)
        early, late = "2027-03-31", "2030-03-31"
        said = {
            (p.service_id, p.model_id): Hosting(n % 2, ("residents", "equal", "households")[n % 3], ends, "staff")
            for n, (p, ends) in enumerate(zip(chosen, ("", early, late, late, late, late), strict=True))
        }
        register = {"dass": DutyEntry("Jane Example", "ready", "2029-01-01", "A note.")}
        bare = Scenario(split)
        full = Scenario(split, partnerships=chosen if split.count > 1 else (), hosting=said, register=register)
        for scenario in (bare, full):
            plan = planned(data, scenario)
            found = View("Share out", sections=(hosting(plan), day_one(plan)))
            assert not faults(text_of(found)), (area, faults(text_of(found)))
        warned = [plain(b.text) for b in day_one(planned(data, full)).blocks if isinstance(b, Callout)]
        assert any("reads like a person’s name" in w for w in warned)
        assert any("only after the new councils’ first day" in w for w in warned)
    data.close()


def test_partnerships_are_counted_alike_and_an_end_before_vesting_is_none(real_db: Path) -> None:
    data = Dataset(real_db)
    ways = (("equipment", "hosted_service"), ("equipment", "lead_authority"), ("out_of_hours", "hosted_service"))
    for ends, told, title in (
        ("2026-12-31", "none has an end.", "No partnerships of 3 have an end"),
        ("2028-09-30", "one has an end. The last ends on 30 September 2028, 18 months after the first day.",
         "One partnership of 3 has an end"),
    ):  # fmt: skip
        scenario = Scenario(
            data.split("surrey", "surrey-2ua"), partnerships=tuple(Partnership(s, m, (0, 1)) for s, m in ways),
            hosting={ways[2]: Hosting(1, "residents", ends)},
        )  # fmt: skip
        found = hosting(planned(data, scenario))
        said = plain(found.lede)
        assert said.startswith("Two services of 19") and ", in three partnerships: one has a host and" in said, said
        assert said.endswith(told), said
        open_ones = next(b for b in found.blocks if isinstance(b, Fold))
        assert "No host is named for one service: Equipment and adaptations." in text_of(
            View("", sections=(Section("", "", "", (open_ones,)),))
        )
        (timeline,) = (b for b in found.blocks if isinstance(b, Chart))
        assert timeline.title == title and ".." not in timeline.alt
        assert "adaptations and Equipment" not in timeline.alt
    data.close()


def test_tables_of_numbers_say_what_the_page_says(real_db: Path) -> None:
    data = Dataset(real_db)
    chosen = (Partnership("equipment", "hosted_service", (0, 1)),)
    key = ("equipment", "hosted_service")
    scenario = Scenario(
        data.split("surrey", "surrey-2ua"), partnerships=chosen, hosting={key: Hosting(1, "residents", "2028-09-30")}
    )
    plan, out = planned(data, scenario), shared_of(data, scenario).out
    assert out is not None
    hosted, lines, duties = tables.hosted(plan), tables.lines(out), tables.duties(plan)
    east, west = hosted.rows
    assert (east[2], east[3], west[3], east[6], east[7]) == (
        "West Surrey",
        "East Surrey",
        "West Surrey",
        "2028-09-30",
        18,
    )
    assert isinstance(east[5], float) and isinstance(west[5], float) and abs(east[5] + west[5] - 1) < 1e-9
    spent = {row[2]: row[5] for row in lines.rows}
    parts: dict[object, float] = {}
    for row in lines.rows:
        assert isinstance(row[8], float)
        parts[row[2]] = parts.get(row[2], 0.0) + row[8]
    assert len(spent) == 39 and all(round(parts[k], 2) == spent[k] for k in spent)
    assert east[8] == next(r[8] for r in lines.rows if r[2] == "Equipment and technology" and r[7] == "East Surrey")
    assert west[8] is None and len(duties.rows) == 15
    data.close()
