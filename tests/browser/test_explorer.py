"""A reader at the explorer, from a file and with the network off: sixty clicks give what Python gives."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import axe_playwright_python
import pytest
from browsers import program
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from export.explorer.page import explorer
from lgrdata.all_effects.as_json import document
from lgrdata.all_effects.effects import work_out
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits import address, edits, splitcode
from lgrdata.splits.naming import block_assignment, marked
from lgrdata.splits.split import Split

MADE = date(2026, 11, 30)
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
AREAS = {"surrey": False, "oxfordshire": True, "hampshire-solent": False, "lancashire": True, "lincolnshire": False}
"""Five areas, and whether by wards."""
CLICKS = 60
INSIDE = """(node) => {
  const box = node.getBoundingClientRect();
  for (let n = 1; n < 14; n++) for (let k = 1; k < 14; k++) {
    const x = box.left + (box.width * n) / 14, y = box.top + (box.height * k) / 14;
    if (node.getRootNode().elementFromPoint(x, y) === node) return [x, y];
  }
  return null;
}"""
"""A point of a block that a click hits."""


@pytest.fixture(scope="module")
def dataset(real_db: Path) -> Iterator[Dataset]:
    opened = Dataset(real_db)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as p:
        found = p.chromium.launch(executable_path=program(), args=ARGS)
        yield found
        found.close()


def _opened(context: BrowserContext, path: Path, mark: str = "") -> tuple[Page, list[str]]:
    """A page, and what goes wrong on it: messages, errors, requests beyond its own file."""
    said: list[str] = []
    page = context.new_page()
    page.on("console", lambda m: said.append(f"console: {m.text[:160]}"))
    page.on("pageerror", lambda e: said.append(f"error: {str(e)[:160]}"))
    page.on(
        "request", lambda r: None if r.url.split("#")[0] == path.as_uri() else said.append(f"request: {r.url[:160]}")
    )
    page.goto(path.as_uri() + mark)
    page.wait_for_selector(".block")
    return page, said


def _written(dataset: Dataset, folder: Path, area_id: str, *, wards: bool = False) -> Path:
    path = folder / f"{area_id}.html"
    path.write_bytes(explorer(dataset, area_id, made=MADE, wards=wards, app="https://example.gov.uk/lgr"))
    return path


def _told(dataset: Dataset, split: Split) -> dict[str, Any]:
    drawn = marked(split, dataset.recognised(split))
    return json.loads(json.dumps(document(work_out(split.facts, drawn, dataset.assumptions))))  # type: ignore[no-any-return]


def _differs(own: Any, other: Any, at: str = "") -> Iterator[str]:
    """As the engine's own test has it: whole numbers and words equal, other figures to their last place."""
    if isinstance(own, dict) and isinstance(other, dict) and own.keys() == other.keys():
        for key in own:
            yield from _differs(own[key], other[key], f"{at}.{key}")
    elif isinstance(own, list) and isinstance(other, list) and len(own) == len(other):
        for n, (a, b) in enumerate(zip(own, other, strict=True)):
            yield from _differs(a, b, f"{at}[{n}]")
    elif isinstance(own, float) and isinstance(other, int | float):
        if abs(own - other) > (0.101 if "base" in at or at.endswith("km") else 0.01001 if "costs" in at else 0.000101):
            yield f"{at}: {own} in Python, {other} in the file"
    elif own != other:
        yield f"{at}: {own} in Python, {other} in the file"


def _click(page: Page, index: int, council: int) -> bool:
    """Give a block to a council with the mouse; False where no point of it is in view."""
    page.locator(".chip").nth(council).click()
    spot = page.locator(".block").nth(index).evaluate(INSIDE)
    if spot is not None:
        page.mouse.click(*spot)
    return spot is not None


@pytest.mark.slow
def test_sixty_clicks_give_what_python_gives(browser: Browser, dataset: Dataset, tmp_path: Path) -> None:
    wrong = {}
    for area_id, wards in AREAS.items():
        rng = random.Random(area_id)
        path = _written(dataset, tmp_path, area_id, wards=wards)
        context = browser.new_context(offline=True, viewport={"width": 1366, "height": 768})
        page, said = _opened(context, path)
        query = {"area": area_id, **dict(parse_qsl(page.evaluate("location.hash")[1:]))}
        opened, _ = address.from_query(dataset.conn, dataset.facts, query)
        assert opened is not None
        split = opened.split
        if wards:  # two districts shown by wards, so that clicks divide them
            facts = split.facts
            for i in [i for i in range(len(facts.authorities)) if facts.wards_counted[i]][:2]:
                page.locator(f'.block[aria-label^="{facts.authorities[i].name},"]').evaluate("n => n.focus()")
                page.keyboard.press("w")
        found = []
        for _ in range(CLICKS):
            blocks = page.locator(".block").count()
            index, council = rng.randrange(blocks), rng.randrange(split.count)
            label = page.locator(".block").nth(index).get_attribute("aria-label") or ""
            if not _click(page, index, council):
                continue
            code = _code(split, label)
            split = edits.give(split, [code], council)
            found += list(_differs(_told(dataset, split), page.evaluate("lgr.effects()")))[:3]
        if found or said:
            wrong[area_id] = [*said[:3], *found[:3]]
        context.close()
    assert wrong == {}


