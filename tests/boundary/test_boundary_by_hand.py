"""Each formula on drawn counties of unit squares, worked out by hand.

2 x 2:  A0 A1      3 x 3:  A0 A1 A2      codes E07000990 ... in this order
        A2 A3              A3 A4 A5
                           A6 A7 A8
"""

import math

import numpy as np
import pytest
from drawn_facts import column, grid

from lgrdata.boundary.measure import measure, pupil_crossings, quick
from lgrdata.core.facts import AreaFacts, FlowFacts, Footprints, Links
from lgrdata.splits.pieces import holds_piece
from lgrdata.splits.split import Split, make, single, today

# People who travel from row to column in a 2 x 2 county: 100 in all, 60 of them within their district.
FLOW = np.array([[20.0, 10, 5, 0], [5, 10, 0, 5], [5, 0, 10, 5], [0, 0, 5, 20]])


def split(facts: AreaFacts, councils: str, **wards: str) -> Split:
    """One letter an authority, in order; '.' leaves it out; wards by number, w5='B'."""
    blocks = {a.code: c for a, c in zip(facts.authorities, councils, strict=True) if c != "."}
    blocks |= {facts.wards[int(w[1:])].code: c for w, c in wards.items()}
    return make(facts, blocks, sorted({*councils.replace(".", ""), *wards.values()}))


def test_crossing_share_of_north_and_south() -> None:
    # AABB keeps 20+10+5+10 in the north and 10+5+5+20 in the south: 85 of 100.
    x = measure(grid(flow=FLOW), split(grid(flow=FLOW), "AABB")).crossing
    assert set(x) == {"commuting 2021", "commuting 2011", "moves 2021"}
    for kind in x.values():
        assert kind.share == pytest.approx(0.15)
        assert kind.today == 0.0
        assert kind.change == pytest.approx(0.15)
        assert kind.people == 100


def test_crossing_beside_a_unitary_of_today() -> None:
    # District 0 stands alone today: 10 + 5 leave it and 5 + 5 come to it, 25 of 100.
    facts = grid(unitaries=[0], flow=FLOW)
    x = measure(facts, single(facts)).crossing["commuting 2021"]
    assert (x.share, x.today) == (0.0, pytest.approx(0.25))
    assert x.change == pytest.approx(-0.25)


def test_flows_of_a_divided_authority_follow_population_share() -> None:
    # District 1 gives one ward of four to B: s = (3/4, 1/4).
    facts = grid(flow=FLOW)
    effects = measure(facts, split(facts, "AABB", w4="B"))
    s = np.array([[1, 0], [0.75, 0.25], [0, 1], [0, 1]])
    kept = sum(s[i, u] * FLOW[i, j] * s[j, u] for u in range(2) for i in range(4) for j in range(4))
    assert effects.crossing["commuting 2021"].share == pytest.approx(1 - kept / 100)
    assert effects.estimated


def test_self_containment_of_both_sides() -> None:
    # 45 stay in the north; 60 workers live there and 50 jobs lie there, counting those beyond the area.
    out, into = np.array([40.0, 20, 25, 30]), np.array([30.0, 20, 20, 40])
    flow = FlowFacts(FLOW, out, into, "drawn")
    facts = grid(flows={"commuting 2021": flow})
    north, south = measure(facts, split(facts, "AABB")).after.self_containment["commuting 2021"]
    assert (north.residents, north.jobs) == (pytest.approx(45 / 60), pytest.approx(45 / 50))
    assert (south.residents, south.jobs) == (pytest.approx(40 / 55), pytest.approx(40 / 60))
    assert (north.threshold, north.passes, south.passes) == (0.75, True, False)
    (whole,) = measure(facts, split(facts, "AABB")).today.self_containment["commuting 2021"]
    assert whole.residents == pytest.approx(100 / 115)


def test_large_places_pass_at_two_thirds() -> None:
    flow = FlowFacts(1000 * FLOW, 1000 * FLOW.sum(1) * 1.4, 1000 * FLOW.sum(0) * 1.4, "drawn")
    facts = grid(flows={"commuting 2021": flow})
    (whole,) = measure(facts, single(facts)).after.self_containment["commuting 2021"]
    assert whole.lower == pytest.approx(1 / 1.4)
    assert (whole.threshold, whole.passes) == (2 / 3, True)


def test_pairs_with_nhs_boards_at_one_per_cent() -> None:
    # Districts 0, 1, 2 lie in X, 3 for 97% in Y. Of district 1, 1.9% lie in Z: 0.95% of the north, so no pair.
    share = np.array([[1, 0, 0], [0.981, 0, 0.019], [1, 0, 0], [0.03, 0.97, 0]])
    facts = grid(footprints={"icb": Footprints(("X", "Y", "Z"), ("Board X", "Board Y", "Board Z"), share, "drawn")})
    effects = measure(facts, split(facts, "AABB"))
    boards = effects.after.partners["icb"]
    assert [[p.name for p in own] for own in boards.by_council] == [["Board X"], ["Board X", "Board Y"]]
    assert boards.by_council[1][1].share == pytest.approx(0.485)
    assert boards.pairs == 3
    assert boards.by_partner == (("Board X", 2), ("Board Y", 1))
    assert boards.councils_each == 1.5
    assert effects.today.partners["icb"].pairs == 2
    alone = measure(facts, split(facts, "ABAA")).after.partners["icb"]
    assert [p.name for p in alone.by_council[1]] == ["Board X", "Board Z"]


