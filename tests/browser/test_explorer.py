"""A reader at the explorer, from a file and with the network off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from explorer_browser import INSIDE, opened, settled, written
from playwright.sync_api import Browser, expect
from serving import axe

from lgrdata.dataset.dataset import Dataset
from lgrdata.splits import edits, splitcode
from lgrdata.splits.naming import block_assignment

OVERLAPPING = """() => {
  const root = document.querySelector("#desk").shadowRoot;
  const boxes = [...root.querySelectorAll(".figure .value")].map((n) => {
    const range = document.createRange();
    range.selectNodeContents(n);
    return range.getBoundingClientRect();
  });
  const met = (a, b, from, to) => Math.min(a[to], b[to]) - Math.max(a[from], b[from]) > 1;
  const over = (a, b) => met(a, b, "left", "right") && met(a, b, "top", "bottom");
  return boxes.some((a, i) => boxes.slice(i + 1).some((b) => over(a, b)));
}"""
"""Whether two of the desk's figures stand on one another."""


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
    # The lock rides in the link: whoever opens that cannot move it either.
    assert "lock=7207&" in settled(page).evaluate("location.hash")
    held, more = opened(context, path, page.evaluate("location.hash"))
    held.locator('.block[aria-label^="Elmbridge,"][aria-label$=", locked"]').focus()
    held.keyboard.press("1")
    held.keyboard.press("Enter")
    assert held.evaluate("lgr.effects()") == drawn and more == []
    page.keyboard.press("l")
    # The link opens the same drawing, councils named and numbered as drawn; the app's link says the same.
    again, more = opened(context, path, settled(page).evaluate("location.hash"))
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
    # What it cannot take it says, with where to go; a damaged link too.
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04" + bytes(40))
    again.locator("#file").set_input_files(tmp_path / "list.xlsx")
    expect(again.locator("#told")).to_contain_text("save its sheet as CSV, or open it in the app")
    hurt, more = opened(context, path, page.evaluate("location.hash").replace("lens=middle", "lens=county"))
    expect(hurt.locator("#told")).to_contain_text("This link was damaged or cut on its way")
    # A ward is named under the pointer, in focus and in what is read out.
    hurt.locator('.block[aria-label^="Guildford,"]').focus()
    hurt.keyboard.press("w")
    ward = hurt.locator('.block[aria-label*=", Guildford, "]').nth(3)
    hurt.mouse.move(*ward.evaluate(INSIDE))
    name = (ward.get_attribute("aria-label") or "").partition(", Guildford")[0]
    expect(hurt.locator(".tip strong")).to_have_text(f"{name}, Guildford")
    assert more == []
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
    paths = {a: written(dataset, tmp_path, a, wards=True) for a in ("surrey", "kent-medway")}
    found = []
    for theme, width, height in (("light", 1366, 768), ("dark", 1366, 768), ("light", 390, 844), ("dark", 320, 700)):
        touch = width < 400
        path, block = (paths["kent-medway"], "Swale") if width == 390 else (paths["surrey"], "Mole Valley")
        context = browser.new_context(
            offline=True,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            has_touch=touch,  # type: ignore[arg-type]
        )
        page, said = opened(context, path)
        before = page.evaluate("lgr.effects().split.code")
        page.locator(".chip").nth(1).click()
        spot = page.locator(f'.block[aria-label^="{block},"]').evaluate(INSIDE)
        page.touchscreen.tap(*spot) if touch else page.mouse.click(*spot)
        if page.evaluate("lgr.effects().split.code") == before:
            said.append("a tap changed nothing")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            said.append("wider than its window")
        if page.evaluate(OVERLAPPING):
            said.append("figures run into one another")
        said += axe(page)
        found += [f"{theme} {width}: {s}" for s in said]
        context.close()
    assert found == []


@pytest.mark.slow
def test_what_waits_for_a_click_is_new_before_anyone_looks(browser: Browser, dataset: Dataset, tmp_path: Path) -> None:
    """Tables and address come after the frame of a click; printing, copying, scrolling and keys do not see them old."""
    page, said = opened(browser.new_context(offline=True), written(dataset, tmp_path, "surrey"))
    settled(page).locator('.block[aria-label^="Elmbridge,"]').focus()
    # A browser that never comes to rest.
    page.evaluate("window.requestIdleCallback = () => 0; window.cancelIdleCallback = () => {}")
    first = page.locator("#councils tbody .n").first
    scroll = page.locator("#councils .scroll").element_handle()
    looks: dict[str, Callable[[], object]] = {
        "print": page.pdf,
        "copy": lambda: (page.evaluate("getSelection().selectAllChildren(councils)"), page.keyboard.press("Control+c")),
        "scroll": lambda: (page.evaluate("scrollBy(0, 40)"), page.evaluate("new Promise(requestAnimationFrame)")),
        "key": lambda: page.locator("#undo").focus(),
        "click": lambda: page.locator("h1").click(),
    }
    for n, (name, look) in enumerate(looks.items()):
        page.locator('.block[aria-label^="Elmbridge,"]').focus()
        was = page.evaluate("[document.querySelector('#councils tbody .n').textContent, location.hash]")
        page.keyboard.press("21"[n % 2])
        page.keyboard.press("Enter")
        assert first.text_content() == was[0] and page.evaluate("lgr.waiting()"), name
        look()
        drawn = f"{page.evaluate('lgr.effects().councils[0].population'):,}"
        assert (first.text_content(), page.evaluate("lgr.waiting()")) == (drawn, False), name
        assert drawn != was[0] and page.evaluate("location.hash") != was[1], name
    # The tables are the same ones: who reads there by key or has moved them sideways stays where they are.
    assert scroll is not None and scroll.evaluate("node => node.isConnected") and said == []
    page.context.close()
