"""Lines shared between new councils: worked by hand on a drawn county, and exact for any split."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from shares.drawn_shares import AMOUNTS, county

from lgrdata.core.models import LgrError
from lgrdata.core.share_facts import ShareFacts
from lgrdata.shares.bases import parts
from lgrdata.shares.position import stocks
from lgrdata.shares.sentences import of, told
from lgrdata.shares.share import LineShare, ShareOut, share_out
from lgrdata.splits.split import Split, make

A = [f"E0700099{i}" for i in range(4)]


def halves(given: ShareFacts) -> Split:
    return make(given.facts, {A[0]: "North", A[1]: "North", A[2]: "South", A[3]: "South"})


def line(shared: ShareOut, key: str, upper: int = 0) -> LineShare:
    return next(s for s in shared.lines if s.line.key == key and s.upper == upper)


def test_a_line_by_its_basis_with_low_high_and_what_the_choice_moves() -> None:
    given = county()
    shared = share_out(given, halves(given))
    fostering = line(shared, "fostering")
    assert (fostering.basis, fostering.parts) == ("children_looked_after", (30, 70))
    assert (fostering.low, fostering.high, fostering.moves) == ((30, 50), (50, 70), 20)
    # The estimate's own range: a rate 1.25 times the other's gives 0.3·1.25 / (0.3·1.25 + 0.7) of the line, and so on.
    assert fostering.estimate is not None
    assert fostering.estimate[0].tolist() == pytest.approx([100 * 0.24 / 0.94, 100 * 0.56 / 0.86])
    assert fostering.estimate[1].tolist() == pytest.approx([100 * 0.375 / 1.075, 100 * 0.875 / 1.175])
    # A share of net income is the same share: 30% of −7 is −2.1, 70% is −4.9.
    assert line(shared, "equipment").parts == (-2, -5)
    # Published with a decimal, so shared in tenths: 5.25 each, the odd tenth to the first.
    highways = line(shared, "highways")
    assert (highways.decimals, highways.total, highways.parts) == (1, 105, (53, 52))
    assert [highways.thousand(p) for p in highways.by["households"]] == [7.4, 3.1]  # 7 and 3 of 10 homes: 7.35 and 3.15
    assert [s.line.key for s in shared.divided] == ["fostering", "central", "highways", "equipment", "asylum"]
    # What moves: 20 + 7 + 2.1 of 29.1; the first two make over nine tenths of it.
    assert [s.line.key for s in shared.argument] == ["fostering", "central"]


def test_a_city_parted_from_its_county_has_the_range_found_on_cities() -> None:
    """One estimate has one range: the one that its count has on the page of effects."""
    given = county()
    towns = tuple(replace(a, urban=i == 0) for i, a in enumerate(given.facts.authorities))
    wide = {o: replace(f, city_low_factor=0.5, city_high_factor=2.0) for o, f in given.facts.fits.items()}
    given = replace(given, facts=replace(given.facts, authorities=towns, fits=wide))
    shared = share_out(given, make(given.facts, {a.code: "City" if a.urban else "Rest" for a in towns}))
    # The city has 10 of 100 children: a rate twice the rest's gives 0.1·2 / (0.1·2 + 0.9) of the line, and so on.
    estimates = line(shared, "fostering").estimate, stocks(shared)[0].estimate
    for found, whole in zip(estimates, (100, 10), strict=True):
        assert found is not None
        assert [float(e) for e in found[0]] == pytest.approx([whole * 0.05 / 0.95, whole * 0.45 / 0.55])
        assert [float(e) for e in found[1]] == pytest.approx([whole * 0.2 / 1.1, whole * 1.8 / 1.9])


def test_a_fixed_part_is_never_low_or_high_but_can_be_chosen() -> None:
    given = county()
    uneven = make(given.facts, {A[0]: "Small", A[1]: "Large", A[2]: "Large", A[3]: "Large"})
    plain = line(share_out(given, uneven), "central")
    # In step: fostering 10 | 90, equipment −1 | −6, highways 2.6 | 7.9, asylum 8 | 22, so 19.6 of 133.5 is 7.3 of 50.
    assert (plain.parts, plain.low, plain.high) == ((13, 37), (7, 37), (13, 43)) and plain.by["equal"] == (25, 25)
    chosen = line(share_out(given, uneven, {"central": "equal"}), "central")
    assert (chosen.parts, chosen.low, chosen.high) == ((25, 25), (7, 25), (25, 43))


def test_overheads_go_in_step_with_the_lines_they_serve() -> None:
    given = county()
    shared = share_out(given, halves(given), {"central": "in_step"})
    # All but education: fostering 30 | 70, equipment −2 | −5, highways 5.3 | 5.2, asylum 15 | 15: 48.3 and 85.2.
    central = line(shared, "central")
    assert (central.basis, central.parts) == ("in_step", (18, 32))
    assert shared.total(("other",)).parts == (23.3, 37.2)


def test_what_cannot_be_used_stands_aside_and_is_told() -> None:
    given = county()
    shared = share_out(given, halves(given))
    asylum = line(shared, "asylum")
    assert asylum.basis == "residents" and asylum.parts == (15, 15)
    assert asylum.unknown == {
        "own_counts": "no counts of your own are given",
        "homelessness_duties": "no figure is held for District 3",
    }
    assert told(shared) == [
        "Asylum by residents, in place of own counts: none are given",
        "Equipment: income was above spending, so a larger share is of more income",
    ]


def test_wards_follow_their_own_counts_and_residents_stand_in_where_they_have_none() -> None:
    given = county()
    ward = given.facts.wards[int(given.facts.wards_of[3][0])].code
    split = make(given.facts, {A[0]: "N", A[1]: "N", A[2]: "S", A[3]: "S", ward: "N"})
    held = parts(given, split)
    # A quarter of 40 children moves north; of the one home there, by residents, a quarter does.
    assert held.share["children_looked_after"][0].tolist() == pytest.approx([0.4, 0.6])
    assert held.share["households"][0].tolist() == pytest.approx([7.25 / 10, 2.75 / 10])
    words = "District 3 is divided by wards, for which households is not held: there residents stand in"
    assert words in told(share_out(given, split))


def test_unitaries_that_merge_carry_on_or_are_divided_keep_their_own_lines() -> None:
    given = county(unitaries=(3,))
    unitary = "E06000993"
    codes = [a.code for a in given.facts.authorities]
    assert unitary in codes
    u = given.facts.upper_codes.index(unitary)
    wide = {A[0]: "North", A[1]: "North", A[2]: "South"}
    merged = share_out(given, make(given.facts, {**wide, unitary: "South"}))
    assert merged.state[u] == "merged"
    own = [s for s in merged.listed if s.upper == u]
    assert [of(merged, s) for s in own] == [unitary] * 5 and {of(merged, s) for s in merged.divided} == {None}
    assert line(merged, "fostering", u).parts == (0, 100) and line(merged, "fostering", u).moves == 0
    # Totals count what is divided; the opening position takes all.
    assert merged.total(("children",)).thousand == 100 and merged.total(("children",), merged.lines).thousand == 200
    alone = share_out(given, make(given.facts, {**wide, unitary: "Alone"}))
    assert alone.state[u] == "carries on" and not [s for s in alone.listed if s.upper == u]
    ward = given.facts.wards[int(given.facts.wards_of[given.facts.authority_index[unitary]][0])].code
    parted = share_out(given, make(given.facts, {**wide, unitary: "South", ward: "North"}))
    assert parted.state[u] == "divided" and line(parted, "fostering", u).parts == (25, 75)


def test_nothing_divided_is_every_line_whole_and_unfinished_is_refused() -> None:
    given = county()
    whole = share_out(given, make(given.facts, dict.fromkeys(A, "One")))
    assert [s.parts for s in whole.listed] == [(100,), (-7,), (105,), (50,), (30,)] and not whole.divided
    assert told(whole)[0].startswith("this split divides no council's care")
    with pytest.raises(LgrError, match="some of County is in no council yet"):
        share_out(given, make(given.facts, {A[0]: "North", A[1]: "South"}))


@drawn(st.lists(st.integers(0, 3), min_size=24, max_size=24), st.sampled_from(["residents", "households", "equal"]))
def test_parts_add_exactly_whatever_the_split(councils: list[int], basis: str) -> None:
    """Any ward in any council, with a unitary among the districts: every line adds, and lies between low and high."""
    given = county(unitaries=(5,), rows=3)
    blocks = {w.code: f"C{c}" for w, c in zip(given.facts.wards, councils, strict=True)}
    shared = share_out(given, make(given.facts, blocks), {"highways": basis})
    for s in shared.lines:
        assert sum(s.parts) == s.total == round(AMOUNTS[s.line.key] * 10**s.decimals)
        assert all(sum(parts_) == s.total for parts_ in s.by.values())
        assert all(low <= part <= high for low, part, high in zip(s.low, s.parts, s.high, strict=True))
        assert all(part == 0 for c, part in enumerate(s.parts) if c not in s.holders)
    turned = make(given.facts, {code: {"C0": "Z", "C1": "Y"}.get(name, name) for code, name in blocks.items()})
    again = share_out(given, turned, {"highways": basis})
    names = shared.split.names
    for s, t in zip(shared.lines, again.lines, strict=True):
        by_name = dict(zip(turned.names, t.parts, strict=True))
        assert [by_name[{"C0": "Z", "C1": "Y"}.get(n, n)] for n in names] == list(s.parts)
