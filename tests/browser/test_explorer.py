"""A reader at the explorer, from a file and with the network off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from explorer_browser import INSIDE, opened, written
from playwright.sync_api import Browser, expect
from serving import axe

from lgrdata.dataset.dataset import Dataset
from lgrdata.splits import edits, splitcode
from lgrdata.splits.naming import block_assignment


@pytest.fixture(scope="module")
def dataset(real_db: Path) -> Iterator[Dataset]:
    held = Dataset(real_db)
    yield held
    held.close()


@pytest.mark.slow
def test_a_reader_draws_shares_saves_and_takes_back(browser: Browser, dataset: Dataset, tmp_path: Path) -> None:
    path = written(dataset, tmp_path, "surrey", wards=True)
    context = browser.new_context(offline=True, viewport={"width": 1366, "height": 768}, accept_downloads=True)
    page, said = opened(context, path)
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
    again, more = opened(context, path, page.evaluate("location.hash"))
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
    path = written(dataset, tmp_path, "surrey", wards=True)
    found = []
    for theme, width, height in (("light", 1366, 768), ("dark", 1366, 768), ("light", 390, 844), ("dark", 320, 700)):
        touch = width < 400
        context = browser.new_context(
            offline=True,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            has_touch=touch,  # type: ignore[arg-type]
        )
        page, said = opened(context, path)
        before = page.evaluate("lgr.effects().split.code")
        page.locator(".chip").nth(1).click()
        spot = page.locator('.block[aria-label^="Mole Valley,"]').evaluate(INSIDE)
        page.touchscreen.tap(*spot) if touch else page.mouse.click(*spot)
        if page.evaluate("lgr.effects().split.code") == before:
            said.append("a tap changed nothing")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            said.append("wider than its window")
        said += axe(page)
        found += [f"{theme} {width}: {s}" for s in said]
        context.close()
    assert found == []
