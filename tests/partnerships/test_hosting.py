"""Hosting and the first day: what a plan has forgotten, what comes back, and what the scenario file carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import LgrError, Partnership
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Fold, plain
from lgrdata.partnerships.board import board
from lgrdata.partnerships.day_one import register
from lgrdata.partnerships.hosting import HostingPlan, months_after, plan_of
from lgrdata.partnerships.together import suiting, ways_together
from lgrdata.reading.day_one import Duty
from lgrdata.shares.of_scenario import shared_of
from lgrdata.splits.plans import DutyEntry, Hosting
from lgrdata.splits.posts import like_a_name
from lgrdata.splits.scenario import Answer, Scenario, parse_document, restore, write
from lgrdata.views.partnerships.groupings import grouping_blocks, grouping_table
from lgrdata.views.share.hosting import comes_back, hosting, last_day, told

EQUIPMENT, NIGHT = ("equipment", "hosted_service"), ("out_of_hours", "lead_authority")


@pytest.fixture(scope="module")
def dataset(real_db: Path) -> Iterator[Dataset]:
    data = Dataset(real_db)
    yield data
    data.close()


def planned(dataset: Dataset, scenario: Scenario) -> HostingPlan:
    return plan_of(dataset, board(dataset, effects_of(dataset, scenario), scenario), shared_of(dataset, scenario))


def surrey(dataset: Dataset, **said: object) -> Scenario:
    split = dataset.split("surrey", "surrey-2ua")
    chosen = tuple(Partnership(*key, (0, 1)) for key in (EQUIPMENT, NIGHT))
    return replace(Scenario(split, partnerships=chosen), **said)  # type: ignore[arg-type]


def test_a_plan_is_told_what_it_forgets(dataset: Dataset) -> None:
    bare = planned(dataset, surrey(dataset))
    assert [(f.kind, f.services) for f in bare.forgotten if f.kind != "no owner"] == [
        (kind, ("Equipment and adaptations", "Out-of-hours teams")) for kind in ("no host", "no end", "no share")
    ]
    early = Hosting(1, "residents", "2027-03-31", "the store")
    sound = Hosting(0, "children_looked_after", "2028-09-30", "a team of its own")
    plan = planned(dataset, surrey(dataset, hosting={EQUIPMENT: early, NIGHT: sound}))
    assert [(f.kind, f.day) for f in plan.forgotten if f.kind != "no owner"][:1] == [("too soon", "2027-03-31")]
    assert "before the councils exist (1 April 2027)" in str(told(plan, plan.forgotten[0]))
    weak = [f for f in plan.forgotten if f.kind == "weakest host"]
    assert len(weak) == 1 and {f.kind for f in plan.forgotten} == {"too soon", "no owner", "weakest host"}
    store, night = plan.rows
    assert night.months == 18 and store.months == 0 and last_day("2027-04-01", 18) == "2028-09-30"
    # The cost by residents is each council's share of Surrey's; what comes back is the other's part of the line.
    people = plan.board.effects.split.population
    assert store.costs == pytest.approx({c: people[c] / people.sum() for c in (0, 1)})
    assert set(store.returning) == {0} and sum(store.spent.values()) == pytest.approx(
        float(plan.board.effects.facts.care_spend["Assistive equipment and technology"].values[0])
    )
    assert "to East Surrey" in comes_back(plan, store) and comes_back(plan, store).endswith("the store")
    assert (months_after("2028-04-01", "2028-03-31"), months_after("2028-04-01", "2030-03-31")) == (0, 24)
    assert months_after("2028-04-01", "2028-02-15") == -2
    said = " ".join(plain(x) for x in [hosting(plan).lede])
    assert "each has a host and one has an end" in said and "18 months after the first day" in said


def test_a_host_is_a_partner_and_moves_with_the_councils(dataset: Dataset) -> None:
    split = dataset.split("lancashire", "lancs-4ua")
    pair = Scenario(split, partnerships=(Partnership(*EQUIPMENT, (0, 1)),), hosting={EQUIPMENT: Hosting(2)})
    assert [f.kind for f in planned(dataset, pair).forgotten][:2] == ["no owner", "host outside"]
    turned = split.renumbered([2, 0, 1, 3], [split.names[i] for i in (1, 2, 0, 3)])
    moved = pair.of(turned)
    names = turned.names
    assert moved.hosting[EQUIPMENT].host is not None and names[moved.hosting[EQUIPMENT].host] == split.names[2]
    gone = pair.of(dataset.split("lancashire", "single"))
    assert gone.partnerships == () and gone.hosting[EQUIPMENT].host is None


def test_the_file_carries_hosts_by_name_and_the_register_and_refuses_what_is_no_day(dataset: Dataset) -> None:
    said = {EQUIPMENT: Hosting(1, "residents", "2028-09-30", "the store"), ("send", "rcc"): Hosting(0)}
    entry = {"dass": DutyEntry("Head of paid service", "in hand", "2027-02-01", "Advert out.")}
    scenario = surrey(dataset, hosting=said, register=entry)
    document = parse_document(write(scenario).encode())
    assert [h["host"] for h in document["hosting"]] == ["West Surrey"]  # the other has no partnership to be of
    back = restore(dataset.conn, dataset.facts("surrey"), document)
    assert back.hosting == {EQUIPMENT: said[EQUIPMENT]} and back.register == entry
    assert not {"hosting", "register"} & set(parse_document(write(surrey(dataset)).encode()))
    facts, plainly = dataset.facts("surrey"), {k: v for k, v in document.items() if k != "checksum"}
    for field, wrong, what in (
        ("hosting", [{**document["hosting"][0], "ends": "31/03/2028"}], "hosting: ends should be a day"),
        # The screen asks for days within the same two ends: one beyond them would stop the page.
        ("hosting", [{**document["hosting"][0], "ends": "2050-03-31"}], "a day from 2025-01-01 to 2049-12-31"),
        ("register", {"dass": {"due": "2024-12-31"}}, "register: dass: due should be a day from 2025-01-01"),
        ("hosting", [{**document["hosting"][0], "host": "Kent"}], "the host Kent is not a council of the split"),
        ("register", {"dass": {"state": "done"}}, "state should be one of open, in hand, ready"),
        ("register", ["dass"], "should map at most"),
    ):
        with pytest.raises(LgrError, match=what):
            restore(dataset.conn, facts, {**plainly, field: wrong})


def test_a_tick_of_its_paragraph_stands_for_a_duty_until_more_is_said(dataset: Dataset) -> None:
    duties = [
        Duty(key, key, par, "", "", "Head", "Nothing works.", "documented", "drawn")
        for key, par in (("dass", "3.5.1"), ("night", "3.7.2"), ("records", "3.6.4"))
    ]
    scenario = surrey(
        dataset,
        answers={"3.5.1": Answer(True), "3.7.2": Answer(True)},
        register={"night": DutyEntry("Dr Example", "open", "2027-05-01"), "records": DutyEntry("Head of case records")},
    )
    held = register(duties, scenario, "2027-04-01")
    assert [o.state for o in held.rows] == ["ready", "open", "open"] and held.unowned == ("dass",)
    assert [o.late for o in held.rows] == [False, True, False] and [o.named for o in held.rows] == [False, True, False]
    assert held.begun and not register(duties, surrey(dataset), "2027-04-01").begun


def test_what_suits_a_grouping_depends_on_who_is_in_it(dataset: Dataset) -> None:
    scenario = Scenario(dataset.split("lancashire", "lancs-4ua"))
    made = board(dataset, effects_of(dataset, scenario), scenario)
    out = shared_of(dataset, scenario).out
    assert out is not None
    row = made.row("safeguarding_boards")
    model = made.library.models["joint_board"]
    found = {g.groups: g for g in ways_together(dataset, made, out, row, model)}
    assert len(found) == 15 and suiting(made, row, found[(0,), (1,), (2,), (3,)]) == ()
    for g in found.values():
        suits = "joint_board" in {m.model_id for m in suiting(made, row, g)}
        assert suits == (g.neighbours and g.partners > 0)
    first, *_ = grouping_blocks(made, row, model, tuple(found.values()))
    assert isinstance(first, Fold) and first.summary == "All 15 ways to group four councils for safeguarding boards"
    table = grouping_table(made, [(row, model, tuple(found.values()))])
    assert len(table.rows) == 15 and table.rows[0][2] == "Each alone" and table.rows[-1][2] == "All together"
    # A lead authority suits a small council's grouping where the duty is no rare one.
    scenario = Scenario(dataset.split("cambridgeshire-peterborough", "cambs-e-3ua"))
    made, out = board(dataset, effects_of(dataset, scenario), scenario), shared_of(dataset, scenario).out
    least, equipment = made.effects.assumptions.value("size_small_newton"), made.row("equipment")
    small = {c for c in range(3) if made.effects.split.population[c] <= least}
    assert 0 < len(small) < 3 and out is not None
    for g in ways_together(dataset, made, out, equipment, made.library.models["hosted_service"]):
        leads = "lead_authority" in {m.model_id for m in suiting(made, equipment, g)}
        assert leads == bool({c for x in g.groups if len(x) > 1 for c in x} & small)


def test_posts_are_told_from_names() -> None:
    places = ("West Surrey", "Elmbridge")
    names = "Jane Smith|Director Jane Smith|Jane Smith, Director of Care|Dr Jones|Cllr Patel|J Smith|Ms Khan"
    posts = (
        "Director of Adult Social Services, West Surrey|Head of Brokerage and Payments|DASS|DCS (interim)"
        "|Section 151 officer|head of property|Lead approved mental health professional|Chief Executive of Elmbridge|"
    )
    assert [n for n in names.split("|") if not like_a_name(n, places)] == []
    assert [p for p in posts.split("|") if like_a_name(p, places)] == []
