"""A figure under changed assumptions is nobody's evidence: it says so everywhere, the unchanged figure beside it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from view_words import text_of, unfolded

from export.compare import comparison
from export.snapshot import snapshot
from lgrdata.all_effects import as_json
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.cli.main import main
from lgrdata.core.lens_words import changed_lenses
from lgrdata.core.models import LENSES, SIDES, Partnership
from lgrdata.core.words import joined, millions, per_year, pounds
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import library
from lgrdata.page.blocks import Table, View, plain
from lgrdata.splits import edits, scenario
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.redraw import drawing
from lgrdata.views import desk, evidence_bar, redraw
from lgrdata.views.compare import page as compare
from lgrdata.views.effects import page as effects
from lgrdata.views.options import page as options
from lgrdata.views.partnerships import page as partnerships

BOTH = {"county.delta": 1.0, "district.delta": 3.0}


@pytest.fixture(scope="module")
def real(real_db: Path) -> Dataset:
    return Dataset(real_db)


@pytest.fixture
def changed(real: Dataset) -> Scenario:
    return Scenario(real.split("surrey", "surrey-2ua"), lens="county", assumptions=dict(BOTH))


def _told(view: View) -> str:
    return " ".join([text_of(view), *(plain(c) for c in view.caveats)])


def test_the_middle_is_changed_with_either_side_and_all_with_what_all_share() -> None:
    assert changed_lenses({}, partnered=True) == frozenset()
    assert changed_lenses({"county.delta": 1.0}, partnered=False) == {"county", "middle"}
    assert changed_lenses({"district.s": 1.0}, partnered=False) == {"district", "middle"}
    assert changed_lenses({"disagg_exponent": 1.0}, partnered=False) == set(LENSES)
    assert changed_lenses({"mu_hosting": 1.0}, partnered=False) == frozenset()
    assert changed_lenses({"mu_hosting": 1.0}, partnered=True) == set(LENSES)


def test_json_marks_each_lens_that_was_changed_and_keeps_its_unchanged_figures(
    real: Dataset, changed: Scenario
) -> None:
    before = as_json.document(effects_of(real, replace(changed, assumptions={})))["costs"]
    one = replace(changed, assumptions={"county.delta": 1.0})
    costs = as_json.document(effects_of(real, one), one)["costs"]
    assert [lens for lens in LENSES if costs[lens].get("changed")] == ["county", "middle"]
    assert costs["county"]["unchanged"] == before["county"] and costs["district"] == before["district"]
    assert costs["county"]["disaggregation_cost"] != before["county"]["disaggregation_cost"]
    assert not any("changed" in cost for cost in before.values())


def test_partnerships_stand_beside_themselves_unchanged(real: Dataset, changed: Scenario) -> None:
    model = next(m for m in library(real).models.values() if m.effect == "duplication" and not m.excluded)
    chosen, key = Partnership("front_doors", model.model_id, (0, 1), coverage=1.0), str(model.parameter_key)
    before = effects_of(real, replace(changed, assumptions={}, partnerships=(chosen,)))
    after = effects_of(real, replace(changed, assumptions={key: 0.01}, partnerships=(chosen,)))
    assert after.unchanged_with_partnerships == before.costs_with_partnerships != after.costs_with_partnerships
    assert after.costs_unchanged == before.costs == after.costs
    assert all(w.changed for w in after.lens_words.values())


def test_what_changed_since_the_start_counts_no_partnership_as_the_bar_does_not(
    real: Dataset, changed: Scenario
) -> None:
    model = next(m for m in library(real).models.values() if m.effect == "duplication" and not m.excluded)
    chosen = Partnership("front_doors", model.model_id, (0, 1), coverage=1.0)
    begun = Scenario(changed.split, partnerships=(chosen,))
    drawn = replace(begun, split=edits.give(changed.split, ["E07000207"], 1 - int(changed.split.authority[0])))
    now = effects_of(real, drawn)
    assert now.costs != now.costs_with_partnerships
    (table,) = [b for b in redraw.changed(drawing.beside(now, begun.split), now, "two") if isinstance(b, Table)]
    for lens, row in zip(LENSES, table.rows, strict=False):
        nets = [e.costs[lens].recurring_net for e in (effects_of(real, begun), now)]
        assert row[1:] == tuple(millions(v, plus=True) for v in (*nets, nets[1] - nets[0])), lens


def test_no_page_calls_a_changed_figure_evidence(real: Dataset, changed: Scenario) -> None:
    found = effects_of(real, changed)
    was, now = found.costs_unchanged["county"], found.costs["county"]
    view = effects.view(real, changed, found)
    money = plain(view.lede[1])
    told, unchanged = (per_year(c.recurring_net).replace("a saving of", "save") for c in (now, was))
    assert f"{told} on counties’ figures as changed here ({unchanged} unchanged)" in money
    assert "districts’ figures as changed here" in money
    pages = [
        view,
        partnerships.view(real, changed, found),
        compare.view(real, [changed, replace(changed, split=real.split("surrey", "single"))], ["Mine", "One"]),
    ]
    for page in pages:
        told = _told(page)
        assert not re.search(r"(county|district) side’s evidence|either side’s evidence", told)
        assert not re.search(r"\b(counties’|districts’) evidence(?!, unchanged)", told)
        assert "as changed here" in told or "changed here" in told
        assert "unchanged" in told
    told = " ".join(s.note for s in view.stats)
    assert f"({millions(was.five_year_net, plus=True)} unchanged)" in told
    stat = next(s for s in view.stats if "dividing" in s.label)
    assert "£1.0 (counties’, changed here; " in stat.note and "£3.0 (districts’, changed here; " in stat.note
    beside_map = desk.document(real, changed, found).costs
    assert all("changed here" in c.called and c.unchanged is not None for c in beside_map)
    own = {c.lens: (c.money.first_split, c.unchanged and c.unchanged.first_split) for c in beside_map}
    assert own == {"county": (1.0, 14.8), "middle": (2.0, 8.4), "district": (3.0, 2.0)}
    assert "not evidence as published" in _told(options.view(real, changed))


def test_published_cases_are_held_against_the_model_as_published(real: Dataset, changed: Scenario) -> None:
    def cases(one: Scenario) -> list[tuple[object, ...]]:
        view = effects.view(real, one, effects_of(real, one))
        (table,) = [b for s in view.sections for b in unfolded(s.blocks) if getattr(b, "name", "") == "published-cases"]
        return list(table.rows)  # type: ignore[union-attr]

    assert cases(changed) == cases(replace(changed, assumptions={}))


def test_exports_say_it_too(real: Dataset, changed: Scenario) -> None:
    was = effects_of(real, changed).costs_unchanged["county"]
    made = snapshot(real, changed, made=date(2026, 5, 1)).decode()
    beside = comparison(real, [changed, Scenario(real.split("surrey", "surrey-3ua"))], made=date(2026, 5, 1)).decode()
    for page in (made, beside):
        assert "counties’ figures as changed here" in page and "unchanged" in page
        assert "side’s evidence</td>" not in page
        assert ">Counties’ evidence</" not in page or ">Counties’ evidence, unchanged</" in page
    assert "the county side’s evidence" not in made
    # The column beside it rests on what was published, and is named where it says so.
    said = re.findall(r"(?:<svg [^<>]*aria-label=\"|>)([^<>]*the county side’s evidence[^<>]*)", beside)
    assert said and all(text.startswith("Three unitaries: East, North and West Surrey: ") for text in said)
    assert f"{millions(was.recurring_net, plus=True)}" in made and pounds(was.switching_value, 1) in made


def test_the_command_prints_changed_and_unchanged(
    changed: Scenario, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "changed.json"
    path.write_text(scenario.write(replace(changed, assumptions={"county.delta": 1.0})), encoding="utf-8")
    assert main(["effects", "surrey", str(path)]) == 0
    lines = [re.split(r"  +", line)[0] for line in capsys.readouterr().out.splitlines()]
    wanted = ["counties’, changed here", "counties’, unchanged", "halfway, changed here", "halfway, unchanged"]
    assert [name for name in lines if name in wanted] == wanted and "districts’" in lines
    assert main(["effects", "surrey", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["costs"]["county"]["changed"] is True


def test_no_headline_counts_a_partnership_and_what_they_avoid_is_told_with_what_it_leaves_out(real: Dataset) -> None:
    """Nobody can quote that a split saves where it does so only by partnerships that cost nothing to run."""
    alone = Scenario(real.split("surrey", "surrey-2ua"), lens="county")
    fitting = [s for s, fits in library(real).fits.items() if fits and s != "leadership"]
    chosen = tuple(Partnership(s, "hosted_service", (0, 1), coverage=1.0) for s in fitting)
    limits = "running them is not counted, and a report for counties has a shared body cost more"
    for assumptions in ({}, BOTH):
        mine: Scenario = replace(alone, assumptions=dict(assumptions))
        with_them = replace(mine, partnerships=chosen)
        before, after = effects_of(real, mine), effects_of(real, with_them)
        gains = [after.costs_with_partnerships[x].recurring_net - before.costs[x].recurring_net for x in SIDES]
        assert min(gains) > 0
        avoid = joined(list(dict.fromkeys(millions(g) for g in gains)), "or")
        plain_view, shown = effects.view(real, mine, before), effects.view(real, with_them, after)
        # The sentence of money is the one without them, but for three words.
        assert plain(shown.lede[1]).replace("In the end, before any partnership, it", "In the end it") == plain(
            plain_view.lede[1]
        )
        for stat, was in zip(shown.stats[:2], plain_view.stats[:2], strict=True):
            assert stat.value == was.value
        assert "before any partnership" in plain(shown.stats[0].note)
        bar, was_bar = evidence_bar.picture(real, after), evidence_bar.picture(real, before)
        assert bar is not None and was_bar is not None and bar.svg == was_bar.svg
        printed = snapshot(real, with_them, made=date(2026, 1, 1)).decode()
        for text in (bar.title, effects.over_the_bar(after), printed, desk.document(real, with_them, after).partnered):
            assert f"would avoid {avoid} a year" in text and limits in text
        assert limits not in snapshot(real, mine, made=date(2026, 1, 1)).decode()
    small = replace(alone, partnerships=tuple(replace(p, coverage=0.0) for p in chosen[:1]))
    assert "would avoid nothing that is counted;" in effects.over_the_bar(effects_of(real, small))
    # One that is run by no more than one council changes nothing, and is not counted on the map's desk either.
    alike = replace(small, partnerships=(*small.partnerships, Partnership(fitting[1], "hosted_service", (0,))))
    counted_in = effects_of(real, alike)
    assert (
        len(counted_in.terms) == 1 and "the one partnership chosen" in desk.document(real, alike, counted_in).partnered
    )
