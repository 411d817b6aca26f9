"""What the page Share out says, on a drawn county worked out by hand and on Lancashire's published spending."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from drawn_facts import column, grid
from services.drawn_care import fits
from shares.drawn_shares import LOOKED_AFTER, shares
from shares.test_share_by_hand import A
from view_words import faults, text_of

from lgrdata.core.share_facts import ShareFacts
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Chart, Fold, Items, Link, Table, View, plain
from lgrdata.shares.counts import OwnCounts
from lgrdata.shares.of_scenario import Shared, share_scenario, shared_of
from lgrdata.shares.sides import residents_alone, stance, suited
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import make
from lgrdata.views.share.page import sections, view
from lgrdata.views.share.words import choosable

HALVES = {A[0]: "North", A[1]: "North", A[2]: "South", A[3]: "South"}


def county(fostering: float = 100_000.0, asylum: float = 30_400.0) -> ShareFacts:
    """The drawn county with spending in millions, and nothing but these two lines of care."""
    care = {"fostering": column([fostering], "2024-25"), "asylum": column([asylum], "2024-25")}
    rest = {"highways": column([10_500.0], "2024-25"), "central": column([50_000.0], "2024-25")}
    return shares(grid(2, 2, fits=fits(), care_spend=care, upper_spend=rest), LOOKED_AFTER)


def shared(given: ShareFacts, places: dict[str, str], own: OwnCounts | None = None, **more: dict[str, str]) -> Shared:
    return share_scenario(given, Scenario(make(given.facts, places), **more), own)  # type: ignore[arg-type]


def lede(found: View) -> list[str]:
    return [plain(sentence) for sentence in found.lede]


def table(found: View, name: str) -> list[list[str]]:
    html = [b for s in found.sections for b in s.blocks]
    held = [b.table if isinstance(b, Chart) else b for b in html if isinstance(b, Chart | Table)]
    (wanted,) = (t for t in held if t.name == name)
    return [[plain(cell) for cell in row] for row in wanted.rows]


def test_the_sentence_the_bars_and_the_lines_by_hand() -> None:
    found = view(shared(county(), HALVES))
    # Fostering 30 | 70 by looked-after children, 50 | 50 by residents; asylum 15.2 | 15.2: 45.2 to 65.2, and 85.2.
    assert lede(found) == [
        "How County’s £130m for care is divided moves North’s part by £20m a year: from £45m to £65m.",
        "By the bases on this page North would have £45m, by residents alone £65m.",
        "This is net spending of 2024-25 before grants, and not a budget.",
    ]
    assert table(found, "share-parts") == [
        ["North", "£45m", "£45m", "£65m", "£65m"],
        ["South", "£65m", "£85m", "£85m", "£65m"],
        ["All", "–", "£130m", "–", "£130m"],
    ]
    assert "may not add" not in text_of(found).partition("Lines of care")[0], "45 and 85 make 130"
    assert table(found, "share-argument-lines") == [
        [
            "Fostering",
            "£100m",
            "children looked after (estimated)",
            "£20m",
            "£30m (£30m to £50m)",
            "£70m (£50m to £70m)",
        ]
    ]
    (bars,) = next(s for s in found.sections if s.anchor == "share-bars").blocks
    assert isinstance(bars, Chart) and "North: £45m, low £45m, high £65m, by residents £65m" in bars.alt
    assert "One line holds nine tenths of the argument on care" in text_of(found) and not faults(text_of(found))


def test_rounded_rows_that_do_not_add_say_so() -> None:
    # Asylum 30.8 is 15.4 each: 45.4 and 85.4 round to 45 and 85, which make 130 of 130.8, told as 131.
    found = view(shared(county(asylum=30_800.0), HALVES))
    assert "Rounded figures may not add." in text_of(found).partition("Lines of care")[0]
    # Fostering 102.2 moves 20.4, from 30.66 to 51.1; with 12.8 of asylum from 43.46 to 63.9: 43, 64 and 20.
    uneven = lede(view(shared(county(fostering=102_200.0, asylum=25_600.0), HALVES)))
    assert uneven[0].endswith("by £20m a year: from £43m to £64m.")
    assert uneven[2] == "This is net spending of 2024-25 before grants, and not a budget; rounded figures may not add."


def test_two_sides_tell_the_gap_its_lines_the_middle_and_what_each_gives() -> None:
    same = view(shared(county(), HALVES))
    assert "As yet both divide all" in text_of(same) and "Choose who stands on each side" in text_of(same)
    found = view(shared(county(), HALVES, bases={"highways": "households"}, against={"fostering": "residents"}))
    # Highways 7.35 | 3.15 by homes, by residents 5.25 each: 2.1 apart; fostering 20.
    assert "£22m a year differently, £20m of it care, on two lines. Most is on Fostering (£20m)." in text_of(found)
    gap = [["Fostering", "children looked after (estimated)", "residents", "£20m", "£30m · £40m · £50m"]]
    assert [row[:5] for row in table(found, "share-gap")] == gap
    # North has 30 and 7.35 by one side, 50 and 5.25 by the other, 40 and 6.3 half way.
    assert table(found, "share-midpoint")[0] == ["North", "£37m", "£55m", "£46m", "gains £9m", "gives £9m"]


def test_sides_are_named_and_the_sentence_is_of_the_council_asked_for() -> None:
    found = shared(county(), HALVES, against={"fostering": "residents"})
    assert found.out is not None
    assert residents_alone(found.out) == {"fostering": "residents"}
    named = [stance(found.out, b) for b in ({}, found.against, suited(found.out, 1), {"fostering": "equal"})]
    assert named == ["start", "residents", 1, "own"]
    assert "One side goes by the bases this page starts with; the other by residents alone, on every line" in text_of(
        view(found)
    )
    south = lede(view(shared(county(), HALVES), council=1))
    assert south[0].endswith("moves South’s part by £20m a year: from £65m to £85m.")
    assert south[1] == "By the bases on this page South would have £85m, by residents alone £65m."


def test_what_suits_a_council_is_its_best_basis_line_by_line() -> None:
    found = shared(county(), HALVES)
    assert found.out is not None
    # North: fostering by residents 50 over 30, highways by homes 7.35 over 5.25; central by residents 25 over in step.
    assert suited(found.out, 0) == {"fostering": "residents", "highways": "households"}
    assert suited(found.out, 1) == {"central": "in_step"}
    (fostering,) = (s for s in found.out.divided if s.line.key == "fostering")
    assert choosable(fostering) == ["children_looked_after", "residents"]


def test_counts_of_your_own_are_marked_and_the_difference_told() -> None:
    own = OwnCounts({"children_looked_after": dict(zip(A, (40.0, 30.0, 20.0, 10.0), strict=True))})
    found = view(shared(county(), HALVES, own))
    assert table(found, "share-argument-lines")[0][2] == "children looked after (your counts)"
    assert table(found, "share-own-counts") == [
        ["children looked after", "North", "70.0%", "30.0%"],
        ["children looked after", "South", "30.0%", "70.0%"],
    ]
    bad = OwnCounts({"children_looked_after": {A[0]: 1.0}, "no_such": {"E1": 2.0}})
    told = view(shared(county(), HALVES, bad)).warnings
    assert told[-1].startswith("Your counts are not used: no_such and E1"), told


def test_every_bad_case_gets_a_plain_answer() -> None:
    given = county()
    one = view(shared(given, dict.fromkeys(A, "One")))
    assert lede(one)[0].startswith("This split divides no council’s care") and one.sections
    unfinished = view(shared(given, {A[0]: "North", A[1]: "South"}))
    assert lede(unfinished) == [
        "Some of County is in no council yet; give every block a council, then share it out.",
        "Finish the split on the Redraw page, or choose another above.",
    ]
    empty = replace(given, facts=replace(given.facts, care_spend={}))
    assert lede(view(shared(empty, HALVES))) == ["No line of care spending is held for this area’s councils."]
    odd = shared(given, HALVES, bases={"fostering": "moon", "roads": "residents", "asylum": "own_counts"})
    assert "Left out, since no such line or basis is held here: fostering=moon and roads=residents." in odd.told
    for places in (HALVES, dict.fromkeys(A, "One"), {A[0]: "North"}):
        assert sections(shared(given, places))[0].blocks, "an export is never an empty part"


def test_lancashire_says_its_published_totals(real_db: Path) -> None:
    data = Dataset(real_db)
    found = view(shared_of(data, Scenario(data.split("lancashire", "lancs-4ua"))))
    data.close()
    # Adults 584,501 and children 291,482 make 875,983; residential care is 105,819, £ thousand, as published.
    assert lede(found)[0].startswith("How Lancashire’s £876m for care is divided moves East Lancashire’s part by £")
    groups = {row[0]: row[1] for row in table(found, "share-groups")}
    assert (groups["Adults’ care"], groups["Children’s care"]) == ("£585m", "£291m")
    assert groups["Public health"] == "£98m" and groups["Education"] != groups["Adults’ care"]
    lines = {row[0]: row[1] for row in table(found, "share-argument-lines")}
    assert lines["Looked after: residential care"] == "£106m"
    assert "Public health is divided as one line" in text_of(found), "and it is said why"
    # Each new council needs its own two directors; Blackpool's come along, the county's serve four councils.
    posts = {row[0]: row[1:] for row in table(found, "share-directors")}
    assert posts["Fylde Coast"] == [
        "Blackpool, which goes whole to it; Lancashire, of which it takes a part", "one", "one",
    ]  # fmt: skip
    assert posts["North Lancashire"] == ["Lancashire, of which it takes a part", "one", "one"] and len(posts) == 4
    assert not faults(text_of(found))
    # Wherever bases are chosen it is told why each fits, what that rests on, with a link and a date.
    for section in ("share-argument", "share-apart", "share-lines"):
        blocks = next(s for s in found.sections if s.anchor == section).blocks
        folded = [t for b in blocks if isinstance(b, Fold) for t in b.blocks if isinstance(t, Table)]
        (bases,) = (t for t in folded if t.name.startswith("share-bases"))
        assert bases.head[2:] == ("Standing", "Reason", "Precedent", "Source") and bases.rows
        for _, _, standing, _, precedent, source in bases.rows:
            assert isinstance(source, tuple) and isinstance(source[0], Link)
            assert plain(standing).endswith("on judgement" if precedent == "none found" else "on a precedent")
    opening = next(s for s in found.sections if s.anchor == "share-opening").blocks
    # Its ranges meet those of others here and on What it does: neither page calls it flatly.
    position = next(s for s in found.sections if s.anchor == "share-opening")
    assert plain(position.lede).startswith("East Lancashire may have") and "too close to call" in plain(position.lede)
    grants = [i for b in opening if isinstance(b, Items) for i in b.items if "rant" in plain(i) and "2026" in plain(i)]
    assert len(grants) == 2
    assert all(isinstance(g, tuple) and any(isinstance(p, Link) for p in g) for g in grants)


def test_whose_spending_goes_whole_and_is_left_out_is_said_beside_the_sums(real_db: Path) -> None:
    data = Dataset(real_db)
    found = lede(view(shared_of(data, Scenario(data.split("kent-medway", "kent-3a-3ua")))))
    assert found[2].endswith("; what Medway spends goes whole to one council, and is not in it.")
    assert "goes whole" not in lede(view(shared_of(data, Scenario(data.split("surrey", "surrey-2ua")))))[2]
