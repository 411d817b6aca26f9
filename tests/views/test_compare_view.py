"""The comparison on the project's own dataset: ranges, differences and moves; no total score."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote_plus

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from view_words import faults, text_of

from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.all_options.measures import BY_KEY
from lgrdata.core import words
from lgrdata.core.lens_words import CHOSEN
from lgrdata.core.models import Estimate, LgrError
from lgrdata.dataset import dataset as datasets
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Columns, Fold, Picture, Table, plain
from lgrdata.reading.db import default_path
from lgrdata.splits.edits import give, group_moves, moved_blocks
from lgrdata.splits.scenario import Scenario
from lgrdata.views.compare.lines import CLOSE, LEVEL, ComparedLine, Difference, exact
from lgrdata.views.compare.page import view
from lgrdata.views.compare.short import who_moves

SETS = {
    "surrey": ("surrey-2ua", "surrey-3ua", "today"),
    "lancashire": ("lancs-4ua", "lancs-4ua-alt", "lancs-2ua", "lancs-5ua"),
    "oxfordshire": ("oxon-1ua", "oxon-3ua"),
}


@pytest.fixture(scope="module")
def data() -> Dataset:
    return datasets.current(default_path())


def of(data: Dataset, area: str) -> list[Scenario]:
    return [Scenario(split=data.split(area, s)) for s in SETS[area]]


@pytest.mark.parametrize("area", SETS)
def test_words_are_fit_to_read(data: Dataset, area: str) -> None:
    made = view(data, of(data, area), [f"Split {n}" for n, _ in enumerate(SETS[area], start=1)])
    assert faults(text_of(made)) == []
    told = text_of(made).lower()
    assert not any(word in told for word in ("winner", "optimal", "will save", "score:"))
    (side,) = made.sections[0].blocks
    assert isinstance(side, Columns)
    assert [isinstance(blocks[0], Picture) for _, blocks in side.columns] == [True] * len(SETS[area])


def test_figures_equal_the_effects(data: Dataset) -> None:
    scenarios = of(data, "surrey")
    made = view(data, scenarios, ["A", "B", "C"])
    rows = {plain(r[0]): r for s in made.sections for b in s.blocks if isinstance(b, Table) for r in b.rows}
    first, second = (effects_of(data, s) for s in scenarios[:2])
    for lens in ("county", "middle", "district"):
        row = rows[f"In the end, a year, {CHOSEN[lens]}"]
        assert row[1] == words.millions(first.costs[lens].recurring_net, plus=True)
        assert plain(row[2]).startswith(words.millions(second.costs[lens].recurring_net, plus=True))
    share = second.boundary.crossing["commuting 2021"].share
    assert plain(rows["Commuters who cross, 2021"][2]).startswith(words.percent(share))


def test_overlapping_ranges_are_too_close_to_call() -> None:
    figures = (Estimate(10, 8, 12), Estimate(13, 11, 15), Estimate(20, 18, 22), Estimate(10, 8, 12))
    line = ComparedLine("People", figures, words.number, words.number, 1)
    assert [line.difference_words(n) for n in (1, 2, 3)] == [CLOSE, "10 more", LEVEL]
    assert line.cell(1) == f"13 (11 to 15); {CLOSE}"


def test_compare_and_every_option_call_figures_better_by_one_rule() -> None:
    """What is called better differs as shown, and cells that read alike are judged alike."""
    commuting = BY_KEY["commuting_crossing"]
    shares = (0.149, 0.1449, 0.136, 0.1451)  # told 15%, 14%, 14%, 15%
    figures = tuple(exact(v) for v in shares)
    line = ComparedLine("Commuters", figures, words.percent, words.percent, commuting.step, good="less")
    assert [line.verdict_words(n) for n in (1, 2, 3)] == ["better", "better", LEVEL]
    rng = random.Random(5)
    for _ in range(300):
        before, after = rng.uniform(0.1, 0.2), rng.uniform(0.1, 0.2)
        one = replace(line, figures=(exact(before), exact(after)))
        was, then = commuting.rounded(np.array([before, after]))
        called = "better" if then < was else "worse" if then > was else LEVEL
        assert one.verdict_words(1) == called
        assert (called == LEVEL) == (words.percent(before) == words.percent(after))


def test_lenses_that_disagree_are_too_close_to_call() -> None:
    figures = tuple(exact(v) for v in (5.0, 6.0, 9.0))
    paired = ((5.0, 5.0, 5.0), (4.0, 6.0, 7.0), (8.0, 9.0, 12.0))
    line = ComparedLine("Net", figures, words.millions, words.millions, 1, paired)
    assert line.difference(1) == Difference("close", lenses_disagree=True)
    assert line.difference(2) == Difference("more", 3, 7)
    assert line.difference_words(2) == "£3m to £7m more"


def test_a_council_that_is_gone_has_moved_whole(data: Dataset) -> None:
    two, one = (data.split("surrey", s) for s in ("surrey-2ua", "single"))
    moved = moved_blocks(two, one)
    assert {then for _, then, _ in moved} == {"East Surrey"}
    assert len(moved) == sum(1 for c in two.authority if two.names[c] == "East Surrey")


def test_moves_name_the_authority(data: Dataset) -> None:
    start = data.split("surrey", "surrey-2ua")
    code = start.facts.authorities[0].code
    there = give(start, [code], 1 - int(start.authority[0]))
    made = view(data, [Scenario(split=start), Scenario(split=there)], ["Before", "After"])
    told = text_of(made)
    assert start.facts.authorities[0].name in told and "After: one authority or ward in another council." in told


def test_only_one_area_and_two_to_four(data: Dataset) -> None:
    surrey, lancashire = of(data, "surrey"), of(data, "lancashire")
    with pytest.raises(LgrError, match="one area"):
        view(data, [surrey[0], lancashire[0]], ["A", "B"])
    with pytest.raises(LgrError, match="2 to 4"):
        view(data, surrey[:1], ["A"])


def test_changed_assumptions_are_told(data: Dataset) -> None:
    split = data.split("surrey", "surrey-2ua")
    other = Scenario(split=split, assumptions={"county.delta": 5.0})
    made = view(data, [Scenario(split=split), other], ["A", "B"])
    assert any("different assumptions" in w for w in made.warnings)


def test_the_visitor_s_split_opens_with_the_visitor_s_partnerships() -> None:
    app = AppTest.from_file(Path(__file__).parents[2] / "app.py", default_timeout=60)
    app.query_params["area"] = "lancashire"
    app.run()
    app.switch_page("pages/compare.py")
    for key, value in {"area": "lancashire", "split": "lancs-4ua", "with": "front_doors~hosted_service~01"}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception and not app.error
    first = app.query_params["compare"].split("~")[0]
    assert first.startswith("lancs-4ua!") and "front_doors" in unquote_plus(first)
    (chosen,) = [m for m in app.multiselect if m.key == "compare_pick"]
    assert chosen.value[0] == first and any(label.endswith(", with one partnership") for label in chosen.options)


@pytest.mark.parametrize("area", ["surrey", "oxfordshire"])
def test_the_page_opens(area: str) -> None:
    app = AppTest.from_file(Path(__file__).parents[2] / "app.py", default_timeout=60)
    app.query_params["area"] = area
    app.run()
    app.switch_page("pages/compare.py")
    for key, value in {"area": area, "compare": "~".join(SETS[area])}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception and not app.error
    assert app.query_params["compare"] == "~".join(SETS[area])


def test_five_rows_say_better_or_worse_and_each_note_is_shown(data: Dataset) -> None:
    two, three = (
        Scenario(split=data.split("surrey", s), note=n)
        for s, n in (("surrey-2ua", "Chosen"), ("surrey-3ua", "Long. " * 40))
    )
    for small in (True, False):
        made = view(data, [two, three], ["Two", "Three"], small=small)
        (short,) = [s for s in made.sections if s.anchor == "short"]
        (table,) = short.blocks
        assert isinstance(table, Table) and len(table.rows) == 5
        assert "share of the area’s care costs ÷ its share of the area’s tax base" in plain(table.note)
        told = {str(row[0]): str(row[2]) for row in table.rows}
        found = [effects_of(data, s) for s in (two, three)]
        shares = [e.boundary.crossing["commuting 2021"].share for e in found]
        assert shares[1] > shares[0] and told["Commuters who cross"].endswith("(worse)")
        nets = [[c.recurring_net for c in e.costs.values()] for e in found]
        assert all(b < a for a, b in zip(*nets, strict=True))
        assert told["In the end, a year, by whose evidence"].endswith("(worse)")
        assert told["Who moves, who stays"].startswith(
            "Runnymede and Spelthorne leave West Surrey for North Surrey."
            " Elmbridge leaves East Surrey for North Surrey. Staying together: "
        )
        (side,) = made.sections[0].blocks
        assert isinstance(side, Columns)
        notes = [blocks[2] for _, blocks in side.columns]
        assert plain(notes[0].text) == "Note: Chosen" and isinstance(notes[1], Fold)  # type: ignore[union-attr]


def test_everyone_who_moves_or_stays_is_named(data: Dataset) -> None:
    start, now = (data.split("kent-medway", name) for name in ("kent-3a-3ua", "kent-5a-5ua"))
    moves = group_moves(start, now)
    assert len(moves) > 2
    one, two = (data.split("gloucestershire", name) for name in ("glos-1ua", "glos-2ua-east-west"))
    for before, after in ((start, now), (start, data.split("kent-medway", "single")), (one, two), (two, one)):
        told = who_moves(before, after)
        # Gloucester is not named by “West Gloucestershire”.
        unnamed = [a.name for a in before.facts.authorities if not re.search(rf"\b{a.name}\b", told)]
        assert unnamed == [], told
    for name in (n for m in moves[2:] for n in m.wholes):
        assert name in who_moves(start, now).split("Others that move: ")[1]
    for move in moves[2:]:
        assert f"to {now.names[move.after]}" in who_moves(start, now).split("Others that move: ")[1]


def test_a_council_whose_name_holds_another_s_is_told_as_a_council(data: Dataset) -> None:
    start, now = (data.split("surrey", name) for name in ("surrey-2ua", "surrey-3ua"))
    now = replace(now, names=tuple("West Surrey and the North" if n == "North Surrey" else n for n in now.names))
    told = "leave the council called West Surrey for the one called West Surrey and the North."
    assert told in who_moves(start, now)


def test_the_change_shown_among_the_options_is_put_aside_beside_the_split_it_changes() -> None:
    app = AppTest.from_file(Path(__file__).parents[2] / "app.py", default_timeout=60)
    app.query_params["area"] = "lancashire"
    app.run()
    app.switch_page("pages/options.py")
    app.query_params["area"], app.query_params["split"] = "lancashire", "lancs-2ua"
    app.run()
    app.button(key="options_compare").click().run()
    app.switch_page("pages/compare.py")
    app.run()
    assert not app.exception and not app.error
    drawn, changed = app.query_params["compare"].split("~")
    assert drawn == "lancs-2ua" and changed.partition("!")[0] not in ("", drawn)
    assert re.search(r"\bwith\b.* to (North|South)", unquote_plus(changed.split("!")[1]), re.IGNORECASE)
