"""Every exported page opened in Chromium from a file, offline: it says nothing, asks for nothing, passes axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from browsers import program
from playwright.sync_api import Browser, Page, sync_playwright
from reading import MADE

from export.compare import comparison
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits.scenario import Scenario

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
VIOLATIONS = """(contrast) => axe.run(document, {
    resultTypes: ['violations'], elementRef: false, rules: {'color-contrast': {enabled: contrast}}})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as p:
        found = p.chromium.launch(executable_path=program(), args=ARGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def window(browser: Browser) -> Page:
    return browser.new_context(offline=True).new_page()


@pytest.fixture
def page(window: Page) -> Page:
    """The module's one window, as wide as a desk's screen: files keep nothing that the next could find."""
    window.emulate_media(media="null")
    window.set_viewport_size({"width": 1280, "height": 900})
    return window


def _faults(page: Page, path: Path, *, axe: bool = True, contrast: bool = True) -> list[str]:
    """What is wrong with a page: messages, requests, axe's findings, words that run out of the side."""
    said: list[str] = []
    hears: dict[Any, Callable[[Any], None]] = {
        "console": lambda m: said.append(f"console: {m.text[:160]}"),
        "pageerror": lambda e: said.append(f"error: {str(e)[:160]}"),
        "request": lambda r: None if r.url == path.as_uri() else said.append(f"request: {r.url[:160]}"),
    }
    for what, hear in hears.items():
        page.on(what, hear)
    page.goto(path.as_uri())
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        said.append("wider than its window")
    if axe:
        page.evaluate(AXE)
        for v in page.evaluate(VIOLATIONS, contrast)["violations"]:
            said.append(f"axe {v['id']}: {[n['html'][:120] for n in v['nodes'][:2]]}")
    for what, hear in hears.items():
        page.remove_listener(what, hear)
    return said


@pytest.mark.parametrize(
    "name", ["full", "today", *(pytest.param(n, marks=pytest.mark.slow) for n in ("proposal", "drawing"))]
)
def test_a_snapshot_is_still_and_accessible(
    page: Page, drawn_snapshot: Callable[[str], bytes], tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"{name}.html"
    path.write_bytes(drawn_snapshot(name))
    assert _faults(page, path) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_a_comparison_is_still_and_accessible(
    page: Page, dataset: Dataset, scenarios: dict[str, Scenario], tmp_path: Path
) -> None:
    path = tmp_path / "compare.html"
    path.write_bytes(comparison(dataset, [scenarios["proposal"], scenarios["drawing"]], made=MADE))
    assert _faults(page, path) == []


def test_a_snapshot_prints_as_tagged_a4_with_headings_kept_with_what_follows(
    page: Page, drawn_snapshot: Callable[[str], bytes], tmp_path: Path
) -> None:
    path = tmp_path / "print.html"
    path.write_bytes(drawn_snapshot("full"))
    page.goto(path.as_uri())
    pdf = page.pdf(tagged=True, outline=True, prefer_css_page_size=True)
    assert b"/StructTreeRoot" in pdf and b"/Marked true" in pdf and b"/Outlines" in pdf
    assert b"/MediaBox [0 0 594.95996 841.91998]" in pdf or b"/MediaBox [0 0 594.96 841.92]" in pdf
    page.emulate_media(media="print")
    loose = page.evaluate(
        """() => [...document.querySelectorAll('h1,h2,h3,h4,figcaption,.more')]
                 .filter(e => getComputedStyle(e).breakAfter !== 'avoid').map(e => e.textContent)"""
    )
    assert loose == []
    hidden = page.evaluate("() => [...document.querySelectorAll('table')].filter(t => !t.offsetHeight).length")
    assert hidden == 0


def test_pages_of_the_site(site: Path, page: Page) -> None:
    """Pages are still, ask for nothing and fit their window; axe reads each kind of page.

    Pages of a kind differ in words and numbers alone: of each folder two are opened in a site of one area, every one
    where it holds all. Of the 82 proposals axe reads every fourth then; contrast, four fifths of its time, it reads on
    every fourth page of each kind, since all share one style sheet and palette.
    """
    whole = len(list(site.glob("areas/*.html"))) > 1
    kinds: dict[str, list[Path]] = {}
    for path in sorted(site.rglob("*.html")):
        kinds.setdefault(path.parent.name, []).append(path)
    assert len(kinds) == 9 and len(kinds["proposals"]) > (80 if whole else 1)
    found = {}
    for kind, paths in kinds.items():
        for n, path in enumerate(paths if whole or kind == site.name else paths[:2]):
            faults = _faults(page, path, axe=kind != "proposals" or n % 4 == 0, contrast=n % 4 == 0)
            if faults:
                found[str(path)] = faults
    assert found == {}
