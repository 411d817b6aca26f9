"""Back from an option returns to the place in the list where the reader was."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from screenful import go
from serving import settle


@pytest.fixture
def page(browser: Browser) -> Any:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


def test_back_returns_to_the_place_in_the_options(page: Page, address: str) -> None:
    go(page, f"{address}/options?area=surrey&split=surrey-3ua&n=3&part=list")
    last = page.get_by_role("link", name="Open", exact=True).last
    last.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollTop > 300")
    before = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTop")
    last.click()
    page.wait_for_url(re.compile("/redraw"))
    page.wait_for_selector(".block")
    settle(page)
    page.go_back()
    page.wait_for_url(re.compile("/options.*part=list"))
    page.wait_for_function(
        "(place) => Math.abs(document.querySelector('[data-testid=stMain]').scrollTop - place) < 40", arg=before
    )
    expect(page.get_by_role("heading", level=1, name="Every option")).to_be_attached()
    expect(page.get_by_role("radio", name="Options that nothing beats")).to_be_checked()
