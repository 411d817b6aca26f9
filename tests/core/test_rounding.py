"""Whole numbers that add up to a whole."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lgrdata.core.rounding import largest_remainder


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=12), st.integers(-(10**6), 10**6))
def test_the_parts_add_exactly_and_each_is_its_share_rounded(values: list[float], total: int) -> None:
    found = largest_remainder(values, total)
    assert sum(found) == total
    whole = math.fsum(values)
    if whole > 1e-6:
        assert all(abs(n - v * total / whole) <= 1 + 1e-6 for v, n in zip(values, found, strict=True))


def test_by_hand() -> None:
    for values, total, found in (
        ([1.4, 1.4, 1.2], 4, [2, 1, 1]),
        ([1, 1, 1], 100, [34, 33, 33]),
        ([2.6, 1.4], 4, [3, 1]),
        ([0, 0], 3, [2, 1]),  # nothing to go by: evenly
        ([], 0, []),
        ([1.4, 1.4, 1.2], -4, [-2, -1, -1]),  # a debt is shared as a sum of money is
        ([0.1, 0.2, 0.7], 10, [1, 2, 7]),  # 0.1 * 10 / 0.9999… is one whole
        ([5e-324, 0, 5e-324], 4, [2, 0, 2]),  # the least there is, and the largest
        ([1.7e308, 1.7e308], 4, [2, 2]),
    ):
        assert largest_remainder(values, total) == found, (values, total)
    assert largest_remainder([1.5, 1.5], 3, [1, 0]) == [1, 2]


def test_what_cannot_be_shared_is_refused() -> None:
    for values, total in (([], 1), ([-1.0, 2.0], 1), ([math.nan, 1.0], 1), ([math.inf], 1)):
        with pytest.raises(ValueError, match=r"shar"):
            largest_remainder(values, total)
