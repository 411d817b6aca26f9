"""What stands beside the painted map, drawn from documents: figures in words, the evidence bar, warnings, offers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import paint_maps
import pytest
from playwright.sync_api import Browser, Page

from lgrdata.core import words
from lgrdata.core.lens_words import LensWords
from lgrdata.core.models import LENSES
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits import edits
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.desk import Desk
from lgrdata.ui.frame.opened import Open
from lgrdata.ui.redraw import drawing
from lgrdata.ui.redraw.paint import Action, PaintCouncil, PaintState
from lgrdata.ui.redraw.paint.component import engine_source, state_for_browser
from lgrdata.views import break_even
from lgrdata.views.desk_document import (
    DeskCase,
    DeskChange,
    DeskCost,
    DeskCouncil,
    DeskCrossing,
    DeskDifference,
    DeskDocument,
    DeskMoney,
    DeskOffer,
    DeskPlace,
    DeskStanding,
)

DRAW = """async ([source, text, state, dark]) => {
  globalThis.engine ??= await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  document.body.innerHTML = `<div id="host" style="color:#0b0c0c;font-family:sans-serif"></div>`;
  const host = document.getElementById("host"), map = new engine.PaintedMap(host);
  map.update({ geometry: "g", state, ack: ["", 0], height: 500, above: 20, dark }, text, () => {});
  await new Promise((done) => setTimeout(done, 60));
  const bar = host.querySelector(".evidence"), left = bar?.getBoundingClientRect().left ?? 0;
  const box = (n) => { const r = n.getBoundingClientRect(); return [r.left - left, r.top, r.right - left, r.bottom]; };
  return {
    words: host.querySelector(".answers").innerText,
    alt: host.querySelector(".bar-box")?.getAttribute("aria-label") ?? "",
    width: bar?.clientWidth ?? 0,
    texts: bar ? [...bar.querySelectorAll("text")].map((t) => [t.textContent, ...box(t)]) : [],
    ends: bar ? [...bar.querySelectorAll(".end")].map((c) =>
      Number(c.getAttribute("cx") ?? Number(c.getAttribute("x")) + Number(c.getAttribute("width")) / 2)) : [],
    half: bar ? box(bar.querySelector(".half")) : null,
    nought: bar ? box(bar.querySelector(".nought")) : null,
    cases: bar ? [...bar.querySelectorAll(".case")].map(box) : [],
  };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": 1366, "height": 768})


def money(net: float, five: float = 10.0, break_even: float | None = 12.0, own: float = 14.8) -> DeskMoney:
    return DeskMoney(net, five, 40.0, 30.0, 100.0, 5, break_even, own)


def drawn(county: float, district: float, **more: Any) -> DeskDocument:
    """Two councils of 400,000 and 600,000 whose money is as given."""
    nets = {"county": county, "middle": (county + district) / 2, "district": district}
    own = {"county": 14.8, "middle": 8.4, "district": 2.0}
    called = {"county": "counties’", "middle": "halfway", "district": "districts’"}
    costs = tuple(DeskCost(lens, called[lens], money(net, 3 * net, 12.0, own[lens])) for lens, net in nets.items())
    councils = (DeskCouncil("East", 400_000), DeskCouncil("West", 600_000))
    return replace(DeskDocument("drawn", "middle", councils, costs, False), **more)


def limits_of(document: DeskDocument) -> str:
    """The break-even of both sides as Python words it."""
    sides = []
    for c in document.costs:
        if c.lens == "middle" or c.money.break_even is None:
            continue
        was = c.unchanged or c.money
        assert was.break_even is not None
        own = LensWords(c.lens, c.unchanged is not None).own
        figures = c.money.break_even, c.money.first_split, c.money.recurring_net > 0, c.unchanged is not None
        sides.append((own, break_even.Side(c.lens, *figures, (was.break_even, was.first_split))))
    return break_even.told(sides)


def shown(page: Page, document: DeskDocument, *, dark: bool = False) -> dict[str, Any]:
    geometry = paint_maps.grid()
    state = PaintState(
        dict.fromkeys(geometry.place, 0),
        tuple(PaintCouncil(c.name, i) for i, c in enumerate(document.councils)),
        document=document.as_json(),
    )
    sent = json.loads(json.dumps(state_for_browser(geometry, state)))
    return page.evaluate(DRAW, [engine_source(), geometry.text, sent, dark])


def test_figures_read_as_python_words_them(page: Page) -> None:
    shown(page, drawn(1, 2))
    amounts = [0, 1e-6, 0.2, 0.5, 1.5, 2.5, 12.4999, 14.25, 14.8, 29.75, 1234.5, 2_345_678.9]
    amounts += [-a for a in amounts]
    counts = [0, 7, 424, 999, 1234, 12_345, 563_643, 999_499, 999_500, 1_234_567]
    shares = [0, 0.004, 0.005, 0.1094, 0.125, 0.5, 1]
    found = page.evaluate(
        """([amounts, counts, shares]) => {
          const { millions, ordinal, peopleOf, percent, pounds, thousandsOf } = engine.PaintedMap.words;
          return {
            plain: amounts.map((v) => millions(v)), plus: amounts.map((v) => millions(v, true)),
            pounds: amounts.map(pounds), people: counts.map(peopleOf),
            thousands: counts.map(thousandsOf), percent: shares.map((v) => percent(v)),
            ordinal: [1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111, 2584].map(ordinal),
          };
        }""",
        [amounts, counts, shares],
    )
    assert found["plain"] == [words.millions(v) for v in amounts]
    assert found["plus"] == [words.millions(v, plus=True) for v in amounts]
    assert found["pounds"] == [words.pounds(v, 1) for v in amounts]
    assert found["people"] == [words.people(n) for n in counts]
    assert found["thousands"] == [words.thousands(n) for n in counts]
    assert found["percent"] == [words.percent(s) for s in shares]
    assert " ".join(found["ordinal"]) == "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 103rd 111th 2,584th"


def test_each_way_the_money_can_fall_is_said_with_its_sign(page: Page) -> None:
    said = {
        (19.2, 40.6): "saves £19m to £41m",
        (19.2, 19.4): "saves £19m",
        (-12.0, 40.0): "costs £12m or saves £40m",
        (-12.0, -3.2): "costs £3m to £12m",
        (0.0, 5.0): "changes nothing or saves £5m",
        (-0.2, 0.3): "costs under £1m or saves under £1m",
        (60.0, 50.0): "saves £50m to £60m",
    }
    page_words = {pair: shown(page, drawn(*pair))["words"] for pair in said}
    assert {pair: words for pair, words in said.items() if f"\n{words}\n" not in page_words[pair]} == {}
    late = shown(page, replace(drawn(7, 7), costs=tuple(
        replace(c, money=replace(c.money, five_year_net=-55.2, payback_years=13)) for c in drawn(7, 7).costs
    )))["words"]  # fmt: skip
    assert "saves £7m a year in the end, still £55m behind after five years" in late and "paid back in year 13" in late
    plain = replace(drawn(7, 7).costs[0].money, break_even=9.0)
    for county, before in (({}, None), ({"break_even": -3.0}, None), ({"break_even": 14.8}, None), ({}, plain)):
        two = drawn(7, -7)
        changed = replace(two.costs[0], money=replace(two.costs[0].money, **county), unchanged=before)
        two = replace(two, costs=(changed, *two.costs[1:]))
        assert limits_of(two) in shown(page, two)["words"]
    free = shown(page, replace(drawn(7, 7), costs=tuple(
        replace(c, money=replace(c.money, one_off=0.0, one_off_low=0.0, one_off_high=0.0, payback_years=None))
        for c in drawn(7, 7).costs
    )))["words"]  # fmt: skip
    assert "halfway: no one-off cost\n" in free and "paid back" not in free
    # Halfway may move by less than it reads as while a side's figure is seen to change.
    for net, told in {
        (-0.9, -0.4, 0.0): "under £1m a year worse in the end, halfway.",
        (-0.9, 0.3, 1.5): "under £1m a year better in the end, halfway.",
        (-0.9, 0.0, 0.9): "unchanged in the end, halfway.",
        (0.0, 0.0, 0.0): "yearly money as before.",
        (2.0, 1.6, 1.2): "+£2m a year in the end, halfway.",
    }.items():
        change = DeskDifference((DeskChange("G01", "Ashby", 0, 1),), (0, 0), dict(zip(LENSES, net, strict=True)), None)
        assert f"Ashby to West · {told}" in shown(page, drawn(2, 40, moved=change))["words"]
    added = "By assumption the 19 partnerships chosen would avoid £7m or £3m a year"
    partnered = shown(page, replace(drawn(-2, 44), partnered=added))["words"]
    assert f"costs £2m or saves £44m\nBefore any partnership. {added}." in partnered and "partnership" not in late
    today = shown(page, replace(drawn(0, 0), unchanged=True))
    assert "Today’s councils: nothing is spent and nothing saved." in today["words"] and today["ends"] == []


def test_the_bar_places_both_sides_nought_halfway_and_what_was_published(page: Page) -> None:
    case = DeskCase(30.0, 30.0, 30.0, "Ten councils", "districts paid")
    far = DeskCase(105.0, None, 105.0, "A county", "counties paid")
    for county, district in ((20.0, 40.0), (40.0, 20.0), (-30.0, 10.0), (-9.0, -3.0), (10.0, 10.4), (-0.4, 0.4)):
        seen = shown(page, drawn(county, district, cases=(case, far)))
        low, high = seen["ends"]
        assert low <= high and abs((seen["half"][0] + seen["half"][2]) / 2 - (low + high) / 2) < 1.5
        nought = (seen["nought"][0] + seen["nought"][2]) / 2
        for at, value in zip((low, high), sorted((county, district)), strict=True):
            assert (at > nought - 1) if value >= 0 else (at < nought + 1)
        told = {t[0]: t for t in seen["texts"]}
        assert "counties’" in told and "districts’" in told
        assert "published, counties paid: +£105m or less →" in " ".join(told)
        assert all(t[1] >= -1 and t[3] <= seen["width"] + 1 for t in seen["texts"]), seen["texts"]
        for i, a in enumerate(seen["texts"]):
            for b in seen["texts"][:i]:
                across, down = min(a[3], b[3]) - max(a[1], b[1]), min(a[4], b[4]) - max(a[2], b[2])
                assert across < 1 or down < 4, (county, district, a, b)
        assert seen["cases"][1][2] >= seen["width"] - 2  # beyond the end: an arrow there
        assert "published +£30m by Ten councils, districts paid" in seen["alt"]
        assert "saves" not in seen["alt"]  # no verdict, halfway's least of all


def test_what_is_not_known_is_said_and_names_are_text(page: Page) -> None:
    bare = drawn(1, 2, crossing=None, standing=DeskStanding(2, 0, (), "Elmbridge is in no council yet."))
    seen = shown(page, replace(bare, councils=(DeskCouncil("<b>East</b>", 0), DeskCouncil("West", 600_000))))
    assert "not known" in seen["words"] and "Elmbridge is in no council yet." in seen["words"]
    places = (DeskPlace("size", 2, 1, 40), DeskPlace("money", 0, 0, 43, "the lenses disagree"))
    offer = DeskOffer(
        "better", "better", (DeskChange("a", "Elmbridge", 0, 1),), goal="crossing",
        kept=("evenness of size",), worse=("care against tax", "borders cut", "compactness", "house moves"),
    )  # fmt: skip
    known = drawn(1, 2, crossing=DeskCrossing(0.17, 0.11), standing=DeskStanding(2, 44, places))
    told = shown(page, replace(known, offers=(offer,)))["words"]
    assert "; worse on care against tax, borders cut and more\n" in told  # said before anybody chooses it
    assert "17%\nup from 11% between today’s care councils: worse" in told
    assert "Where it stands of 44 splits with two councils\n" in told
    apart = replace(known, standing=DeskStanding(2, 43, places))  # in pieces: none of the 43, and beside all of them
    beside = "Where it would stand of 44 splits with two councils, this one included\n"
    assert beside in shown(page, apart)["words"]
    behind = (DeskPlace("size", 43, 0, 0), DeskPlace("crossing", 42, 1, 0), DeskPlace("money", 0, 0, 43))
    words_of = shown(page, replace(known, standing=DeskStanding(2, 43, behind)))["words"]  # all 43 are ahead: no 44th
    for said in (beside, "Last in evenness of size", "Joint 43rd for keeping", "1st for money"):
        assert said in words_of
    assert "Joint 3rd in evenness of size" in told and "Too close to call for money" in told


def test_the_document_of_a_drawing_holds_its_findings() -> None:
    data = Dataset()
    first = data.split("surrey", "surrey-2ua")
    desk = Desk(Scenario(first, start="surrey-2ua"))
    here = Open(data, desk)
    begun = drawing.document(here, here.effects())
    assert [c.residents for c in begun.councils] == [563_643, 685_006]
    assert [c.payer for c in begun.cases] == ["districts paid"] and begun.offers == () and begun.moved is None
    assert begun.standing and begun.standing.of == 43
    desk.change_split(edits.give(first, ["E07000209"], 0))
    made = drawing.document(here, here.effects())
    (warning,) = made.warnings
    assert (warning.kind, warning.council, warning.count) == ("pieces", 1, 2)
    assert warning.blocks == (("E07000216", "Waverley"),)
    assert {o.id for o in made.offers} >= {"repair-0", "reset"} and made.cases == ()
    (reset,) = [o for o in made.offers if o.kind == "reset"]
    assert [(c.code, c.before, c.after) for c in reset.changes] == [("E07000209", 0, 1)]
    assert made.moved and made.moved.residents == (151_359, -151_359)
    # What is accepted is made, and one undo takes it back; what is locked stays.
    desk.locks = desk.locks.block("E07000216", True)
    with pytest.raises(Exception, match="locked"):
        drawing.accept(here, "repair-0")
    desk.locks = desk.locks.block("E07000216", False)
    # An offer of another drawing under the same id is not what the reader saw.
    with pytest.raises(Exception, match="no longer fits"):
        drawing.act(
            here, drawing.DrawingState("surrey"), Action("accept", offer="repair-0", offered=(("E07000215", 0),))
        )
    drawing.accept(here, "repair-0", (("E07000216", 0),))
    assert edits.warnings(here.scenario.split) == []
    desk.undo()
    drawing.accept(here, "reset")
    assert here.scenario.split == first
    with pytest.raises(Exception, match="no longer fits"):
        drawing.accept(here, "reset")
    json.dumps(made.as_json())
    # What was opened is no move of the reader's: neither at once nor when a later move was taken back.
    desk.open_split(data.split("surrey", "surrey-3ua"), "surrey-3ua")
    assert drawing.document(here, here.effects()).moved is None
    desk.change_split(edits.give(desk.scenario.split, ["E07000209"], 0))
    moved = drawing.document(here, here.effects()).moved
    assert moved and [c.code for c in moved.changes] == ["E07000209"]
    desk.undo()
    assert drawing.document(here, here.effects()).moved is None
