"""Times what a share-out costs in process: `python tests/bench/bench_share.py`. Prints; asserts nothing."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_effects import timed

from lgrdata.all_effects.effects import work_out
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.dataset.dataset import current
from lgrdata.partnerships.board import board
from lgrdata.partnerships.together import ways_together
from lgrdata.reading.shares import load_shares
from lgrdata.shares.document import document
from lgrdata.shares.share import share_out
from lgrdata.shares.sides import two_sides
from lgrdata.shares.together import groupings_for
from lgrdata.splits import edits
from lgrdata.splits.scenario import Scenario
from lgrdata.views.partnerships.groupings import grouping_blocks


def main() -> None:
    """Print the table."""
    data = current()
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors, dataset {data.version}")
    for area_id, proposal in (
        ("lancashire", "lancs-4ua"),
        ("essex-southend-thurrock", "essex-5ua"),
        ("surrey", "surrey-2ua"),
        ("sussex", "sussex-5ua-brighton"),
    ):
        facts, split = data.facts(area_id), data.split(area_id, proposal)
        timed(f"load what a share-out of {area_id} needs", lambda facts=facts: load_shares(data.conn, facts), 12)
        given = load_shares(data.conn, facts)
        timed(f"share out {proposal}, with order and total", lambda g=given, s=split: share_out(g, s).care)
        chance, moved = random.Random(1), split
        wards = chance.sample([w.code for w in facts.wards], min(300, len(facts.wards)))
        for c in range(split.count):
            moved = edits.give(moved, wards[c :: split.count], c)
        timed(f"share out {proposal}, {len(wards)} wards moved", lambda g=given, s=moved: share_out(g, s).care)
        timed(f"{proposal} as the JSON document", lambda g=given, s=split: document(share_out(g, s)))
        one = {"highways": "land_hectares", "education": "ehc_plans"}
        timed(f"{proposal}, two sides", lambda g=given, s=split, one=one: two_sides(g, s, one, {}).most_of_it)
    facts, split = data.facts("essex-southend-thurrock"), data.split("essex-southend-thurrock", "essex-5ua")
    effects, shared = work_out(facts, split, data.assumptions), share_out(load_shares(data.conn, facts), split)
    timed(
        "essex-5ua, all 52 groupings for a service",
        lambda: groupings_for(data, effects, shared, "children_placements", "joint_commissioning"),
        12,
    )
    scenario = Scenario(split)
    made = board(data, effects_of(data, scenario), scenario)
    for service, model in (("children_placements", "joint_commissioning"), ("data", "data_sharing")):
        row, way = made.row(service), made.library.models[model]
        timed(
            f"essex-5ua, groupings of {service} as the board shows them",
            lambda row=row, way=way: grouping_blocks(made, row, way, ways_together(data, made, shared, row, way)),
            12,
        )


if __name__ == "__main__":
    main()
