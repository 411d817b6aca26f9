"""The search by wards keeps to its terms, finds the same for the same seed, and stops when told."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from drawn_options import assumptions, uneven

from lgrdata.all_options.by_wards import Goal, Progress, search
from lgrdata.all_options.options import enumerate_options, measure_split, pick
from lgrdata.core.models import LgrError
from lgrdata.splits.pieces import pieces
from lgrdata.splits.split import Split, make

FACTS = uneven()
OPTIONS = enumerate_options(FACTS, assumptions(), (3,))
START = OPTIONS.split(int(np.argmax(OPTIONS.column("cut_border_km"))))
WIDE = {"smallest": 20_000, "largest": 2_000_000}


def run(goal: Goal, start: Split = START, facts=FACTS, steps: int = 400, seed: int = 7) -> list[Progress]:  # type: ignore[no-untyped-def]
    return list(search(facts, assumptions(), start, goal, seed=seed, steps=steps, seconds=1e9, clock=lambda: 0.0))


def test_what_is_found_keeps_to_the_terms() -> None:
    goal = Goal("cut_border_km", keep=("need_balance_adults",), **WIDE)
    reports = run(goal)
    found = reports[-1].found
    assert found is not None and reports[-1].done == 1.0
    assert found.count == 3 and len(found.in_use) == 3 and not found.left_out
    assert all(len(pieces(found, c)) == 1 for c in range(3))
    assert found.population.min() >= 20_000 and found.population.max() <= 2_000_000
    assert found.population.sum() == START.population.sum()
    values, before = measure_split(OPTIONS, found), measure_split(OPTIONS, START)
    assert values["cut_border_km"] < before["cut_border_km"]
    (kept,) = pick(["need_balance_adults"])
    assert kept.rounded(np.array([values[kept.key]])) <= kept.rounded(np.array([before[kept.key]]))
    assert reports[-1].values == pytest.approx({k: values[k] for k in ("cut_border_km", "need_balance_adults")})


def test_reports_only_get_better() -> None:
    reports = run(Goal("size_spread", **WIDE))
    spread = [r.values["size_spread"] for r in reports]
    assert spread == sorted(spread, reverse=True)
    assert [r.improved for r in reports] == [
        now < before for before, now in itertools.pairwise([reports[0].start["size_spread"], *spread])
    ]
    assert [r.steps for r in reports] == sorted({r.steps for r in reports})


def test_the_same_seed_finds_the_same() -> None:
    goal = Goal("commuting_crossing", **WIDE)
    once, again, other = run(goal, seed=3), run(goal, seed=3), run(goal, seed=4)
    assert [r.values for r in once] == [r.values for r in again]
    assert once[-1].found == again[-1].found
    assert [r.values for r in once] != [r.values for r in other]


def test_the_time_allowed_cuts_it_short() -> None:
    ticks = itertools.count()
    reports = list(
        search(FACTS, assumptions(), START, Goal("size_spread", **WIDE), seconds=25, clock=lambda: float(next(ticks)))
    )
    assert reports[-1].done == 1.0
    assert reports[-1].steps < 100
    assert reports[-1].seconds >= 25


def test_leaving_the_loop_stops_it() -> None:
    reports = search(FACTS, assumptions(), START, Goal("size_spread", **WIDE), seconds=1e9, clock=lambda: 0.0)
    first = next(reports)
    reports.close()  # type: ignore[attr-defined]
    assert first.done < 1
    assert list(reports) == []


def test_authorities_that_may_not_be_divided_stay_whole() -> None:
    may = (FACTS.authorities[0].code, FACTS.authorities[1].code)
    found = run(Goal("size_spread", divide=may, **WIDE))[-1].found
    assert found is not None
    assert not found.divided[2:].any()
    uncounted = replace(FACTS, wards_counted=np.zeros(9, dtype=bool))
    start = Split(uncounted, START.authority, START.ward, START.names)
    found = run(Goal("size_spread", **WIDE), start, uncounted)[-1].found
    assert found is not None and found.is_whole
    assert found.population.max() - found.population.min() >= OPTIONS.column("size_spread").min()


def test_sea_joins_only_with_ferries() -> None:
    # A row of four squares with open sea between the second and the third.
    row = uneven(1, 4, unitaries=())
    gap = {1, 2}

    def at_sea(links, of):  # type: ignore[no-untyped-def]
        pairs = zip(links.a.tolist(), links.b.tolist(), links.kind, strict=True)
        return replace(links, kind=tuple("sea" if {of[a], of[b]} == gap else kind for a, b, kind in pairs))

    facts = replace(
        row, links=at_sea(row.links, range(4)), ward_links=at_sea(row.ward_links, row.ward_authority.tolist())
    )
    codes = [a.code for a in facts.authorities]
    even = make(facts, dict(zip(codes, "AABB", strict=True)))
    assert run(Goal("size_spread", **WIDE), even, facts)[-1].found is None, "no ward may cross the water"
    found = run(Goal("size_spread", ferries=True, **WIDE), even, facts)[-1].found
    assert found is not None
    assert {len(pieces(found, c, sea=True)) for c in (0, 1)} == {1}
    assert max(len(pieces(found, c)) for c in (0, 1)) == 2, "one council reaches across the water"
    across = make(facts, dict(zip(codes, "AAAB", strict=True)))
    with pytest.raises(LgrError, match="in 2 parts; join them before searching, or let ferry links join"):
        search(facts, assumptions(), across, Goal("size_spread", **WIDE))
    assert run(Goal("size_spread", ferries=True, **WIDE), across, facts)[-1].steps > 0


def refused(goal: Goal, start: Split = START) -> str:
    with pytest.raises(LgrError) as fault:
        search(FACTS, assumptions(), start, goal)
    assert "\n" not in str(fault.value)
    return str(fault.value)


def test_starts_that_cannot_be_searched_from_are_refused() -> None:
    codes = [a.code for a in FACTS.authorities]
    assert "no measure “beauty”" in refused(Goal("beauty"))
    assert "the search is to keep" in refused(Goal("size_spread", smallest=10_000_000, largest=20_000_000))
    assert "no council can have" in refused(Goal("size_spread", smallest=9, largest=8))
    assert "E1 is not an authority" in refused(Goal("size_spread", divide=("E1",)))
    parted = make(FACTS, {c: "AB"[i in (0, 8)] for i, c in enumerate(codes)})
    assert "in 2 parts" in refused(Goal("size_spread", **WIDE), parted)
    assert "no council yet" in refused(Goal("size_spread", **WIDE), make(FACTS, {codes[0]: "A", codes[1]: "B"}))
    assert "two councils" in refused(Goal("size_spread", **WIDE), make(FACTS, dict.fromkeys(codes, "A")))
    ward = FACTS.wards[0].code
    divided = make(FACTS, [*((c, "AB"[i > 3]) for i, c in enumerate(codes)), (ward, "B")])
    assert "to keep whole" in refused(Goal("size_spread", divide=(), **WIDE), divided)
