"""What is in sight before anyone scrolls: the line of choosers, the whole map with its names, figures and warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from serving import axe, served, settle
from windows import Windows

from lgrdata.dataset.dataset import Dataset

AREAS = ("kent-medway", "hampshire-solent", "gloucestershire", "devon-plymouth-torbay", "lancashire")
WINDOWS = ((1366, 768), (390, 844), (320, 640))
NOT_DARK = re.compile(r"^(?!.*dark)")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as where:
        yield where


@pytest.fixture
def page(windows: Windows) -> Page:
    return windows.lend(viewport=(1366, 768), permissions=["clipboard-read", "clipboard-write"])


def go(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".lgr-foot", timeout=60000)
    settle(page)
    page.wait_for_selector(".block", timeout=60000)


def foot(found: Locator) -> float:
    """Where something ends, in pixels from the window's top."""
    box = found.bounding_box()
    assert box
    return box["y"] + box["height"]


SEEN = """() => {
  const host = [...document.querySelectorAll("*")].find((n) => n.shadowRoot?.querySelector(".lgr-paint"));
  const root = host.shadowRoot.querySelector(".lgr-paint");
  const box = (n) => { const r = n.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const all = (s) => [...root.querySelectorAll(s)];
  const covered = all(".chip").filter((c) => {
    // On a phone the line of chips scrolls: what begins beyond its end is not in sight.
    const r = c.getBoundingClientRect(), x = r.left + 20, y = (r.top + r.bottom) / 2;
    return x < c.parentNode.getBoundingClientRect().right && !c.contains(host.shadowRoot.elementFromPoint(x, y));
  });
  const shown = (n) => { const r = n.getBoundingClientRect(); return r.width && r.bottom > 0 && r.top < innerHeight; };
  const words = all(".alert p, .figures > .figure, .rest > *, .bar .line").filter(shown).map((n) => {
    const own = n.cloneNode(true);
    own.querySelectorAll("svg, .unseen, .num, .brief, details:not([open]) ul").forEach((x) => x.remove());
    return own.textContent;
  });
  return {
    bar: box(document.querySelector(".st-key-frame_bar")), frame: box(root.querySelector(".frame")),
    chips: box(root.querySelector(".brushes")), alert: box(root.querySelector(".alert")),
    figures: all(".figures > .figure").map(box), evidence: box(root.querySelector(".evidence")),
    line: box(root.querySelector(".bar")), covered: covered.map((c) => c.textContent),
    cut: all(".chip .name").filter((n) => n.scrollWidth > n.clientWidth + 1 || n.scrollHeight > n.clientHeight + 2)
      .map((n) => n.textContent),
    wide: root.classList.contains("wide"), sideways: document.documentElement.scrollWidth > innerWidth,
    numbers: words.join(" ").match(/[0-9][0-9,.]*/g) ?? [],
    named: all(".label:not(.outside-name)").map((n) => {
      return [...n.querySelectorAll(".name")].map((t) => t.textContent).join(" ");
    }),
  };
}"""


def faults_of(seen: dict, names: list[str], height: int) -> list[str]:
    """What of the desk's budgets a first screenful breaks."""
    frame, out = seen["frame"], []
    strip = height if seen["wide"] else seen["figures"][1][1] - 6

    def keep(holds: bool, words: str) -> None:
        if not holds:
            out.append(words)

    keep(seen["bar"][3] <= 124 and frame[1] >= seen["bar"][3], f"the choosers end at {seen['bar'][3]}")
    keep(frame[3] <= strip, f"the map ends at {frame[3]}, the figures begin at {strip}")
    keep(frame[3] - frame[1] >= 200, f"the map is {frame[3] - frame[1]} high")
    keep(len(seen["figures"]) == 4 and max(f[3] for f in seen["figures"]) <= height, f"figures: {seen['figures']}")
    keep(seen["evidence"][3] <= height and seen["evidence"][1] > 0, f"the evidence bar ends at {seen['evidence'][3]}")
    keep(seen["chips"][3] <= strip, f"the chips end at {seen['chips'][3]}, the figures begin at {strip}")
    keep(seen["alert"][3] <= strip + 1, f"the first warning ends at {seen['alert'][3]}, the figures begin at {strip}")
    keep(not seen["covered"], f"covered are the chips {seen['covered']}")
    keep(not seen["cut"], f"cut are the names {seen['cut']}")
    keep(not seen["wide"] or seen["line"][3] <= height, "the line under the map is out of sight")
    keep(len(seen["numbers"]) <= 30, f"{len(seen['numbers'])} numbers: {seen['numbers']}")
    keep(not seen["sideways"], "the page scrolls sideways")
    keep(sorted(t for t in seen["named"] if t in names) == names, f"named are {sorted(seen['named'])}")
    return out


@pytest.mark.parametrize("areas", [AREAS[:2], pytest.param(AREAS[2:], marks=pytest.mark.slow)])
def test_map_warning_figures_and_evidence_are_in_sight_before_anyone_scrolls(
    page: Page, address: str, areas: tuple[str, ...]
) -> None:
    facts = {a: Dataset().facts(a) for a in areas}
    faults = []
    for area in areas:
        names = sorted(
            a.name for a, extra in zip(facts[area].authorities, facts[area].is_extra, strict=True) if not extra
        )
        page.set_viewport_size({"width": 1366, "height": 768})
        go(page, f"{address}/redraw?area={area}")
        # A council without a place yet: the first warning.
        page.get_by_role("button", name="Add a council").click()
        expect(page.locator(".alert").first).to_contain_text("has no places yet")
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            expect(page.locator(".lgr-paint")).to_have_class(re.compile("dark") if theme == "dark" else NOT_DARK)
            for width, height in WINDOWS:
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(150)
                where = f"{area} at {width}, {theme}"
                faults += [f"{where}: {fault}" for fault in faults_of(page.evaluate(SEEN), names, height)]
        page.emulate_media(color_scheme="light")
        # The next area is another visitor's: who comes back is first offered what was drawn.
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    assert not faults, "\n".join(faults)


def test_a_warning_is_first_shows_its_place_and_mends_it(page: Page, address: str) -> None:
    go(page, f"{address}/redraw?area=surrey&split=surrey-2ua")
    guildford = page.locator('.block[aria-label^="Guildford,"]')
    box = guildford.bounding_box()
    assert box
    page.locator(".chip").first.click()
    page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.7)
    warning = page.locator(".alert")
    expect(warning).to_contain_text("Waverley lies apart")
    assert foot(warning) < 768
    expect(page.locator(".moved")).to_contain_text("Since your last move: Guildford to East Surrey")
    assert page.locator(".shown-line").get_attribute("d") in (None, "")
    warning.get_by_role("button", name="Show", exact=True).click()
    waverley = page.locator('.block[aria-label^="Waverley,"]')
    expect(page.locator(".shown-line")).to_have_attribute("d", waverley.get_attribute("d") or "?")
    warning.get_by_role("button", name="Mend").click()
    assert axe(page) == []
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".shown-line")).to_have_attribute("d", "")
    expect(warning).to_have_count(0)


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
    # Another split takes the reader to the heading too.
    page.get_by_label("Split", exact=True).click()
    page.get_by_role("option", name="One council for the whole area").click()
    page.wait_for_url(re.compile("split=single"))
    expect(heading).to_be_focused()
    page.get_by_label("Area", exact=True).click()
    page.get_by_role("option", name="Norfolk").click()
    expect(page).to_have_title("What it does – Norfolk – LGR scenario explorer")
    expect(heading).to_be_focused()
