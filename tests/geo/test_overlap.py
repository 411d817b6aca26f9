"""How much of one outline lies in others: by hand, and beside another library's areas for outlines drawn at random."""

from __future__ import annotations

import numpy as np
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon

from lgrdata.core.models import LgrError
from lgrdata.geo.overlap import Rings


def box(x0: float, y0: float, x1: float, y1: float) -> np.ndarray:  # type: ignore[type-arg]
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], dtype=float)


def test_halves_holes_and_what_is_left_over() -> None:
    square = Rings([[box(0, 0, 4, 4)]])
    ring = [box(-1, -1, 2, 5), box(0, 0, 1, 4)]  # the left half of the square, less a quarter of it
    found = Rings([ring, [box(2, -9, 9, 9)], [box(8, 8, 9, 9)], [box(0, 0, 1, 4)]]).inside(square)
    assert found.tolist() == pytest.approx([0.25, 0.5, 0.0, 0.25])
    apart = Rings([[box(0, 0, 1, 1), box(3, 0, 4, 1)]])  # a place in two parts
    assert Rings([[box(2, 0, 9, 9)], [box(0, 0, 4, 9)]]).inside(apart).tolist() == pytest.approx([0.5, 1.0])


def test_an_outline_that_crosses_itself_is_known() -> None:
    plain, hole = box(0, 0, 4, 4), box(1, 1, 2, 2)[::-1]
    bow_tie = np.array([(0, 0), (4, 4), (4, 0), (0, 4)], dtype=float)
    loop = np.array([(0, 0), (4, 0), (4, 4), (0, 4), (0, 0), (2, 1), (2, 2), (0, 0)], dtype=float)
    assert Rings([[plain, hole], [bow_tie], [plain[::-1]], [loop]]).twisted() == {1, 3}


def test_outlines_of_no_place_are_refused_before_they_fill_the_memory() -> None:
    zigzag = np.array([(i, i % 2) for i in range(100_000)], dtype=float)
    with pytest.raises(LgrError, match="go to and fro"):
        Rings([[zigzag]]).twisted()


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.tuples(st.floats(0.2, 1), st.floats(0.2, 1)), min_size=3, max_size=9), st.floats(-1, 1))
def test_shares_are_those_of_another_library(radii: list[tuple[float, float]], shift: float) -> None:
    """Two stars round two middles: simple outlines of any shape."""
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    around = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    a, b = (around * np.array([[r[k]] for r in radii]) for k in (0, 1))
    b = b + np.array([shift, shift / 3])
    there = Polygon(a).intersection(Polygon(b)).area / Polygon(a).area
    assert Rings([[b]]).inside(Rings([[a]]))[0] == pytest.approx(there, abs=0.02)
    assert Rings([[a], [b]]).twisted() == set()
