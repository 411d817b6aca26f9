"""Options, partnerships, compare and evidence answer in the first screenful, within what a reader takes in at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from serving import settle

AREAS = {
    "surrey": "surrey-2ua", "hampshire-solent": "hampshire-4ua", "kent-medway": "kent-3a-3ua",
    "lancashire": "lancs-4ua",
    "devon-plymouth-torbay": "devon-4ua-plymouth-exeter",
}  # fmt: skip
PAGES = ("options", "partnerships", "compare")
NUMBERS, SENTENCES, PICTURES, SCREENS, BAR = 14, 3, 1, 5, 124

MEASURE = r"""() => {
  const main = document.querySelector("[data-testid=stMain]"), found = {numbers: [], sentences: 0};
  const inSight = (box) => box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 104;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement, text = walker.currentNode.textContent;
    // A proposal's name is no figure: heads of tables, lines (with their ages) and what is chosen are names.
    if (!at || at.closest("svg, canvas, style, script, .st-key-frame_bar, .vega-embed")) continue;
    if (at.closest("thead, caption, [data-tag], .lgr-row-name")) continue;
    if (at.closest("details:not([open])") && !at.closest("summary")) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    if (![...range.getClientRects()].some(inSight)) continue;
    found.numbers.push(...(text.match(/\d[\d,.]*/g) || []));
    found.sentences += at.closest("table, summary") ? 0 : (text.match(/[.!?](\s|$)/g) || []).length;
  }
  const whole = [...main.querySelectorAll("svg, img, canvas")].map((p) => p.getBoundingClientRect());
  found.pictures = whole.filter((b) => b.width > 100 && b.height > 80 && b.top >= 0 && b.bottom <= innerHeight).length;
  found.screens = main.scrollHeight / innerHeight;
  found.bar = document.querySelector(".st-key-frame_bar").getBoundingClientRect().bottom;
  found.next = document.querySelectorAll(".st-key-frame_next a").length;
  return found;
}"""


@pytest.fixture
def page(browser: Browser) -> Any:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


def go(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".lgr-foot", timeout=60000)
    page.wait_for_selector(".st-key-frame_next a")
    settle(page)


def over(found: dict[str, Any], pictures: int = PICTURES) -> list[str]:
    """What is more than its budget."""
    most = {"sentences": SENTENCES, "pictures": pictures, "screens": SCREENS, "bar": BAR}
    out = [f"{key} {found[key]:.2f}" for key, limit in most.items() if found[key] > limit]
    if len(found["numbers"]) > NUMBERS:
        out.append(f"numbers {found['numbers']}")
    return out + ([] if found["next"] == 1 else ["not one next step"])


def test_the_answer_is_in_the_first_screenful_and_no_more_than_a_reader_takes_in(page: Page, address: str) -> None:
    wrong = []
    for area, split in AREAS.items():
        for path in PAGES:
            go(page, f"{address}/{path}?area={area}&split={split}")
            # A comparison shows a small map for each of its two splits.
            wrong += [f"{path} of {area}: {w}" for w in over(page.evaluate(MEASURE), 2 if path == "compare" else 1)]
    go(page, f"{address}/evidence?area=surrey")
    wrong += [f"evidence: {w}" for w in over(page.evaluate(MEASURE))]
    assert not wrong, "\n".join(wrong)


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
