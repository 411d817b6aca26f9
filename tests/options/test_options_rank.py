"""Where a split stands, and the nearest option that does better, against counting one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from drawn_facts import grid
from drawn_options import assumptions, uneven

from lgrdata.all_options.ladder import ladder_of
from lgrdata.all_options.nearest import nearest_better
from lgrdata.all_options.options import HEADLINE, Filters, enumerate_options, pick
from lgrdata.all_options.rank import rank
from lgrdata.core.models import LgrError
from lgrdata.splits.split import make, today
from lgrdata.splits.splitcode import encode

FACTS = uneven()
OPTIONS = enumerate_options(FACTS, assumptions(), (1, 2, 3, 4))


def drawn(councils: str, facts=FACTS):  # type: ignore[no-untyped-def]
    return make(facts, [(a.code, c) for a, c in zip(facts.authorities, councils, strict=True)])


def test_ranks_count_the_options_behind_level_and_ahead() -> None:
    for row in range(0, len(OPTIONS), 29):
        standing = rank(OPTIONS, OPTIONS.split(row))
        rows = OPTIONS.rows(int(OPTIONS.councils[row]))
        assert standing.row == row and standing.of == rows.stop - rows.start
        for s in standing.standings:
            steps = OPTIONS.rounded(s.measure.key)
            others = [steps[r] for r in range(rows.start, rows.stop) if r != row]
            assert s.worse == sum(o > steps[row] for o in others)
            assert s.better == sum(o < steps[row] for o in others)
            assert s.tied == sum(o == steps[row] for o in others)
            assert s.place == s.better + 1
            assert s.percentile is None or s.percentile == pytest.approx(100 * s.worse / len(others))
        all_steps = np.stack([OPTIONS.rounded(k)[rows] for k in HEADLINE], axis=1)
        mine = all_steps[row - rows.start]
        assert standing.dominated_by == sum((o <= mine).all() and (o < mine).any() for o in all_steps)
        assert standing.dominates == sum((mine <= o).all() and (mine < o).any() for o in all_steps)


def test_the_first_ranking_finds_everything_scored() -> None:
    options = enumerate_options(FACTS, assumptions(), (2, 3))
    held = (options._columns, options._rounded, options._ladders, options._middles)
    before = [set(h) for h in held]
    assert before[0] == {m.key for m in options.available()}
    rank(options, options.split(options.rows(3).start))
    assert [set(h) for h in held] == before


def test_a_ladder_counts_as_the_list_in_order_does() -> None:
    for steps in ([4], [3, 3, 1], [10**9, -2, 5, 5, -(10**9), 0], [7, 1, 1, 4, 2, 2, 2, 9]):
        ladder = ladder_of(np.array(steps, dtype=np.int32))
        assert ladder.middle == sorted(steps)[len(steps) // 2]
        for step in {*steps, 3, 6, 10**9, -(10**9)}:
            behind, ahead = sum(s > step for s in steps), sum(s < step for s in steps)
            assert ladder.against(step) == (behind, steps.count(step), ahead)


def test_rank_as_json_has_the_names_of_the_contract() -> None:
    split = OPTIONS.split(OPTIONS.rows(2).start + 3)
    told = rank(OPTIONS, split).as_json()
    assert told["code"] == encode(split)
    assert (told["councils"], told["of"]) == (2, OPTIONS.counts[2])
    assert isinstance(told["dominated_by"], int)
    assert all(isinstance(told[k], float) for k in HEADLINE)


def test_a_split_in_parts_is_placed_but_is_not_an_option() -> None:
    facts = grid(1, 4)
    options = enumerate_options(facts, assumptions(), (2,))
    standing = rank(options, drawn("0110", facts))
    assert standing.row is None and standing.note.endswith("not one of the options listed: 0 is in parts.")
    assert standing.by_key["commuting_crossing"].others == 3


def test_a_split_that_breaks_a_filter_or_crosses_the_sea_says_which() -> None:
    facts = grid(1, 4)
    options = enumerate_options(
        facts, assumptions(), (2,), Filters(apart=((facts.authorities[0].code, facts.authorities[1].code),))
    )
    assert "does not keep to the filters" in rank(options, drawn("0011", facts)).note
    kinds = tuple(
        "sea" if {a, b} == {1, 2} else kind
        for a, b, kind in zip(facts.links.a, facts.links.b, facts.links.kind, strict=True)
    )
    parted = replace(facts, links=replace(facts.links, kind=kinds))
    split = drawn("0001", parted)
    note = rank(enumerate_options(parted, assumptions(), (2,)), split).note
    assert "0 is in parts that only the sea joins. No council of those" in note and "may come of that alone" in note
    assert rank(enumerate_options(parted, assumptions(), (2,), ferries=True), split).row is not None


def test_a_split_by_wards_is_placed_and_says_so() -> None:
    ward = FACTS.wards[0]
    blocks = [(a.code, "NS"[i > 3]) for i, a in enumerate(FACTS.authorities)] + [(ward.code, "S")]
    standing = rank(OPTIONS, make(FACTS, blocks))
    assert standing.row is None and "wards" in standing.note


def test_ranking_refuses_what_cannot_be_placed() -> None:
    with pytest.raises(LgrError, match="no option with five councils"):
        rank(OPTIONS, drawn("000111234"))
    unfinished = make(FACTS, [(FACTS.authorities[0].code, "A")])
    with pytest.raises(LgrError, match="8 blocks are in no council yet"):
        rank(OPTIONS, unfinished)
    wider = replace(grid(1, 4), is_extra=np.array([False, False, False, True]))
    with pytest.raises(LgrError, match="takes in"):
        rank(enumerate_options(wider, assumptions(), (2,)), drawn("0011", wider))


def test_today_says_that_it_stands_for_one_new_council() -> None:
    assert "today's councils themselves cost nothing" in rank(OPTIONS, today(FACTS)).note


def test_words_say_the_better_side() -> None:
    rows = OPTIONS.rows(3)
    first = rows.start + int(np.argmin(OPTIONS.rounded("commuting_crossing")[rows]))
    said = rank(OPTIONS, OPTIONS.split(first)).by_key["commuting_crossing"]
    assert said.better == 0
    assert said.sentence.startswith("Better connected by commuting than ")
    last = rows.start + int(np.argmax(OPTIONS.rounded("commuting_crossing")[rows]))
    assert rank(OPTIONS, OPTIONS.split(last)).by_key["commuting_crossing"].sentence.startswith("Less well connected")


def test_a_nearby_change_within_the_error_of_estimates_is_too_close_to_call() -> None:
    # The drawn fits have an error of 10%, so a ratio has to fall by more than a tenth to be told apart.
    seen = set()
    for row in range(1, len(OPTIONS), 7):
        for near in nearest_better(OPTIONS, OPTIONS.split(row), "need_balance_adults", most=1):
            before, after = near.changes["need_balance_adults"]
            told = near.close.get("need_balance_adults", "")
            assert (told == "the ranges of the estimates overlap") == (before - after <= 0.1 * before)
            seen.add(bool(told))
    assert seen == {True, False}


def moved(mine: list[int], theirs: list[int]) -> int:
    """Fewest blocks that change council, whichever way the councils are paired off."""
    k = max(mine) + 1
    return min(sum(p[a] != b for a, b in zip(mine, theirs, strict=True)) for p in permutations(range(k)))


def test_nearest_better_is_the_fewest_moves_of_all() -> None:
    (goal,) = pick(["commuting_crossing"])
    others = [k for k in HEADLINE if k != goal.key]
    held = OPTIONS.assignment().tolist()
    found_some = 0
    for row in range(1, len(OPTIONS), 61):
        rows = OPTIONS.rows(int(OPTIONS.councils[row]))
        fits = [
            r
            for r in range(rows.start, rows.stop)
            if OPTIONS.rounded(goal.key)[r] < OPTIONS.rounded(goal.key)[row]
            and all(OPTIONS.rounded(k)[r] <= OPTIONS.rounded(k)[row] for k in others)
        ]
        near = nearest_better(OPTIONS, OPTIONS.split(row), "commuting_crossing")
        if not fits:
            assert near == []
            continue
        found_some += 1
        distances = [moved(held[row], held[r]) for r in fits]
        assert len(near[0].moves) == min(distances)
        for n in near:
            assert n.row in fits and len(n.moves) == moved(held[row], held[n.row])
            after = list(held[row])
            for move in n.moves:
                i = FACTS.authority_index[move.code]
                assert after[i] == move.from_council
                after[i] = move.to_council
            assert moved(after, held[n.row]) == 0
    assert found_some > 3
