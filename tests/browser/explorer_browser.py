"""The explorer as a file with a reader at it, for the tests that use one in a browser."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from export.explorer.page import explorer
from lgrdata.dataset.dataset import Dataset

MADE = date(2026, 11, 30)
INSIDE = """(node) => {
  const box = node.getBoundingClientRect();
  for (let n = 1; n < 14; n++) for (let k = 1; k < 14; k++) {
    const x = box.left + (box.width * n) / 14, y = box.top + (box.height * k) / 14;
    if (node.getRootNode().elementFromPoint(x, y) === node) return [x, y];
  }
  return null;
}"""
"""A point of a block that a click hits."""


def opened(context: BrowserContext, path: Path, mark: str = "") -> tuple[Page, list[str]]:
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


def settled(page: Page) -> Page:
    """The page once address and tables follow what is drawn: they wait until a click is on the screen."""
    page.evaluate(
        "new Promise((done) => { const look = () => lgr.waiting() ? setTimeout(look, 10) : done(); look(); })"
    )
    return page


def written(dataset: Dataset, folder: Path, area_id: str, *, wards: bool = False) -> Path:
    path = folder / f"{area_id}.html"
    path.write_bytes(explorer(dataset, area_id, made=MADE, wards=wards, app="https://example.gov.uk/lgr"))
    return path
