"""What must hold for any split of a drawn county, whole or divided by wards."""

import numpy as np
import pytest
from drawn_facts import grid
from hypothesis import given, settings
from hypothesis import strategies as st

from lgrdata.boundary.measure import measure
from lgrdata.splits.pieces import pieces
from lgrdata.splits.split import Split, make, single

FACTS = grid(3, 3, unitaries=[4, 8], flow=np.arange(81.0).reshape(9, 9) % 17)
NAMES = ("North", "South", "East", "West")


@st.composite
def splits(draw: st.DrawFn) -> Split:
    councils = draw(st.lists(st.sampled_from(NAMES), min_size=9, max_size=9))
    moved = draw(st.dictionaries(st.integers(0, 35), st.sampled_from(NAMES), max_size=8))
    blocks = [(a.code, c) for a, c in zip(FACTS.authorities, councils, strict=True)]
    return make(FACTS, blocks + [(FACTS.wards[w].code, c) for w, c in moved.items()], NAMES)


@settings(max_examples=60)
@given(splits(), st.permutations(NAMES), st.permutations(("P", "Q", "R", "S")))
def test_renaming_and_reordering_councils_changes_nothing(split: Split, order: list[str], new: list[str]) -> None:
    names = dict(zip(order, new, strict=True))
    pairs = [(w.code, names[NAMES[c]]) for w, c in zip(FACTS.wards, split.ward.tolist(), strict=True)]
    other = make(FACTS, pairs, new)
    assert other == split
    one, two = measure(FACTS, split), measure(FACTS, other)
    for kind, x in one.crossing.items():
        assert two.crossing[kind].share == pytest.approx(x.share)
    assert (one.after.cuts.borders, one.after.cuts.through) == (two.after.cuts.borders, two.after.cuts.through)
    assert one.after.cuts.km == pytest.approx(two.after.cuts.km)
    assert (one.after.county_pieces, one.after.contiguous) == (two.after.county_pieces, two.after.contiguous)
    for council, name in enumerate(NAMES):
        there = two.after.names.index(names[name])
        assert one.after.partners["police"].by_council[council] == two.after.partners["police"].by_council[there]
        assert one.after.compactness[council] == pytest.approx(two.after.compactness[there])
        mine, yours = (e.after.self_containment["commuting 2021"] for e in (one, two))
        assert mine[council].residents == pytest.approx(yours[there].residents)


@settings(max_examples=60)
@given(splits(), st.permutations(NAMES))
def test_merging_two_councils_never_raises_crossing_or_cuts(split: Split, order: list[str]) -> None:
    kept, gone = order[:2]
    merged = make(
        FACTS,
        [
            (w.code, kept if NAMES[c] == gone else NAMES[c])
            for w, c in zip(FACTS.wards, split.ward.tolist(), strict=True)
        ],
        NAMES,
    )
    before, after = measure(FACTS, split), measure(FACTS, merged)
    for kind, x in before.crossing.items():
        assert x.share is not None
        assert after.crossing[kind].share <= x.share + 1e-9
    assert after.after.cuts.borders <= before.after.cuts.borders
    assert after.after.cuts.km <= before.after.cuts.km + 1e-9


@settings(max_examples=60)
@given(splits())
def test_totals_and_bounds(split: Split) -> None:
    effects = measure(FACTS, split)
    for x in effects.crossing.values():
        assert 0 <= x.share <= 1
        assert x.people == pytest.approx(FACTS.flows[x.kind].inside.sum())
    workers = sum(c.workers for c in effects.after.self_containment["commuting 2021"])
    assert workers == pytest.approx(FACTS.flows["commuting 2021"].out_total.sum())
    for c in effects.after.self_containment["commuting 2021"]:
        assert c.residents is None or 0 <= c.residents <= 1
    assert effects.after.partners["police"].pairs == len(split.in_use)
    assert all(p is None or 0 < p <= 1 for p in effects.after.compactness)


@settings(max_examples=60)
@given(splits())
def test_pieces_agree_with_a_plain_walk(split: Split) -> None:
    side = measure(FACTS, split).after
    apart = {split.names[c]: len(pieces(split, c)) for c in range(split.count)}
    assert {s.council: s.pieces for s in side.strays} == {name: n for name, n in apart.items() if n > 1}


@settings(max_examples=40)
@given(splits())
def test_whole_figures_do_not_depend_on_saying_it_by_wards(split: Split) -> None:
    whole = make(
        FACTS,
        [(a.code, NAMES[int(split.ward[w[0]])]) for a, w in zip(FACTS.authorities, FACTS.wards_of, strict=True)],
        NAMES,
    )
    by_wards = make(FACTS, [(w.code, NAMES[int(c)]) for w, c in zip(FACTS.wards, whole.ward, strict=True)], NAMES)
    assert measure(FACTS, whole) == measure(FACTS, by_wards)


def test_one_council_crosses_nothing() -> None:
    effects = measure(FACTS, single(FACTS))
    assert {x.share for x in effects.crossing.values()} == {0.0}
    assert effects.after.cuts.borders == 0
    assert effects.after.contiguous