def _code(split: Split, label: str) -> str:
    """The block that a label names: 'Elmbridge, …' or, for a ward, 'Cobham, Elmbridge, …'."""
    facts = split.facts
    named = {
        f"{w.name}, {facts.authorities[i].name}, ": w.code
        for w, i in zip(facts.wards, facts.ward_authority, strict=True)
    }
    named |= {f"{a.name}, ": a.code for a in facts.authorities}
    return named[max((text for text in named if label.startswith(text)), key=len)]


@pytest.mark.slow
def test_a_reader_draws_shares_saves_and_takes_back(browser: Browser, dataset: Dataset, tmp_path: Path) -> None:
    path = _written(dataset, tmp_path, "surrey", wards=True)
    context = browser.new_context(offline=True, viewport={"width": 1366, "height": 768}, accept_downloads=True)
    page, said = _opened(context, path)
    begun = page.evaluate("lgr.effects()")
    # By keyboard: to Elmbridge, the second council, Enter; then a lock holds it.
    page.locator('.block[aria-label^="Elmbridge,"]').focus()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    moved = edits.give(dataset.split("surrey", "surrey-2ua"), ["E07000207"], 1)
    drawn = page.evaluate("lgr.effects()")
    assert drawn["split"]["code"] == splitcode.encode(moved) and drawn != begun
    page.keyboard.press("l")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    assert page.evaluate("lgr.effects()") == drawn
    page.keyboard.press("l")
    # The link opens the same drawing, councils named and numbered as drawn; the app's link says the same.
    again, more = _opened(context, path, page.evaluate("location.hash"))
    assert again.evaluate("lgr.effects()") == drawn and more == []
    link = page.locator("#app").get_attribute("href") or ""
    assert link.startswith("https://example.gov.uk/lgr/redraw?area=surrey&split=s1.")
    # The saved list is read by Python as the same split, and by the page itself.
    with page.expect_download() as saved:
        page.locator("#save").click()
    listed = tmp_path / "list.csv"
    saved.value.save_as(listed)
    assert block_assignment(dataset.conn, moved.facts, listed.read_bytes(), "list.csv").split == moved
    again.locator("#open").select_option("today")
    again.locator("#file").set_input_files(listed)
    expect(again.locator("#told")).to_contain_text("was read")
    assert again.evaluate("lgr.effects()")["split"]["code"] == splitcode.encode(moved)
    # Undo goes all the way back; a proposal stands beside the drawing.
    page.locator("#undo").click()
    assert page.evaluate("lgr.effects()") == begun
    page.locator("#compare input").nth(1).check()
    assert page.locator("#side-by-side thead th").count() == 2
    assert said == []
    context.close()


@pytest.mark.slow
def test_it_fits_and_is_accessible_in_both_themes_and_by_touch(
    browser: Browser, dataset: Dataset, tmp_path: Path
) -> None:
    path = _written(dataset, tmp_path, "surrey", wards=True)
    found = []
    for theme, width, height in (("light", 1366, 768), ("dark", 1366, 768), ("light", 390, 844), ("dark", 320, 700)):
        touch = width < 400
        context = browser.new_context(
            offline=True,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            has_touch=touch,  # type: ignore[arg-type]
        )
        page, said = _opened(context, path)
        before = page.evaluate("lgr.effects().split.code")
        page.locator(".chip").nth(1).click()
        spot = page.locator('.block[aria-label^="Mole Valley,"]').evaluate(INSIDE)
        page.touchscreen.tap(*spot) if touch else page.mouse.click(*spot)
        if page.evaluate("lgr.effects().split.code") == before:
            said.append("a tap changed nothing")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            said.append("wider than its window")
        page.evaluate(AXE)
        run = "axe.run(document, {resultTypes: ['violations'], elementRef: false})"
        said += [f"axe {v['id']}: {v['nodes'][0]['html'][:120]}" for v in page.evaluate(run)["violations"]]
        found += [f"{theme} {width}: {s}" for s in said]
        context.close()
    assert found == []
