"""Work outlives a reload and a lost visit, in the visitor's own browser alone."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving import settle

QUERY = "area=surrey&split=surrey-2ua&lock=0"
NOTE = "Ask the finance director."
POST = "director of adult social services"


def _open(context: BrowserContext, address: str, path: str, query: str = "") -> Page:
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/{path}{'?' if query else ''}{query}")
    _ready(page)
    return page


def _ready(page: Page) -> None:
    page.wait_for_selector(".lgr-foot", timeout=60_000)
    settle(page)


def _expect_note(page: Page, note: str) -> None:
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_label("Note (kept in the scenario file and in exports)")).to_have_value(note)


def _stored(page: Page, text: str) -> None:
    """Wait until the browser stored what was typed."""
    page.keyboard.press("Tab")
    page.wait_for_function("text => (sessionStorage.getItem('lgr-visit') ?? '').includes(text)", arg=text)


def test_a_reload_finds_everything_again_and_a_new_visit_is_offered_it(browser: Browser, address: str) -> None:
    mine = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = _open(mine, address, "share", f"{QUERY}&part=day_one")
    page.get_by_label("Post that owns it, never a person’s name").fill(POST)
    _stored(page, POST)
    page.get_by_test_id("stTopNavLink").filter(has_text="Redraw").click()
    page.wait_for_selector(".block")
    _ready(page)
    page.get_by_role("button", name=re.compile("^Save")).click()
    page.get_by_label("Note (kept in the scenario file and in exports)").fill(NOTE)
    _stored(page, NOTE)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add to compare").click()
    expect(page.get_by_role("button", name="Put aside to compare")).to_be_visible()
    settle(page)

    page.reload()
    page.wait_for_selector(".block")
    expect(page.get_by_role("button", name="Put aside to compare")).to_be_visible()
    settle(page)
    _expect_note(page, NOTE)
    assert "lock=0" in page.url
    page.goto(f"{address}/share?{QUERY}&part=day_one")
    expect(page.get_by_label("Post that owns it, never a person’s name")).to_have_value(POST)

    # Another browser is offered nothing; nor is this one's next tab before it is asked for.
    other = browser.new_context()
    theirs = _open(other, address, "redraw", QUERY)
    expect(theirs.get_by_text("Stored in this browser")).to_have_count(0)
    _expect_note(theirs, "")
    page.close()
    later = _open(mine, address, "redraw", "area=norfolk")
    offer = later.get_by_text("Stored in this browser: Surrey")
    expect(offer).to_contain_text("a note, one duty of the first day, one scenario put aside to compare and one lock")
    later.get_by_role("button", name=re.compile(r"^Bring back what you had at \d\d:\d\d")).click()
    expect(later.get_by_role("heading", level=1, name="Redraw Surrey")).to_be_visible()
    expect(offer).to_have_count(0)
    settle(later)
    _expect_note(later, NOTE)
    assert "lock=0" in later.url
    later.close()

    # What is offered is forgotten, and what was typed since stays; all of it goes where that is asked for.
    again = _open(mine, address, "redraw", "area=norfolk")
    again.get_by_role("button", name=re.compile("^Save")).click()
    again.get_by_label("Note (kept in the scenario file and in exports)").fill("Typed since.")
    _stored(again, "Typed since.")
    again.keyboard.press("Escape")
    again.get_by_role("button", name="Forget it").click()
    expect(again.get_by_text("Stored in this browser")).to_have_count(0)
    again.wait_for_function("() => (localStorage.getItem('lgr-visit') ?? '').includes('Typed since.')")
    assert NOTE not in again.evaluate("() => localStorage.getItem('lgr-visit') + sessionStorage.getItem('lgr-visit')")
    again.goto(f"{address}/privacy?area=norfolk")
    _ready(again)
    again.get_by_role("button", name="Forget what this browser stored").click()
    again.wait_for_function("() => !localStorage.getItem('lgr-visit') && !sessionStorage.getItem('lgr-visit')")
    mine.close()
    other.close()
