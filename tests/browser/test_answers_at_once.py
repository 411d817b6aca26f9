"""The desk answers in the same frame: what the browser works out stands at once, and the server says the same."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from serving import settle
from windows import Windows

GIVE = """(name) => {
  const roots = [...document.querySelectorAll("*")].map((n) => n.shadowRoot).filter((r) => r?.querySelector(".block"));
  const root = roots[0], figures = () => root.querySelector(".answers .figures").innerText;
  const node = root.querySelector(`.block[aria-label^="${name},"]`), before = figures();
  node.focus();
  node.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true }));
  return [before, figures(), root.querySelector(".standing")?.innerText ?? ""];
}"""
NOW = """() => [...document.querySelectorAll("*")].map((n) => n.shadowRoot).find((r) => r?.querySelector(".block"))
  .querySelector(".answers .figures").innerText"""


def _answered(page: Page, address_before: str) -> None:
    """Wait until the server has answered: the drawing is in the address then."""
    page.wait_for_url(lambda url: url != address_before, timeout=30000)
    settle(page)


def test_figures_stand_at_once_and_the_server_agrees(address: str, windows: Windows) -> None:
    page = windows.lend(viewport=(1366, 768))
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if "lgr:" in m.text else None)
    page.goto(f"{address}/redraw?area=surrey&split=surrey-2ua")
    page.wait_for_selector(".block", timeout=60000)
    settle(page)
    page.locator(".chip").nth(1).click()
    for name in ("Elmbridge", "Mole Valley", "Tandridge"):
        address_before = page.url
        before, at_once, placed = page.evaluate(GIVE, name)
        assert at_once != before, name
        # Where it stands is the server's to say; what is there until then is of the drawing before, with no offer.
        assert placed.startswith("Of the drawing before") and "Show it" not in placed, name
        _answered(page, address_before)
        assert page.evaluate(NOW) == at_once, name
        assert not page.locator(".standing", has_text="Of the drawing before").count()
    assert said == []


def test_a_stroke_under_way_shows_its_figures_and_escape_takes_them_back(address: str, windows: Windows) -> None:
    page = windows.lend(viewport=(1366, 768))
    page.goto(f"{address}/redraw?area=surrey&split=surrey-2ua")
    page.wait_for_selector(".block", timeout=60000)
    settle(page)
    page.locator(".chip").nth(1).click()
    url, before, seen = page.url, page.evaluate(NOW), []
    for n, name in enumerate(("Elmbridge", "Mole Valley")):
        box = page.locator(f'.block[aria-label^="{name},"]').bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=1 if n == 0 else 6)
        if n == 0:
            page.mouse.down()
        page.wait_for_function("([now, old]) => eval(now)() !== old", arg=[NOW, (seen or [before])[-1]])
        seen.append(page.evaluate(NOW))
    assert page.url == url and len({before, *seen}) == 3
    page.keyboard.press("Escape")
    assert page.evaluate(NOW) == before
    page.mouse.up()
    settle(page)
    assert page.url == url and page.evaluate(NOW) == before


def test_a_warning_that_the_server_repeats_is_not_drawn_again(address: str, windows: Windows) -> None:
    """Its buttons would be gone under a press."""
    page = windows.lend(viewport=(1366, 768))
    page.goto(f"{address}/redraw?area=surrey&split=surrey-2ua")
    page.wait_for_selector(".block", timeout=60000)
    settle(page)
    page.locator(".chip").first.click()
    address_before = page.url
    page.evaluate(GIVE, "Guildford")
    warning = page.locator(".alert").element_handle()
    assert "Waverley lies apart" in warning.inner_text()
    _answered(page, address_before)
    # Another move may draw it again, for its offer is another.
    assert warning.evaluate("(n) => n.isConnected")
    warning.query_selector("button >> text=Mend").click()
    page.locator(".ghost", has_text="Waverley to East Surrey").wait_for()


def test_where_assumptions_are_changed_only_the_server_answers(address: str, windows: Windows) -> None:
    page = windows.lend(viewport=(1366, 768))
    page.goto(f"{address}/redraw?area=surrey&split=surrey-2ua&set=county.delta:9")
    page.wait_for_selector(".block", timeout=60000)
    settle(page)
    page.locator(".chip").nth(1).click()
    address_before = page.url
    before, at_once, _ = page.evaluate(GIVE, "Elmbridge")
    assert at_once == before
    _answered(page, address_before)
    assert page.evaluate(NOW) != before


PLANT = """(() => {
  const parcels = (globalThis.lgrPaintParcels = new Map()), set = parcels.set.bind(parcels);
  parcels.set = (id, text) => {
    if (!text.startsWith('{"format":"lgr-sheet"')) return set(id, text);
    const sheet = JSON.parse(text);
    sheet.authorities.residents[0][0] += 1000;
    return set(id, JSON.stringify(sheet));
  };
})()"""
"""A sheet with a thousand residents too many in its first authority, Elmbridge."""


def test_figures_that_were_wrong_are_said_logged_and_not_trusted_again(
    address: str, server_log: Path, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.add_init_script(PLANT)
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if "lgr:" in m.text else None)
    page.goto(f"{address}/redraw?area=surrey&split=surrey-2ua")
    page.wait_for_selector(".block", timeout=60000)
    settle(page)
    page.locator(".chip").nth(1).click()
    address_before = page.url
    before, at_once, _ = page.evaluate(GIVE, "Mole Valley")
    assert at_once != before
    _answered(page, address_before)
    told = page.locator(".alert.fault")
    expect(told).to_contain_text("The figures that stood here at once, after your last move, were wrong.")
    assert page.evaluate(NOW) != at_once
    (message,) = said
    figures = message.partition("differ from the server's: ")[2].split("; ")
    assert figures[:2] == ["residents", "county recurring_net"]
    # From here on only the server answers, until the reader closes the message and after.
    told.get_by_role("button", name="Close").click()
    expect(told).to_have_count(0)
    address_before = page.url
    before, at_once, _ = page.evaluate(GIVE, "Tandridge")
    assert at_once == before
    _answered(page, address_before)
    assert page.evaluate(NOW) != before
    page.close()
    logged = [json.loads(line) for line in server_log.read_text().splitlines() if '"disagreement"' in line]
    assert [(e["page"], e["area"], e["figures"]) for e in logged] == [("redraw", "surrey", sorted(figures))]
