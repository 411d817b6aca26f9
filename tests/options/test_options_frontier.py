"""The frontier holds exactly the options that none is better than, and never compares across numbers of councils."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_options import assumptions, uneven
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lgrdata.all_options.frontier import by_sweep, frontier_rows
from lgrdata.all_options.options import HEADLINE, MEASURES, enumerate_options, frontier, pick
from lgrdata.core.models import LgrError


def one_by_one(values: np.ndarray) -> list[int]:
    """Rows that no other row is as good as everywhere and ahead of somewhere."""
    return [
        i for i, row in enumerate(values) if not any((other <= row).all() and (other < row).any() for other in values)
    ]


@settings(max_examples=150)
@given(
    st.integers(1, 5).flatmap(
        lambda m: arrays(np.int32, st.tuples(st.integers(1, 90), st.just(m)), elements=st.integers(-4, 6))
    )
)
def test_frontier_of_small_numbers_agrees_with_trying_every_pair(values: np.ndarray) -> None:
    assert frontier_rows(values).tolist() == one_by_one(values) == by_sweep(values).tolist()


def test_frontier_of_far_numbers_agrees_with_trying_every_pair() -> None:
    rng = np.random.default_rng(5)
    values = rng.integers(-(10**9), 10**9, (400, 4)).astype(np.int32)
    values[:100] = values[100:200] + rng.integers(0, 2, (100, 4))
    values[rng.integers(0, 400, 30), 0] = 10**9
    assert frontier_rows(values).tolist() == one_by_one(values)


def test_frontier_by_hand() -> None:
    # 2 is behind 1 on both; 3 and 4 are alike and stay together; 0 and 1 trade one for the other.
    values = np.array([[0, 5], [1, 3], [2, 4], [4, 0], [4, 0]], dtype=np.int32)
    assert frontier_rows(values).tolist() == [0, 1, 3, 4]


def test_frontier_is_taken_inside_each_number_of_councils() -> None:
    together = enumerate_options(uneven(), assumptions(), (2, 3, 4))
    whole = frontier(together)
    for k in (2, 3, 4):
        alone = enumerate_options(uneven(), assumptions(), (k,))
        mine = whole[together.councils[whole] == k]
        assert together.codes(mine) == alone.codes(frontier(alone))


def test_differences_that_do_not_matter_are_no_differences() -> None:
    options = enumerate_options(uneven(), assumptions(), (3,))
    (net,) = pick(["five_year_net"])
    assert net.rounded(np.array([1.4, 0.6, -0.4, np.inf, -np.inf])).tolist() == [-1, -1, 0, -(10**9), 10**9]
    spread = options.column("size_spread")
    near = np.abs(spread - spread.min()) < 1
    assert (options.rounded("size_spread")[near] == options.rounded("size_spread").min()).all()


def test_every_measure_says_what_it_is() -> None:
    assert len({m.key for m in MEASURES}) == len(MEASURES)
    for m in MEASURES:
        assert m.step > 0 and m.name and m.unit and m.better != m.worse
        assert m.key == m.key.lower()
    assert {m.key for m in pick(HEADLINE)} == set(HEADLINE)


def test_unknown_measures_are_refused_in_a_line() -> None:
    with pytest.raises(LgrError, match="no measure “beauty”; there are five_year_net_county") as fault:
        pick(["commuting_crossing", "beauty"])
    assert "\n" not in str(fault.value)
    with pytest.raises(LgrError, match="at least one"):
        pick([])