def test_trusts_at_ten_per_cent_of_a_council() -> None:
    share = np.array([[0.9, 0.1], [0.9, 0.08], [0.2, 0.8], [0.0, 1.0]])
    facts = grid(footprints={"trust": Footprints(("T", "U"), ("Trust T", "Trust U"), share, "drawn")})
    effects = measure(facts, split(facts, "AABB"))
    assert effects.after.trusts is not None
    assert [[p.name for p in own] for own in effects.after.trusts.by_council] == [["Trust T"], ["Trust U", "Trust T"]]
    assert effects.after.trusts.by_partner == (("Trust T", 2), ("Trust U", 1))
    assert effects.today.trusts is not None
    assert effects.today.trusts.by_partner == (("Trust T", 1), ("Trust U", 1))


def test_pieces_of_the_county_and_of_a_divided_unitary() -> None:
    facts = grid()
    assert measure(facts, split(facts, "AABB")).after.county_pieces == 2
    assert measure(facts, single(facts)).after.county_pieces == 1
    facts = grid(unitaries=[3])
    one = next(i for i, a in enumerate(facts.authorities) if a.tier == "unitary")
    ward = int(facts.wards_of[one][0])
    letters = "".join("B" if i == one else "A" for i in range(4))
    pieces = measure(facts, split(facts, letters, **{f"w{ward}": "A"})).after.pieces
    assert {(p.is_county, p.councils) for p in pieces} == {(True, ("A",)), (False, ("A", "B"))}


def test_a_piece_under_one_per_cent_does_not_count() -> None:
    facts = grid()
    wards = facts.ward_residents.copy()
    wards[0] = np.array([600, 300, 1500, 300, 180, 119])  # 2,999 of 400,000
    wards[1] += facts.ward_residents[0] - wards[0]
    facts = grid(ward_residents=wards)
    assert measure(facts, split(facts, "AAAA", w0="B")).after.county_pieces == 1
    assert measure(facts, split(facts, "AAAA", w1="B")).after.county_pieces == 2


def test_cut_borders_of_rows_and_of_checks() -> None:
    facts = grid(3, 3)
    rows = measure(facts, split(facts, "AAABBBCCC"))
    assert (rows.after.cuts.borders, rows.after.cuts.km) == (6, 6.0)
    assert (rows.today.cuts.borders, rows.today.cuts.km) == (0, 0.0)
    checks = measure(facts, split(facts, "ABABABABA")).after.cuts
    assert (checks.borders, checks.km) == (12, 12.0)


def test_cut_borders_through_a_divided_district() -> None:
    # Ward 1 of district 0 (its north-east quarter) goes to B with districts 1 and 3. Parted: 0|1 (its other ward on
    # that side, 0.5 km), 2|3 (1 km); ward 1 against wards 0 and 3 of its own district (1 km). Nothing else.
    facts = grid()
    cut = measure(facts, split(facts, "ABAB", w1="B")).after.cuts
    assert cut.through == ("District 0",)
    assert cut.borders == 3
    assert cut.km == pytest.approx(2.5)


def test_a_block_that_nobody_has_cuts_nothing() -> None:
    facts = grid()
    effects = measure(facts, split(facts, "A.B."))
    assert (effects.after.cuts.borders, effects.after.cuts.km) == (1, 1.0)
    x = effects.crossing["commuting 2021"]
    assert x.people == 400
    assert x.share == 0.5


def test_tidal_borders_count_without_length_and_sea_never() -> None:
    links = Links(np.array([0, 0, 1, 2]), np.array([1, 2, 3, 3]), ("tidal", "land", "sea", "land"), np.full(4, 1000.0))
    facts = grid(links=links)
    cut = measure(facts, split(facts, "ABBA")).after.cuts
    assert (cut.borders, cut.km) == (3, 2.0)
    effects = measure(facts, split(facts, "ABAB"))
    assert effects.after.joined_by_sea
    assert not effects.after.contiguous
    assert not effects.after.broken
    assert effects.warnings == ("B is joined only by sea: District 3",)
    assert measure(facts, split(facts, "AABB")).after.contiguous


def test_a_council_in_two_pieces_says_where() -> None:
    facts = grid(3, 3)
    effects = measure(facts, split(facts, "AABBBBABB"))
    assert effects.warnings == ("A is in two pieces: District 6 lies apart",)
    assert effects.after.broken
    assert effects.after.strays[0].codes == (facts.authorities[6].code,)
    corners = measure(facts, split(facts, "ABABBBABA"))
    assert corners.warnings == ("A is in four pieces: District 2, District 6 and District 8 lie apart",)


