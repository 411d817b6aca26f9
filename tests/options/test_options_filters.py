"""A filter keeps exactly the options that keep to it, and a set that leaves nothing says which filter does."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_options import assumptions, uneven

from lgrdata.all_options.options import Filters, enumerate_options
from lgrdata.core.models import LgrError

FACTS = uneven(unitaries=(4, 8))
ALL = (1, 2, 3, 4, 5, 6)
FREE = enumerate_options(FACTS, assumptions(), ALL)
CODES = [a.code for a in FACTS.authorities]


def keeps(held: list[int], filters: Filters) -> bool:
    """The filters' meaning, applied to one option."""
    people = np.bincount(held, weights=FACTS.population)
    at = {c: held[i] for i, c in enumerate(CODES)}
    good = bool(people.min() >= filters.smallest)
    good &= all(len({at[c] for c in group}) == 1 for group in filters.together)
    good &= all(len({at[c] for c in group}) == len(group) for group in filters.apart)
    if filters.unitaries_unchanged:
        good &= all(held.count(at[a.code]) == 1 for a in FACTS.authorities if a.tier == "unitary")
    boards = FACTS.footprints["icb"]
    for board in filters.boards_whole:
        mainly = boards.share[:, boards.codes.index(board)] >= 0.5
        good &= len({held[i] for i in np.flatnonzero(mainly)}) <= 1
    return good


@pytest.mark.parametrize(
    "filters",
    [
        Filters(smallest=200_000),
        Filters(together=((CODES[0], CODES[1]), (CODES[5], CODES[6]))),
        Filters(apart=((CODES[0], CODES[1], CODES[2]),)),
        Filters(unitaries_unchanged=True),
        Filters(boards_whole=("Q1",)),
        Filters(smallest=80_000, together=((CODES[0], CODES[1]),), apart=((CODES[2], CODES[3]),), boards_whole=("Q2",)),
    ],
)
def test_filtering_first_is_filtering_last(filters: Filters) -> None:
    expected = [tuple(h) for h in FREE.assignment().tolist() if keeps(h, filters)]
    assert 0 < len(expected) < len(FREE)
    limited = enumerate_options(FACTS, assumptions(), ALL, filters)
    assert [tuple(h) for h in limited.assignment().tolist()] == expected


def refused(filters: Filters, councils: tuple[int, ...] = (2, 3)) -> str:
    with pytest.raises(LgrError) as fault:
        enumerate_options(FACTS, assumptions(), councils, filters)
    assert "\n" not in str(fault.value)
    return str(fault.value)


def test_a_filter_that_leaves_nothing_by_itself_is_named() -> None:
    filters = Filters(smallest=10_000_000, together=((CODES[0], CODES[1]),))
    assert refused(filters) == (
        "no option in Drawn with 2 or 3 councils keeps to: no council under 10,000,000 residents"
    )


def test_filters_that_leave_nothing_together_are_dropped_in_turn() -> None:
    a, b = FACTS.authorities[0].name, FACTS.authorities[1].name
    pair = (CODES[0], CODES[1])
    said = refused(Filters(together=(pair,), apart=(pair,), unitaries_unchanged=False, smallest=1))
    assert f"without “{a} and {b} in one council”" in said
    assert f"without “{a} and {b} in different councils”" in said
    assert "no council under 1 residents" not in said


def test_filters_that_block_each_other_twice_are_all_named() -> None:
    first, second = (CODES[0], CODES[1]), (CODES[2], CODES[3])
    said = refused(Filters(together=(first, second), apart=(first, second)))
    assert "whichever one is dropped" in said


def test_codes_of_elsewhere_are_refused() -> None:
    assert "E07009999 is not an authority of Drawn's options" in refused(Filters(together=(("E07009999",),)))
    assert "QXX is not an NHS board of Drawn; it has Q1, Q2, Q3" in refused(Filters(boards_whole=("QXX",)))
