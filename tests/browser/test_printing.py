"""Ctrl+P of the app's own pages: whole, folds open, nothing wider than the paper, nothing that can only be pressed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from screenful import go

PAPER = {"width": 698, "height": 1000}
"""A4 between its margins, in the browser's pixels."""

PRINTED = r"""() => {
  const shown = (n) => n.checkVisibility() && n.getClientRects().length > 0;
  const main = document.querySelector("[data-testid=stMain]"), all = (s) => [...main.querySelectorAll(s)];
  const name = (n) => `${n.tagName} ${n.className} “${n.textContent.trim().slice(0, 40)}”`;
  return {
    folded: all("details > *:not(summary)").filter((n) => n.textContent.trim() && !n.closest(".lgr-take")
      && n.parentNode.checkVisibility() && !n.checkVisibility()).map(name),
    pressed: [...document.querySelectorAll("button, .lgr-take, [data-testid=stHeader]")].filter((n) => shown(n)
      && !n.closest("[data-testid=stSelectbox], [data-testid=stMultiSelect], [data-testid=stButtonGroup]")).map(name),
    wide: all("p, table, img, h1, h2, figure, li").filter((n) => shown(n)
      && n.getBoundingClientRect().right > innerWidth + 1).map(name),
  };
}"""


@pytest.mark.parametrize(
    "paths",
    [
        ("", "effects", "redraw", "share"),
        pytest.param(("partnerships", "options", "compare", "evidence", "figures"), marks=pytest.mark.slow),
    ],
)
def test_a_page_prints_whole_with_its_folds_open(browser: Browser, address: str, paths: tuple[str, ...]) -> None:
    page, faults = browser.new_page(), list[str]()
    for path in paths:
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1366, "height": 768})
        go(page, f"{address}/{path}?area=surrey")
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 150)))")
        for what, found in page.evaluate(PRINTED).items():
            faults += [f"{path or 'card'}, {what}: {n}" for n in found[:4]]
    page.close()
    assert not faults, "\n".join(faults)