def test_a_stray_ward_is_named_with_its_authority() -> None:
    facts = grid()
    assert measure(facts, split(facts, "AAAB", w0="B")).warnings == (
        "B is in two pieces: Ward 0.0 (District 0) lies apart",
    )
    assert measure(facts, split(facts, "AABB", w3="B")).warnings == ()


def test_compactness_of_squares_and_oblongs() -> None:
    facts = grid()
    assert measure(facts, single(facts)).after.compactness == (pytest.approx(math.pi / 4),)
    assert measure(facts, split(facts, "AABB")).after.compactness == (pytest.approx(8 * math.pi / 36),) * 2
    nine = grid(3, 3)
    ring = measure(nine, split(nine, "AAAABAAAA")).after.compactness
    assert ring == (pytest.approx(4 * math.pi * 8 / 16**2), pytest.approx(math.pi / 4))


def test_compactness_with_a_ward_moved() -> None:
    # The ward is a bite of half a km out of A's south side and a bump on B's north side: 6 + 1 km round each.
    facts = grid()
    a, b = measure(facts, split(facts, "AABB", w3="B")).after.compactness
    assert a == pytest.approx(4 * math.pi * 1.75 / 7**2)
    assert b == pytest.approx(4 * math.pi * 2.25 / 7**2)


def test_an_extra_counts_only_when_taken_in_and_then_on_both_sides() -> None:
    facts = grid(unitaries=[3], is_extra=np.array([True, False, False, False]), flow=FLOW)
    assert facts.authorities[0].tier == "unitary"
    without = measure(facts, split(facts, ".AAB"))
    assert without.crossing["commuting 2021"].people == FLOW[1:, 1:].sum()
    assert without.today.names == ("County",)
    taken = measure(facts, split(facts, "AAAB"))
    assert taken.crossing["commuting 2021"].people == FLOW.sum()
    assert set(taken.today.names) == {"County", "Unitary 3"}
    assert taken.crossing["commuting 2021"].today == pytest.approx((FLOW[0, 1:].sum() + FLOW[1:, 0].sum()) / FLOW.sum())


def test_today_beside_today_is_no_change() -> None:
    facts = grid(unitaries=[1], flow=FLOW)
    effects = measure(facts, today(facts))
    assert effects.crossing["commuting 2021"].change == 0
    assert effects.after == effects.today


def test_placements_are_as_published_and_gaps_stay_gaps() -> None:
    facts = grid(
        unitaries=[3],
        upper_columns={
            "children_looked_after": column([100.0, 400.0]),
            "children_placed_elsewhere": column([40.0, math.nan]),
            "childrens_home_places": column([12.0, 30.0], period="2019"),
        },
    )
    first, second = measure(facts, single(facts)).placements
    assert (first.share_outside, first.of_others_placed_inside) == (0.4, None)
    assert first.home_places is None, "of another date"
    assert (second.placed_outside, second.share_outside) == (None, None)
    assert measure(grid(), single(grid())).placements == ()


def test_pupils_across_today_lines() -> None:
    facts = grid(unitaries=[3])
    flow = FlowFacts(np.array([[80.0, 10], [30, 300]]), np.array([100.0, 340]), np.array([120.0, 315]), "drawn")
    one, two = pupil_crossings(facts, flow)
    assert (one.resident, one.schooled_outside, one.schooled_elsewhere_in_area, one.from_outside) == (100, 20, 10, 40)
    assert one.share_outside == 0.2
    assert (two.schooled_outside, two.from_outside) == (40, 15)
    assert measure(facts, single(facts), flow).pupils == (one, two)


def test_no_flow_gives_no_share() -> None:
    facts = grid(flow=np.zeros((4, 4)))
    effects = measure(facts, single(facts))
    assert effects.crossing["moves 2021"].share is None
    assert effects.crossing["moves 2021"].change is None
    assert effects.after.self_containment["commuting 2021"][0].residents is None


def test_an_empty_council_keeps_its_place() -> None:
    facts = grid()
    side = measure(facts, make(facts, [(a.code, "A") for a in facts.authorities], ["A", "Empty"])).after
    assert side.names == ("A", "Empty")
    assert side.compactness[1] is None
    assert side.partners["police"].by_council[1] == ()
    assert side.self_containment["commuting 2021"][1].residents is None
    assert side.county_pieces == 1


def test_quick_agrees_with_the_whole() -> None:
    facts = grid(3, 3)
    for drawn in (split(facts, "AAABBBCCC"), split(facts, "ABABBBABA"), split(facts, "AAABBBCCC", w5="B")):
        effects, hint = measure(facts, drawn), quick(facts, drawn)
        assert hint.crossing == effects.crossing["commuting 2021"].share
        assert (hint.cut_borders, hint.cut_border_km) == (effects.after.cuts.borders, effects.after.cuts.km)
        assert hint.contiguous == effects.after.contiguous


def test_a_piece_counts_from_one_in_a_hundred() -> None:
    """Exactly 1% counts, also where it was added up from shares; less does not, nor nobody of nobody."""
    held = np.array([0.0, 99.0, 100.0, 10_000 * 0.07 / 7, 101.0])
    assert holds_piece(held, 10_000).tolist() == [False, False, True, True, True]
    assert not holds_piece(0.0, 0.0)
