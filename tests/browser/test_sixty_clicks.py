"""Clicks on the app and on the file, sixty in the whole set: each gives the figures that Python gives."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from agree import differences
from explorer_browser import INSIDE, opened, settled, written
from playwright.sync_api import Browser, Page
from serving import settle

from lgrdata.all_effects.as_json import document
from lgrdata.all_effects.effects import Effects, work_out
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits import address as addresses
from lgrdata.splits import edits
from lgrdata.splits.naming import marked
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split
from lgrdata.views import desk

AREAS = {"surrey": False, "oxfordshire": True, "hampshire-solent": False, "lancashire": True, "lincolnshire": False}
"""Five areas, and whether by wards."""
ANSWERED = ("councils", "costs", "unchanged", "crossing", "warnings")
"""What the desk's document says of a split, whatever was drawn before it."""
LISTEN = """async () => {
  const { PaintedMap } = await [...lgrPaintEngines.values()][0], answer = PaintedMap.prototype.answer;
  PaintedMap.prototype.answer = function (told, asked) {
    globalThis.seen = { told, waiting: this.ledger.pending.length };
    return answer.call(this, told, asked);
  };
}"""
"""Keeps the document that the desk shows, and how many acts the server has yet to answer."""

Click = tuple[str, str, int, Split]
"""A block's code, the start of its label, the council it is given to, and the split after that."""


@pytest.fixture(scope="module")
def dataset(real_db: Path) -> Iterator[Dataset]:
    held = Dataset(real_db)
    yield held
    held.close()


def _shown_by_wards(split: Split) -> list[int]:
    """Two districts to open, so that clicks divide them."""
    facts = split.facts
    return [i for i in range(len(facts.authorities)) if facts.wards_counted[i] and len(facts.wards_of[i]) > 1][:2]


def _clicks(split: Split, area_id: str, many: int, *, wards: bool) -> list[Click]:
    """Clicks that each change the split, the same for everyone who is asked."""
    rng, facts = random.Random(area_id), split.facts
    parted = _shown_by_wards(split) if wards else []
    blocks = [(a.code, f"{a.name}, ") for i, a in enumerate(facts.authorities) if i not in parted]
    blocks += [
        (facts.wards[w].code, f"{facts.wards[w].name}, {facts.authorities[i].name}, ")
        for i in parted
        for w in facts.wards_of[i]
    ]
    out: list[Click] = []
    while len(out) < many:
        (code, label), council = rng.choice(blocks), rng.randrange(split.count)
        after = edits.give(split, [code], council)
        if after is not split:
            split = after
            out.append((code, label, council, split))
    return out


def _worked_out(dataset: Dataset, split: Split) -> Effects:
    return work_out(split.facts, marked(split, dataset.recognised(split)), dataset.assumptions)


def _begin(page: Page, split: Split, *, wards: bool) -> None:
    """Two districts by wards, where asked for."""
    for i in _shown_by_wards(split) if wards else ():
        facts = split.facts
        page.locator(f'.block[aria-label^="{facts.authorities[i].name},"]').evaluate("n => n.focus()")
        page.keyboard.press("w")
        first = facts.wards[facts.wards_of[i][0]].name
        page.wait_for_selector(f'.block[aria-label^="{first}, {facts.authorities[i].name},"]')


def _click(page: Page, label: str, council: int) -> None:
    """Give a block to a council: by mouse, or by key where no point of it is free of names."""
    chip = page.locator(".chip input").nth(council)
    if not chip.is_checked():
        page.locator(".chip").nth(council).click()
    block = page.locator(f'.block[aria-label^="{label}"]')
    if (spot := block.evaluate(INSIDE)) is not None:
        page.mouse.click(*spot)
    else:
        block.evaluate("n => n.focus()")
        page.keyboard.press("Enter")


