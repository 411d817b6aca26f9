"""Every option is listed once: by hand on drawn areas, and against two other methods."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from drawn_facts import grid
from drawn_options import assumptions, by_growth, by_merging, land_and_tidal, neighbours
from hypothesis import given, settings
from hypothesis import strategies as st

from lgrdata.all_options.options import Options, enumerate_options
from lgrdata.core.facts import AreaFacts, Links
from lgrdata.core.models import LgrError
from lgrdata.splits.pieces import pieces

ALL = (1, 2, 3, 4, 5, 6)


def listed(options: Options) -> set[tuple[int, ...]]:
    return {tuple(row) for row in options.assignment().tolist()}


def linked(facts: AreaFacts, pairs: list[tuple[int, int]], kinds: tuple[str, ...] | None = None) -> AreaFacts:
    a, b = (np.array([p[e] for p in pairs], dtype=np.int64) for e in (0, 1))
    return replace(facts, links=Links(a, b, kinds or ("land",) * len(pairs), np.full(len(pairs), 500.0)))


def test_four_squares_by_hand() -> None:
    # Two councils: one square against three (4 ways), two rows, two columns. Three: one pair of 4 sides together.
    options = enumerate_options(grid(2, 2), assumptions(), ALL)
    assert options.counts == {1: 1, 2: 6, 3: 4, 4: 1}
    assert [0, 1, 1, 0] not in options.assignment().tolist(), "opposite corners do not touch"


def test_a_row_is_cut_between_its_squares() -> None:
    # A row of five has four places to cut: choose one, two, three or four of them.
    assert enumerate_options(grid(1, 5), assumptions(), ALL).counts == {1: 1, 2: 4, 3: 6, 4: 4, 5: 1}


def test_nine_squares_in_two_councils() -> None:
    # Lines across a 3x3 grid that leave two joined parts: counted as the 53 of 255 groupings that a flood fill passes.
    near = land_and_tidal(grid(3, 3))
    by_eye = {s for s in by_growth(9, near, 2) if max(s) == 1}
    options = enumerate_options(grid(3, 3), assumptions(), (2,))
    assert listed(options) == by_eye
    assert len(by_eye) == 53


@pytest.mark.parametrize(("rows", "cols"), [(1, 1), (2, 3), (3, 3), (2, 4)])
def test_grids_agree_with_growth(rows: int, cols: int) -> None:
    facts = grid(rows, cols)
    expected = set(by_growth(rows * cols, land_and_tidal(facts), 6))
    options = enumerate_options(facts, assumptions(), ALL)
    assert len(options) == len(expected)
    assert listed(options) == expected


@settings(max_examples=40)
@given(st.data())
def test_any_borders_agree_with_growth(data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 7))
    every = [(a, b) for a in range(n) for b in range(a + 1, n)]
    pairs = data.draw(st.lists(st.sampled_from(every), unique=True, max_size=10))
    facts = linked(grid(1, n), pairs)
    expected = set(by_growth(n, neighbours(n, pairs), 6))
    if not expected:
        with pytest.raises(LgrError, match="7 parts"):
            enumerate_options(facts, assumptions(), ALL)
        return
    assert listed(enumerate_options(facts, assumptions(), ALL)) == expected


def test_water_joins_by_its_kind() -> None:
    facts = linked(grid(1, 3), [(0, 1), (1, 2)], ("tidal", "sea"))
    assert enumerate_options(facts, assumptions(), ALL).counts == {2: 1, 3: 1}
    assert enumerate_options(facts, assumptions(), ALL, ferries=True).counts == {1: 1, 2: 2, 3: 1}
    with pytest.raises(LgrError, match="2 parts that the sea divides"):
        enumerate_options(facts, assumptions(), (1,))


def test_extras_stay_out_unless_taken_in() -> None:
    facts = replace(grid(1, 4), is_extra=np.array([False, False, False, True]))
    assert enumerate_options(facts, assumptions(), ALL).counts == {1: 1, 2: 2, 3: 1}
    assert enumerate_options(facts, assumptions(), ALL, extras=True).counts == {1: 1, 2: 3, 3: 3, 4: 1}


@pytest.mark.parametrize("wrong", [(), (0,), (7,), (2, 9)])
def test_numbers_of_councils_out_of_range_are_refused(wrong: tuple[int, ...]) -> None:
    with pytest.raises(LgrError, match="1 to 6"):
        enumerate_options(grid(2, 2), assumptions(), wrong)


def test_rows_are_canonical_sorted_and_found_again() -> None:
    options = enumerate_options(grid(2, 3), assumptions(), ALL)
    for row, held in enumerate(options.assignment().tolist()):
        order: dict[int, int] = {}
        assert [order.setdefault(c, len(order)) for c in held] == held
        split = options.split(row)
        assert options.find(split) == row
        assert all(len(pieces(split, c)) == 1 for c in range(split.count))
    order_of = [(int(k), *h) for k, h in zip(options.councils, options.assignment().tolist(), strict=True)]
    assert order_of == sorted(order_of)


REAL = [
    "cambridgeshire-peterborough", "derbyshire-derby", "east-sussex-brighton", "gloucestershire", "hertfordshire",
    "leicestershire-leicester-rutland", "lincolnshire", "norfolk", "nottinghamshire-nottingham", "oxfordshire",
    "staffordshire-stoke", "suffolk", "surrey", "warwickshire", "west-sussex", "worcestershire",
    "devon-plymouth-torbay",
]  # fmt: skip


@pytest.mark.parametrize("area", REAL)
def test_real_areas_agree_with_merging(area: str, real_area, real_assumptions) -> None:  # type: ignore[no-untyped-def]
    facts: AreaFacts = real_area(area)
    members = np.flatnonzero(~facts.is_extra)
    place = {int(i): n for n, i in enumerate(members)}
    near = land_and_tidal(facts)
    within = [{place[j] for j in near[int(i)] if j in place} for i in members]
    levels = by_merging(len(members), within)
    options = enumerate_options(facts, real_assumptions, ALL)
    assert options.counts == {k: len(levels[k]) for k in ALL if levels.get(k)}
    assert listed(options) == {s for k in ALL for s in levels.get(k, ())}


def test_the_largest_area_counts_as_another_program_does(real_area, real_assumptions) -> None:  # type: ignore[no-untyped-def]
    # Graphillion counts the same, number by number: tests/bench/bench_options.py prints it.
    assert len(enumerate_options(real_area("lancashire"), real_assumptions, ALL)) == 212_520
    assert enumerate_options(real_area("surrey"), real_assumptions, (2, 3)).counts == {2: 43, 3: 334}


def test_the_isle_of_wight_stands_alone_without_ferries(real_area, real_assumptions) -> None:  # type: ignore[no-untyped-def]
    facts: AreaFacts = real_area("hampshire-solent")
    wight = [a.name for a in facts.authorities].index("Isle of Wight")
    options = enumerate_options(facts, real_assumptions, (2, 3, 4))
    held = options.assignment()
    assert ((held == held[:, [wight]]).sum(axis=1) == 1).all()
    assert len(enumerate_options(facts, real_assumptions, (2, 3, 4), ferries=True)) > len(options)
