"""Two sides and opening positions, by hand."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from drawn_facts import column
from shares.drawn_shares import county
from shares.test_share_by_hand import A, halves

from lgrdata.page.blocks import Table, plain
from lgrdata.shares.document import document
from lgrdata.shares.position import positions, stocks
from lgrdata.shares.share import share_out
from lgrdata.shares.sides import two_sides
from lgrdata.splits.split import make
from lgrdata.views.share.position import position


def test_the_gap_the_lines_that_make_it_the_middle_and_what_each_gives() -> None:
    given = county()
    sides = two_sides(given, halves(given), {"fostering": "residents", "highways": "households"}, {})
    # North would have 50 of fostering where South gives it 30, and 7.4 of highways where South gives it 5.3.
    assert [g.one.line.key for g in sides.gaps] == ["fostering", "highways"] and sides.agreed == 3
    assert [g.thousand for g in sides.gaps] == pytest.approx([20, 2.1]) and sides.gap == pytest.approx(22.1)
    assert [g.one.line.key for g in sides.most_of_it] == ["fostering"]
    assert [g.middle for g in sides.gaps] == [(40, 60), (64, 41)]  # half way is 6.35 and 4.15
    assert sides.claim(0, 0) == pytest.approx(57.4) and sides.claim(1, 0) == pytest.approx(35.3)
    assert sides.gives(0, 0) == pytest.approx(11.0) and sides.gives(1, 1) == pytest.approx(11.1)
    assert two_sides(given, halves(given), {}, {}).gaps == ()


def test_an_opening_position_is_all_that_a_council_takes_on() -> None:
    given = county()
    split = make(given.facts, {A[0]: "Small", A[1]: "Large", A[2]: "Large", A[3]: "Large"})
    shared = share_out(given, split)
    small, large = positions(shared)
    # Fostering 10 of 100, equipment −1 of −7, asylum 8 of 30 (7.5, the odd half to the first): 17 of 123.
    assert (small.care, large.care) == (17.0, 106.0)
    assert (small.low, small.high) == (17.0, 32.0)
    assert small.care_share == pytest.approx(17 / 123) and small.tax_base_share == 0.25
    assert small.load == pytest.approx(17 / 123 / 0.25) and small.per_resident == pytest.approx(0.17)
    assert [d.billions for d in large.debts] == [2.1] and small.debts == ()
    (workers,) = stocks(shared)
    assert workers.by == {"children_looked_after": (1.0, 9.0), "residents": (2.5, 7.5)} and workers.range(0) == (1, 2.5)
    assert workers.estimate is not None and workers.estimate[0][0] < 1 < workers.estimate[1][0]


def test_a_stock_of_which_no_figure_is_held_is_not_nothing() -> None:
    given = county(unitaries=(0,))
    held = [10.0 if is_county else math.nan for is_county in given.facts.upper_is_county]
    given = replace(given, stock_columns={"workers": column(held)})
    alone = next(a.code for a in given.facts.authorities if a.tier == "unitary")
    shared = share_out(given, make(given.facts, {alone: "Alone", A[1]: "North", A[2]: "South", A[3]: "South"}))
    (workers,) = stocks(shared)
    at = shared.split.names.index("Alone")
    for parts in workers.by.values():
        assert math.isnan(parts[at]) and sum(p for p in parts if not math.isnan(p)) == pytest.approx(10)
    table = next(b for b in position(shared).blocks if isinstance(b, Table) and b.name == "share-stocks")
    cells = {head: plain(cell) for head, cell in zip(table.head, table.rows[0], strict=True)}
    assert cells["Alone"] == "not known" and cells["South"].endswith(")"), cells
    told = json.loads(json.dumps(document(shared), allow_nan=False))["position"]
    stock = next(p for p in told if p["name"] == "Alone")["stocks"]["social_workers"]
    assert (stock["value"], stock["low"], stock["high"], stock["estimate"]) == (None, None, None, None)
    # A council that takes it on beside a part of the county has no figure either.
    joint = share_out(given, make(given.facts, {alone: "North", A[1]: "North", A[2]: "South", A[3]: "South"}))
    assert [math.isnan(p) for p in stocks(joint)[0].by["residents"]] == [n == "North" for n in joint.split.names]