def _wrong_in_the_file(
    browser: Browser, dataset: Dataset, folder: Path, area_id: str, many: int, *, wards: bool
) -> list[str]:
    context = browser.new_context(offline=True, viewport={"width": 1366, "height": 768})
    page, wrong = opened(context, written(dataset, folder, area_id, wards=wards))
    split = _first(dataset, area_id, page)
    _begin(page, split, wards=wards)
    for n, (_, label, council, after) in enumerate(_clicks(split, area_id, many, wards=wards), 1):
        _click(page, label, council)
        told = json.loads(json.dumps(document(_worked_out(dataset, after))))
        wrong += [f"file, click {n}: {d}" for d in differences(told, page.evaluate("lgr.effects()"))]
    context.close()
    return wrong


def _first(dataset: Dataset, area_id: str, page: Page) -> Split:
    """The split that the file opens with."""
    held = dict(parse_qsl(settled(page).evaluate("location.hash")[1:]))
    query = {"area": area_id, **{k: v for k, v in held.items() if k != "c"}}  # its check is over what follows the #
    scenario, messages = addresses.from_query(dataset.conn, dataset.facts, query)
    assert scenario is not None and messages == []
    return scenario.split


def _wrong_in_the_app(
    browser: Browser, dataset: Dataset, address: str, split: Split, many: int, *, wards: bool, each: bool
) -> list[str]:
    """`each`: wait for the server's answer to each click, not only to the last."""
    area_id = split.facts.area.area_id
    wrong: list[str] = []
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.on("console", lambda m: wrong.append(f"app: {m.text[:200]}") if "lgr:" in m.text else None)
    page.on("pageerror", lambda e: wrong.append(f"app: {e}"))
    page.goto(f"{address}/redraw?{urlencode(addresses.to_query(Scenario(split), dataset.conn))}")
    page.wait_for_selector(".block", timeout=60000)
    settle(page)
    page.evaluate(LISTEN)
    _begin(page, split, wards=wards)
    settle(page)
    clicks = _clicks(split, area_id, many, wards=wards)
    for n, (_, label, council, after) in enumerate(clicks, 1):
        told = desk.document(dataset, Scenario(after), _worked_out(dataset, after)).as_json()
        python = {k: v for k, v in json.loads(json.dumps(told)).items() if k in ANSWERED}

        def say(who: str, n: int = n, python: dict[str, Any] = python) -> None:
            own = {k: v for k, v in page.evaluate("seen.told").items() if k in ANSWERED}
            wrong.extend(f"{who}, click {n}: {d}" for d in differences(python, own))

        _click(page, label, council)
        say("the app at once")
        if each or n == len(clicks):
            page.wait_for_function("!seen.waiting", timeout=60000)
            say("the app's server")
    settle(page)
    query = dict(parse_qsl(page.url.partition("?")[2]))
    opened_again, _ = addresses.from_query(dataset.conn, dataset.facts, query)
    if opened_again is None or opened_again.split != clicks[-1][3]:
        wrong.append(f"the address holds another split: {page.url}")
    page.close()
    return wrong


@pytest.mark.parametrize(
    ("area_ids", "many"), [(("surrey",), 20), pytest.param(tuple(AREAS), 60, marks=pytest.mark.slow)]
)
def test_clicks_give_what_python_gives(
    browser: Browser, dataset: Dataset, address: str, tmp_path: Path, area_ids: tuple[str, ...], many: int
) -> None:
    """One area without waiting for the server between clicks; all of them waiting for each of its answers."""
    wrong = {}
    for area_id in area_ids:
        wards = AREAS[area_id]
        found = _wrong_in_the_file(browser, dataset, tmp_path, area_id, many, wards=wards)
        first = addresses.default_split(dataset.conn, dataset.facts(area_id))
        if not (wards or first.is_whole):
            drawn = (dataset.split(area_id, p.proposal_id) for p in dataset.proposals(area_id) if p.basis == "exact")
            first = next(split for split in drawn if split.count > 1)
        found += _wrong_in_the_app(browser, dataset, address, first, many, wards=wards, each=len(area_ids) > 1)
        if found:
            wrong[area_id] = [f"{len(found)} in all", *found[:6]]
    assert wrong == {}
