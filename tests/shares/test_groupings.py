"""Every grouping of new councils for a service: worked by hand on three councils, and counted on real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from lgrdata.all_effects.effects import work_out
from lgrdata.core.models import Estimate, LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.reading.shares import load_shares
from lgrdata.shares.groupings import Council, Grouping, Groups, groupings, set_partitions
from lgrdata.shares.share import share_out
from lgrdata.shares.together import groupings_for


def council(number: int, people: float, thousand: float, *boards: str) -> Council:
    spread = people * 0.1
    estimate = Estimate(people, people - spread, people + spread)
    return Council(number, estimate, thousand, frozenset(boards), frozenset("p"))


def test_three_councils_by_hand() -> None:
    """0 and 1 share NHS board x; a group of n avoids n − 1, so all three avoid 2."""
    three = [council(0, 100, 10, "x"), council(1, 200, 20, "x"), council(2, 1000, 90, "y")]

    def avoided(groups: Groups) -> dict[str, float]:
        return {"middle": float(sum(len(g) - 1 for g in groups))}

    found = {g.groups: g for g in groupings(three, avoided)}
    assert list(found) == [((0,), (1,), (2,)), ((0,), (1, 2)), ((0, 1), (2,)), ((0, 2), (1,)), ((0, 1, 2),)]
    near = found[(0, 1), (2,)]
    assert (near.people, near.thousand, near.boards, near.police, near.partners) == (
        Estimate(300, 270, 330),
        30,
        2,
        2,
        2,
    )
    assert (near.avoided, near.exposure) == ({"middle": 1.0}, {"middle": 1.0})
    # From three together, one that leaves takes 1 of the 2 along.
    assert found[(0, 1, 2),].exposure == {"middle": 1.0} and found[(0, 1, 2),].people == Estimate(1300, 1170, 1430)
    # 0 with 1 has fewer meetings, more spending and surely more people than either with 2; ranges decide the rest.
    marks = {g: x.unbeaten for g, x in found.items()}
    assert marks[(0, 1), (2,)] and not marks[(0, 2), (1,)] and not marks[(0,), (1, 2)]


def test_ranges_that_meet_rank_nothing_and_too_many_councils_are_refused() -> None:
    def nothing(groups: Groups) -> dict[str, float]:
        return {}

    alike = [
        Council(n, Estimate(v, 50, 150), None, frozenset("x"), frozenset("p")) for n, v in enumerate((90, 100, 110))
    ]
    earns = [council(0, 100, 10, "x"), council(1, 900, -20, "x")]
    assert [g.thousand for g in groupings(earns, nothing)] == [None, None], "net income is no size of a group"
    pairs = [g for g in groupings(alike, nothing) if g.partners == 2]
    assert len({g.unbeaten for g in pairs}) == 1 and all(g.thousand is None for g in pairs)
    assert [len(list(set_partitions(range(n)))) for n in range(1, 7)] == [1, 2, 5, 15, 52, 203]
    with pytest.raises(LgrError, match="the most is 6"):
        groupings([council(n, 1, 1) for n in range(7)], nothing)


def test_five_real_councils_group_in_52_ways(real_db: Path) -> None:
    data = Dataset(real_db)
    area = "essex-southend-thurrock"
    facts, split = data.facts(area), data.split(area, "essex-5ua")
    effects = work_out(facts, split, data.assumptions)
    shared = share_out(load_shares(data.conn, facts), split)
    found = groupings_for(data, effects, shared, "children_placements", "joint_commissioning")
    data.close()
    assert len(found) == 52 and found[0].partners == 0 and set(found[0].avoided.values()) == {0.0}
    together = found[-1]
    assert together.groups == ((0, 1, 2, 3, 4),) and together.people is not None and together.thousand is not None
    assert together.thousand == pytest.approx(
        sum(s.thousand(s.total) for s in shared.lines if s.line.key == "children_residential")
    )
    assert all(together.avoided[lens] >= max(g.avoided[lens] for g in found) - 1e-9 for lens in together.avoided)
    assert all(g.exposure[lens] <= g.avoided[lens] + 1e-9 for g in found for lens in g.avoided)
    assert sum(g.unbeaten for g in found) >= 1 and any(isinstance(g, Grouping) and not g.unbeaten for g in found)
    # Pupils who cross are published for today's councils: known where every group is whole ones, here all together.
    flow = facts.pupils
    assert flow is not None and {g.groups for g in found if g.pupils is not None} == {((0, 1, 2, 3, 4),)}
    assert together.pupils == pytest.approx(float(flow.inside.sum() / flow.out_total.sum()))


def test_pupils_and_shared_areas_by_hand() -> None:
    """Three councils; 0 is whole councils of today and keeps 80 of 100, 1 and 2 together keep 150 of 200."""
    three = [council(0, 100, 10, "x"), Council(1, None, None, frozenset("y"), frozenset("q")), council(2, 100, 10, "y")]
    kept: dict[tuple[int, ...], tuple[float, float]] = {(0,): (80, 100), (1, 2): (150, 200), (0, 1, 2): (270, 300)}
    found = {g.groups: g for g in groupings(three, lambda _: {}, kept.get)}
    assert found[(0,), (1, 2)].pupils == pytest.approx(230 / 300) and found[(0, 1, 2),].pupils == pytest.approx(0.9)
    assert found[(0,), (1,), (2,)].pupils is None and found[(0, 1), (2,)].pupils is None
    # 0 and 1 meet in no NHS board and no police area; 1 and 2 share a board; 0 and 2 a police area.
    meets = {g: x.neighbours for g, x in found.items()}
    assert (meets[(0, 1), (2,)], meets[(0,), (1, 2)], meets[(0, 2), (1,)]) == (False, True, True)
