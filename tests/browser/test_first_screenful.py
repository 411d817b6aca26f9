"""What is in sight before anyone scrolls: the line of choosers, the whole map with its names, figures and warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from serving import axe, served, settle

from lgrdata.dataset.dataset import Dataset

AREAS = ("surrey", "hampshire-solent", "kent-medway", "lancashire", "devon-plymouth-torbay")
WINDOWS = ((1366, 768), (390, 844), (320, 640))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as where:
        yield where


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def go(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".lgr-foot", timeout=60000)
    settle(page)


def foot(found: Locator) -> float:
    """Where something ends, in pixels from the window's top."""
    box = found.bounding_box()
    assert box
    return box["y"] + box["height"]


def test_the_map_its_names_and_the_figures_are_in_sight_before_anyone_scrolls(page: Page, address: str) -> None:
    facts = {a: Dataset().facts(a) for a in AREAS}
    faults = []
    for area in AREAS:
        names = sorted(
            a.name for a, extra in zip(facts[area].authorities, facts[area].is_extra, strict=True) if not extra
        )
        for width, height in WINDOWS:
            page.set_viewport_size({"width": width, "height": height})
            go(page, f"{address}/redraw?area={area}")
            page.wait_for_selector(".label")
            expect(page.locator(".frame")).to_have_attribute("style", re.compile("height"))
            where = f"{area} at {width}"
            bar, drawn = foot(page.locator(".st-key-frame_bar")), page.locator(".frame").bounding_box()
            assert drawn
            if bar > 124 or drawn["y"] < bar:
                faults.append(f"{where}: the choosers end at {bar}, the map begins at {drawn['y']}")
            if drawn["y"] + drawn["height"] > height:
                faults.append(f"{where}: the map ends at {drawn['y'] + drawn['height']}")
            stats = page.locator(".st-key-redraw_figures .lgr-stat")
            if stats.count() != 4 or max(foot(s) for s in stats.all()) > height:
                faults.append(f"{where}: not all four figures are in sight")
            if width > 640 and foot(page.locator(".lgr-paint")) > height:
                faults.append(f"{where}: the line under the map is out of sight")
            told = page.locator(".label:not(.outside-name)").evaluate_all(
                "all => all.map((n) => [...n.querySelectorAll('.name')].map((t) => t.textContent).join(' '))"
            )
            if sorted(t for t in told if t in names) != names:
                faults.append(f"{where}: named are {sorted(told)}")
            if page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
                faults.append(f"{where}: the page scrolls sideways")
    assert not faults, "\n".join(faults)


def test_a_warning_is_first_shows_its_place_and_mends_it(page: Page, address: str) -> None:
    go(page, f"{address}/redraw?area=surrey&split=surrey-2ua")
    guildford = page.locator('.block[aria-label^="Guildford,"]')
    box = guildford.bounding_box()
    assert box
    page.locator(".chip").first.click()
    page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.7)
    warning = page.locator(".st-key-warning_0")
    expect(warning).to_contain_text("Waverley lies apart")
    assert foot(warning) < 768
    expect(page.get_by_text("Since your last move: Guildford to East Surrey")).to_be_visible()
    assert page.locator(".shown-line").get_attribute("d") in (None, "")
    warning.get_by_role("button", name="Show", exact=True).click()
    waverley = page.locator('.block[aria-label^="Waverley,"]')
    expect(page.locator(".shown-line")).to_have_attribute("d", waverley.get_attribute("d") or "?")
    assert axe(page) == []
    warning.get_by_role("button", name="Give Waverley to East Surrey").click()
    expect(warning).to_have_count(0)
    expect(page.locator(".shown-line")).to_have_attribute("d", "")


def test_a_click_that_changes_nothing_says_why_and_one_council_alone_says_how_to_begin(
    page: Page, address: str
) -> None:
    go(page, f"{address}/redraw?area=kent-medway")
    # What was chosen for Kent is one council; the page opens on a split, so that there is a border to move.
    assert page.locator(".chip").count() > 1
    go(page, f"{address}/redraw?area=kent-medway&split=single")
    box = page.locator('.block[aria-label^="Ashford,"]').bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.7)
    expect(page.locator(".hint")).to_contain_text("Ashford is in Kent and Medway, the only council.")
    page.get_by_role("button", name="Add a second council to begin").click()
    expect(page.locator(".chip")).to_have_count(2)
    page.locator(".chip").first.click()
    page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.7)
    expect(page.locator(".hint")).to_contain_text("Ashford is already in 1 Kent and Medway.")


def test_the_frame_leads_on_and_takes_the_reader_to_each_heading(page: Page, address: str) -> None:
    go(page, f"{address}/redraw?area=surrey&split=surrey-2ua")
    heading = page.locator("[data-testid=stMain] h1")
    skip = page.get_by_role("link", name="Skip to the page")
    expect(skip).to_be_attached()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(heading).to_be_focused()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url
    page.get_by_role("link", name="Next: what it does").click()
    page.wait_for_url(re.compile("/effects.*split=surrey-2ua"))
    expect(heading).to_be_focused()
    expect(page.get_by_role("link", name="Next: share out")).to_be_visible()
    page.get_by_label("Area", exact=True).click()
    page.get_by_role("option", name="Norfolk").click()
    expect(page).to_have_title("What it does – Norfolk – LGR scenario explorer")
    expect(heading).to_be_focused()
